"""Studies in the database: acts that are stored whole or not at all, one after the other."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction
from tests.unit.coding.conftest import HOUR, NOON, answers_of, id_of

from canvass.coding import ledgers, services
from canvass.coding.models import Study, StudyAct
from canvass.coding.services import do
from canvass.team.audit import HOST, Actor
from canvass.team.models import AuditEntry, Panel
from canvass.words import study as words
from canvass.words.study import Level, StudyRefused, acts

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
ANN = Actor("staff", "3")


def made(study: Study) -> bytes:
    with ledgers.opened(study) as room:
        return room.ledger.canonical()


def test_an_act_is_stored_with_its_number_and_leaves_an_entry_without_what_was_written(studied):
    study = studied()
    answer = id_of(study, "Too many cases")
    do(study, acts.MakeNode("c1", Level.CODE, "Caseload"), by=ANN, now=NOON)

    done = do(study, acts.CodeSegment(answer, "c1"), by=ANN, now=NOON)

    assert done.seq == 2
    row = StudyAct.objects.get(study=study, seq=2)
    assert (row.kind, row.said, row.by) == (
        "code_segment",
        {"answer": answer, "node": "c1"},
        "staff:3",
    )
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.subject, entry.facts) == (
        "study.code_segment",
        "why-people-work-late",
        {"step": 2},
    )


def test_what_is_kept_in_memory_is_what_the_log_makes(studied):
    study = studied()
    do(study, acts.MakeNode("c1", Level.CODE, "Caseload"), by=ANN, now=NOON)
    for answer in answers_of(study):
        do(study, acts.CodeSegment(answer, "c1"), by=ANN, now=NOON)
    do(study, acts.Undo(3), by=ANN, now=NOON)
    kept = made(study)

    ledgers._rooms.clear()

    assert made(study) == kept


def test_acts_of_another_process_are_caught_up_with(studied):
    study = studied()
    do(study, acts.MakeNode("c1", Level.CODE, "Caseload"), by=ANN, now=NOON)
    StudyAct.objects.create(
        panel=study.panel,
        study=study,
        seq=2,
        kind="make_node",
        said={"node": "c2", "level": "code", "name": "Paper"},
        by="staff:4",
        at=NOON,
    )
    Study.objects.filter(pk=study.pk).update(last=2)

    assert do(study, acts.RetireNode("c2"), by=ANN, now=NOON).seq == 3


def test_people_who_act_at_the_same_time_act_one_after_the_other(studied):
    study = studied([f"text {number}" for number in range(20)])
    answers = list(answers_of(study))

    def work(first: int) -> None:
        try:
            for answer in answers[first : first + 5]:
                do(study, acts.MarkRead(answer), by=Actor("staff", str(first)), now=NOON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as people:
        assert list(people.map(work, range(0, 20, 5))) == [None] * 4

    assert list(StudyAct.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 21))
    kept = made(study)
    ledgers._rooms.clear()
    assert made(study) == kept


def test_a_refused_act_stores_nothing(studied):
    study = studied()
    entries = AuditEntry.objects.count()

    with pytest.raises(StudyRefused, match="What it names in the codebook is not there"):
        do(study, acts.RetireNode("gone"), by=ANN, now=NOON)

    assert (StudyAct.objects.count(), AuditEntry.objects.count()) == (0, entries)


def test_undoing_says_what_rests_because_of_it(studied):
    study = studied()
    do(study, acts.MakeNode("c1", Level.CODE, "Caseload"), by=ANN, now=NOON)
    do(study, acts.CodeSegment(id_of(study, "Too many cases"), "c1"), by=ANN, now=NOON)

    assert do(study, acts.Undo(1), by=ANN, now=NOON).stirred == (2,)
    assert do(study, acts.Redo(1), by=ANN, now=NOON).stirred == (2,)


def test_two_studies_have_two_addresses_and_their_ids_do_not_match(studied, panel):
    one = studied(slug="one")
    two = studied(slug="two")

    assert (one.slug, two.slug) == ("why-people-work-late", "why-people-work-late-2")
    assert answers_of(one).keys().isdisjoint(answers_of(two))


def test_a_question_taken_out_lets_its_acts_rest_until_it_is_back(studied, written, panel):
    study = studied(slug="one")
    other = written(["Far to drive"], slug="two")
    added = services.add_question(study, other, "why", by=HOST, now=NOON)
    do(study, acts.MakeNode("c1", Level.CODE, "Caseload"), by=ANN, now=NOON)
    do(study, acts.CodeSegment(id_of(study, "Far to drive"), "c1"), by=ANN, now=NOON)
    before = made(study)

    services.remove_question(study, added, by=HOST, now=NOON)
    with ledgers.opened(study) as room:
        assert room.ledger.resting.keys() == {2}

    services.add_question(study, other, "why", by=HOST, now=NOON)
    assert made(study) == before


def test_a_title_and_a_contact_are_given(studied):
    study = services.describe(studied(), title=" Late  work ", contact="Sam Lee", by=HOST, now=NOON)

    study.refresh_from_db()

    assert (study.title, study.contact) == ("Late work", "Sam Lee")


@pytest.mark.parametrize("title", ["", "x" * 201])
def test_a_study_needs_a_title(studied, title):
    with pytest.raises(StudyRefused, match="title"):
        services.describe(studied(), title=title, contact="", by=HOST, now=NOON)


def test_what_a_study_cannot_read_is_said(studied, poll, written, panel):
    study = studied(slug="one")
    asked = study.questions.get().poll
    other_panel = Panel.objects.create(slug="others", name="Others", created_at=NOON)
    foreign = Study.objects.create(panel=other_panel, slug="x", title="x", salt="00", created_at=NOON)

    refusals = {
        "has no answers to read yet": lambda: services.add_question(
            study, poll("draft"), "why", by=HOST, now=NOON
        ),
        "reads this question already": lambda: services.add_question(study, asked, "why", by=HOST, now=NOON),
        "'nothing' of one asks for no words": lambda: services.add_question(
            study, asked, "nothing", by=HOST, now=NOON
        ),
        "one has no answers to read": lambda: services.add_question(foreign, asked, "why", by=HOST, now=NOON),
        "at least one question. Add": lambda: services.remove_question(
            study, study.questions.get(), by=HOST, now=NOON
        ),
        "Choose at least one question": lambda: services.start(panel, "x", [], by=HOST, now=NOON),
    }
    for sentence, verb in refusals.items():
        with pytest.raises(StudyRefused, match=sentence):
            verb()


def test_numbers_of_acts_are_unique_and_begin_at_one(studied):
    study = studied()
    do(study, acts.MakeNode("c1", Level.CODE, "Caseload"), by=ANN, now=NOON)
    row = {"panel": study.panel, "study": study, "kind": "undo", "said": {}, "by": "x", "at": NOON}

    for seq in (1, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            StudyAct.objects.create(seq=seq, **row)


def test_a_withdrawn_answer_lets_its_acts_rest(studied):
    """The poll's files are written anew without it; the others keep their ids and codes."""
    from canvass.analysis.services import forget_withdrawn
    from canvass.fieldwork.models import Ballot, Withdrawal

    study = studied()
    poll = study.questions.get().poll
    do(study, acts.MakeNode("c1", Level.CODE, "Caseload"), by=ANN, now=NOON)
    for text in ("Too many cases", "Court reports"):
        do(study, acts.CodeSegment(id_of(study, text), "c1"), by=ANN, now=NOON)
    Ballot.objects.filter(poll=poll.pk, answers__why="Too many cases").delete()
    Withdrawal.objects.create(panel=poll.panel_id, poll=poll.pk, count=1)
    forget_withdrawn(poll, by=HOST, now=NOON + HOUR)

    with ledgers.opened(study) as room:
        assert room.ledger.resting == {2: "Its answer is not in the study any more."}
        held = words.holdings(room.ledger.state, room.reading.corpus.ids())

    assert held == {"c1": frozenset({id_of(study, "Court reports")})}
