"""A finding in one sentence, drafted from the numbers; the team may word it better.

The drafts speak of the people who answered, never of a profession. They compare nothing: no "more than", no
"highest", because no test stands behind it. "Most" is said only above half, and a fraction in words only
where the share is within two points of it.
"""

from canvass.figures import likert
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
    side = _side(topline) if topline.item.likert else (_top(topline),)
    return frozenset(figure.option or "" for figure in side)


def _size(figure: Figure) -> float:
    return figure.estimate or 0.0


def _answers(topline: Topline) -> tuple[Figure, ...]:
    return tuple(figure for figure in shares(topline) if not is_not_applicable(figure))


def _top(topline: Topline) -> Figure:
    return max(_answers(topline) or shares(topline), key=_size)


def _leading(exhibit: Exhibit, readable: list[Topline]) -> Topline:
    """The line of a grid that a title speaks of: that of the largest number which may be shown."""
    if not exhibit.kind.is_grid:
        return readable[0]
    best: list[Topline] = [topline for topline in readable if shows_shares(topline)] or readable
    if exhibit.kind is Kind.GRID_RATING:
        return max(best, key=_mean_of)
    return max(best, key=lambda topline: _size(_top(topline)))


def _mean_of(topline: Topline) -> float:
    found = single_figure(topline, "mean")
    return float("-inf") if found is None or found.estimate is None else found.estimate


def _evidence(topline: Topline, share: float, n: int) -> str:
    """ "67%, 91 of 135"; the count only where it gives the percentage."""
    if topline.base == 0 or wording.whole_percent(n / topline.base) != wording.whole_percent(share):
        return wording.percent_in_words(share)
    return f"{wording.percent_in_words(share)}, {wording.whole(n)} of {wording.whole(topline.base)}"


def _shared(topline: Topline, share: float, n: int, verb: str, labels: str) -> str:
    """A share of people with an answer, in a fraction where one is near, else "most" above half."""
    evidence = _evidence(topline, share, n)
    if share == 0:
        return f"nobody who answered {verb} {labels}"
    words = fraction(share)
    if words == "all":
        return f"everyone who answered {verb} {labels} ({wording.people(n)})"
    if words:
        of = " of the" if words.endswith("half") else ""
        return f"{words}{of} people who answered {verb} {labels} ({evidence})"
    if wording.whole_percent(share) > 50:
        return f"most people who answered {verb} {labels} ({evidence})"
    return f"{labels} was the answer of {evidence}"


def _chosen(topline: Topline) -> str:
    figure = _top(topline)
    if topline.item.likert:
        return _leaning(topline)
    verb = "chose" if topline.item.kind is Kind.MULTIPLE else "said"
    return _shared(topline, _size(figure), figure.n, verb, wording.quoted(figure.label))


def _side(topline: Topline) -> tuple[Figure, ...]:
    negative, _, positive = likert.poles(topline)
    return max((positive, negative), key=likert.net)


def _leaning(topline: Topline) -> str:
    """The larger side of an opinion scale, with its answers in words."""
    side = _side(topline)
    labels = wording.listed([wording.quoted(figure.label) for figure in side], "or")
    return _shared(topline, likert.net(side), sum(figure.n for figure in side), "said", labels)


def _rated(topline: Topline) -> str:
    found = single_figure(topline, "mean")
    scale = topline.item.scale
    if found is None or found.estimate is None or scale is None:
        return f"{wording.people(topline.base)} answered"
    of = f"out of {scale.end}" if scale.start == 0 else f"on a scale from {scale.start} to {scale.end}"
    return f"people who answered gave {wording.mean(found.estimate)} {of} on average"


def _numbered(topline: Topline) -> str:
    found = single_figure(topline, "median")
    if found is None or found.estimate is None:
        return f"{wording.people(topline.base)} answered"
    unit = f" {topline.item.unit}" if topline.item.unit else ""
    low, high = quantile(topline, 0.25), quantile(topline, 0.75)
    middle = f"the middle answer was {wording.quantity(found.estimate)}{unit}"
    if low is None or high is None:
        return middle
    return f"{middle}; half of the answers lie between {wording.quantity(low)} and {wording.quantity(high)}"


def _ranked(topline: Topline) -> str:
    figure = _top(topline)
    return f"{wording.quoted(figure.label)} was put first by {_evidence(topline, _size(figure), figure.n)}"


def _counted(topline: Topline) -> str:
    """Small bases in people: "9 of 23 people who answered said “yes”"."""
    if topline.item.kind in (Kind.RATING, Kind.GRID_RATING, Kind.NUMBER) or not shares(topline):
        return f"{wording.people(topline.base)} answered, too few for an average"
    figure = max(_answers(topline), key=lambda f: f.n)
    verbs = {Kind.MULTIPLE: "chose", Kind.RANKING: "put first"}
    verb = verbs.get(topline.item.kind, "said")
    who = f"{wording.whole(figure.n)} of {wording.people(topline.base)} who answered"
    return f"{who} {verb} {wording.quoted(figure.label)}"


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
