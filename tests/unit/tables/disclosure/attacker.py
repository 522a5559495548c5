"""A reader who wants to know what is hidden.

Reads nothing but printed tables (the JSON of `tables.json_form`), writes everything told as equations and
limits in whole numbers of people, and works out for each hidden count its least and its greatest value. It
shares no code with the door.

What it knows besides the tables: how each kind of item is answered, that printed means and limits are rounded
to one decimal where the distribution is not shown, how intervals of means are made, which follow-up was asked
of whom, and that nobody can be in a group's base who did not take part.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse, stats
from scipy.optimize import Bounds, LinearConstraint, milp

NONE = "(none)"  # the people in no group
HALF = 0.05  # of a printed decimal
HAIR = 1e-7


@dataclass
class Equations:
    """Unknown counts by name, and what is told of them."""

    names: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)  # ({name: weight}, low, high)

    def __getitem__(self, name) -> int:
        return self.names.setdefault(name, len(self.names))

    def tell(self, weights: dict, low: float, high: float) -> None:
        self.rows.append(({self[name]: weight for name, weight in weights.items()}, low, high))

    def equal(self, weights: dict, value: float) -> None:
        self.tell(weights, value, value)


def attack(tables: list[dict], follow_ups=(), *, whole_numbers: bool = True, only=None, also=()) -> dict:
    """{name of a hidden count: (least, greatest)}; a name is (item, row, by, group, what, option).

    follow_ups: (item, of which item, by which options). whole_numbers: solve in whole numbers, which is
    exact; else the limits of the linear programme, rounded inwards. only: those that are attacked. also:
    functions that write what other tables tell into the equations and give the names of what these hide.
    """
    equations = Equations()
    hidden = [name for table in tables if table["by"] for name in _write(table, equations)]
    for follow_up in follow_ups:
        _write_follow_up(equations, *follow_up)
    hidden += [name for write in also for name in write(equations)]
    hidden = [name for name in hidden if only is None or name in only]
    return _solve(equations, hidden, whole_numbers)


def attack_both(every: list[dict], some: list[dict]) -> dict:
    """The same for two tables of each item, of all people and of some of them, and for all others. An item is
    called "… (some)" or "… (others)" then."""
    equations = Equations()
    named = [table | {"item": f"{table['item']} (some)"} for table in some]
    hidden = [name for table in (*every, *named) for name in _write(table, equations)]
    for name in list(equations.names):
        part, left = ((f"{name[0]} ({who})", *name[1:]) for who in ("some", "others"))
        if part in equations.names:
            equations.equal({name: 1, part: -1, left: -1}, 0)
            hidden.append(left)
    return _solve(equations, [name for name in hidden if name[3] != NONE], whole_numbers=False)


def _place(table):
    return table["item"], table["row"], table["by"]


def _write(table, equations) -> list:
    """Everything that one crosstab tells; the names of what it hides."""
    groups = list(dict.fromkeys(row["group"] for row in table["rows"] if row["group"] is not None))
    rows = {(row["group"], row["statistic"], row["option"], row.get("q")): row for row in table["rows"]}
    place = _place(table)
    hidden = []
    if isinstance(table["base"], str) or not groups:  # of so few nothing is told, and of words a base only
        return []
    equations.equal({(*place, group, "base", None): 1 for group in [*groups, NONE]}, table["base"])
    for group in groups:
        base = next(row["group_base"] for (g, *_), row in rows.items() if g == group)
        hidden += _told(equations, (*place, group, "base", None), base)
    hidden += _answers(table, groups, rows, equations)
    return hidden


def _told(equations, name, value) -> list:
    if isinstance(value, str):
        return [name]
    equations.equal({name: 1}, value)
    return []


def _answers(table, groups, rows, equations) -> list:
    kind, place = table["kind"], _place(table)
    whats = {"ranking": ("share", "top")}.get(kind, ("share",))
    options = [option for g, s, option, _q in rows if g is None and s == "share"]
    hidden = []
    for what in whats:
        for option in options:
            total = rows[None, what, option, None]["n"]
            equations.equal({(*place, group, what, option): 1 for group in [*groups, NONE]}, total)
            for group in groups:
                hidden += _told(
                    equations, (*place, group, what, option), rows[group, what, option, None]["n"]
                )
    for group in [*groups, NONE]:
        _KINDS[kind](equations, place, group, options, rows)
    if kind in ("rating", "grid_rating"):
        for group in groups:
            _mean(equations, table, place, group, options, rows)
        _differences(equations, table, place, options, rows)
    return hidden


def _exclusive(equations, place, group, options, rows):
    weights = {(*place, group, "share", option): 1 for option in options}
    equations.equal({**weights, (*place, group, "base", None): -1}, 0)


def _several(equations, place, group, options, rows):
    """Every option at most by all who did not choose one that stands alone; everybody chose something."""
    base = (*place, group, "base", None)
    alone = [option for option in options if option in ("none of these", "not_applicable")]
    apart = {(*place, group, "share", option): -1 for option in alone}
    others = [option for option in options if option not in alone]
    for option in others:
        equations.tell({base: 1, **apart, (*place, group, "share", option): -1}, 0, np.inf)
    equations.tell({base: -1, **dict.fromkeys(apart, 1), **{(*place, group, "share", o): 1 for o in others}},
                   0, np.inf)  # fmt: skip


def _ranked(equations, place, group, options, rows):
    """One first place and three places in all a person."""
    base = (*place, group, "base", None)
    for what, places in (("share", 1), ("top", 3)):
        weights = {(*place, group, what, option): 1 for option in options}
        equations.equal({**weights, base: -places}, 0)
    for option in options:
        first, top = ((*place, group, what, option) for what in ("share", "top"))
        equations.tell({top: 1, first: -1}, 0, np.inf)
        equations.tell({base: 1, top: -1}, 0, np.inf)


def _number(equations, place, group, options, rows):
    pass


_KINDS = {
    "single": _exclusive,
    "grid_single": _exclusive,
    "rating": _exclusive,
    "grid_rating": _exclusive,
    "multiple": _several,
    "ranking": _ranked,
    "number": _number,
    "text": _number,
}


def _points(options):
    return [option for option in options if option != "not_applicable"]


def _mean(equations, table, place, group, options, rows):
    """A printed mean is a sum over the points; its interval tells their spread."""
    found = rows[group, "mean", None, None]
    if isinstance(found["estimate"], str) or found["estimate"] is None:
        return
    points, people = _points(options), found["n"]
    mean = found["estimate"]
    names = [(*place, group, "share", option) for option in points]
    equations.equal(dict.fromkeys(names, 1), people)
    centred = {name: float(option) - mean for name, option in zip(names, points, strict=True)}
    equations.tell(centred, -HALF * people - HAIR, HALF * people + HAIR)
    if found["low"] is None or not found.get("df"):
        return
    t = stats.t.ppf(0.975, found["df"])
    n = table["asked"]  # the rows of the design
    scale = n / (n - 1) / people**2
    half = (found["high"] - found["low"]) / 2
    low, high = (max(half + sign * HALF, 0.0) / t for sign in (-1, 1))
    spread = {name: weight**2 for name, weight in centred.items()}
    equations.tell(spread, low**2 / scale - HAIR, high**2 / scale + HALF**2 * people + HAIR)


def _differences(equations, table, place, options, rows):
    points = _points(options)
    for one in table["differences"]:
        if "suppressed" in one or one["statistic"] != "mean":
            continue
        weights = {}
        for group, sign in ((one["a"], 1), (one["b"], -1)):
            people = rows[group, "mean", None, None]["n"]
            weights |= {(*place, group, "share", o): sign * float(o) / people for o in points}
        equations.tell(weights, one["estimate"] - HALF - HAIR, one["estimate"] + HALF + HAIR)


def _write_follow_up(equations, item, parent, options):
    """Nobody answers a follow-up who did not give the answer that it follows."""
    for name in list(equations.names):
        of_item, _row, by, group, what, _option = name
        if of_item == item and what == "base":
            asked = {(parent, None, by, group, "share", option): 1 for option in options}
            equations.tell({**asked, name: -1}, 0, np.inf)


def _solve(equations, hidden, whole_numbers) -> dict:
    parts = _components(equations)
    found = {}
    for names, problem in parts:
        for name in hidden:
            if name in names:
                found[name] = _limits(names[name], problem, whole_numbers)
    return found


def _components(equations):
    """The unknowns fall apart into problems of their own: ({name: place}, (matrix, low, high))."""
    lines, columns = zip(*((line, at) for line, (weights, *_) in enumerate(equations.rows) for at in weights),
                         strict=True)  # fmt: skip
    count = len(equations.names)
    joined = sparse.coo_matrix((np.ones(len(lines)), (lines, columns)), shape=(len(equations.rows), count))
    links = sparse.bmat([[None, joined], [joined.T, None]])
    _, label = sparse.csgraph.connected_components(links, directed=False)
    by_label = defaultdict(lambda: ({}, []))
    for name, at in equations.names.items():
        places, _ = by_label[label[len(equations.rows) + at]]
        places[name] = len(places)
    where = {at: name for name, at in equations.names.items()}
    for line, row in enumerate(equations.rows):
        by_label[label[line]][1].append(row)
    for names, rows in by_label.values():
        matrix = np.zeros((len(rows), len(names)))
        for line, (weights, _low, _high) in enumerate(rows):
            for at, weight in weights.items():
                matrix[line, names[where[at]]] = weight
        yield (
            names,
            (sparse.csr_matrix(matrix), np.array([r[1] for r in rows]), np.array([r[2] for r in rows])),
        )


def _limits(at, problem, whole_numbers) -> tuple[int, int]:
    matrix, low, high = problem
    count = matrix.shape[1]
    ends = []
    for sign in (1, -1):
        cost = np.zeros(count)
        cost[at] = sign
        found = milp(
            cost,
            integrality=np.full(count, int(whole_numbers)),
            bounds=Bounds(0, np.inf),
            constraints=LinearConstraint(matrix, low, high),
        )
        assert found.status == 0, found.message
        ends.append(found.x[at])
    return int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6))
