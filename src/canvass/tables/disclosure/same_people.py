"""The same people counted twice by the same groups: what one table tells of a group that the other hides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from canvass.tables.disclosure.crosstabs import Held
from canvass.tables.disclosure.participation import HeadCount

type _Either = Held | HeadCount


@dataclass(eq=False)
class SamePeople:
    """Two tables by the same groups of all but a few of the same people: those who took part and those who
    answered a question, or the panel and those who were mailed. Each hides the groups that the other hides,
    for their bases are nearly the same."""

    one: _Either
    other: _Either
    hides_one: bool
    hides_other: bool

    def join(self) -> list[_Either]:
        found = []
        if self.hides_other and _hide(self.other, _hidden_labels(self.one)):
            found.append(self.other)
        if self.hides_one and _hide(self.one, _hidden_labels(self.other)):
            found.append(self.one)
        return found


def same_people(new: Sequence[_Either], out: Sequence[_Either]) -> Iterator[SamePeople]:
    """Every pair of tables of nearly the same people by the same groups, of which one is new and one a count
    of people: what crosstabs tell of each other's bases is no secret."""
    still = {id(one) for one in out}
    for one, other in combinations((*new, *out), 2):
        counts = isinstance(one, HeadCount) or isinstance(other, HeadCount)
        if counts and not {id(one), id(other)} <= still and _nearly_same(one, other):
            yield SamePeople(one, other, hides_one=id(one) not in still, hides_other=id(other) not in still)


def _nearly_same(one: _Either, other: _Either) -> bool:
    """With as many people between them as a small cell needs values, neither tells a group of the other."""
    few = max(one.limits.cell, other.limits.cell)
    near = any(abs(here - there) < few for here in _totals(one) for there in _totals(other))
    return near and bool(set(_names(one)) & set(_names(other)))


def _names(one: _Either) -> tuple[str, ...]:
    return one.names if isinstance(one, HeadCount) else (one.table.by,)


def _totals(one: _Either) -> tuple[int, ...]:
    return one.totals if isinstance(one, HeadCount) else (one.total.base,)


def _hidden_labels(one: _Either) -> frozenset[str]:
    if isinstance(one, HeadCount):
        return one.hidden_labels
    hidden = np.flatnonzero(~one.shown[:-1] & (one.bases[:-1] > 0))
    return frozenset(one.table.labels[column] for column in hidden)


def _hide(one: _Either, labels: frozenset[str]) -> bool:
    if isinstance(one, HeadCount):
        return one.hide_labels(labels)
    return one.hide_groups([column for column, label in enumerate(one.table.labels) if label in labels])
