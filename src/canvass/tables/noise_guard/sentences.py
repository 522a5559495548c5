"""The sentences of the noise guard: the only place in Canvass where a comparison is put into words.

Each says both numbers and both bases. A comparison keeps its phrasing wherever it is shown: which of several
is chosen follows from its key.
"""

from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

from canvass.tables import wording
from canvass.tables.noise_guard.values import FEWEST, Comparison, Judged, Obstacle, Side, Sort, Verdict

type _Phrasings = Mapping[Sort, Sequence[str]]

# {s}: what is measured; {this}, {other}: the numbers with label and base.
_CLEAR: _Phrasings = {
    Sort.CHANGE: (
        "{s} {rose} from {other} to {this}.",
        "{s} went {up}: {this}, after {other}.",
        "A clear {rise} in {s}: from {other} to {this}.",
    ),
    Sort.SAME_PEOPLE: (
        "Among the {pairs} who answered both times, {s} {rose} from {other} to {this}.",
        "{s} {rose} among the {pairs} who answered both times: from {other} to {this}.",
    ),
    Sort.DIFFERENT_PEOPLE: (
        "That different people answered moved {s} {up} by {size} ({bases}).",
        "{s} was moved {up} by {size} because different people answered ({bases}).",
    ),
    Sort.GROUPS: (
        "{s} is {more} in {this} than in {other}.",
        "In {this} {s} is clearly {more} than in {other}.",
        "{s} is clearly {more} in {this}, against {other}.",
    ),
    Sort.OPTIONS: (
        "Of the {pairs} who answered, clearly {more} chose {this} than {other}.",
        "{this} was chosen by clearly {more} of the {pairs} who answered than {other}.",
    ),
}
_UNCLEAR: _Phrasings = {
    Sort.CHANGE: (
        "No clear change in {s}: {other}, then {this}.",
        "{s} shows no clear change: {other}, then {this}.",
        "There is no clear change in {s} between {other} and {this}.",
    ),
    Sort.SAME_PEOPLE: (
        "Among the {pairs} who answered both times there is no clear change in {s}: {other}, then {this}.",
        "The {pairs} who answered both times show no clear change in {s}: {other}, then {this}.",
    ),
    Sort.DIFFERENT_PEOPLE: (
        "That different people answered made no clear change to {s} ({bases}).",
        "Different people answering explains no clear change in {s} ({bases}).",
    ),
    Sort.GROUPS: (
        "No clear difference in {s} between {this} and {other}.",
        "{this} and {other} show no clear difference in {s}.",
        "Between {this} and {other} there is no clear difference in {s}.",
    ),
    Sort.OPTIONS: (
        "No clear difference between {this} and {other}, of the {pairs} who answered.",
        "{this} and {other} show no clear difference, of the {pairs} who answered.",
    ),
}
_UNTESTED = {
    Obstacle.FEW: "Too few people answered to compare {s}: {few}. A test needs {fewest} on both sides.",
    Obstacle.RARE: "No test for {s}, {this} and {other}: too few people gave this answer, or did not.",
    Obstacle.ALIKE: "No test for {s}, {this} and {other}: there is no variation to test by.",
    Obstacle.HIDDEN: "{s} is not compared here, because not all of its numbers are shown.",
}


def sentence(judged: Judged) -> str:
    """One comparison in one sentence, with both numbers and both bases; a test is not claimed without one."""
    one = judged.comparison
    if judged.obstacle is not None:
        pattern = _UNTESTED[judged.obstacle]
    else:
        patterns = (_CLEAR if judged.is_clear else _UNCLEAR)[one.sort]
        pattern = patterns[crc32(one.key.encode()) % len(patterns)]
    return wording.capital(pattern.format_map(_Words(judged)))


class _Words(dict[str, str]):
    """The words of one comparison, made when a phrasing asks for them."""

    def __init__(self, judged: Judged) -> None:
        self._judged = judged
        super().__init__()

    def __missing__(self, name: str) -> str:
        return _MAKERS[name](self._judged)


def _number(one: Comparison, side: Side, places: int) -> str:
    if one.is_share and places == 0:
        return wording.percent_in_words(side.estimate)
    number = side.estimate * 100 if one.is_share else side.estimate
    return wording.written(wording.rounded(number, places)) + ("%" if one.is_share else "")


def _said(judged: Judged, side: Side) -> str:
    """The number, with a decimal more where two that clearly differ would read alike."""
    one, places = judged.comparison, 1 if judged.comparison.statistic == "mean" else 0
    if judged.is_clear and _number(one, one.this, places) == _number(one, one.other, places):
        places += 1
    return _number(one, side, places)


def _with_base(judged: Judged, side: Side) -> str:
    """ "41% (March 2022, base 120)", "“London” (41%, base 120)"."""
    number, base = _said(judged, side), f"base {wording.whole(side.base)}"
    match judged.comparison.sort:
        case Sort.SAME_PEOPLE:
            return f"{number} ({side.label})"
        case Sort.OPTIONS:
            return f"{side.label} ({number})"
        case Sort.GROUPS:
            return f"{side.label} ({number}, {base})"
        case _:
            return f"{number} ({side.label}, {base})"


def _this(judged: Judged) -> str:
    return _with_base(judged, judged.comparison.this)


def _other(judged: Judged) -> str:
    return _with_base(judged, judged.comparison.other)


def _few(judged: Judged) -> str:
    sides = (judged.comparison.other, judged.comparison.this)
    return wording.listed([_people(side) for side in sides if side.smaller_base < FEWEST])


def _people(side: Side) -> str:
    worth = f", worth {wording.mean(side.effective_base)} after weighting" if side.base >= FEWEST else ""
    return f"{wording.whole(side.base)}{worth} ({side.label})"


def _size(judged: Judged) -> str:
    one = judged.comparison
    size = abs(one.found.estimate or 0.0) * (100 if one.is_share else 1)
    number = wording.written(wording.rounded(size, 1))
    return f"{number} percentage points" if one.is_share else number


def _more(judged: Judged) -> str:
    one, up = judged.comparison, judged.verdict is Verdict.UP
    if one.sort is Sort.OPTIONS:
        return "more" if up else "fewer"
    if one.is_share:
        return "more common" if up else "less common"
    return "higher" if up else "lower"


def _either(up: str, down: str) -> Callable[[Judged], str]:
    return lambda judged: up if judged.verdict is Verdict.UP else down


_MAKERS: Mapping[str, Callable[[Judged], str]] = {
    "s": lambda judged: judged.comparison.subject,
    "this": _this,
    "other": _other,
    "rose": _either("rose", "fell"),
    "rise": _either("rise", "fall"),
    "up": _either("up", "down"),
    "more": _more,
    "pairs": lambda judged: wording.people(judged.comparison.this.base),
    "size": _size,
    "bases": lambda judged: f"from {_other(judged)} to {_this(judged)}",
    "few": _few,
    "fewest": lambda _: wording.whole(FEWEST),
}
