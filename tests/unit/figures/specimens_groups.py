"""Crosstabs of made-up people, counted, tested and judged by the product's own parts."""

from datetime import date
from random import Random

import numpy as np

from canvass import statistics, tables, warehouse
from canvass.figures import CrosstabExhibit
from canvass.instrument.model import Instrument, Item, Kind, Option, Scale
from canvass.tables import noise_guard
from canvass.tables.disclosure import Audience, release
from canvass.warehouse import Ballot, Groups

FACTS = {"source": "a poll of invented people", "first_day": date(2022, 1, 18), "last_day": date(2022, 2, 1)}
WELL_BEING = {
    "satisfied": "Overall, how satisfied are you with your life nowadays?",
    "anxious": "Overall, how anxious did you feel yesterday?",
}
ROLES = ("Newly qualified", "Experienced", "Team manager", "Academic")
ANSWERS = ("every week", "once a fortnight", "once a month", "never")


def choice(labels=ANSWERS, kind=Kind.SINGLE) -> Item:
    options = tuple(Option(f"o{i}", label) for i, label in enumerate(labels))
    return Item(
        "hours", kind, "How often do you work beyond your hours?", options=options, topic="Extra hours"
    )


def rated(name: str) -> Item:
    scale = Scale(0, 10, "not at all", "completely")
    return Item(name, Kind.RATING, WELL_BEING[name], scale=scale, bank=f"ons4.{name}")


def exhibit(
    items, sizes: dict[str, int], answer, *, by="role", audience=Audience.TEAM, **more
) -> CrosstabExhibit:
    """The items by groups of these sizes; answer: (item, place of the group, chance) to a stored answer."""
    chance = Random(7)
    codes = np.repeat(np.arange(len(sizes)), list(sizes.values()))
    ids = {item.id for item in items}
    ballots = [
        Ballot({item.id: answer(item, int(code), chance) for item in items}, shown=ids) for code in codes
    ]
    poll = Instrument("poll", "Poll", "work", tuple(items))
    coded = warehouse.coded_items(poll, warehouse.code(poll, ballots))
    counted = warehouse.count_items(coded, statistics.design(len(codes)), Groups(codes, tuple(sizes)))
    found = release([tables.crosstab(cube, by, tuple(sizes)) for cube in counted], audience)
    compared = [
        one
        for table, cube in zip(found, counted, strict=True)
        for one in noise_guard.with_the_rest(table, cube)
    ]
    return CrosstabExhibit(crosstabs=found, by=by, judged=noise_guard.judge(compared), **FACTS, **more)


def leaning(weights):
    """Answers of a choice by the group's own weights."""

    def answer(item, group, chance):
        return chance.choices([option.id for option in item.options], weights[group % len(weights)])[0]

    return answer


def around(middles):
    """Answers on a scale around the group's own middle; of the anxious question around its mirror."""

    def answer(item, group, chance):
        middle = middles[group % len(middles)]
        middle = 10 - middle if item.bank == "ons4.anxious" else middle
        return min(10, max(0, round(chance.gauss(middle, 1.8))))

    return answer


WEIGHTS = ([8, 2, 1, 1], [4, 2, 2, 2], [2, 3, 2, 5], [3, 2, 2, 2])


def shares() -> CrosstabExhibit:
    sizes = dict(zip(ROLES, (140, 160, 90, 70), strict=True))
    return exhibit([choice()], sizes, leaning(WEIGHTS), banner="What is your role?")


def means() -> CrosstabExhibit:
    """Two questions of which high is good in one and bad in the other, with small bases."""
    sizes = dict(zip(ROLES, (60, 120, 38, 17), strict=True))
    return exhibit([rated("satisfied"), rated("anxious")], sizes, around([7.6, 6.2, 5.2, 6.0]))


def counts() -> CrosstabExhibit:
    """Groups with counts only, seen by the team."""
    sizes = dict(zip(ROLES, (60, 120, 24, 7), strict=True))
    return exhibit([choice()], sizes, leaning(WEIGHTS))


def withheld() -> CrosstabExhibit:
    sizes = dict(zip(ROLES, (60, 120, 24, 7), strict=True))
    offer = "Offered instead: “Team manager” with “Academic”. Then no column is hidden."
    return exhibit([choice()], sizes, leaning(WEIGHTS), audience=Audience.PUBLIC, offer=offer)


def twelve_groups() -> CrosstabExhibit:
    """More groups than columns: the groups become rows."""
    sizes = {f"Region number {i + 1}": 40 + 9 * i for i in range(12)}
    return exhibit([choice()], sizes, leaning(WEIGHTS), by="region")


def long_labels() -> CrosstabExhibit:
    """Words that fit in no column, on both sides: blocks."""
    answers = [
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "a very long answer that goes on over several lines and then some more of them",
        "עברית ועוד קצת טקסט ארוך",
        "never",
        "x" * 70,
    ]
    sizes = {
        "Donaudampfschifffahrtsgesellschaftskapitän": 90,
        "ŵyn a thŷ": 80,
        "كل أسبوع": 70,
        "d": 60,
        "e": 60,
    }
    weights = ([5, 1, 1, 1, 1], [1, 5, 1, 1, 1], [1, 1, 1, 1, 1])
    return exhibit([choice(answers)], sizes, leaning(weights), by="a division with quite a long name")


def one_group() -> CrosstabExhibit:
    return exhibit([choice()], {"Everybody": 120}, leaning(WEIGHTS))


def nobody_chose() -> CrosstabExhibit:
    """An answer that nobody gave, and two groups, of which one comparison speaks for both."""
    return exhibit(
        [choice()], {"Wales": 150, "Scotland": 150}, leaning(([6, 2, 0, 2], [2, 2, 0, 6])), by="nation"
    )


SPECIMENS = {
    "crosstab-shares": shares,
    "crosstab-means": means,
    "crosstab-counts": counts,
    "crosstab-withheld": withheld,
    "crosstab-twelve-groups": twelve_groups,
    "crosstab-long-labels": long_labels,
    "crosstab-one-group": one_group,
    "crosstab-nobody-chose": nobody_chose,
}
