"""Follow-ups: a question put to those who gave an answer tells how many gave it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from canvass.instrument.conditions import ORDERINGS, AllOf, AnyOf, Chosen, Compared, Condition, Includes
from canvass.instrument.model import Item
from canvass.statistics.arrays import Booleans
from canvass.tables.disclosure.blocks import Fact
from canvass.tables.disclosure.crosstabs import Held

type _Comparison = Chosen | Includes | Compared


@dataclass(eq=False)
class FollowUp:
    """A follow-up by the groups of the item before it.

    Its base in a group is, but for those who did not answer, the number who gave the answer that it follows:
    where that is hidden, the group of the follow-up is, too. Of a rating, whose distribution is seldom shown,
    and of a table that is public already, the base is noted as a fact instead.
    """

    parent: Held
    child: Held
    answers: Booleans  # (R,) the parent's answers that the follow-up was asked after
    least: bool  # who answered the follow-up gave one of these
    most: bool  # who gave one of these was asked
    hides: bool  # whether the follow-up can hide more

    def join(self) -> list[Held]:
        block = self.parent.answers
        assert block is not None
        if self.hides and not block.whole_columns:
            unknown = (block.hidden & self.answers[:, None]).any(axis=0)
            return [self.child] if self.child.hide_groups(np.flatnonzero(unknown[:-1]).tolist()) else []
        noted = [fact for fact in block.told if fact.source is self]
        facts = [self._fact(block.counts.shape, int(one)) for one in np.flatnonzero(self.child.shown)]
        block.told = [fact for fact in block.told if fact.source is not self] + facts
        return [self.parent] if len(facts) > len(noted) else []

    def _fact(self, shape: tuple[int, ...], column: int) -> Fact:
        weights = np.zeros(shape)
        weights[self.answers, column] = 1.0
        base, total = int(self.child.bases[column]), self.child.total
        missing = np.inf if total.asked is None else total.asked - total.base
        least, most = float(base) if self.least else 0.0, base + missing if self.most else np.inf
        return Fact(weights, least, float(most), self)


def follow_ups(new: Sequence[Held], out: Sequence[Held]) -> Iterator[FollowUp]:
    """Every pair of an item and its follow-up of which one is new."""
    every, still = [*new, *out], {id(one) for one in out}
    for child in every:
        if child.total.item.ask_if is None:
            continue
        for comparison, least, most in _comparisons(child.total.item.ask_if, least=True, most=True):
            for parent in _of(every, comparison, child):
                if id(child) not in still or id(parent) not in still:
                    answers = _answers(comparison, parent)
                    yield FollowUp(parent, child, answers, least, most, hides=id(child) not in still)


def _comparisons(
    condition: Condition, *, least: bool, most: bool
) -> Iterator[tuple[_Comparison, bool, bool]]:
    """The comparisons of a condition; whether all who were asked fulfil one, and all who do were asked.

    What is denied says nothing about a group of answers, because a missing answer fulfils it, too.
    """
    match condition:
        case Chosen() | Includes() | Compared():
            yield condition, least, most
        case AllOf(parts):
            for part in parts:
                yield from _comparisons(part, least=least, most=False)
        case AnyOf(parts):
            for part in parts:
                yield from _comparisons(part, least=False, most=most)


def _of(every: Iterable[Held], comparison: _Comparison, child: Held) -> Iterator[Held]:
    """The tables of the item that is compared, by the same groups."""
    row = None if isinstance(comparison, Includes) else comparison.row
    wanted = (comparison.item, row, child.table.by, child.table.labels)
    for held in every:
        of_row = held.total.row.id if held.total.row else None
        if (held.total.item.id, of_row, held.table.by, held.table.labels) == wanted and held.answers:
            yield held


def _answers(comparison: _Comparison, parent: Held) -> Booleans:
    """(R,) the parent's answers that fulfil a comparison."""
    assert parent.answers is not None
    item, options = parent.total.item, list(parent.rows)[: len(parent.answers.counts)]
    match comparison:
        case Compared(sign=sign, number=number):
            return np.array([ORDERINGS[sign](float(option or 0), number) for option in options])
        case Includes(option_id=chosen, other=other):
            return np.array([_is(item, option, (chosen,), other=other) for option in options])
        case Chosen(option_ids=chosen, sign=sign, other=other):
            among = np.array([_is(item, option, chosen, other=other) for option in options])
            given = np.array([option != "not_applicable" for option in options])
            return np.asarray(given & (among != (sign == "!=")))


def _is(item: Item, option: str | None, ids: tuple[str, ...], *, other: bool) -> bool:
    opens = any(one.other for one in item.options if one.id == option)
    return option in ids or (other and opens)
