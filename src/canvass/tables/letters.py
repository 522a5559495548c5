"""Letters: which columns of a banner a number is higher than, by a test after correction."""

from collections.abc import Mapping
from string import ascii_uppercase

from canvass.statistics.exact import FEWEST_EXPECTED
from canvass.statistics.small_bases import COUNTS_ONLY_UNDER
from canvass.tables import noise_guard
from canvass.tables.crosstab import Crosstab, GroupDifference, HiddenDifference

type Place = tuple[str, str | None, str]  # statistic, option, group


def letter(number: int) -> str:
    """The letter of a column, counted from 0: A to Z, then AA, AB …"""
    if number < len(ascii_uppercase):
        return ascii_uppercase[number]
    return letter(number // len(ascii_uppercase) - 1) + letter(number % len(ascii_uppercase))


def higher_than(crosstab: Crosstab, names: Mapping[str, str], level: float) -> dict[Place, str]:
    """The letters of each number: the groups that it is higher than, after Holm's correction.

    names: letters by group. Where the noise guard sees no valid test (groups of under 30 people, or worth
    fewer, and rare answers) nothing is compared.
    """
    found: dict[Place, list[str]] = {}
    for one, comparison in zip(crosstab.differences, noise_guard.between_groups(crosstab), strict=True):
        if isinstance(one, HiddenDifference) or not _clear(one, level) or noise_guard.obstacle(comparison):
            continue
        higher, lower = (one.a, one.b) if one.estimate > 0 else (one.b, one.a)
        found.setdefault((one.statistic, one.option, higher), []).append(names[lower])
    return {place: " ".join(sorted(lower, key=_by_length)) for place, lower in found.items()}


def _clear(one: GroupDifference, level: float) -> bool:
    return one.p_adjusted is not None and one.p_adjusted < 1 - level


def _by_length(name: str) -> tuple[int, str]:
    return len(name), name


MEANING = "A letter after a number names a column under the same heading that the number is higher than"


def explained(level: float) -> str:
    """What a letter means, with family and method, for under a table."""
    return (
        f"{MEANING} "
        f"(t test of the difference with its covariance, p < {1 - level:.2g} after Holm over all pairs and "
        f"answers under that heading; groups of {COUNTS_ONLY_UNDER} people or more, and worth as many; "
        f"{FEWEST_EXPECTED} people or more to be expected at the answer and beside it)."
    )
