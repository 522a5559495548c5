"""A thousand panels in which nothing changes and no group differs: the noise guard must keep quiet."""

from collections import Counter

import numpy as np
import pytest

from canvass import statistics
from canvass.instrument import Item, Kind, Option
from canvass.tables import crosstab, noise_guard
from canvass.tables.noise_guard import Comparison, Found, Side, Sort, Stamp, Verdict
from canvass.warehouse import Cells, ItemCube

PANELS, PEOPLE, GROUPS = 1_000, 160, ("north", "south", "west")
POINTS = np.arange(11.0)
CELLS = Cells(np.eye(2, dtype=bool), np.full(2, np.nan), np.empty((0, 2)), np.zeros(2, dtype=bool))
CHOICE = Item("pay", Kind.SINGLE, "Is it enough?", options=(Option("yes", "yes"), Option("no", "no")))


def answers(rng, shift=0.0):
    """(2, people) two waves of one lasting opinion with passing noise; -1 where somebody did not answer."""
    lasting = rng.normal(5.5, 1.6, PEOPLE)
    given = np.clip(np.round(lasting + rng.normal(0, 1.2, (2, PEOPLE)) + [[0], [shift]]), 0, 10).astype(int)
    return np.where(rng.random((2, PEOPLE)) < 0.75, given, -1)


def changes(given, name, stamp=Stamp.FOUND):
    """The change of the mean and of two shares, with the same people known."""
    person, wave = np.tile(np.arange(PEOPLE), 2), np.repeat([0, 1], PEOPLE)
    design = statistics.design(2 * PEOPLE, cluster=person)
    cube = statistics.count(given.ravel(), cells=11, design=design, group=wave, groups=2)
    measured = [("mean", POINTS), ("share", statistics.top_box(POINTS, 7)), ("share", POINTS == 6)]
    for number, (statistic, values) in enumerate(measured):
        waves = statistics.linked_waves(cube, values)
        found = statistics.change(waves, 0, 1)
        other, this = (
            Side(label, waves.estimates[one], waves.people[one], waves.bases[one], waves.effective_bases[one])
            for one, label in enumerate(("March 2022", "June 2022"))
        )
        key = f"{name} {number}"
        test = Found(found.estimate, found.low, found.high, found.p)
        both = waves.both(0, 1)
        yield Comparison(key, Sort.CHANGE, statistic, "“good”", this, other, test, stamp, both)


def differences(given, group):
    """Every group with the rest, and every pair of groups."""
    design, codes = statistics.design(PEOPLE), np.where(given < 0, -1, given > 5)
    cube = statistics.count(codes, cells=2, design=design, group=group, groups=len(GROUPS))
    counted = ItemCube(CHOICE, None, cube, CELLS, PEOPLE, 0)
    table = crosstab(counted, "region", GROUPS)
    yield from noise_guard.with_the_rest(table, counted)
    yield from noise_guard.between_groups(table, counts_alike=True)


def report(rng, shift=0.0):
    """All that one report compares: two items over two waves, one of them planned, and one by groups."""
    found, planned, once = answers(rng, shift), answers(rng, shift), answers(rng)[0]
    group = rng.integers(0, len(GROUPS), PEOPLE)
    return noise_guard.judge(
        [*changes(planned, "planned", Stamp.PLANNED), *changes(found, "found"), *differences(once, group)]
    )


@pytest.fixture(scope="module")
def stable():
    rng = np.random.default_rng(20220118)
    return [report(rng) for _ in range(PANELS)]


def claims(judged):
    """The sentences that claim a change or a difference, read by their words."""
    said = [one.sentence.lower() for one in judged if one.obstacle is None]
    return [sentence for sentence in said if "no clear" not in sentence]


def test_at_most_five_in_a_hundred_sentences_claim_anything(stable):
    """1.5 in a hundred with these numbers."""
    sentences = [one for judged in stable for one in judged]

    claimed = claims(sentences)

    assert len(sentences) == 18 * PANELS
    assert len(claimed) == sum(one.is_clear for one in sentences)
    assert 0 < len(claimed) <= 0.05 * len(sentences)


def test_few_reports_claim_anything_at_all(stable):
    """Each of the two families keeps its own 5%; both together stay under 10%, and a little for chance."""
    with_claims = sum(bool(claims(judged)) for judged in stable)

    assert with_claims <= 0.10 * PANELS


def test_a_true_change_is_found():
    """0.8 points of 11 from wave to wave, with about 90 people in both."""
    rng = np.random.default_rng(7)
    judged = [one for _ in range(40) for one in report(rng, shift=0.8)]

    means = [one.verdict for one in judged if one.comparison.statistic == "mean"]

    assert Counter(means)[Verdict.UP] > 0.8 * len(means)
    assert Verdict.DOWN not in means
