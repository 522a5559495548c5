"""Where texts come from, and what stands beside them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.coding.conftest import HOUR, NOON, answers_of, cast, id_of

from canvass.analysis.services import close_and_count
from canvass.coding import ledgers, services
from canvass.coding.beside import bands
from canvass.team.audit import HOST
from canvass.words.study import StudyRefused

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_people_who_wrote_the_same_have_an_answer_each(studied):
    found = answers_of(studied(["Court reports"] * 1_000))

    assert len(found) == 1_000
    assert set(found.values()) == {"Court reports"}


def test_the_words_beside_other_are_read_with_the_options_they_may_be_moved_to(written, panel):
    poll = written(["Too many cases"], others=["twice a month", "when asked"])

    study = services.start(panel, "How often else", [(poll, "hours")], by=HOST, now=NOON)

    with ledgers.opened(study) as room:
        answers = list(room.reading.corpus)
    assert sorted(answer.text for answer in answers) == ["twice a month", "when asked"]
    assert answers[0].options == ("every week", "never")


def test_a_question_that_nobody_answered_is_read_as_empty(studied):
    assert answers_of(studied([])) == {}


def test_closed_answers_and_shared_bands_stand_beside_an_answer(studied, fields):
    snapshots = [{"role": "Manager", "region": "Wales"}] * 10 + [{"role": "Manager", "region": "London"}] * 9
    study = studied([f"text {number}" for number in range(19)], snapshots=snapshots)

    with ledgers.opened(study) as room:
        source, row = room.reading.of[id_of(study, "text 3")]
        assert source.profile(row) == [("Role", "Manager")]
        assert source.answers(row) == [("How often do you work beyond your hours?", "every week")]


columns = st.integers(1, 60).flatmap(
    lambda ballots: st.lists(
        st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=ballots, max_size=ballots), max_size=3
    ).map(lambda drawn: (drawn, ballots))
)


@given(columns)
def test_what_is_shown_and_what_is_not_is_the_same_for_at_least_ten(case):
    drawn, ballots = case

    shown = bands(drawn, ballots)

    if any(any(row) for row in shown):
        assert min(Counter(shown).values()) >= 10
    assert all(
        band in ("", drawn[field][row]) for row, told in enumerate(shown) for field, band in enumerate(told)
    )


def test_an_open_polls_answers_are_taken_in_ten_at_first_and_then_in_fives(studied):
    study = studied([f"text {number}" for number in range(9)], state="open")
    poll, name = study.questions.get().poll, "hours/why"
    with pytest.raises(StudyRefused, match="Fewer than 10 new answers"):
        services.take_in(study, name, by=HOST, now=NOON)
    assert answers_of(study) == {}

    cast(poll, [{"why": f"more {number}"} for number in range(4)], [{}] * 4)
    assert services.take_in(study, name, by=HOST, now=NOON) == 10
    assert len(answers_of(study)) == 10
    with pytest.raises(StudyRefused, match="Fewer than 5 new answers"):
        services.take_in(study, name, by=HOST, now=NOON)

    cast(poll, [{"why": f"again {number}"} for number in range(3)], [{}] * 3)
    assert services.take_in(study, name, by=HOST, now=NOON) == 5
    assert len(answers_of(study)) == 15


def test_beside_an_open_polls_answer_stand_no_answers(studied, fields):
    study = studied([f"text {n}" for n in range(10)], state="open", snapshots=[{"role": "Manager"}] * 10)
    services.take_in(study, "hours/why", by=HOST, now=NOON)

    with ledgers.opened(study) as room:
        source, row = room.reading.of[id_of(study, "text 3")]
        assert (source.profile(row), source.answers(row)) == ([("Role", "Manager")], [])


def test_a_second_question_of_an_open_poll_waits_for_its_close(studied):
    study = studied([f"text {n}" for n in range(10)], state="open")
    poll = study.questions.get().poll

    with pytest.raises(StudyRefused, match="Of an open poll a study reads one question"):
        services.add_question(study, poll, "hours", by=HOST, now=NOON)


def test_answers_taken_in_keep_their_ids_when_the_poll_closes_and_all_are_there(studied):
    study = studied([f"text {n}" for n in range(12)], state="open")
    services.take_in(study, "hours/why", by=HOST, now=NOON)
    before = answers_of(study)

    close_and_count(study.questions.get().poll, by=HOST, now=NOON + HOUR)

    after = answers_of(study)
    assert (len(before), len(after)) == (10, 12)
    assert before.items() <= after.items()
    with pytest.raises(StudyRefused, match="Of a closed poll all are here"):
        services.take_in(study, "hours/why", by=HOST, now=NOON)
