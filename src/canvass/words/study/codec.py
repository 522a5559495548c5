"""Acts as JSON-safe values for a row of a table, and back. Unknown names are refused, never guessed."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args

from canvass.words.study.acts import Act
from canvass.words.study.values import Level, Offer

# What an act is called in the log: its class, word by word. Kept for good.
CLASSES: Mapping[str, type] = {
    "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in one.__name__)[1:]: one
    for one in get_args(Act.__value__)
}
_KINDS = {one: kind for kind, one in CLASSES.items()}
_NAMES = {one: tuple(each.name for each in fields(one)) for one in CLASSES.values()}
_DEFAULTS = {one: {each.name: each.default for each in fields(one)} for one in CLASSES.values()}


def kind_of(act: Act) -> str:
    """code_segment, make_node, undo …"""
    return _KINDS[type(act)]


def dump(act: Act) -> dict[str, Any]:
    """What the act says, without what is as it is by default."""
    defaults = _DEFAULTS[type(act)]
    said = {name: getattr(act, name) for name in _NAMES[type(act)]}
    return {name: _plain(value) for name, value in said.items() if value != defaults[name]}


def restore(kind: str, said: Mapping[str, Any]) -> Act:
    """The inverse of `dump`. Raises ValueError naming what is unknown."""
    found = CLASSES.get(kind)
    if found is None:
        raise ValueError(f"no act is called {kind!r}")
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    if kind == "make_node":
        values["level"] = Level(values["level"])
    if kind == "show_offers":
        values["offers"] = tuple(Offer(*one) for one in values["offers"])
    try:
        act: Act = found(**values)
    except TypeError as fault:
        raise ValueError(f"{kind}: {fault}") from fault
    return act


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Level) else value
