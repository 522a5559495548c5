"""A finding in one sentence, drafted from the numbers; the team may word it better.

The drafts speak of the people who answered, never of a profession. They compare nothing: no "more than", no
"highest", because no test stands behind it. "Most" is said only above half, and a fraction in words only
where the share is within two points of it. Answers that as many people gave are spoken of together.
"""

from collections.abc import Sequence
from math import isclose

from canvass.figures import likert, nps
from canvass.figures.exhibit import (
    Exhibit,
    is_not_applicable,
    quantile,
    shares,
    shows_counts,
    shows_shares,
    single_figure,
)
from canvass.instrument.model import Kind
from canvass.tables import wording
from canvass.tables.values import Figure, ReleasedTopline, Topline

_FRACTIONS = (
    (0.10, "one in ten"), (0.20, "one in five"), (0.25, "one in four"), (1 / 3, "one in three"),
    (0.40, "two in five"), (0.50, "half"), (0.60, "three in five"), (2 / 3, "two in three"),
    (0.75, "three in four"), (0.80, "four in five"), (0.90, "nine in ten"),
)  # fmt: skip
_NEAR = 0.02


def title(exhibit: Exhibit) -> str:
    """The title as the team worded it, else the drafted finding."""
    return exhibit.title.strip() or finding(exhibit)


def fraction(share: float) -> str:
    """A share in words ("two in three", "about half"), or "" where no common fraction is near."""
    if share == 1:
        return "all"
    value, words = min(_FRACTIONS, key=lambda known: abs(known[0] - share))
    if abs(value - share) > _NEAR:
        return ""
    same = wording.whole_percent(value) == wording.whole_percent(share)
    return words if same else f"about {words}"


def finding(exhibit: Exhibit) -> str:
    """The drafted title: one sentence without a full stop."""
    readable = [topline for topline in exhibit.toplines if shows_counts(topline)]
    if exhibit.kind is Kind.TEXT:
        return _texts(exhibit.toplines[0])
    if not readable:
        return "Too few people answered to show figures"
    topline = _leading(exhibit, readable)
    sentence = _SENTENCES[exhibit.kind](topline) if shows_shares(topline) else _counted(topline)
    if exhibit.kind.is_grid:
        sentence = f"{wording.quoted(topline.row.label if topline.row else topline.item.text)}: {sentence}"
    return wording.capital(sentence)


def subject(exhibit: Exhibit) -> frozenset[str]:
    """Ids of the options that the drafted title speaks of; drawn in the strong colour."""
    topline = exhibit.toplines[0]
    if exhibit.kind.is_grid or not shows_shares(topline) or not shares(topline):
        return frozenset()
    spoken = [f for side in _sides(topline) for f in side] if topline.item.likert else _tops(topline)
    return frozenset(figure.option or "" for figure in spoken)


def _size(figure: Figure) -> float:
    return figure.estimate or 0.0


def _answers(topline: Topline) -> tuple[Figure, ...]:
    return tuple(figure for figure in shares(topline) if not is_not_applicable(figure))


def _tops(topline: Topline) -> Sequence[Figure]:
    """The largest answer, and those given by exactly as many people."""
    answers = _answers(topline) or shares(topline)
    top = max(answers, key=_size)
    alike = [f for f in answers if (_size(f), f.n) == (_size(top), top.n)]
    return alike if _size(top) else alike[:1]


def _leading(exhibit: Exhibit, readable: list[Topline]) -> Topline:
    """The line of a grid that a title speaks of: that of the largest number which may be shown."""
    if not exhibit.kind.is_grid:
        return readable[0]
    best: list[Topline] = [topline for topline in readable if shows_shares(topline)] or readable
    if exhibit.kind is Kind.GRID_RATING:
        return max(best, key=_mean_of)
    return max(best, key=lambda topline: _size(_tops(topline)[0]))


def _mean_of(topline: Topline) -> float:
    found = single_figure(topline, "mean")
    return float("-inf") if found is None or found.estimate is None else found.estimate


def _counts(topline: Topline, share: float, n: int) -> str:
    """ "91 of 135", where the count gives the percentage; else ""."""
    if topline.base == 0 or wording.whole_percent(n / topline.base) != wording.whole_percent(share):
        return ""
    return f"{wording.whole(n)} of {wording.whole(topline.base)}"


def _bracketed(*parts: str) -> str:
    said = ", ".join(filter(None, parts))
    return f" ({said})" if said else ""


def _shared(topline: Topline, share: float, n: int, verb: str, labels: str) -> str:
    """A share of people with an answer, in a fraction where one is near, else "most" above half."""
    if share == 0:
        return f"nobody who answered {verb} {labels}"
    percent, counts = wording.percent_in_words(share), _counts(topline, share, n)
    words = fraction(share)
    if words == "all":
        return f"everyone who answered {verb} {labels} ({wording.people(n)})"
    if words:
        of = " of the" if words.endswith("half") else ""
        return f"{words}{of} people who answered {verb} {labels}{_bracketed(percent, counts)}"
    if wording.whole_percent(share) > 50:
        return f"most people who answered {verb} {labels}{_bracketed(percent, counts)}"
    return f"{percent} of people who answered {verb} {labels}{_bracketed(counts)}"


def _as_many(verb: str, others: Sequence[str]) -> str:
    """What else as many people answered; "" where nothing."""
    each = " each" if len(others) > 1 else ""
    return f", and as many{each} {verb} {wording.listed(list(others))}" if others else ""


def _chosen(topline: Topline) -> str:
    if topline.item.likert:
        return _leaning(topline)
    verb = "chose" if topline.item.kind is Kind.MULTIPLE else "said"
    top, *others = _tops(topline)
    sentence = _shared(topline, _size(top), top.n, verb, wording.quoted(top.label))
    return sentence + _as_many(verb, [wording.quoted(other.label) for other in others])


def _sides(topline: Topline) -> Sequence[tuple[Figure, ...]]:
    """The larger side of an opinion scale; both where they are equal."""
    negative, _, positive = likert.poles(topline)
    larger, other = sorted((positive, negative), key=likert.net, reverse=True)
    equal = isclose(likert.net(larger), likert.net(other)) and _people(larger) == _people(other)
    return (larger, other) if equal and likert.net(larger) else (larger,)


def _people(figures: tuple[Figure, ...]) -> int:
    return sum(figure.n for figure in figures)


def _leaning(topline: Topline) -> str:
    """The larger side of an opinion scale, with its answers in words."""
    side, *others = _sides(topline)
    sentence = _shared(topline, likert.net(side), _people(side), "said", _side_in_words(side))
    return sentence + _as_many("said", [_side_in_words(other) for other in others])


def _side_in_words(side: tuple[Figure, ...]) -> str:
    return wording.listed([wording.quoted(figure.label) for figure in side], "or")


def _rated(topline: Topline) -> str:
    if nps.is_score(topline):
        return _scored(topline)
    found = single_figure(topline, "mean")
    scale = topline.item.scale
    if found is None or found.estimate is None or scale is None:
        return f"{wording.people(topline.base)} answered"
    of = f"out of {scale.end}" if scale.start == 0 else f"on a scale from {scale.start} to {scale.end}"
    return (
        f"people who answered gave {wording.mean(found.estimate)} {of} on average ({wording.people(found.n)})"
    )


def _scored(topline: Topline) -> str:
    """The net promoter score with what it is made of."""
    score = single_figure(topline, "nps")
    detractors, _, promoters = (wording.percent(share) for _, share in nps.group_shares(topline))
    told = f"the net promoter score is {wording.mean(score.estimate if score else None)}"
    if topline.not_applicable:  # the groups are of the whole base, the score of those to whom it applies
        return told
    return f"{told}: {promoters} promoters minus {detractors} detractors"


def _numbered(topline: Topline) -> str:
    found = single_figure(topline, "median")
    if found is None or found.estimate is None:
        return f"{wording.people(topline.base)} answered"
    unit = f" {topline.item.unit}" if topline.item.unit else ""
    low, high = quantile(topline, 0.25), quantile(topline, 0.75)
    middle = f"the middle answer was {wording.quantity(found.estimate)}{unit}"
    if low is not None and high is not None:
        half = f"{wording.quantity(low)} and {wording.quantity(high)}"
        middle += f"; the middle half lies between {half}"
    return f"{middle} ({wording.people(found.n)})"


def _ranked(topline: Topline) -> str:
    top, *others = _tops(topline)
    percent, counts = wording.percent_in_words(_size(top)), _counts(topline, _size(top), top.n)
    sentence = f"{percent} of people who answered put {wording.quoted(top.label)} first{_bracketed(counts)}"
    return sentence + _as_many("put", [f"{wording.quoted(other.label)} first" for other in others])


def _counted(topline: Topline) -> str:
    """Small bases in people: "9 of 23 people who answered said “yes”"."""
    if topline.item.kind in (Kind.RATING, Kind.GRID_RATING, Kind.NUMBER) or not shares(topline):
        return f"{wording.people(topline.base)} answered, too few for an average"
    most = max(figure.n for figure in _answers(topline))
    top, *others = (figure for figure in _answers(topline) if figure.n == most)
    verb, after = {Kind.MULTIPLE: ("chose", ""), Kind.RANKING: ("put", " first")}.get(
        topline.item.kind, ("said", "")
    )
    who = f"{wording.whole(top.n)} of {wording.people(topline.base)} who answered"
    alike = _as_many(verb, [f"{wording.quoted(other.label)}{after}" for other in others if most])
    return f"{who} {verb} {wording.quoted(top.label)}{after}{alike}"


def _texts(topline: ReleasedTopline) -> str:
    who = wording.people(topline.base) if shows_counts(topline) else "fewer than 10 people"
    return f"{who[0].upper()}{who[1:]} wrote an answer in their own words"


_SENTENCES = {
    Kind.SINGLE: _chosen,
    Kind.MULTIPLE: _chosen,
    Kind.GRID_SINGLE: _chosen,
    Kind.RATING: _rated,
    Kind.GRID_RATING: _rated,
    Kind.NUMBER: _numbered,
    Kind.RANKING: _ranked,
}
