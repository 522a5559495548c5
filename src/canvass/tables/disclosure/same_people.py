"""The same people counted twice by the same groups: what one table tells of a group that the other hides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from canvass.tables.disclosure.crosstabs import Held
from canvass.tables.disclosure.participation import HeadCount

type _Either = Held | HeadCount
type _Counts = tuple[int, dict[str, int]]


@dataclass(eq=False)
class SamePeople:
    """Two tables by the same groups, of which one is of people who are all in the other: who answered a
    question and who took part, who was mailed and who is in the panel.

    Where those whom one does not show are nearly the same people in both, the other hides the same groups:
    its counts would be the hidden ones, but for a few.
    """

    one: _Either
    other: _Either
    merged: dict[str, str]  # by group: the one that it was merged into
    hides_one: bool
    hides_other: bool

    def join(self) -> list[_Either]:
        found = []
        if self.hides_other and self._hide(self.one, self.other):
            found.append(self.other)
        if self.hides_one and self._hide(self.other, self.one):
            found.append(self.one)
        return found

    def _hide(self, seen: _Either, held: _Either) -> bool:
        """Hide in `held` the groups that `seen` does not show. True where that is new."""
        labels, few = self._merged(_labels(seen)), max(seen.limits.cell, held.limits.cell)
        hidden = self._merged(_hidden(seen))
        shown = labels - hidden
        rests = [self._rest(counts, shown) for counts in _counts(seen)]
        near = any(abs(here - self._rest(counts, shown)) < few for counts in _counts(held) for here in rests)
        if not near or not hidden:
            return False
        return _hide_labels(held, [label for label in _labels(held) if self._name(label) not in shown])

    def _name(self, label: str) -> str:
        """The group that holds this one, where either table has merged groups."""
        return self.merged.get(label, label)

    def _merged(self, labels: Iterable[str]) -> frozenset[str]:
        return frozenset(map(self._name, labels))

    def _rest(self, counts: _Counts, shown: frozenset[str]) -> int:
        """The people in none of these groups."""
        everybody, by_label = counts
        return everybody - sum(people for label, people in by_label.items() if self._name(label) in shown)


def same_people(new: Sequence[_Either], out: Sequence[_Either]) -> Iterator[SamePeople]:
    """Every pair of tables by the same groups of which one is new, and one a count of people: what crosstabs
    tell of each other's bases is no secret."""
    still = {id(one) for one in out}
    for one, other in combinations((*new, *out), 2):
        counts = isinstance(one, HeadCount) or isinstance(other, HeadCount)
        if counts and not {id(one), id(other)} <= still and set(_names(one)) & set(_names(other)):
            hides = id(one) not in still, id(other) not in still
            yield SamePeople(one, other, _parts(one) | _parts(other), *hides)


def _names(one: _Either) -> tuple[str, ...]:
    return one.names if isinstance(one, HeadCount) else (one.table.by,)


def _parts(one: _Either) -> dict[str, str]:
    """Of each group that was merged into another: which."""
    groups = one.table.groups if isinstance(one, Held) else ()
    return {part: group.label for group in groups for part in group.parts}


def _labels(one: _Either) -> tuple[str, ...]:
    return one.labels if isinstance(one, HeadCount) else one.table.labels


def _hidden(one: _Either) -> list[str]:
    """The groups that are not shown although somebody is in them."""
    if isinstance(one, HeadCount):
        return [one.labels[place] for place in sorted(one.hidden)]
    columns = np.flatnonzero(~one.shown[:-1] & (one.bases[:-1] > 0))
    return [one.table.labels[column] for column in columns]


def _counts(one: _Either) -> list[_Counts]:
    """As often as a table counts people: all of them, and those of each group."""
    if isinstance(one, HeadCount):
        return [(sum(counts), dict(zip(one.labels, counts, strict=True))) for counts in one.counts]
    return [(one.total.base, dict(zip(one.table.labels, one.bases[:-1].tolist(), strict=True)))]


def _hide_labels(one: _Either, labels: list[str]) -> bool:
    if isinstance(one, HeadCount):
        return one.hide_labels(labels)
    return one.hide_groups([one.table.labels.index(label) for label in labels])
