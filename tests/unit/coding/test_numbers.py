"""Themes in numbers of people: a poll worked by hand, and what the public would see of it."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.coding.conftest import NOON, answers_of

from canvass.coding import ledgers, numbers, numbers_by
from canvass.coding.as_questions import as_questions
from canvass.coding.services import do_all
from canvass.instrument import Item, Kind
from canvass.panel.profiles import REGIONS
from canvass.statistics import design
from canvass.tables.disclosure import Audience
from canvass.team.audit import HOST
from canvass.warehouse import PollRows, coded_items, count_items
from canvass.warehouse.coding import NOT_ANSWERED, NOT_ASKED
from canvass.words.study import Level, Node, acts

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

# By role: who wrote "load …" (theme Strain), "forms …" (a code by itself), "no …" (set aside), and nothing.
MANAGERS = {"load": 16, "forms": 12, "no": 1, "": 11}
PRACTITIONERS = {"load": 20, "forms": 3, "no": 1, "": 26}
STUDENTS = {"load": 2, "forms": 3, "no": 0, "": 1}
REGION = {"Manager": "North East", "Practitioner": "North West", "Student": "Wales"}


def ballots(role: str, wrote: dict[str, int], start: int):
    words = [word for word, people in wrote.items() for _ in range(people)]
    for place, word in enumerate(words, start):
        answer = {"hours": "every week" if word == "load" else "never", "rested": 3 if word == "load" else 6}
        if word:
            answer["why"] = f"{word} {place}"
        yield answer, {"role": role, "region": REGION[role]}


@pytest.fixture
def study(studied, fields):
    """96 who voted; 58 wrote, 2 of them "no"; 38 raised Strain and 18 Paperwork."""
    made = [
        *ballots("Manager", MANAGERS, 0),
        *ballots("Practitioner", PRACTITIONERS, 100),
        *ballots("Student", STUDENTS, 200),
    ]
    study = studied((), more=[answer for answer, _ in made], snapshots=[snapshot for _, snapshot in made])
    done = [
        acts.MakeNode("load", Level.CODE, "Caseload"),
        acts.MakeNode("forms", Level.CODE, "Paperwork"),
        acts.MakeNode("strain", Level.THEME, "Strain"),
        acts.PutNode("load", "strain"),
    ]
    for answer, text in answers_of(study).items():
        code = text.split()[0]
        done.append(acts.SetAside(answer) if code == "no" else acts.CodeSegment(answer, code))
    do_all(study, done, as_="coded", by=HOST, now=NOON)
    return study


@pytest.fixture
def found(study):
    with ledgers.opened(study) as room:
        yield numbers.asked(room, room.reading.questions["hours/why"])


def rows(table) -> dict[str, list[str]]:
    return {row.label: [cell.value for cell in row.cells] for row in table.rows}


def by(found, name: str, level: Level = Level.THEME, audience: Audience = Audience.TEAM):
    nodes = numbers.nodes_at(found, level)
    return numbers_by.beside(found, nodes, audience, division=found.divisions[name]).by


def means(found):
    nodes = numbers.nodes_at(found, Level.THEME)
    (table,) = numbers_by.beside(found, nodes, Audience.TEAM, measure=found.measures[0]).means
    return table


def test_a_poll_worked_by_hand(found):
    whole = found.as_questions()

    assert numbers.sentence(whole) == "58 of 96 (60%) who voted wrote an answer; 56 said something."
    assert [
        (line.branch.node.name, line.words, line.is_common)
        for line in numbers.theme_table(found, whole.base)
    ] == [
        ("Strain", "most of the people (38 of 56, 68%)", True),
        ("Paperwork", "many people (18 of 56, 32%)", False),
    ]  # fmt: skip


def test_the_team_reads_themes_by_role_but_nothing_of_a_group_under_ten(found):
    table = by(found, "role", Level.THEME, Audience.TEAM)

    heads = list(table.heads)
    assert sorted(heads) == ["All", "Manager", "Practitioner", "Student"]
    order = [heads.index(one) for one in ("All", "Manager", "Practitioner", "Student")]
    assert {label: [cells[place] for place in order] for label, cells in rows(table).items()} == {
        "Wrote an answer": ["58 of 96 (60%)", "29 of 40", "24 of 50 (48%)", "[u]"],
        "Said something": ["56 of 96 (58%)", "28 of 40", "23 of 50 (46%)", "[u]"],
        "Strain": ["38 of 56 (68%)", "16 of 28", "20 of 23", "[u]"],
        "Paperwork": ["18 of 56 (32%)", "12 of 28", "3 of 23", "[u]"],
    }


def test_the_public_is_shown_no_small_group_and_no_cell_of_few(found):
    table = by(found, "role", Level.THEME, Audience.PUBLIC)

    cells = rows(table)
    student, practitioner = table.heads.index("Student"), table.heads.index("Practitioner")
    assert {row[student] for row in cells.values()} == {"[c]"}
    assert cells["Paperwork"][practitioner] == "[c]"  # three people
    shown = {
        int(re.match(r"\d+", cell)[0]) for row in cells.values() for cell in row[1:] if cell[0].isdigit()
    }
    assert all(number > 4 for number in shown)
    assert "[c]: a group of few people, or one that would give such a group away." in table.reasons


def test_a_group_whose_writers_are_hidden_has_no_themes_either(found):
    """The base of its themes would give the number back."""
    cells = rows(by(found, "role", Level.CODE, Audience.PUBLIC))

    hidden = [place for place, cell in enumerate(cells["Said something"]) if cell == "[c]"]
    assert hidden
    assert {cells[code][place] for code in ("Caseload", "Paperwork") for place in hidden} == {"[c]"}


def test_themes_by_a_closed_question(found):
    table = by(found, "item:hours", Level.CODE, Audience.TEAM)

    assert table.heads == ("All", "every week", "never", "something else")
    assert rows(table)["Caseload"] == ["38 of 56 (68%)", "38 of 38", "0 of 18", "[u]"]
    assert "item:why" not in found.divisions


def test_a_field_is_counted_in_the_teams_wider_groups_too(found):
    table = by(found, "region~wider", Level.THEME, Audience.TEAM)

    assert table.title == "Region, in wider groups"
    assert table.heads == ("All", "North of England", REGIONS["Wales"])
    assert rows(table)["Strain"] == ["38 of 56 (68%)", "36 of 51 (71%)", "[u]"]


def test_means_by_theme_need_ten_on_both_sides_and_thirty_for_a_mean(found):
    table = means(found)

    assert table.title == "How rested are you?"
    assert table.heads == ("Raised it", "Said something else")
    assert rows(table) == {
        "Strain": ["3.0 (3.0 to 3.0) of 38", "[u] of 18"],
        "Paperwork": ["[u] of 18", "3.0 (3.0 to 3.0) of 38"],
    }


def test_a_side_under_ten_takes_the_other_with_it(study):
    with ledgers.opened(study) as room:
        few = [answer.id for answer in room.reading.corpus if answer.text.startswith("forms")][:9]
    court = acts.MakeNode("court", Level.CODE, "Court")
    coded = [acts.CodeSegment(answer, "court") for answer in few]
    do_all(study, [court, *coded], as_="coded", by=HOST, now=NOON)

    with ledgers.opened(study) as room:
        table = means(numbers.asked(room, room.reading.questions["hours/why"]))
    court = next(row for row in table.rows if row.label == "Court")
    assert [cell.value for cell in court.cells] == ["[u]", "[u]"]
    assert "not compared" in court.cells[1].why


def test_an_open_poll_has_no_numbers(studied):
    with ledgers.opened(studied(state="open")) as room:
        assert numbers.asked(room, room.reading.questions["hours/why"]) is None


WHY = Item("why", Kind.TEXT, "Why?")
NODES = [Node(name, Level.CODE, 1, name) for name in "abc"]
STATES = {"not asked": NOT_ASKED, "nothing": NOT_ANSWERED}
holds = st.frozensets(st.sampled_from("abcd"))
written = st.one_of(st.just("not asked"), st.just("nothing"), st.none(), holds)


@settings(max_examples=60)
@given(st.lists(written, min_size=1, max_size=40))
def test_themes_counted_as_a_question_are_the_people_who_raised_them(people):
    states = np.array([STATES[one] if isinstance(one, str) else 0 for one in people])
    rows = PollRows(len(people), np.ones(len(people)), coded_items([WHY], {"why": states}), {}, None)
    wrote = {row: one for row, one in enumerate(people) if not isinstance(one, str)}
    found = as_questions(WHY, rows, wrote, NODES)

    said = [one for one in wrote.values() if one is not None]
    assert (found.wrote, found.base) == (len(wrote), len(said))
    assert found.written.asked == sum(one != "not asked" for one in people)
    (cube,) = count_items([found.themes], design(len(people)))
    people_of = cube.cells.chosen @ cube.cube.n.sum(axis=(0, 1)) if said else [0, 0, 0]
    assert list(people_of) == [sum(name in one for one in said) for name in "abc"]
    for place, name in enumerate("abc"):
        sides = found.raised(place).codes.tolist()
        assert sides.count(0) == sum(name in one for one in said)
        assert sides.count(0) + sides.count(1) == len(said)
