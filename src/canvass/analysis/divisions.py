"""How the people of a counted poll can be divided: by a profile field, or by their answer to a question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import NamedTuple

from canvass.analysis.results import Result, Results
from canvass.instrument import Item, Row
from canvass.panel import profiles
from canvass.panel.models import ProfileField
from canvass.warehouse import Groups, PollRows
from canvass.warehouse.rows import DIVIDING

BY_ITEM = "item:"
BETWEEN = "|"


class UnknownDivision(Exception):
    """Something that is not there was asked for; the message is one sentence with the nearest name."""


class Together(NamedTuple):
    """Groups taken as one, and what it is called."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """One way to divide people. `together`: groups that are taken as one."""

    name: str  # in an address: "role", "item:hours", "item:lines/a"
    label: str
    order: tuple[str, ...] = ()  # of a field's options, as the team has them
    together: tuple[Together, ...] = ()
    wider: tuple[Together, ...] = ()  # of a field: the team's wider groups and the options that they hold

    def groups(self, rows: PollRows) -> Groups:
        """Everybody's group, the ones put together as one."""
        return self._all(rows).merged(self.together)

    def _all(self, rows: PollRows) -> Groups:
        if not self.name.startswith(BY_ITEM):
            return rows.by_field(self.name, self.order)
        item, _, row = self.name.removeprefix(BY_ITEM).partition("/")
        return rows.by_item(item, row or None)

    @property
    def planned_name(self) -> str:
        """What the plan of a poll calls it."""
        return self.name.removeprefix(BY_ITEM).partition("/")[0]


def divisions(results: Results, rows: PollRows) -> list[Division]:
    """Every way to divide this poll's people: profile fields first, then questions in the order asked."""
    fields = [
        Division(field.name, field.label, tuple(field.options), wider=_wider(field))
        for field in profiles.fields_of(results.poll.panel)
        if field.name in rows.profiles
    ]
    items = [
        Division(f"{BY_ITEM}{item.id}{f'/{row.id}' if row else ''}", label_of(item, row))
        for item in results.instrument
        if item.kind in DIVIDING
        for row in (item.rows if item.kind.is_grid else (None,))
    ]
    return [*fields, *items]


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


def find_division(known: Sequence[Division], typed: str) -> Division:
    """The division of this name or label. Raises UnknownDivision with the nearest."""
    return _find(known, [one.name for one in known], [one.label for one in known], typed, "division")


def find_result(results: Results, typed: str) -> Result:
    """The question of this address or text. Raises UnknownDivision with the nearest."""
    known = [result for result in results.all if not result.is_text]
    texts = [result.item.text for result in known]
    return _find(known, [result.address for result in known], texts, typed, "question")


def _find[T](known: Sequence[T], names: Sequence[str], labels: Sequence[str], typed: str, what: str) -> T:
    plain = " ".join(typed.split()).casefold()
    for place, (name, label) in enumerate(zip(names, labels, strict=True)):
        if plain in (name.casefold(), label.casefold()):
            return known[place]
    holding = [place for place, label in enumerate(labels) if plain and plain in label.casefold()]
    if len(holding) == 1:
        return known[holding[0]]
    near = get_close_matches(plain, [label.casefold() for label in labels], n=1, cutoff=0.4)
    nearest = next((label for label in labels if near and label.casefold() == near[0]), "")
    hint = f" The nearest is “{nearest}”." if nearest else ""
    raise UnknownDivision(f"There is no {what} “{typed}” in this poll.{hint}")


def with_merges(known: Sequence[Division], merges: Sequence[str]) -> list[Division]:
    """The divisions with what the address puts together: "role:Manager|Director". Raises UnknownDivision."""
    found = {one.name: one for one in known}
    for merge in merges:
        name, _, labels = merge.rpartition(":")
        if name not in found or BETWEEN not in labels:
            raise UnknownDivision(f"“{merge}” puts no groups of this poll together.")
        division = found[name]
        one = _together(division, tuple(labels.split(BETWEEN)))
        found[name] = replace(division, together=(*division.together, one))
    return list(found.values())


def _together(division: Division, labels: tuple[str, ...]) -> Together:
    """Called as the team's wider group that holds just these, else by all their names."""
    for wider in division.wider:
        if set(wider.labels) == set(labels) and wider.name not in set(division.order) - set(labels):
            return wider
    return Together(" + ".join(labels), labels)
