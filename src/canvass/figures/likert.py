"""Which pole of an opinion scale is which, and the nets on both sides of its middle."""

from canvass.figures.exhibit import is_not_applicable, shares
from canvass.instrument.model import Item
from canvass.tables import wording
from canvass.tables.values import Figure, Net, ReleasedTopline

_NEGATIONS = ("not ", "un", "in", "im", "ir", "dis", "no ")


def _first_is_negative(labels: tuple[str, ...]) -> bool:
    """Whether the first end is the negation of the last: "ineffective" of "effective"."""
    first, last = (label.casefold().split(" ", 1)[-1] for label in (labels[0], labels[-1]))
    wholly = labels[0].casefold(), labels[-1].casefold()
    pairs = ((first, last), wholly)
    return any(one == negation + other for one, other in pairs for negation in _NEGATIONS)


def _from_negative[T](found: tuple[T, ...], labels: tuple[str, ...]) -> tuple[T, ...]:
    """From the negative end to the positive one.

    A poll usually offers the positive end first, so the order turns round unless the words say otherwise.
    """
    return found if labels and _first_is_negative(labels) else found[::-1]


def ordered(topline: ReleasedTopline) -> tuple[Figure, ...]:
    """The shares of a scale from its negative end to its positive one, without "not applicable"."""
    found = tuple(figure for figure in shares(topline) if not is_not_applicable(figure))
    return _from_negative(found, tuple(figure.label for figure in found))


def nets(item: Item) -> tuple[Net, ...]:
    """The positive side of an opinion scale as a net to be counted; none of any other item."""
    if not item.likert:
        return ()
    found = _from_negative(item.options, tuple(option.label for option in item.options))
    positive = found[len(found) - len(found) // 2 :]
    label = wording.listed([option.label for option in positive], "or")
    return (Net(label, tuple(option.id for option in positive)),)


def net_span(topline: ReleasedTopline) -> str:
    """The interval of the positive side where its net was counted: "60 to 75"."""
    found = next((f for f in topline.figures if isinstance(f, Figure) and f.statistic == "net"), None)
    return wording.percent_range(found.low, found.high).replace("%", "") if found else ""


def net_interval(topline: ReleasedTopline) -> str:
    """The same where it stands after the net: " (60 to 75)"."""
    span = net_span(topline)
    return f" ({span})" if span else ""


def poles(topline: ReleasedTopline) -> tuple[tuple[Figure, ...], tuple[Figure, ...], tuple[Figure, ...]]:
    """(negative, middle, positive) shares, each from left to right; no middle where the scale is even."""
    found = ordered(topline)
    half = len(found) // 2
    return found[:half], found[half : len(found) - half], found[len(found) - half :]


def net(figures: tuple[Figure, ...]) -> float:
    """The share of all these options together."""
    return sum(figure.estimate or 0.0 for figure in figures)


def tones(count: int) -> tuple[str, ...]:
    """Colour names from the negative end to the positive one."""
    left = ("accent", *("accent-soft",) * (count // 2 - 1))[: count // 2]
    right = (*("primary-soft",) * (count // 2 - 1), "primary")[-(count // 2) :] if count > 1 else ()
    return (*left, *("neutral",) * (count % 2), *right)
