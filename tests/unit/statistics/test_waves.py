"""Changes between waves: by hand, for every sample of a small population, and what always holds."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import statistics
from canvass.statistics import DesignError

POINTS = np.arange(11.0)


def person_cube(person, wave, answer, *, weight=None, stratum=None, waves=2):
    """Rows (person, wave, answer 0-10 or -1) as a person cube."""
    codes = np.unique(np.asarray(person), return_inverse=True)[1]
    design = statistics.design(
        len(codes),
        weight=None if weight is None else np.asarray(weight, dtype=float),
        cluster=codes,
        stratum=None if stratum is None else np.asarray(stratum),
    )
    return statistics.count(np.asarray(answer), cells=11, design=design, group=np.asarray(wave), groups=waves)


# Five people: 1 and 2 in both waves, 3 and 4 in the first alone, 5 in the second alone.
BY_HAND = person_cube([1, 2, 3, 4, 1, 2, 5], [0, 0, 0, 0, 1, 1, 1], [4, 6, 9, 5, 5, 9, 4])


def test_a_net_change_by_hand():
    """Means 6 and 6. Scores a person: first (4-6)/4, 0, 3/4, -1/4; second -1/3, 3/3, -2/3; person by person
    their differences 1/6, 1, -3/4, 1/4, -2/3, squares in all 2.09722; times 5/4."""
    waves = statistics.linked_waves(BY_HAND, POINTS)

    found = statistics.change(waves, 0, 1)

    assert (found.estimate, found.df, waves.both(0, 1)) == (0.0, 4, 2)
    squares = (1 / 6) ** 2 + 1 + (3 / 4) ** 2 + (1 / 4) ** 2 + (2 / 3) ** 2
    assert found.standard_error == pytest.approx((5 / 4 * squares) ** 0.5)


def test_the_split_by_hand():
    """Those in both went from 5 to 7: +2. They are 1 above the second wave's mean and 1 below the first's:
    who joined takes 1 off, who left took 1 off. 0 = 2 - 1 - 1."""
    split = statistics.split_change(BY_HAND, POINTS, BY_HAND.group(0), BY_HAND.group(1))

    assert (split.net.estimate, split.same.estimate, split.different.estimate) == (0, 2, -2)
    assert (split.joined.estimate, split.left.estimate, split.reweighted.estimate) == (-1, -1, 0)
    assert (split.pairs, split.before, split.after, split.same.df) == (2, 5, 7, 1)
    assert split.same.standard_error == pytest.approx(1.0)  # moves of 1 and 3: √(2/2)


def test_people_who_answered_twice_make_a_change_more_certain():
    """The same people with the same answers: nothing changed, and that is certain."""
    rng = np.random.default_rng(5)
    answer = rng.integers(0, 11, 40)
    same = person_cube([*range(40)] * 2, [0] * 40 + [1] * 40, [*answer, *answer])
    other = person_cube(range(80), [0] * 40 + [1] * 40, [*answer, *answer])

    known, unknown = (statistics.change(statistics.linked_waves(one, POINTS), 0, 1) for one in (same, other))

    assert (known.estimate, known.standard_error, known.p) == (0, pytest.approx(0, abs=1e-9), None)
    assert unknown.standard_error > 0.5


def test_averages_and_the_line_through_waves_by_hand():
    cube = person_cube(range(8), [0, 0, 1, 1, 2, 2, 3, 3], [1, 3, 2, 4, 4, 6, 4, 8], waves=4)
    waves = statistics.linked_waves(cube, POINTS)

    assert waves.estimates.tolist() == [2, 3, 5, 6]
    assert statistics.average_change(waves, (0, 1), (2, 3)).estimate == pytest.approx(3.0)
    assert statistics.slope(waves, (0, 1, 2, 3)).estimate == pytest.approx(1.4)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda cube: statistics.slope(statistics.linked_waves(cube, POINTS), (1, 1)), "different times"),
        (
            lambda cube: statistics.slope(statistics.linked_waves(cube, POINTS), (1, 2, 3)),
            "each of the 2 waves",
        ),
        (lambda cube: statistics.change(statistics.linked_waves(cube, POINTS), 1, 1), "Nothing is compared"),
        (lambda cube: statistics.linked_waves(cube, POINTS, population=3), "population is smaller"),
        (
            lambda cube: statistics.linked_waves(cube.of_population(50), POINTS),
            "give it to linked_waves instead",
        ),
        (lambda _: statistics.linked_waves(without_persons(), POINTS), "persons as clusters"),
    ],
)
def test_what_cannot_be_known_is_refused_in_a_sentence(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make(BY_HAND)


def without_persons():
    design = statistics.design(4)
    return statistics.count(np.zeros(4, int), cells=11, design=design, group=np.arange(4) % 2, groups=2)


def test_a_wave_without_answers_has_no_change():
    cube = person_cube([1, 2, 3], [0, 0, 1], [4, 6, -1])
    waves = statistics.linked_waves(cube, POINTS)

    assert waves.bases == (2, 0)
    assert statistics.change(waves, 0, 1) == (None, None, 1, None, None, None)
    assert statistics.split_change(cube, POINTS, cube.group(0), cube.group(1)) is None
    assert statistics.matched_change(cube, POINTS, cube.group(0), cube.group(1)).estimate is None


def test_one_person_in_both_has_a_change_without_an_error():
    cube = person_cube([1, 2, 1, 3], [0, 0, 1, 1], [4, 6, 5, 5])

    split = statistics.split_change(cube, POINTS, cube.group(0), cube.group(1))

    assert split.same == (1.0, None, 0, None, None, None)


@pytest.mark.parametrize(("first", "second"), [((0, 1, 2), (0, 1, 3)), ((0, 1, 2), (2, 3, 4))])
def test_the_finite_population_by_every_sample(first, second):
    """Tam's error against the spread of the change over all samples with that overlap, on average."""
    y = np.array([[1.0, 4, 2, 7, 9, 4], [2.0, 3, 5, 9, 8, 6]])
    shared = len(set(first) & set(second))
    samples = [
        (a, b)
        for a in combinations(range(6), 3)
        for b in combinations(range(6), 3)
        if len(set(a) & set(b)) == shared
    ]
    changes = [y[1, list(b)].mean() - y[0, list(a)].mean() for a, b in samples]

    spread = np.cov(y)
    n = 3
    exact = (spread[0, 0] + spread[1, 1]) / n * (1 - n / 6) - 2 * spread[0, 1] * (shared / n**2 - 1 / 6)

    assert np.var(changes) == pytest.approx(exact)
    assert fraction_left(first, second, 6) == pytest.approx([1 - n / 6, 1 - n * n / (shared * 6), 1 - n / 6])


def fraction_left(first, second, population):
    """What `linked_waves` leaves of both variances and of the covariance."""
    person = [*first, *second]
    answer = [person_ % 7 + wave for wave, part in enumerate((first, second)) for person_ in part]
    cube = person_cube(person, [0] * len(first) + [1] * len(second), answer)
    free, finite = (
        statistics.linked_waves(cube, POINTS, population=one).covariance for one in (None, population)
    )
    return [finite[i, j] / free[i, j] for i, j in ((0, 0), (0, 1), (1, 1))]


@st.composite
def panels(draw):
    """(person, wave, answer, weight, stratum): thirty people, most in both of two waves."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    inside = rng.random((2, 30)) < 0.7
    inside[:, :6] = True
    wave, person = np.nonzero(inside)
    answer = rng.integers(0, 11, len(person))
    weight = np.exp(rng.normal(0, 0.5, len(person))) if draw(st.booleans()) else np.ones(len(person))
    return person, wave, answer, weight, person % 2


def split_of(panel, order=(0, 1)):
    person, wave, answer, weight, stratum = panel
    cube = person_cube(person, wave, answer, weight=weight, stratum=stratum)
    return statistics.split_change(cube, POINTS, cube.group(order[0]), cube.group(order[1]))


@settings(max_examples=40, deadline=None)
@given(panels())
def test_the_parts_add_up_to_the_net_change(panel):
    split = split_of(panel)

    assert split.net.estimate == pytest.approx(split.same.estimate + split.different.estimate)
    parts = split.joined.estimate + split.left.estimate + split.reweighted.estimate
    assert split.different.estimate == pytest.approx(parts)


@settings(max_examples=20, deadline=None)
@given(panels())
def test_backwards_the_net_change_is_the_opposite(panel):
    there, back = split_of(panel).net, split_of(panel, (1, 0)).net

    assert (back.estimate, back.low) == pytest.approx((-there.estimate, -there.high))
    assert (back.standard_error, back.df) == (pytest.approx(there.standard_error), there.df)


@settings(max_examples=20, deadline=None)
@given(panels(), st.integers(0, 99), st.floats(0.01, 100))
def test_neither_the_order_of_rows_nor_the_scale_of_weights_matters(panel, seed, scale):
    order = np.random.default_rng(seed).permutation(len(panel[0]))
    person, wave, answer, weight, stratum = (column[order] for column in panel)

    shuffled = split_of((person, wave, answer, weight * scale, stratum))

    *parts, pairs, worth, before, after = split_of(panel)
    *others, same_pairs, same_worth, same_before, same_after = shuffled
    assert pairs == same_pairs
    assert (worth, before, after) == pytest.approx((same_worth, same_before, same_after))
    for one, other in zip(parts, others, strict=True):
        assert (one.estimate, one.df) == (pytest.approx(other.estimate, abs=1e-9), other.df)
        assert (one.standard_error or 0) == pytest.approx(other.standard_error or 0, abs=1e-9)


def test_refusals_are_design_errors():
    with pytest.raises(DesignError):
        statistics.matched_change(without_persons(), POINTS, *[without_persons().group(0)] * 2)
