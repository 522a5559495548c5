"""Which pole of an opinion scale is which, and the nets on both sides of its middle."""

from canvass.figures.exhibit import is_not_applicable, shares
from canvass.tables.values import Figure, ReleasedTopline

_NEGATIONS = ("not ", "un", "in", "im", "ir", "dis", "no ")


def _first_is_negative(labels: tuple[str, ...]) -> bool:
    """Whether the first end is the negation of the last: "ineffective" of "effective"."""
    first, last = (label.casefold().split(" ", 1)[-1] for label in (labels[0], labels[-1]))
    wholly = labels[0].casefold(), labels[-1].casefold()
    pairs = ((first, last), wholly)
    return any(one == negation + other for one, other in pairs for negation in _NEGATIONS)


def ordered(topline: ReleasedTopline) -> tuple[Figure, ...]:
    """The shares of a scale from its negative end to its positive one, without "not applicable".

    A poll usually offers the positive end first, so the order turns round unless the words say otherwise.
    """
    found = tuple(figure for figure in shares(topline) if not is_not_applicable(figure))
    if found and _first_is_negative(tuple(figure.label for figure in found)):
        return found
    return found[::-1]


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
