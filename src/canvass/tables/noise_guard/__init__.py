"""The noise guard: a difference or a change is called one only where its test says so after correction.

>>> from canvass.tables import noise_guard
>>> for one in noise_guard.judge(comparisons):      # all that one report, or one page, compares
...     one.verdict, one.sentence, one.method

Nothing else in Canvass words or colours a comparison. Comparisons that the poll's plan declared before
fieldwork are a family of their own and are corrected by Holm; all others were found, and are corrected
together by Benjamini and Hochberg. `between_groups`, `with_the_rest` and `between_waves` make comparisons
from tables.
"""

from canvass.tables.noise_guard.compared import (
    between_groups,
    between_waves,
    causes_of,
    of_change,
    verdicts,
    with_the_rest,
)
from canvass.tables.noise_guard.judging import judge, note, obstacle
from canvass.tables.noise_guard.values import (
    CLEAR,
    FEWEST,
    Comparison,
    Found,
    Judged,
    Obstacle,
    Side,
    Sort,
    Stamp,
    Verdict,
)

__all__ = [
    "CLEAR",
    "FEWEST",
    "Comparison",
    "Found",
    "Judged",
    "Obstacle",
    "Side",
    "Sort",
    "Stamp",
    "Verdict",
    "between_groups",
    "between_waves",
    "causes_of",
    "judge",
    "note",
    "obstacle",
    "of_change",
    "verdicts",
    "with_the_rest",
]
