"""Tables of one poll are released together: what one tells of another's hidden numbers is hidden, too."""

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.tables.disclosure.attacker import attack
from tests.unit.tables.disclosure.making import crossed, crosstab_of, people_of, single, topline_of
from tests.unit.tables.disclosure.test_crosstabs import bases, counts

from canvass import instrument
from canvass.tables import Crosstab
from canvass.tables.disclosure import Audience, release
from canvass.tables.json_form import table_as_json
from canvass.tables.values import HiddenTopline, Reason, Suppressed
from canvass.warehouse import Groups

CORNER = [[20, 30, 3], [25, 40, 22], [30, 10, 18]]
PUBLIC = Audience.PUBLIC


def follow_up() -> tuple[Crosstab, Crosstab]:
    """2 of the 22 in the last group have not worked for an agency; everybody who has said why."""
    poll = instrument.load(
        "poll: p\ntitle: P\ncategory: c\nitems:\n"
        "  - {id: agency, kind: single, text: Agency, options: ['yes', 'no']}\n"
        "  - {id: why, kind: single, text: Why, options: [pay, hours], ask_if: 'agency == \"yes\"'}\n"
    )
    rows, columns = people_of(np.array([[40, 30, 20], [50, 40, 2]]))
    answers = [{"agency": "no"} if row else {"agency": "yes", "why": "pay"} for row in rows]
    groups = Groups(np.array(columns), ("group 0", "group 1", "group 2"))
    first, second = crossed(tuple(poll), answers, "region", groups)
    return first, second


def test_the_base_of_a_follow_up_does_not_give_back_the_answer_that_it_follows():
    """Shown alone the follow-up has 20 people in the last group: all but 2 of the 22."""
    agency, why = follow_up()
    assert bases(release([why], PUBLIC)[0]) == [40, 30, 20]

    told, after = release([agency, why], PUBLIC)

    assert counts(told) == [[40, None, None], [50, None, None]]
    assert bases(after) == [40, None, None]


def test_a_follow_up_that_is_public_already_makes_the_item_before_hide_more():
    agency, why = follow_up()

    (told,) = release([agency], PUBLIC, already=[[why]])

    found = attack([table_as_json(one) for one in (told, why)], [("why", "agency", ("yes",))])
    assert counts(told) == [[None, None, None]] * 2
    assert bases(told)[2] is None or all(low < high for low, high in found.values())


def two_items() -> tuple[Crosstab, Crosstab]:
    """One question by another, and the other by the one."""
    first, second = single(["a", "b", "c"], "first"), single(["x", "y", "z"], "second")
    rows, columns = people_of(np.array(CORNER))
    answers = [
        {"first": "abc"[row], "second": "xyz"[column]} for row, column in zip(rows, columns, strict=True)
    ]
    by_second = Groups(np.array(columns), ("x", "y", "z"))
    by_first = Groups(np.array(rows), ("a", "b", "c"))
    return (
        crossed([first, second], answers, "second", by_second)[0],
        crossed([first, second], answers, "first", by_first)[1],
    )


def test_one_question_by_another_hides_what_the_other_by_the_one_hides():
    one, other = release(two_items(), PUBLIC)

    assert counts(one) == [list(line) for line in zip(*counts(other), strict=True)]
    assert counts(one)[0][2] is None


def test_so_it_does_where_the_other_is_public_already():
    one, other = two_items()
    (before,) = release([one], PUBLIC)

    (after,) = release([other], PUBLIC, already=[[one]])

    assert counts(before) == [list(line) for line in zip(*counts(after), strict=True)]


def merged(table: Crosstab) -> Crosstab:
    """The same people with the last two groups as one."""
    matrix = np.array([[figure.n for figure in group.figures] for group in table.groups]).T
    coarse = crosstab_of(np.column_stack([matrix[:, 0], matrix[:, 1:].sum(axis=1)]).tolist())
    first, both = coarse.groups
    return replace(coarse, groups=(first, replace(both, label="both", parts=("group 1", "group 2"))),
                   differences=())  # fmt: skip


def test_merged_groups_do_not_give_back_a_small_cell_that_stands_beside_a_shown_one():
    """Of the 33 in both groups 30 are shown to be in the one."""
    table = crosstab_of(CORNER)
    assert counts(release([merged(table)], PUBLIC)[0])[0] == [20, 33]

    fine, coarse = release([table, merged(table)], PUBLIC)

    assert counts(fine)[0] == [None, 30, None]
    assert counts(coarse)[0] == [None, None]


def test_nor_where_the_finer_table_is_public_already():
    table = crosstab_of(CORNER)

    (coarse,) = release([merged(table)], PUBLIC, already=[[table]])

    assert counts(coarse)[0] == [None, None]


def test_a_finer_table_hides_more_where_the_merged_one_is_public_already():
    table = crosstab_of(CORNER)

    (fine,) = release([table], PUBLIC, already=[[merged(table)]])

    assert counts(fine)[0] == [20, None, None]


def test_a_table_that_is_public_already_comes_out_as_it_did():
    table = crosstab_of(CORNER)
    (before,) = release([table], PUBLIC)

    assert release([table, merged(table)], PUBLIC, already=[[table]])[0] == before


def test_of_some_people_nothing_is_shown_where_all_others_are_few():
    every, some = topline_of([60, 40]), topline_of([57, 36])

    (told,) = release([some], PUBLIC, among=[every])

    assert isinstance(told, HiddenTopline)
    assert told.base == Suppressed(Reason.DIFFERENCE)


def test_a_table_of_some_people_does_not_tell_the_few_others_of_a_group():
    """All: 40 and 30 in the first group; among some 38 and 28. The four others would be known."""
    every, some = crosstab_of([[40, 60], [30, 50]]), crosstab_of([[38, 40], [28, 35]])

    (told,) = release([some], PUBLIC, among=[every])

    assert bases(told) == [None, None]


def test_nor_few_others_with_one_answer():
    every = crosstab_of([[40, 60, 50], [30, 50, 40]])
    some = crosstab_of([[38, 40, 30], [10, 35, 20]])

    (told,) = release([some], PUBLIC, among=[every])

    shown = counts(told)
    assert shown[0][0] is None  # 2 of the 22 others gave the first answer
    assert sum(n is None for n in shown[0]) > 1


def test_some_people_must_be_among_all():
    with pytest.raises(ValueError, match="hours by region: more people gave an answer than are among all"):
        release([crosstab_of([[40, 60], [30, 50]])], PUBLIC, among=[crosstab_of([[39, 90], [90, 50]])])
