"""What is shown of counts of people: who of each group took part, who the panel is, who answered what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from canvass.tables.composition import CompositionOverTime, FieldComposition, Part
from canvass.tables.disclosure.groups import Group, hidden_groups, withheld
from canvass.tables.disclosure.limits import Limits, in_steps, of_poll
from canvass.tables.disclosure.toplines import few_answered, public_asked
from canvass.tables.funnel import Breakdown, Funnel, GroupCount, ItemCount
from canvass.tables.response import QuestionResponse, ResponseAnalytics
from canvass.tables.values import Reason, Suppressed

_GROUP = Suppressed(Reason.SMALL_GROUP)

type Heads = Breakdown | FieldComposition | CompositionOverTime


@dataclass(eq=False)
class HeadCount:
    """A count of people by groups, on one day or several. A group that is hidden on one day is on all, for
    its partners of one day would tell it on another."""

    table: Heads
    limits: Limits
    labels: tuple[str, ...]
    days: tuple[tuple[Group, ...], ...]  # by day, then by group
    took_part: bool  # whether it tells who of the people took part
    hidden: set[int] = field(default_factory=set)

    @property
    def names(self) -> tuple[str, ...]:
        """What the division is called."""
        return self.table.name, self.table.label

    @property
    def counts(self) -> tuple[tuple[int, ...], ...]:
        """By group: the people of each day, and those of them who took part."""
        people = [tuple(group.people for group in day) for day in self.days]
        part = [tuple(group.took_part for group in day) for day in self.days if self.took_part]
        return (*people, *part)

    def hide_labels(self, labels: Collection[str]) -> bool:
        """Hide these groups, and further ones beside them. True where that is new."""
        before = set(self.hidden)
        self.hidden |= {place for place, label in enumerate(self.labels) if label in labels}
        self.secure()
        return self.hidden != before

    def secure(self) -> None:
        """Hide small groups, and further ones until nothing tells them."""
        before = -1
        while len(self.hidden) > before:
            before = len(self.hidden)
            for day in self.days:
                self._secure(day)

    def _secure(self, day: Sequence[Group]) -> None:
        """A group in which nobody is has nothing to hide."""
        there = [place for place, group in enumerate(day) if group.people]
        groups = [day[place] for place in there]
        also = [at for at, place in enumerate(there) if place in self.hidden]
        found = (
            withheld(groups, self.limits, also)
            if self.took_part
            else hidden_groups(groups, lambda group: group.people >= self.limits.base, also=also)
        )
        self.hidden |= {there[at] for at in found}


def head_count(table: Heads, limits: Limits) -> HeadCount:
    """The table with its small groups hidden."""
    match table:
        case Breakdown():
            days, labels = (_of_breakdown(table),), tuple(group.label for group in table.groups)
            found = HeadCount(table, limits, labels, days, took_part=True)
        case FieldComposition():
            days, labels = (_of_field(table),), tuple(part.label for part in table.parts)
            both = table.panel_base is not None and table.answered_base is not None
            found = HeadCount(table, limits, labels, days, took_part=both)
        case CompositionOverTime():
            found = HeadCount(table, limits, table.categories, _over_time(table, limits), took_part=False)
    found.secure()
    return found


def _number(count: int | Suppressed | None) -> int:
    """A count of a counted table; nobody where it is not known."""
    assert not isinstance(count, Suppressed)
    return count or 0


def _of_breakdown(table: Breakdown) -> tuple[Group, ...]:
    """While the poll is open all is decided on what is told, so that no hand-in shows between two steps."""
    told = in_steps if table.stepped else _number
    return tuple(Group(_number(one.mailed), told(_number(one.took_part))) for one in table.groups)


def _of_field(table: FieldComposition) -> tuple[Group, ...]:
    if table.panel_base is None:
        return tuple(Group(_number(part.answered)) for part in table.parts)
    return tuple(Group(_number(part.panel), _number(part.answered)) for part in table.parts)


def _over_time(table: CompositionOverTime, limits: Limits) -> tuple[tuple[Group, ...], ...]:
    """The days on which enough people said it; the others are hidden whole."""
    return tuple(
        tuple(Group(_number(row[day])) for row in table.counts)
        for day, base in enumerate(table.bases)
        if _number(base) >= limits.base
    )


def released_heads(held: HeadCount) -> Heads:
    """The count as it comes out."""
    match held.table:
        case Breakdown() as table:
            return replace(table, groups=tuple(_group(held, place) for place in range(len(table.groups))))
        case FieldComposition() as table:
            return _field_composition(held, table)
        case CompositionOverTime() as table:
            return _composition_over_time(held, table)


def _group(held: HeadCount, place: int) -> GroupCount:
    label, group = held.labels[place], held.days[0][place]
    if place in held.hidden:
        return GroupCount(label, _GROUP, _GROUP)
    return GroupCount(label, group.people, group.took_part)


def _field_composition(held: HeadCount, table: FieldComposition) -> FieldComposition:
    parts = tuple(_part(part) if at in held.hidden else part for at, part in enumerate(table.parts))
    unsaid = Group(table.panel_not_said, _number(table.answered_not_said))
    if not held.took_part or not unsaid.people or not withheld([unsaid], held.limits):
        return replace(table, parts=parts)
    # Who said nothing is told by the others: of so few nobody learns who took part.
    parts = tuple(
        replace(part, answered=_GROUP, answered_share=_GROUP, low=None, high=None) for part in parts
    )
    return replace(table, parts=parts, answered_base=_GROUP, answered_not_said=_GROUP)


def _part(part: Part) -> Part:
    """A category of which nothing is shown but its target."""
    return Part(
        label=part.label,
        panel=None if part.panel is None else _GROUP,
        answered=None if part.answered is None else _GROUP,
        panel_share=None if part.panel_share is None else _GROUP,
        answered_share=None if part.answered_share is None else _GROUP,
        target_share=part.target_share,
    )


def _composition_over_time(held: HeadCount, table: CompositionOverTime) -> CompositionOverTime:
    few = [few_answered(_number(base), None, held.limits) for base in table.bases]
    return replace(
        table,
        bases=tuple(few[day] or base for day, base in enumerate(table.bases)),
        counts=tuple(
            tuple(few[day] or (_GROUP if place in held.hidden else n) for day, n in enumerate(row))
            for place, row in enumerate(table.counts)
        ),
    )


def public_funnel(funnel: Funnel, limits: Limits) -> Funnel:
    """The funnel; of a question that few were asked, or answered, no numbers."""
    return replace(funnel, items=tuple(_item(item, limits) for item in funnel.items))


def _item(item: ItemCount, limits: Limits) -> ItemCount:
    asked, answered = _asked_and_answered(_number(item.asked), item.answered, limits)
    assert asked is not None
    return replace(item, asked=asked, answered=answered)


def public_response(found: ResponseAnalytics, limits: Limits) -> ResponseAnalytics:
    """The questions as their toplines tell them; those of few are in no group of questions."""
    return replace(found, questions=tuple(_question(one, limits) for one in found.questions))


def _question(one: QuestionResponse, limits: Limits) -> QuestionResponse:
    assert not isinstance(one.asked, Suppressed)
    own = of_poll(sensitive=one.sensitive, limits=limits)
    asked, answered = _asked_and_answered(one.asked, one.answered, own)
    return replace(one, asked=asked, answered=answered)


def _asked_and_answered(
    asked: int | None, answered: int | Suppressed, limits: Limits
) -> tuple[int | Suppressed | None, int | Suppressed]:
    people = _number(answered)
    return public_asked(asked), few_answered(people, None, limits) or people
