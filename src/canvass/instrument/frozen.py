"""An instrument as JSON and back, for freezing a version. Only what differs from the defaults is written."""

from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from canvass.instrument.condition_text import read_condition
from canvass.instrument.conditions import Condition
from canvass.instrument.model import (
    Confidentiality,
    Instrument,
    Item,
    Kind,
    Layout,
    Option,
    Picture,
    Row,
    Scale,
)

type Json = dict[str, Any]


def dump(instrument: Instrument) -> Json:
    """The instrument as a JSON-safe dict that `restore` reads."""
    frozen: Json = _dumped(instrument)
    moment = instrument.opens or instrument.closes
    if moment is not None:
        frozen["zone"] = str(moment.tzinfo)
    return frozen


def restore(frozen: Json) -> Instrument:
    """The instrument that was dumped. Raises KeyError, TypeError or ValueError for anything else."""
    parts = dict(frozen)
    zone = parts.pop("zone", "UTC")
    items: dict[str, Item] = {}
    for dumped in parts["items"]:
        items[dumped["id"]] = _item(dumped, items)
    parts["items"] = tuple(items.values())
    for key in ("opens", "closes"):
        if key in parts:
            parts[key] = datetime.fromisoformat(parts[key]).replace(tzinfo=ZoneInfo(zone))
    for key, make in (("confidentiality", Confidentiality), ("layout", Layout), ("plan", tuple)):
        if key in parts:
            parts[key] = make(parts[key])
    return Instrument(**parts)


def _dumped(value: Any) -> Any:
    if isinstance(value, Condition):
        return str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, tuple):
        return [_dumped(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        told = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: _dumped(part)
            for field, part in told
            if field.default is MISSING or part != field.default
        }
    return str(value) if isinstance(value, str) else value


def _item(dumped: Json, earlier: dict[str, Item]) -> Item:
    parts = dict(dumped)
    parts["kind"] = Kind(parts["kind"])
    parts["options"] = tuple(Option(**_with_picture(option)) for option in parts.get("options", ()))
    parts["rows"] = tuple(Row(**_with_picture(row)) for row in parts.get("rows", ()))
    if "scale" in parts:
        parts["scale"] = Scale(**parts["scale"])
    if "ask_if" in parts:
        parts["ask_if"] = read_condition(parts["ask_if"], earlier)
    return Item(**_with_picture(parts))


def _with_picture(dumped: Json) -> Json:
    return {**dumped, "picture": Picture(**dumped["picture"])} if "picture" in dumped else dumped
