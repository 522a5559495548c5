"""Toplines as plain values for a row of the desk store, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from canvass.instrument import Item
from canvass.tables import Caution, Figure, Topline


def dump(toplines: Iterable[Topline]) -> list[dict[str, Any]]:
    """One figure's toplines as JSON-safe values; the item itself stays in the instrument."""
    return [_dump(topline) for topline in toplines]


def restore(item: Item, kept: Iterable[Mapping[str, Any]]) -> tuple[Topline, ...]:
    """The inverse of `dump`, for the item as it was asked."""
    return tuple(_restore(item, one) for one in kept)


def _dump(topline: Topline) -> dict[str, Any]:
    values = asdict(topline)
    del values["item"]
    values["figures"] = [figure._asdict() for figure in topline.figures]
    values["row"] = topline.row.id if topline.row else None
    return values


def _restore(item: Item, kept: Mapping[str, Any]) -> Topline:
    values = dict(kept)
    row, figures = values.pop("row"), values.pop("figures")
    return Topline(
        item=item,
        row=item.row(row) if row is not None else None,
        figures=tuple(Figure(**(one | {"caution": _caution(one["caution"])})) for one in figures),
        **(values | {"caution": _caution(values["caution"])}),
    )


def _caution(kept: str | None) -> Caution | None:
    return None if kept is None else Caution(kept)
