"""What may be mended while a poll is open: texts. Everything that shapes answers must stay as it was."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from canvass.instrument import Instrument, Item
from canvass.instrument.model import Option, Picture, Row

_POLL = ("slug", "series", "confidentiality", "sensitive", "layout", "opens", "closes", "plan")
_ITEM = ("kind", "bank", "likert", "choose", "minimum", "maximum", "max_chars", "quote_consent", "ask_if")
_OPTION = ("exclusive", "other")
_WORDS = {"minimum": "min", "maximum": "max", "likert": "scale: likert", "slug": "poll"}


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...


def differences(old: Instrument, new: Instrument) -> tuple[str, ...]:
    """Each change from `old` to `new` that is more than a text, as a sentence; none if only texts do."""
    return (*_poll(old, new), *_items(old, new))


def _poll(old: Instrument, new: Instrument) -> Iterator[str]:
    for name in _POLL:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield f"{_WORDS.get(name, name)} was {_shown(before)} and would become {_shown(after)}."


def _items(old: Instrument, new: Instrument) -> Iterator[str]:
    before, after = {item.id: item for item in old.items}, {item.id: item for item in new.items}
    yield from _membership("question", before, after)
    for item_id, item in before.items():
        if item_id in after:
            yield from (f"{item_id}: {sentence}" for sentence in _item(item, after[item_id]))


def _membership(what: str, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    yield from (f'the {what} "{name}" would go.' for name in before if name not in after)
    yield from (f'the {what} "{name}" would be new.' for name in after if name not in before)
    if list(before) != list(after) and before.keys() == after.keys():
        yield f"the order of the {what}s would change."


def _item(old: Item, new: Item) -> Iterator[str]:
    for name in _ITEM:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield f"{_WORDS.get(name, name)} was {_shown(before)} and would become {_shown(after)}."
    yield from _scale(old, new)
    yield from _answers("option", old.options, new.options)
    yield from _answers("row", old.rows, new.rows)
    yield from _missing_kinds(old, new)
    yield from _picture("", old.picture, new.picture)


def _scale(old: Item, new: Item) -> Iterator[str]:
    before = (old.scale.start, old.scale.end) if old.scale else None
    after = (new.scale.start, new.scale.end) if new.scale else None
    if before != after:
        yield f"the scale was {_shown(before)} and would become {_shown(after)}."


def _answers(what: str, old: Sequence[Option | Row], new: Sequence[Option | Row]) -> Iterator[str]:
    before, after = {part.id: part for part in old}, {part.id: part for part in new}
    if len(before) == len(after) and before.keys() != after.keys():
        yield from _renamed(what, old, new)
    else:
        yield from _membership(what, before, after)
    for name, part in before.items():
        if name in after:
            yield from _option_marks(what, part, after[name])
            yield from _picture(f'{what} "{name}": ', part.picture, after[name].picture)


def _renamed(what: str, old: Sequence[_Named], new: Sequence[_Named]) -> Iterator[str]:
    """The usual slip: a label without an id of its own was reworded, and its id went with it."""
    for before, after in zip(old, new, strict=True):
        if before.id != after.id:
            yield (
                f'the {what} "{before.id}" would become "{after.id}". To change only what is read, write '
                f"{{id: {before.id}, label: {after.label}}}."
            )


def _option_marks(what: str, old: Option | Row, new: Option | Row) -> Iterator[str]:
    for name in _OPTION:
        if getattr(old, name, False) != getattr(new, name, False):
            yield f'{what} "{old.id}": {name} would become {_shown(getattr(new, name))}.'


def _missing_kinds(old: Item, new: Item) -> Iterator[str]:
    for name in ("not_applicable", "prefer_not_to_say"):
        if bool(getattr(old, name)) != bool(getattr(new, name)):
            yield f"{name} would {'go' if getattr(old, name) else 'be new'}."


def _picture(place: str, old: Picture | None, new: Picture | None) -> Iterator[str]:
    before, after = (old.file if old else None), (new.file if new else None)
    if before != after:
        yield f"{place}the picture was {_shown(before)} and would become {_shown(after)}."


def _shown(value: object) -> str:
    if value is None or value in ("", ()):
        return "absent"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    return " to ".join(map(str, value)) if isinstance(value, tuple) else f"{value}"
