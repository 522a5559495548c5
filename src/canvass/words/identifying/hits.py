"""One stretch of an answer that could name somebody."""

from collections.abc import Iterable
from dataclasses import dataclass

# What stands in its place unless the person who masks says it better. The kinds are those of masks.
REPLACEMENTS = {
    "contact": "contact details",
    "number": "number",
    "organisation": "organisation",
    "person": "name",
    "place": "place",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """From `start` to `end` in code points. why: what found it, in words for the one who decides."""

    start: int
    end: int
    kind: str  # one of REPLACEMENTS
    why: str
    replacement: str = ""

    @property
    def proposed(self) -> str:
        """What would stand there, without brackets."""
        return self.replacement or REPLACEMENTS[self.kind]


def apart(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits that do not overlap, from left to right: of two that do, the longer, then the one given first."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: one.start - one.end):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda one: one.start))
