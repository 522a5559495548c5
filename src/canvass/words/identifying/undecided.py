"""What of the hits is still to be decided: the stretches that no decision covers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from canvass.words.identifying.hits import Hit


def undecided(text: str, hits: Iterable[Hit], decided: Sequence[tuple[int, int]]) -> tuple[Hit, ...]:
    """The hits, or what is left of them, from left to right. decided: (start, end) of each decision.

    Where a decision covers a part of a hit, the rest is a hit of its own if it has letters or figures.
    """
    return tuple(
        replace(hit, start=start, end=end) for hit in hits for start, end in _left(text, hit, sorted(decided))
    )


def _left(text: str, hit: Hit, decided: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    place = hit.start
    for start, end in (*decided, (hit.end, hit.end)):
        upto = max(place, min(start, hit.end))
        says = [at for at in range(place, upto) if text[at].isalnum()]
        if says:
            yield says[0], says[-1] + 1
        place = max(place, end)
