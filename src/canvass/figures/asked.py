"""What a question says of its numbers: what the ends of its scale mean, and which way is better."""

from canvass.instrument.model import Item

_WELL_BEING = "ons4."
_LOWER_IS_BETTER = "ons4.anxious"


def scale_ends(item: Item) -> str:
    """ "0 = not at all, 10 = completely"; "" where its ends have no words."""
    if item.scale is None:
        return ""
    ends = ((item.scale.start, item.scale.low), (item.scale.end, item.scale.high))
    return ", ".join(f"{point} = {words}" for point, words in ends if words)


def lower_is_better(item: Item) -> bool:
    """Whether a high number is bad, as of anxiety: colours turn round, the scale never does."""
    return item.bank == _LOWER_IS_BETTER


def direction(item: Item) -> str:
    """Which way is better, where the question bank knows it; else ""."""
    if not item.bank.startswith(_WELL_BEING):
        return ""
    return "Lower is better" if lower_is_better(item) else "Higher is better"
