"""An attacker takes every released table of a poll and works out what is hidden: it recovers nothing.

The guarantee that it is held to stands in docs/methods/disclosure.md: a hidden count can have at least two
values for all that is told, and one of 1 to 4 people can be nobody, or at least five values. Left out are
answers that nobody gave at all and groups in which nobody answered, which the totals tell, and the bases of
follow-ups, which the item before them tells where it is shown.
"""

import pytest
from tests.unit.tables.disclosure.attacker import attack, attack_both
from tests.unit.tables.disclosure.making import crosstab_of, made_poll, made_wave

from canvass.tables import Crosstab
from canvass.tables.disclosure import Audience, release
from canvass.tables.disclosure.crosstabs import hold
from canvass.tables.disclosure.limits import ORDINARY
from canvass.tables.disclosure.releasing import released
from canvass.tables.json_form import table_as_json

FOLLOW_UPS = [("why", "agency", ("yes", "once")), ("leave", "satisfied", ("0", "1", "2", "3", "4", "5"))]


def printed(tables) -> list[dict]:
    return [table_as_json(table) for table in tables]


def truths(tables) -> dict:
    """Every count of the crosstabs by the attacker's name for it."""
    found = {}
    for table in tables:
        if not isinstance(table, Crosstab):
            continue
        row = table.total.row.id if table.total.row else None
        for group in table.groups:
            place = (table.total.item.id, row, table.by, group.label)
            found[(*place, "base", None)] = group.base
            for line in group.figures:
                found[(*place, line.statistic, line.option)] = line.n
    return found


def totals(tables) -> dict:
    """People who gave each answer at all."""
    return {
        (
            table.total.item.id,
            table.total.row.id if table.total.row else None,
            line.statistic,
            line.option,
        ): line.n
        for table in tables
        if isinstance(table, Crosstab)
        for line in table.total.figures
    }


def told_by(tables) -> set:
    """The names of all counts that released crosstabs show."""
    return {name for table in tables for name, n in truths([table]).items() if isinstance(n, int)}


def recovered(tables, found: dict, told_elsewhere=frozenset()) -> dict:
    """What the attacker knows too well. told_elsewhere: what one table hides beside few and another shows."""
    truth, total = truths(tables), totals(tables)
    told = {}
    for name, (low, high) in found.items():
        item, row, by, group, what, option = name
        assert low <= truth[name] <= high, name  # the attacker reckons rightly
        if (what == "base" and item in ("why", "leave")) or total.get((item, row, what, option)) == 0:
            continue
        if truth[item, row, by, group, "base", None] == 0:
            continue
        if name in told_elsewhere and not 0 < truth[name] < (10 if what == "base" else 5):
            continue
        few = 0 < truth[name] < 5
        if low == high or (few and low > 0 and high - low < 4):
            told[name] = (truth[name], low, high)
    return told


@pytest.fixture(scope="module")
def tables():
    return made_poll(2, 300)


def is_by(table, *fields: str) -> bool:
    return not isinstance(table, Crosstab) or table.by in fields


@pytest.mark.parametrize(
    ("seed", "people", "fields"), [(1, 135, ("role", "region")), (3, 600, ("region", "years"))]
)
def test_the_attacker_recovers_no_hidden_number(seed, people, fields):
    tables = [one for one in made_poll(seed, people) if is_by(one, *fields)]

    found = attack(printed(release(tables, Audience.PUBLIC)), FOLLOW_UPS, whole_numbers=False)

    assert len(found) > 200
    assert recovered(tables, found) == {}


def test_nor_in_whole_numbers_a_number_of_few_people(tables):
    of_role = [one for one in tables if is_by(one, "role")]
    few = {name for name, n in truths(of_role).items() if 0 < n < 5}

    found = attack(printed(release(of_role, Audience.PUBLIC)), FOLLOW_UPS, only=few)

    assert len(found) > 30
    assert recovered(of_role, found) == {}


def test_where_small_cells_alone_are_hidden_the_attacker_recovers_them(tables):
    """The attacker is no straw man: without partners it finds much of what is hidden."""
    bare = [primary_only(one) for one in tables if isinstance(one, Crosstab) and is_by(one, "role")]

    found = attack(printed(bare), FOLLOW_UPS, whole_numbers=False)

    assert len(recovered(tables, found)) > 10


def primary_only(table: Crosstab) -> Crosstab:
    """The table with nothing hidden but small groups and small cells."""
    return released(hold(table, table.total, ORDINARY))


def test_two_waves_and_the_people_of_both_give_nothing_back():
    """Those who answered both times are shown beside each wave, and the attacker takes one from the other."""
    items = ("hours", "helps", "satisfied", "enough")
    wave, of_both = (
        [
            one
            for one in found
            if isinstance(one, Crosstab) and one.by == "role" and one.total.item.id in items
        ]
        for found in made_wave(4, 400, 0.6)
    )
    told, told_of_both = release(wave, Audience.PUBLIC), release(of_both, Audience.PUBLIC, among=wave)

    found = attack_both(printed(told), printed(told_of_both))
    truth, part = truths(wave), truths(of_both)

    known_too_well = [
        (name, n, low, high)
        for name, n, low, high in left_over(found, truth, part)
        if 0 < n < 5 and low > 0 and high - low < 4
    ]
    assert known_too_well == []
    shown_apart = attack_both(printed(told), printed(release(of_both, Audience.PUBLIC)))
    assert any(0 < n < 5 and low == high for _, n, low, high in left_over(shown_apart, truth, part))


def left_over(found: dict, truth: dict, part: dict):
    """(name, people, least, greatest) of each count of those who answered one poll only, without means."""
    for name, (low, high) in found.items():
        item, who = name[0].split(" (")[0], name[0].partition(" (")[2]
        place = (item, *name[1:])
        if who == "others)" and name[4] != "base":
            yield name, truth[place] - part[place], low, high


def test_a_single_small_cell_is_recovered_to_the_person():
    found = attack(printed([primary_only(crosstab_of([[20, 30, 3], [25, 40, 22], [30, 10, 18]]))]))

    assert found == {("hours", None, "region", "group 2", "share", "answer 0"): (3, 3)}
