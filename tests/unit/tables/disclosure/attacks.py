"""What the attacker reads besides crosstabs: merged groups, counts of people, trends, response, several days.

Each function makes a writer for `attacker.attack(also=…)`: it tells the equations what a table says, and
gives the names of the numbers that the table hides.
"""

import numpy as np
from tests.unit.tables.disclosure.attacker import NONE, attack


def merged_groups(by: str, name: str, parts: tuple[str, ...]):
    """A merged group is the sum of its parts."""

    def write(equations):
        for item, row, of, group, *what in list(equations.names):
            if (of, group) == (by, name):
                weights = {(item, row, by, part, *what): -1 for part in parts}
                equations.equal({(item, row, by, name, *what): 1, **weights}, 0)
        return []

    return write


def two_fields(item: str, by: tuple[str, str], besides: str):
    """Both tables of an item are margins of one: answers by the groups of the one and of the other.

    besides: a merged group, which is no group of its own.
    """

    def write(equations):
        names = [name for name in equations.names if name[0] == item and name[2] in by and name[3] != besides]
        groups = {of: sorted({name[3] for name in names if name[2] == of}) for of in by}
        both, shares = " by ".join(by), dict.fromkeys(name[5] for name in names if name[4] == "share")
        for _, row, of, group, what, option in names:
            pairs = [(group, one) if of == by[0] else (one, group) for one in groups[by[1 - by.index(of)]]]
            cells = {(item, row, both, pair, what, option): -1 for pair in pairs}
            equations.equal({(item, row, of, group, what, option): 1, **cells}, 0)
        for pair in ((one, other) for one in groups[by[0]] for other in groups[by[1]]):
            cells = {(item, None, both, pair, "share", option): 1 for option in shares}
            equations.equal({**cells, (item, None, both, pair, "base", None): -1}, 0)
        return []

    return write


def took_part(records: dict):
    """Nobody answers an item who did not take part, nor takes part who was not mailed."""
    by = records["field"]

    def write(equations):
        hidden = []
        of = {}
        for row in records["rows"]:
            group = NONE if row["group"] == "Not said" else row["group"]
            for what in ("mailed", "took_part"):
                of[group, what] = (what, None, by, group, "base", None)
                hidden += _told(equations, of[group, what], row[what])
            equations.tell({of[group, "mailed"]: 1, of[group, "took_part"]: -1}, 0, np.inf)
        _within(equations, by, {group: name for (group, what), name in of.items() if what == "took_part"})
        return hidden

    return write


def sums(totals: dict, by: str, groups):
    """How many were mailed and took part in all, which stands on the page of every poll."""

    def write(equations):
        for what, total in totals.items():
            equations.equal({(what, None, by, group, "base", None): 1 for group in groups}, total)
        return []

    return write


def composition(records: dict, what: str = "panel"):
    """Who is in the panel by groups; nobody was mailed who is not."""

    def write(equations):
        hidden, names = [], {}
        for row in records["rows"]:
            name = (what, None, row["field"], row["category"], "base", None)
            names[row["category"]] = name
            hidden += _told(equations, name, row[what])
            mailed = ("mailed", None, row["field"], row["category"], "base", None)
            if mailed in equations.names:
                equations.tell({name: 1, mailed: -1}, 0, np.inf)
        equations.equal(dict.fromkeys(names.values(), 1), records["rows"][0][f"{what}_base"])
        return hidden

    return write


def over_time(records: dict, day: str):
    """The composition of a day, told a second time."""

    def write(equations):
        hidden = []
        for row in records["rows"]:
            name = ("panel", None, records["field"], row["category"], "base", None)
            hidden += _told(equations, name, row["n"]) if row["day"] == day else []
        return hidden

    return write


def _within(equations, by, bases):
    """The base of an item in each group lies within those who took part in it; nobody else answered."""
    for item, row, of, group, what, _ in list(equations.names):
        if of == by and what == "base" and item not in ("mailed", "took_part", "panel"):
            name = (item, row, of, group, "base", None)
            if group in bases:
                equations.tell({bases[group]: 1, name: -1}, 0, np.inf)
            elif group == NONE:
                equations.equal({name: 1}, 0)


def _told(equations, name, value) -> list:
    if isinstance(value, str):
        return [name]
    equations.equal({name: 1}, value)
    return []


def attack_response(records: dict) -> dict:
    """{question: (least, greatest)} of hidden numbers of answers, from groups of questions."""

    def write(equations):
        hidden = []
        for row in records["rows"]:
            hidden += _told(equations, row["item"], row["answered"])
        for kind, key in (("categories", "category"), ("months", "month")):
            for one in records[kind]:
                inside = [row["item"] for row in records["rows"] if row[key] == one["label"]]
                if one["questions"] == len(inside):
                    equations.equal(dict.fromkeys(inside, 1), round(one["mean"] * one["questions"]))
        return hidden

    return attack([], also=[write])


def attack_trend(records: dict) -> dict:
    """{(wave, option): (least, greatest)} of hidden shares in per mille, from shown shares and changes."""

    def write(equations):
        hidden = []
        for row in records["rows"]:
            name = (row["wave"], row["option"])
            told = row["estimate"]
            hidden += _told(equations, name, told if isinstance(told, str) else round(1000 * told))
            equations.tell({name: 1}, 0, 1000)
            for since in ("previous", "first"):
                change = row[f"{since}_estimate"]
                if isinstance(change, float):
                    earlier = (row[f"{since}_since"], row["option"])
                    reach = 1000 * change
                    equations.tell({name: 1, earlier: -1}, reach - 1, reach + 1)
        return hidden

    return attack([], also=[write])


def attack_days(days: list[dict], totals: list[int]) -> dict:
    """{(day, group): (least, greatest)} of who took part in hidden groups of an open poll, day after
    day: nobody who took part is ever untold, and all counts are rounded down to fives."""

    def write(equations):
        hidden = []
        for day, (records, total) in enumerate(zip(days, totals, strict=True)):
            names = [(day, row["group"]) for row in records["rows"]]
            for name, row in zip(names, records["rows"], strict=True):
                told = row["took_part"]
                if isinstance(told, str):
                    hidden.append(name)
                else:
                    equations.tell({name: 1}, told, told + 4)
                if day:
                    equations.tell({name: 1, (day - 1, row["group"]): -1}, 0, np.inf)
            equations.tell(dict.fromkeys(names, 1), total, total + 4)
        return hidden

    return attack([], also=[write])
