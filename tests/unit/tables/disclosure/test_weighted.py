"""Weighted tables: a weighted total beside a count is a second equation for the same hidden people."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.tables.disclosure.making import crosstab_of
from tests.unit.tables.disclosure.test_crosstabs import counts

from canvass.tables.disclosure import Audience, release
from canvass.tables.values import HiddenFigure

MATRIX = [[40, 20, 3], [35, 45, 25], [50, 30, 40]]
WORTH = (0.7, 1.1, 1.9)  # everybody in a group counts the same, as under targets for these groups


def public(table):
    return release([table], Audience.PUBLIC)[0]


def test_exact_weighted_totals_would_find_two_hidden_cells():
    """Two people unknown, two sums known: 20 and 3 of the first row are the only whole numbers that fit."""
    table = crosstab_of(MATRIX, worth=WORTH)
    first = table.total.figures[0]
    people = first.n - 40
    weight = first.estimate * table.total.weighted_base - 40 * WORTH[0]

    fits = [
        (one, people - one)
        for one in range(people + 1)
        if abs(one * WORTH[1] + (people - one) * WORTH[2] - weight) < 1e-6
    ]

    assert fits == [(20, 3)]


def test_so_weighted_numbers_are_shown_as_printed():
    released = public(crosstab_of(MATRIX, worth=WORTH))

    for figure in (*released.total.figures, *released.groups[0].figures):
        if not isinstance(figure, HiddenFigure):
            assert figure.estimate == round(figure.estimate, 2)
            assert figure.standard_error is None
    assert released.total.weighted_base == round(released.total.weighted_base)
    assert [group.weighted_base for group in released.groups] == [None] * 3


def test_an_unweighted_table_keeps_its_decimals():
    assert public(crosstab_of(MATRIX)).total == crosstab_of(MATRIX).total


def test_more_is_hidden_where_printed_shares_still_tell_too_much():
    """Of 23 people, worth 1.1 or 1.9, a whole per cent of 288 leaves few splits: a third group is hidden."""
    shown = counts(public(crosstab_of(MATRIX, worth=WORTH)))

    assert sum(n is None for n in shown[0]) >= sum(n is None for n in counts(public(crosstab_of(MATRIX)))[0])
    assert 3 not in shown[0]


rows_of_counts = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=2)


@settings(max_examples=20, deadline=None)
@given(rows_of_counts, st.permutations(WORTH))
def test_nobody_who_knows_the_weights_finds_a_hidden_cell(matrix, worth):
    """Every split of a row's hidden people is tried that fits its count and its printed weighted share. Where
    the whole row is hidden the topline alone tells what it tells."""
    counted = np.array(matrix)
    if counted.sum(axis=0).min() < 10 or counted.sum() < 60:
        return
    table = crosstab_of(matrix, worth=worth)
    released = public(table)
    base = table.total.weighted_base
    for row, shown in enumerate(counts(released)):
        hidden = [column for column, n in enumerate(shown) if n is None]
        few = [column for column in hidden if 0 < counted[row, column] < 5 and len(hidden) < len(shown)]
        fits = list(splits(counted[row], hidden, np.array(worth), released.total.figures[row].estimate, base))
        for column in few:
            values = {split[hidden.index(column)] for split in fits}
            assert len(values) >= 5 or 0 in values, (row, column, values)


def splits(row, hidden, worth, share, base):
    """Hidden people of one row that agree with what is printed of it."""
    rest = int(row[hidden].sum())
    known = sum(row[column] * worth[column] for column in range(len(row)) if column not in hidden)
    for split in itertools.product(range(rest + 1), repeat=max(len(hidden) - 1, 0)):
        whole = (*split, rest - sum(split)) if hidden else ()
        weight = known + sum(n * worth[column] for n, column in zip(whole, hidden, strict=True))
        if min(whole, default=0) >= 0 and abs(weight / base - share) <= 0.005 + 1e-9:
            yield whole
