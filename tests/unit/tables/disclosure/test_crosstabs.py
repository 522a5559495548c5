"""What the public sees of crosstabs: small cases by hand, and every small table solved by trying."""

import itertools
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.tables.disclosure.making import crossed, crosstab_of

from canvass.instrument.model import Item, Kind, Option, Scale
from canvass.tables import Crosstab
from canvass.tables.disclosure import STRICT, Audience, release
from canvass.tables.values import Figure, HiddenFigure, HiddenTopline, Reason, Suppressed
from canvass.warehouse import Groups

GROUP, CELL = Suppressed(Reason.SMALL_GROUP), Suppressed(Reason.SMALL_CELL)
RESTS = Suppressed(Reason.RESTS_ON_HIDDEN)


def public(table: Crosstab, **how) -> Crosstab:
    return release([table], Audience.PUBLIC, **how)[0]


def counts(table: Crosstab, statistic: str = "share") -> list[list[object]]:
    """The printed counts (answers, groups); None where one is hidden."""
    columns = [[line for line in group.figures if line.statistic == statistic] for group in table.groups]
    return [
        [line.n if isinstance(line, Figure) else None for line in row] for row in zip(*columns, strict=True)
    ]


def bases(table: Crosstab) -> list[object]:
    return [None if isinstance(group.base, Suppressed) else group.base for group in table.groups]


def by_group(item: Item, answers: list[list[object]], **more) -> Crosstab:
    """An item by groups, from the answers of each group's people."""
    codes = [place for place, group in enumerate(answers) for _ in group]
    told = [{item.id: answer} for group in answers for answer in group]
    groups = Groups(np.array(codes), tuple(f"group {place}" for place in range(len(answers))))
    return crossed([item], told, "region", groups)[0]


def test_one_small_cell_takes_the_three_with_it_that_give_it_back():
    """3 in the corner. Its row gives it back unless 20 is hidden, its column unless 22 or 18 is, and then row
    and column of those. With 25 and 22 the fewest people are hidden: 23 - t, t, 22 + t and 25 - t agree with
    all sums, so the 3 could be anything from 0 to 23."""
    table = crosstab_of([[20, 30, 3], [25, 40, 22], [30, 10, 18]])

    assert counts(public(table)) == [[None, 30, None], [None, 40, None], [30, 10, 18]]


def test_the_team_sees_the_same_table_whole():
    table = crosstab_of([[20, 30, 3], [25, 40, 22], [30, 10, 18]])

    assert release([table], Audience.TEAM) == (table,)


def test_a_hidden_number_says_why_and_is_nowhere_else():
    released = public(crosstab_of([[20, 30, 3], [25, 40, 22], [30, 10, 18]]))

    hidden = released.groups[2].figures[0]
    assert hidden == HiddenFigure("share", "answer 0", "answer 0", CELL)
    assert [test.suppressed for test in released.tests] == [RESTS]
    told = {(one.option, one.a, one.b): getattr(one, "suppressed", None) for one in released.differences}
    assert told["answer 0", "group 0", "group 1"] == RESTS
    assert told["answer 2", "group 0", "group 1"] is None


def test_without_a_small_cell_nothing_is_hidden():
    table = crosstab_of([[20, 30], [25, 40], [30, 0]])

    assert public(table) == table


def test_under_the_strict_option_nine_people_are_few():
    table = crosstab_of([[20, 30, 9], [25, 40, 22], [30, 12, 18]])

    assert public(table) == table
    assert counts(public(table, limits=STRICT))[0] == [None, 30, None]


def test_a_group_under_ten_is_hidden_with_the_next_smallest():
    released = public(crosstab_of([[40, 20, 5], [30, 20, 4]]))

    assert bases(released) == [70, None, None]
    assert released.groups[1].base == released.groups[2].base == GROUP
    assert counts(released) == [[40, None, None], [30, None, None]]


def test_two_small_groups_of_ten_together_need_no_third():
    assert bases(public(crosstab_of([[40, 20, 5, 6], [30, 20, 0, 0]]))) == [70, 40, None, None]


def test_that_nobody_in_a_small_group_gave_an_answer_is_not_told_either():
    """All who gave the first answer are in the first group; shown there, it would say so of the eight."""
    released = public(crosstab_of([[40, 0, 0], [30, 20, 5], [20, 10, 3]]))

    assert bases(released) == [90, None, None]
    assert counts(released) == [[None, None, None], [30, None, None], [None, None, None]]


def test_few_people_who_said_no_group_take_the_smallest_group_with_them():
    """Taken from the total the groups would tell what the three answered who are in none."""
    released = public(crosstab_of([[40, 20, 2], [30, 30, 1]], ungrouped=1))

    assert bases(released) == [70, None]


def test_many_people_in_no_group_are_a_partner_themselves():
    released = public(crosstab_of([[40, 3, 20], [30, 37, 30]], ungrouped=1))

    assert counts(released) == [[40, None], [30, None]]


def test_a_group_of_ten_to_29_has_counts_and_no_per_cents():
    group = public(crosstab_of([[40, 12], [30, 8]])).groups[1]

    assert [(line.n, line.estimate, line.suppressed) for line in group.figures] == [
        (12, None, Suppressed(Reason.COUNTS_ONLY)),
        (8, None, Suppressed(Reason.COUNTS_ONLY)),
    ]


def test_of_fewer_than_ten_altogether_nothing_is_shown():
    released = public(crosstab_of([[3, 2], [2, 1]]))

    assert isinstance(released.total, HiddenTopline)
    assert bases(released) == [None, None]
    assert counts(released) == [[None, None], [None, None]]


def several(*labels: str) -> Item:
    return Item("helps", Kind.MULTIPLE, "helps", options=tuple(Option(one, one) for one in labels))


def test_of_a_choose_all_question_few_who_chose_an_option_are_hidden_in_two_groups():
    answers = [
        [["x", "y"]] * 20 + [["y"]] * 20,
        [["x", "y"]] * 3 + [["y"]] * 30,
        [["x", "y"]] * 10 + [["y"]] * 20,
    ]
    released = public(by_group(several("x", "y"), answers))

    assert counts(released) == [[20, None, None], [40, 33, 30]]
    assert [test.suppressed for test in released.tests] == [RESTS, None]


def test_so_are_few_who_did_not_choose_it():
    answers = [
        [["x", "y"]] * 20 + [["y"]] * 20,
        [["x", "y"]] * 30 + [["y"]] * 2,
        [["x", "y"]] * 10 + [["y"]] * 20,
    ]

    assert counts(public(by_group(several("x", "y"), answers)))[0] == [20, None, None]


RATING = Item("rate", Kind.RATING, "Rate", scale=Scale(0, 10))


@pytest.fixture(scope="module")
def rated() -> Crosstab:
    rng = np.random.default_rng(1)
    means = (4, 6, 7)
    answers = [[int(np.clip(round(rng.normal(mean, 2)), 0, 10)) for _ in range(60)] for mean in means]
    return by_group(RATING, answers)


def test_a_mean_stands_to_one_decimal_where_the_answers_behind_it_are_hidden(rated):
    mean, median, *points = public(rated).groups[0].figures
    counted = rated.groups[0].figures[0]

    assert all(isinstance(point, HiddenFigure) for point in points)
    assert (median.suppressed, mean.n) == (RESTS, 60)
    assert (mean.estimate, mean.standard_error) == (round(counted.estimate, 1), None)
    assert (mean.low, mean.high) == (round(counted.low, 1), round(counted.high, 1))


def test_so_do_the_differences_of_such_means(rated):
    for one, counted in zip(public(rated).differences, rated.differences, strict=True):
        assert (one.estimate, one.standard_error) == (round(counted.estimate, 1), None)


def test_a_quantile_beyond_which_few_people_lie_is_hidden():
    item = Item("cases", Kind.NUMBER, "Cases")
    released = public(by_group(item, [list(range(40)), list(range(100))]))

    small, large = ({line.q: line for line in group.figures} for group in released.groups)
    assert [small[q].n for q in (0.1, 0.25, 0.75, 0.9)] == [CELL, 40, 40, CELL]
    assert [large[q].n for q in (0.1, 0.9)] == [100, 100]


def test_a_mean_place_of_few_is_hidden_for_it_tells_second_from_third_places():
    item = Item("urgent", Kind.RANKING, "Urgent", choose=3, options=tuple(Option(o, o) for o in "ABCD"))
    orders = [list(one) for one in itertools.permutations("ABCD", 3)]
    released = public(by_group(item, [orders * 2, orders * 3]))

    few, many = ([line for line in group.figures if line.statistic == "mean"] for group in released.groups)
    assert [line.n for line in few] == [CELL] * 4  # 36 placed each
    assert [line.n for line in many] == [54] * 4


def test_what_the_door_does_not_know_does_not_pass_it():
    table = crosstab_of([[20, 30], [25, 40]])
    strange = table.total.figures[0]._replace(statistic="trimean")
    total = replace(table.total, figures=(strange, *table.total.figures))
    groups = tuple(replace(group, figures=(strange, *group.figures)) for group in table.groups)

    released = public(replace(table, total=total, groups=groups))

    assert [group.figures[0].suppressed for group in released.groups] == [RESTS, RESTS]


def test_the_door_knows_every_part_of_a_crosstab():
    """A new part must be looked at in `disclosure.releasing` before it can leave."""
    assert [one.name for one in fields(Crosstab)] == ["by", "total", "groups", "tests", "differences"]


def rows_of(shape: tuple[int, int]):
    line = st.lists(st.integers(0, 14), min_size=shape[1], max_size=shape[1])
    return st.lists(line, min_size=shape[0], max_size=shape[0])


small_tables = st.sampled_from([(2, 2), (2, 3), (3, 2)]).flatmap(rows_of)


@settings(max_examples=40, deadline=None)
@given(small_tables)
def test_no_table_that_agrees_with_what_is_shown_tells_a_hidden_cell(matrix):
    """Every table is tried that has the shown cells and the sums of rows and columns, hidden ones too."""
    counted = np.array(matrix)
    shown = counts(public(crosstab_of(matrix)))
    if counted.sum() < 10:
        return
    known = [[-1 if n is None else n for n in row] for row in shown]
    values = possible(np.array(known), counted.sum(axis=1), counted.sum(axis=0))
    alone = possible(np.full(counted.shape, -1), counted.sum(axis=1), counted.sum(axis=0))
    for place in np.ndindex(counted.shape):
        if known[place[0]][place[1]] < 0 and counted.sum(axis=0)[place[1]] > 0:
            found, widest = values[place], alone[place]
            few = 0 < counted[place] < 5 or 0 < counted.sum(axis=0)[place[1]] < 10
            safe = len(found) >= (5 if few and counted[place] else 2) or (0 in found and len(found) > 1)
            assert safe or found == widest, (place, found)


def possible(known: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> dict[tuple[int, int], set[int]]:
    """The values of each cell over all tables with these known cells (others -1) and sums."""
    found: dict[tuple[int, int], set[int]] = {place: set() for place in np.ndindex(known.shape)}
    for table in tables_of(known, rows, columns):
        for place in found:
            found[place].add(int(table[place]))
    return found


def tables_of(known: np.ndarray, rows: np.ndarray, columns: np.ndarray):
    """Every table, row by row."""
    if not len(known):
        if not columns.any():
            yield np.zeros((0, len(columns)), dtype=int)
        return
    for first in lines_of(known[0], int(rows[0]), columns):
        for rest in tables_of(known[1:], rows[1:], columns - first):
            yield np.vstack([first, rest])


def lines_of(known: np.ndarray, total: int, most: np.ndarray):
    """Every first row with this sum of which no cell is more than its column holds."""
    ranges = [range(m + 1) if k < 0 else range(k, k + 1) for k, m in zip(known, most, strict=True)]
    for line in itertools.product(*ranges[:-1]):
        last = total - sum(line)
        if last in ranges[-1] and (np.array([*line, last]) <= most).all():
            yield np.array([*line, last])
