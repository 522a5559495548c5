"""Releasing a whole poll to the public: 15 questions of every kind by five divisions of unequal groups.

    python bench/disclosure.py [PEOPLE]

Prints the processor seconds of `disclosure.release` beside those of counting the tables, and how much is
hidden. The solver is loaded before, as in a process that has released a table already.
"""

import sys
import time
from collections.abc import Callable

import numpy as np
import scipy.optimize  # noqa: F401

from canvass import instrument, statistics, tables, warehouse
from canvass.tables import Crosstab
from canvass.tables.disclosure import Audience, release
from canvass.tables.values import HiddenFigure
from canvass.warehouse import Ballot, Groups

SINGLES, SEVERAL, RATINGS = range(6), range(4), range(3)
POLL = instrument.load(
    "poll: p\ntitle: P\ncategory: c\nitems:\n"
    + "".join(
        f"  - {{id: one{n}, kind: single, text: t{n}, options: [a{n}, b{n}, c{n}, d{n}, e{n}]}}\n"
        for n in SINGLES
    )
    + "".join(
        f"  - {{id: many{n}, kind: multiple, text: m{n}, "
        "options: [a, b, c, d, {label: none, exclusive: true}]}\n"
        for n in SEVERAL
    )
    + "".join(f"  - {{id: rate{n}, kind: rating, text: r{n}, scale: {{from: 0, to: 10}}}}\n" for n in RATINGS)
    + "  - {id: rank, kind: ranking, text: Rank, options: [a, b, c, d], choose: 2}\n"
    + "  - {id: size, kind: number, text: Size}\n"
)
GROUPS = (4, 5, 6, 8, 9)


def main(people: int = 1000) -> None:
    rng = np.random.default_rng(1)
    ballots = [Ballot(_answers(rng), tuple(item.id for item in POLL)) for _ in range(people)]
    coded = warehouse.coded_items(POLL, warehouse.code(POLL, ballots))
    divisions = [_division(rng, count, people) for count in GROUPS]
    design = statistics.design(people)

    counted, counting = _timed(
        lambda: [
            tables.crosstab(cube, f"division {place}", groups.labels)
            for place, groups in enumerate(divisions)
            for cube in warehouse.count_items(coded, design, groups)
        ]
    )
    released, releasing = _timed(lambda: release(counted, Audience.PUBLIC))

    lines = [
        line
        for one in released
        if isinstance(one, Crosstab)
        for group in one.groups
        for line in group.figures
    ]
    hidden = sum(isinstance(line, HiddenFigure) for line in lines)
    print(f"{len(coded)} questions by {len(GROUPS)} divisions, {people:,} people: {len(counted)} tables")
    print(f"counted  {counting:6.2f} s CPU")
    print(f"released {releasing:6.2f} s CPU; {hidden:,} of {len(lines):,} numbers of groups are hidden")


def _answers(rng: np.random.Generator) -> dict[str, object]:
    one = {f"one{n}": f"{rng.choice(list('abcde'), p=[0.4, 0.3, 0.15, 0.1, 0.05])}{n}" for n in SINGLES}
    many = {f"many{n}": [o for o in "abcd" if rng.random() < 0.35] or ["none"] for n in SEVERAL}
    rate = {f"rate{n}": int(np.clip(np.round(rng.normal(6, 2)), 0, 10)) for n in RATINGS}
    rank = [str(o) for o in rng.permutation(list("abcd"))[:2]]
    return {**one, **many, **rate, "rank": rank, "size": int(rng.poisson(18))}


def _division(rng: np.random.Generator, count: int, people: int) -> Groups:
    """Groups of which each is smaller than the one before; one person in fifty is in none."""
    shares = 0.65 ** np.arange(count)
    codes = rng.choice(count, people, p=shares / shares.sum())
    codes[rng.random(people) < 0.02] = -1
    return Groups(codes, tuple(f"group {place}" for place in range(count)))


def _timed[T](work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
