"""Categories of polls: four that every panel has, and whatever the team writes besides."""

from collections.abc import Iterable, Mapping

DEFAULTS: Mapping[str, str] = {
    "current affairs": "Current affairs",
    "wellbeing": "Wellbeing",
    "research": "Research",
    "practice": "Practice and working environment",
}


def name_of(category: str) -> str:
    """What readers see for a category as written in a poll file."""
    return DEFAULTS.get(category.casefold(), category[:1].upper() + category[1:])


def choices(written: Iterable[str]) -> list[tuple[str, str]]:
    """(as written, name) of the defaults, then of the team's own in alphabetical order."""
    own = sorted({category for category in written if category and category.casefold() not in DEFAULTS})
    return [*DEFAULTS.items(), *((category, name_of(category)) for category in own)]
