"""How the people of a counted poll can be divided: by a profile field, by their answer to a question, or by
what they answered in an earlier poll that knows the same persons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from canvass.analysis.models import Counted
from canvass.analysis.results import Results
from canvass.analysis.rows import rows_of
from canvass.analysis.trends import instruments_of
from canvass.instrument import Instrument, Item, Row
from canvass.panel import profiles
from canvass.panel.models import ProfileField
from canvass.statistics.arrays import Booleans
from canvass.warehouse import Groups, PollRows
from canvass.warehouse.rows import DIVIDING

BY_ITEM = "item:"
BEFORE = "before:"  # an earlier poll
BETWEEN = "|"


class UnknownDivision(Exception):
    """An address names groups that are not there; the message is one sentence."""


class Together(NamedTuple):
    """Groups taken as one, and what it is called."""

    name: str
    labels: tuple[str, ...]


class Earlier(NamedTuple):
    """An earlier poll that knows the same persons."""

    counted: Counted
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Division:
    """One way to divide people. `together`: groups that are taken as one."""

    name: str  # in an address: "role", "item:hours", "item:lines/a", "before:march/hours"
    label: str
    order: tuple[str, ...] = ()  # of a field's options, as the team has them
    together: tuple[Together, ...] = ()
    wider: tuple[Together, ...] = ()  # of a field: the team's wider groups and the options that they hold
    earlier: Earlier | None = None

    def groups(self, rows: PollRows) -> Groups:
        """Everybody's group, the ones put together as one."""
        return self._all(rows).merged(self.together)

    def _all(self, rows: PollRows) -> Groups:
        if self.earlier is not None:
            then = rows_of(*self.earlier)
            _, item, row = self.name.removeprefix(BEFORE).split("/")
            return rows.by_earlier(then, then.by_item(item, row or None))
        if not self.name.startswith(BY_ITEM):
            return rows.by_field(self.name, self.order)
        item, _, row = self.name.removeprefix(BY_ITEM).partition("/")
        return rows.by_item(item, row or None)

    @property
    def planned_name(self) -> str:
        """What the plan of a poll calls it; nothing of an earlier poll is in a plan."""
        return self.name if self.earlier else self.name.removeprefix(BY_ITEM).partition("/")[0]


@dataclass(frozen=True, slots=True)
class Part:
    """One group of a division."""

    division: Division
    label: str

    @property
    def name(self) -> str:
        """In an address: "role:Manager"."""
        return f"{self.division.name}:{self.label}"

    @property
    def words(self) -> str:
        return f"{self.division.label}: {self.label}"


def divisions(results: Results, rows: PollRows) -> list[Division]:
    """Every way to divide this poll's people: profile fields first, then questions in the order asked, then
    those of earlier polls, the newest poll first."""
    fields = [
        Division(field.name, field.label, tuple(field.options), wider=_wider(field))
        for field in profiles.fields_of(results.poll.panel)
        if field.name in rows.profiles
    ]
    items = [
        Division(f"{BY_ITEM}{item.id}{f'/{row.id}' if row else ''}", label_of(item, row))
        for item, row in _dividing(results.instrument)
    ]
    return [*fields, *items, *(_earlier(results) if rows.persons is not None else ())]


def _dividing(instrument: Instrument) -> Iterator[tuple[Item, Row | None]]:
    for item in instrument:
        if item.kind in DIVIDING:
            for row in item.rows if item.kind.is_grid else (None,):
                yield item, row


def _earlier(results: Results) -> Iterator[Division]:
    """The questions of linked polls that closed before this one opened."""
    polls = (
        Counted.objects.select_related("poll", "poll__panel")
        .filter(panel=results.poll.panel_id, ballots__gt=0, poll__closes_at__lte=results.poll.opens_at)
        .order_by("-poll__closes_at", "poll")
    )
    known = {one.poll_id: one for one in polls if one.knows_persons}
    instruments = instruments_of(list(known))
    for poll, counted in known.items():
        for item, row in _dividing(instruments[poll]):
            name = f"{BEFORE}{counted.poll.slug}/{item.id}/{row.id if row else ''}"
            label = f"{label_of(item, row)} (before, in “{counted.poll.title}”)"
            yield Division(name, label, earlier=Earlier(counted, instruments[poll]))


def _wider(field: ProfileField) -> tuple[Together, ...]:
    """The team's wider groups that hold several options, in its order."""
    held: dict[str, list[str]] = {}
    for option in field.options:
        if option in field.groups:
            held.setdefault(field.groups[option], []).append(option)
    return tuple(Together(name, tuple(options)) for name, options in held.items() if len(options) > 1)


def label_of(item: Item, row: Row | None = None) -> str:
    """A question as it is listed: its text, and the line of a grid."""
    return f"{item.text} [{row.label}]" if row else item.text


def with_merges(known: Sequence[Division], merges: Sequence[str], rows: PollRows) -> list[Division]:
    """The divisions with what the address puts together: "role:Manager|Director". Raises UnknownDivision."""
    found = {one.name: one for one in known}
    for merge in merges:
        named = _named(list(found.values()), merge)
        if named is None or BETWEEN not in named[1]:
            raise UnknownDivision(f"“{merge}” puts no groups of this poll together.")
        division, labels = named[0], tuple(named[1].split(BETWEEN))
        known_labels = {*division.order, *division.groups(rows).labels}
        strange = [label for label in labels if label not in known_labels]
        if strange:
            raise UnknownDivision(
                f"{division.label} has no group “{strange[0]}” to put together with others."
            )
        together = (*division.together, _together(division, labels))
        found[division.name] = replace(division, together=together)
    return list(found.values())


def _named(known: Sequence[Division], text: str) -> tuple[Division, str] | None:
    """The division whose name begins "name:rest", and the rest; names and labels may hold colons."""
    fitting = [one for one in known if text.startswith(f"{one.name}:")]
    division = max(fitting, key=lambda one: len(one.name), default=None)
    return None if division is None else (division, text.removeprefix(f"{division.name}:"))


def _together(division: Division, labels: tuple[str, ...]) -> Together:
    """Called as the team's wider group that holds just these, else by all their names."""
    for wider in division.wider:
        if set(wider.labels) == set(labels) and wider.name not in set(division.order) - set(labels):
            return wider
    return Together(joined(labels), labels)


def joined(labels: Sequence[str]) -> str:
    """What things put together are called: "Manager + Director"; of points in a row "0 to 6"."""
    numbers = [int(label) for label in labels if label.isdecimal()]
    if len(numbers) == len(labels) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{labels[0]} to {labels[-1]}"
    return " + ".join(labels)


def parts_of(known: Sequence[Division], rows: PollRows) -> list[Part]:
    """Every group that a table can be confined to: of this poll's fields and questions."""
    return [Part(one, label) for one in known if one.earlier is None for label in one.groups(rows).labels]


def inside(among: Sequence[Part], rows: PollRows) -> Booleans:
    """(rows,) Who is in one of the groups of each division that is named."""
    found: Booleans = np.ones(rows.rows, dtype=bool)
    for division in dict.fromkeys(one.division.name for one in among):
        those = [one for one in among if one.division.name == division]
        groups = those[0].division.groups(rows)
        places = [groups.labels.index(one.label) for one in those if one.label in groups.labels]
        found &= np.isin(groups.codes, places)
    return found
