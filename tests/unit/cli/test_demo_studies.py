"""The demo's studies: what people wrote, read and coded by people of the team."""

from dataclasses import replace
from datetime import date

import pytest

from canvass.cli.demo import DemoPlan, DemoPoll, Stage, make_demo
from canvass.cli.demo.content import NO_ANSWER, NO_CODE, STUDIES, Remark, remarks, study, template
from canvass.cli.demo.install import install
from canvass.coding import comparing, ledgers
from canvass.coding.models import Study
from canvass.words.study import Level, State, codes_of, progress

TODAY = date(2026, 3, 2)
OTHER_DAYS = [date(2024, 2, 29), date(2026, 11, 23), date(2027, 8, 10)]
INSTALLED = pytest.mark.django_db(transaction=True, databases="__all__")


def texts_of(name: str) -> list[Remark]:
    """All texts that the members of the demo could give to the questions of a study."""
    asked = study(name)["questions"].items()
    return [one for poll, item in asked for one in remarks(template(poll).habits[item]["words"])]


def cut(poll: DemoPoll, item: str | None) -> DemoPoll:
    """With only those who wrote something; of the open poll with nobody."""
    wrote = tuple(one for one in poll.hand_ins if item is not None and item in one.answers)
    return replace(poll, mailed=tuple(dict.fromkeys(one.member for one in wrote)), hand_ins=wrote)


@pytest.fixture(scope="module")
def plan() -> DemoPlan:
    whole = make_demo(TODAY)
    asked = {poll: item for one in whole.studies for poll, item in one.questions}
    polls = [
        cut(poll, asked.get(poll.slug))
        for poll in whole.polls
        if poll.slug in asked or poll.stage is Stage.OPEN
    ]
    keys = {one.member for poll in polls for one in poll.hand_ins}
    members = tuple(member for member in whole.members if member.key in keys)
    return replace(whole, members=members, polls=tuple(polls))


@pytest.fixture
def rooms(plan) -> dict[str, ledgers.Room]:
    """The studies of the installed plan, by the name of their content."""
    install(plan, lambda _what, _done, _of: None)
    found = {}
    for name in STUDIES:
        with ledgers.opened(Study.objects.get(title=study(name)["title"])) as room:
            found[name] = room
    return found


@pytest.mark.parametrize("name", STUDIES)
def test_every_text_of_a_study_has_codes_of_its_codebook(name):
    known = {*study(name)["codes"], NO_ANSWER, NO_CODE}

    assert [one.text for one in texts_of(name) if not one.coded or not known.issuperset(one.coded)] == []


@pytest.mark.parametrize("name", STUDIES)
def test_every_code_is_used_and_lies_under_one_theme_where_the_study_is_finished(name):
    content = study(name)
    placed = [code for _name, _definition, *codes in content["themes"].values() for code in codes]

    assert set(content["codes"]) <= {code for one in texts_of(name) for code in one.coded}
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(content["codes"])
    assert ("read" in content) == (set(placed) != set(content["codes"]))


@pytest.mark.parametrize("name", STUDIES)
def test_what_is_said_of_single_answers_names_words_of_one_text(name):
    content = study(name)
    named = [one[0] for kind in ("differences", "parts", "masks") for one in content.get(kind, ())]
    named += [on.partition(":")[2] for on, *_ in content["memos"] if on.startswith("answer:")]

    assert [words for words in named if sum(words in one.text for one in texts_of(name)) != 1] == []


@pytest.mark.parametrize("day", OTHER_DAYS)
def test_on_any_day_the_studies_lie_over_three_half_years_and_end_before_it(day):
    made = make_demo(day)
    opened = {poll.slug: poll.opens for poll in made.polls if poll.stage in ("published", "closed")}
    across = next(one for one in made.studies if len(one.questions) > 1)

    halves = {(opened[poll].year, opened[poll].month > 6) for poll, _item in across.questions}

    assert len(halves) == 3
    assert max((day - one.begins.date()).days for one in made.studies) > 100
    assert min((day - one.begins.date()).days for one in made.studies) >= 7


@INSTALLED
def test_two_coders_agree_well_but_not_on_all_and_every_difference_is_settled(rooms):
    state = rooms["priorities"].state
    [comparison] = comparing.comparisons(state)

    found = comparing.agreed(state, comparison)
    apart = comparing.apart(state, comparison)

    assert found.units > 40
    assert 0.7 < found.masi.estimate < 0.92
    assert 5 <= len(apart) <= 15
    assert all(one.settled and len(one.settled.reason) > 20 for one in apart)
    themes_lie_under_overarching_ones_with_reasons_and_names_are_masked(rooms["time-and-trust"].state)


def themes_lie_under_overarching_ones_with_reasons_and_names_are_masked(state: State) -> None:
    above = {node.id for node in state.nodes.values() if node.level is Level.OVERARCHING}
    reasons = [link.reason for link in state.links.values() if link.parent in above]
    names = [words for words, *_ in study("time-and-trust")["masks"]]
    named = {answer.id for answer in state.corpus if any(words in answer.text for words in names)}

    assert len(reasons) == 4
    assert all(reasons)
    assert named
    assert named == set(state.masks)


@INSTALLED
def test_answers_are_coded_as_planned_on_days_before_today_and_nothing_rests(plan, rooms):
    for made in plan.studies:
        room = next(room for name, room in rooms.items() if study(name)["title"] == made.title)
        state, days = room.state, [entry.at for entry in room.ledger.entries]
        planned = {one.text: {made.content["codes"][code][0] for code in one.codes} for one in made.answers}
        coded = {
            answer.text: {state.nodes[code].name for code in codes_of(state, answer.id)}
            for answer in state.corpus
            if answer.text in planned and answer.id not in state.settled
        }

        assert room.ledger.resting == {}
        assert days == sorted(days)
        assert days[-1] < TODAY.isoformat()
        assert coded == {text: planned[text] for text in coded}
        assert len(coded) + len(state.settled) == len(planned)
    two_are_finished_and_one_is_begun(rooms)


def two_are_finished_and_one_is_begun(rooms: dict[str, ledgers.Room]) -> None:
    done = {name: progress(room.state, room.state.corpus.ids()) for name, room in rooms.items()}
    begun = done.pop("next-study")

    assert all(one.left == 0 and one.coded > 0.9 * one.substantive for one in done.values())
    assert 0.25 < begun.read / begun.answers < 0.45
