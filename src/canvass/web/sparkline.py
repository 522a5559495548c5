"""A line the size of a word, as points in a box of 128 by 32."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 128, 32, 4


@dataclass(frozen=True, slots=True)
class Line:
    """Runs of points ("x,y x,y"), broken where a value is missing, and the last point."""

    runs: tuple[str, ...]
    last: tuple[float, float]


def draw(values: Sequence[float | None]) -> Line | None:
    """The line of these values, lowest at the bottom; None when there is no value at all."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    points = [_place(i, value, len(values), min(known), max(known)) for i, value in enumerate(values)]
    last = next(point for point in reversed(points) if point is not None)
    return Line(tuple(_runs(points)), last)


def _place(
    index: int, value: float | None, count: int, low: float, high: float
) -> tuple[float, float] | None:
    if value is None:
        return None
    across = index / (count - 1) if count > 1 else 1.0
    up = (value - low) / (high - low) if high > low else 0.5
    return round(EDGE + across * (WIDTH - 2 * EDGE), 1), round(HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE), 1)


def _runs(points: Sequence[tuple[float, float] | None]) -> list[str]:
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]:g},{point[1]:g}")
    return [" ".join(run if len(run) > 1 else run * 2) for run in runs if run]  # a lone point is a dot
