"""Tables of a made poll: people as rows, counted by the kernel as everywhere."""

from collections.abc import Sequence

import numpy as np

from canvass import instrument, statistics, tables, warehouse
from canvass.instrument import Instrument, Item, Kind, Option
from canvass.tables import Crosstab, Topline
from canvass.tables.funnel import Breakdown, GroupCount
from canvass.warehouse import Ballot, Groups


def single(labels: Sequence[str], item_id: str = "hours", **more) -> Item:
    return Item(item_id, Kind.SINGLE, item_id, options=tuple(Option(one, one) for one in labels), **more)


def people_of(counts: np.ndarray) -> tuple[list[int], list[int]]:
    """(answer, group) of each person, from a matrix of counts (answers, groups)."""
    places = [(row, column) for row in range(counts.shape[0]) for column in range(counts.shape[1])]
    people = [place for place in places for _ in range(int(counts[place]))]
    return [row for row, _ in people], [column for _, column in people]


def topline_of(counts: Sequence[int]) -> Topline:
    """The topline of a single choice that so many gave each answer to."""
    rows, _ = people_of(np.array(counts)[:, None])
    item = single([f"answer {place}" for place in range(len(counts))])
    return tabulated([item], [{item.id: item.options[row].id} for row in rows])[0]


def crosstab_of(
    counts: Sequence[Sequence[int]], by: str = "region", ungrouped: int = 0, worth: Sequence[float] = ()
) -> Crosstab:
    """A single choice by groups from its counts (answers, groups); the last `ungrouped` columns are of people
    who are in no group. worth: the weight of everybody in each group."""
    matrix = np.array(counts)
    rows, columns = people_of(matrix)
    item = single([f"answer {place}" for place in range(matrix.shape[0])])
    kept = matrix.shape[1] - ungrouped
    groups = Groups(
        np.array([column if column < kept else -1 for column in columns]),
        tuple(f"group {place}" for place in range(kept)),
    )
    answers = [{item.id: item.options[row].id} for row in rows]
    weight = np.array([worth[column] for column in columns]) if worth else None
    return crossed([item], answers, by, groups, weight)[0]


def tabulated(items: Sequence[Item], answers: Sequence[dict]) -> tuple[Topline, ...]:
    return tuple(tables.topline(cube) for cube in _cubes(items, answers, None))


def crossed(
    items: Sequence[Item], answers: Sequence[dict], by: str, groups: Groups, weight: np.ndarray | None = None
) -> tuple[Crosstab, ...]:
    return tuple(tables.crosstab(cube, by, groups.labels) for cube in _cubes(items, answers, groups, weight))


def _cubes(items, answers, groups, weight=None):
    poll = Instrument(slug="made", title="Made", category="practice", items=tuple(items))
    shown = tuple(item.id for item in items)
    coded = warehouse.coded_items(poll, warehouse.code(poll, [Ballot(one, shown) for one in answers]))
    return warehouse.count_items(coded, statistics.design(len(answers), weight=weight), groups)


POLL = instrument.load("""
poll: made
title: Made
category: practice
items:
  - {id: hours, kind: single, text: Hours, options: [every week, fortnightly, monthly, rarely, never]}
  - {id: agency, kind: single, text: Agency, options: ["yes", "no", once], prefer_not_to_say: rather not}
  - {id: why, kind: single, text: Why, options: [pay, hours, choice], ask_if: 'agency in ["yes", "once"]'}
  - {id: helps, kind: multiple, text: Helps,
     options: [time off, home, flexitime, parking, {label: none of these, exclusive: true}]}
  - {id: satisfied, kind: rating, text: Satisfied, scale: {from: 0, to: 10}}
  - {id: problem, kind: grid_rating, text: Problem, scale: {from: 0, to: 5}, rows: [travel, forms],
     not_applicable: not mine}
  - {id: enough, kind: grid_single, text: Enough, options: [too much, right, too little],
     rows: [calls, courts]}
  - {id: urgent, kind: ranking, text: Urgent, options: [A, B, C, D], choose: 3}
  - {id: cases, kind: number, text: Cases, not_applicable: no cases}
  - {id: leave, kind: single, text: Leave, options: [soon, later, not at all], ask_if: 'satisfied < 6'}
  - {id: words, kind: text, text: Words}
""")
NOT_MINE = {"missing": "not_applicable"}
MERGED = ("role 1 or 4", ("role 1", "role 4"))
FIELDS = {
    "role": (0.5, 0.25, 0.15, 0.07, 0.03),
    "region": (0.3, 0.25, 0.2, 0.15, 0.06, 0.04),
    "years": (0.4, 0.35, 0.25),
}


def made_poll(seed: int, people: int) -> list[Topline | Crosstab]:
    """Every topline of a poll and every item by three profile fields, from people made by chance. One in
    thirty has not said a field."""
    return _tables(*_people(seed, people))


def made_beside(seed: int, people: int) -> tuple[list[Crosstab], list[Breakdown]]:
    """What else is told of the same poll: every item by role with two roles as one, and who took
    part by role and region of all who were mailed."""
    answers, groups = _people(seed, people)
    role = groups["role"].merged([MERGED])
    coded = warehouse.coded_items(POLL, warehouse.code(POLL, [_ballot(one) for one in answers]))
    cubes = warehouse.count_items(coded, statistics.design(people), role)
    merged = [tables.crosstab(one, "role", role.labels, together=[MERGED]) for one in cubes]
    return merged, [_took_part(name, groups[name]) for name in ("role", "region")]


def _took_part(name: str, groups: Groups) -> Breakdown:
    """Everybody of these took part; as many again, and a few more, were mailed and did not."""
    labels = (*groups.labels, "Not said")
    counts = [int((groups.codes == place).sum()) for place in (*range(len(groups.labels)), -1)]
    mailed = [2 * people + place for place, people in enumerate(counts)]
    told = zip(labels, mailed, counts, strict=True)
    return Breakdown(name, name.capitalize(), tuple(GroupCount(*one) for one in told))


def made_wave(seed: int, people: int, share: float) -> tuple[list[Topline | Crosstab], ...]:
    """The tables of a poll, and the same of a part of its people: those who answered another poll, too."""
    answers, groups = _people(seed, people)
    both = np.flatnonzero(np.random.default_rng(seed + 1).random(people) < share)
    of_both = {name: Groups(one.codes[both], one.labels) for name, one in groups.items()}
    return _tables(answers, groups), _tables([answers[person] for person in both], of_both)


def _people(seed: int, people: int) -> tuple[list[dict], dict[str, Groups]]:
    rng = np.random.default_rng(seed)
    groups = {name: _groups_of(rng, name, shares, people) for name, shares in FIELDS.items()}
    return [_answers_of(rng, int(groups["role"].codes[person])) for person in range(people)], groups


def _tables(answers: list[dict], groups: dict[str, Groups]) -> list[Topline | Crosstab]:
    people = len(answers)
    coded = warehouse.coded_items(POLL, warehouse.code(POLL, [_ballot(one) for one in answers]))
    design = statistics.design(people)
    found: list[Topline | Crosstab] = [tables.topline(one) for one in warehouse.count_items(coded, design)]
    for name, division in groups.items():
        cubes = warehouse.count_items(coded, design, division)
        found += [tables.crosstab(one, name, division.labels) for one in cubes]
    return found


def _groups_of(rng, name, shares, people) -> Groups:
    codes = rng.choice(len(shares), people, p=shares)
    codes[rng.random(people) < 1 / 30] = -1
    return Groups(codes, tuple(f"{name} {place}" for place in range(len(shares))))


def _ballot(answers: dict) -> Ballot:
    return Ballot(answers, tuple(item.id for item in POLL))


def _answers_of(rng, role: int) -> dict:
    """One person's answers; each is left out now and then, and some go with the role."""
    lean = (role + 1) / 6
    likely = {"time off": 0.6, "home": 0.4 * lean, "flexitime": 0.3, "parking": 0.05}
    chosen = [one for one, share in likely.items() if rng.random() < share]
    rated = {row: _point(rng, 5, 3 * lean) for row in ("travel", "forms")}
    answers = {
        "hours": _pick(rng, POLL.item("hours"), [0.5, 0.2, 0.15, 0.1, 0.05]),
        "agency": _pick(rng, POLL.item("agency"), [0.15, 0.75, 0.1]),
        "why": _pick(rng, POLL.item("why"), [0.5, 0.3, 0.2]),
        "helps": chosen or ["none of these"],
        "satisfied": _point(rng, 10, 8 * lean + 2),
        "problem": rated if rng.random() < 0.9 else dict.fromkeys(rated, NOT_MINE),
        "enough": {row: _pick(rng, POLL.item("enough"), [0.3, 0.6, 0.1]) for row in ("calls", "courts")},
        "urgent": [str(one) for one in rng.permutation(["A", "B", "C", "D"])[:3]],
        "cases": int(rng.poisson(18)) if rng.random() < 0.93 else NOT_MINE,
        "leave": _pick(rng, POLL.item("leave"), [0.3, 0.3, 0.4]),
        "words": "some words",
    }
    return {item: answer for item, answer in answers.items() if rng.random() < 0.96}


def _point(rng, size: int, middle: float) -> int:
    return int(np.clip(np.round(rng.normal(middle, size / 4)), 0, size))


def _pick(rng, item: Item, shares: list[float]) -> str:
    return str(rng.choice([option.id for option in item.options], p=shares))
