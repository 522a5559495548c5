"""Toplines with standard errors: 200 questions of 6 answers, 1,000,000 weighted rows; and a live poll by
groups.

    python bench/tables.py [ROWS] [QUESTIONS]

Beside it a plain peer: numpy, one question at a time, the textbook formula over rows (a mask and a sum for
each answer). Both must find the same shares and errors. Prints processor seconds, which other work on the
machine does not stretch, and the peak of memory.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np

from canvass import statistics, warehouse
from canvass.instrument import Item, Kind, Option
from canvass.tables import Crosstab, crosstab
from canvass.warehouse import CodedItem, Groups

ANSWERS = 6


def main(rows: int = 1_000_000, questions: int = 200) -> None:
    rng = np.random.default_rng(1)
    codes = rng.integers(-1, ANSWERS, (questions, rows), dtype=np.int8)
    weight = np.exp(rng.normal(0, 0.5, rows))
    print(
        f"{questions} questions of {ANSWERS} answers, {rows:,} weighted rows; "
        f"data {codes.nbytes / 1e6:,.0f} MB"
    )
    before = _peak()

    ours, seconds = _timed(
        lambda: [_ours(column, statistics.design(rows, weight=weight)) for column in codes]
    )
    print(f"cube and toplines   {seconds:8.2f} s CPU   {_peak() - before:6,.0f} MB above the data")
    theirs, peer = _timed(lambda: [_peer(column, weight) for column in codes[: max(questions // 20, 1)]])
    peer *= questions / max(questions // 20, 1)
    print(f"numpy over rows     {peer:8.2f} s CPU   (a twentieth of the questions, times 20)")
    np.testing.assert_allclose(ours[: len(theirs)], theirs, rtol=1e-9)
    print(f"same numbers; {peer / seconds:.1f} times the plain way")
    _live_poll(rng)
    _importing()


def _ours(column: np.ndarray, design: statistics.Design) -> list[tuple[float | None, float | None]]:
    cube = statistics.count(column, cells=ANSWERS, design=design)
    shares = statistics.shares(cube, np.eye(ANSWERS, dtype=bool))
    return [(share.estimate, share.standard_error) for share in shares]


def _peer(column: np.ndarray, weight: np.ndarray) -> list[tuple[float, float]]:
    answered = column >= 0
    n, total = len(column), weight[answered].sum()
    found = []
    for answer in range(ANSWERS):
        chose = column == answer
        share = weight[chose].sum() / total
        score = weight * (chose - share * answered) / total
        found.append((share, np.sqrt(n / (n - 1) * ((score - score.mean()) ** 2).sum())))
    return found


def _live_poll(rng: np.random.Generator) -> None:
    """15 questions, 1,000 answers, by 5 divisions: every table with errors, tests and differences."""
    options = tuple(Option(str(one), str(one)) for one in range(ANSWERS))
    cells = warehouse.Cells(
        np.eye(ANSWERS, dtype=bool),
        np.full(ANSWERS, np.nan),
        np.empty((0, ANSWERS)),
        np.zeros(ANSWERS, dtype=bool),
    )
    items = [
        CodedItem(Item(f"q{n}", Kind.SINGLE, "", options=options), None, codes, cells, codes)
        for n, codes in enumerate(rng.integers(-1, ANSWERS, (15, 1000)))
    ]
    divisions = [Groups(rng.integers(0, 4, 1000), ("a", "b", "c", "d")) for _ in range(5)]
    design = statistics.design(1000)

    def tables() -> list[Crosstab]:
        return [
            crosstab(counted, "group", groups.labels)
            for groups in divisions
            for counted in warehouse.count_items(items, design, groups)
        ]

    seconds = min(_timed(tables)[1] for _ in range(20))
    print(f"live poll: 15 questions by 5 divisions of 4, with tests and pairs: {seconds * 1000:.0f} ms CPU")


def _importing() -> None:
    """What a fresh process spends on `import canvass.statistics`, numpy included; the least of five."""
    script = "import time; import canvass.statistics; print(time.process_time())"
    command = [sys.executable, "-c", script]
    spent = [float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(5)]
    print(f"import canvass.statistics: {min(spent):.2f} s CPU, the start of Python included")


def _timed[T](work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def _peak() -> float:
    """Peak resident memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
