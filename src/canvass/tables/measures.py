"""What holds for every measured number: it is a number, and its limits lie around it."""

from math import isfinite
from typing import Protocol


class Measured(Protocol):
    """An estimate with limits; None where the data cannot give them."""

    @property
    def estimate(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


def check_measured(what: str, one: Measured) -> None:
    """Raises ValueError where a number is not finite or its limits do not lie around it."""
    for number in (one.estimate, one.low, one.high):
        if number is not None and not isfinite(number):
            raise ValueError(f"{what}: {number} is not a number that can be shown.")
    if one.estimate is None:
        if one.low is not None or one.high is not None:
            raise ValueError(f"{what}: there are limits without an estimate.")
    elif not _around(one.estimate, one.low, one.high):
        raise ValueError(f"{what}: {one.estimate} does not lie between {one.low} and {one.high}.")


def _around(estimate: float, low: float | None, high: float | None) -> bool:
    return (low is None or low <= estimate) and (high is None or estimate <= high)


def check_count(what: str, count: int | None, whole: int | None = None) -> None:
    """Raises ValueError where a count is negative, or more than the whole that it is part of."""
    if count is None:
        return
    if count < 0:
        raise ValueError(f"{what}: {count} is less than nobody.")
    if whole is not None and count > whole:
        raise ValueError(f"{what}: {count:,} of {whole:,} is more than there are.")
