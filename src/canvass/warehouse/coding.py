"""Coding: ballots in stored form become one small column an item, a grid's row, or an option.

A code of 0 or more is an answer: the option's place, the point above the scale's start, 1 or 0 for an
option chosen or not, the place given in a ranking (0 for none). Codes below 0 say why there is no answer.
A number lies in a column of floats, its code (0) beside it. Texts lie apart; here stands only that there
is one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from canvass.instrument import Instrument, Item, Kind, Missing, Row
from canvass.instrument.routing import Routing
from canvass.statistics.arrays import Codes

NOT_APPLICABLE = -1
PREFER_NOT_TO_SAY = -2
NOT_ANSWERED = -3
NOT_ASKED = -4
_MISSING = {Missing.NOT_APPLICABLE.value: NOT_APPLICABLE, Missing.PREFER_NOT_TO_SAY.value: PREFER_NOT_TO_SAY}

type CodedColumns = dict[str, NDArray[Any]]  # (rows,) codes, or floats for the numbers themselves


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's ballot as plain values, without time; without person but in a linked poll."""

    answers: Mapping[str, Any]  # stored form, by item id
    shown: Collection[str]  # ids of the items that were shown
    version: int = 1
    snapshot: Mapping[str, str] | None = None  # profile fields as they were at the first hand-in
    person: str = ""  # of a linked poll: the ballot's key, the same in every linked poll of one who agreed


def column_name(item: Item, row: Row | None = None, option: str = "") -> str:
    """`item`, `item/row`, `item/option`; the first slash divides, for item ids have none."""
    part = row.id if row is not None else option
    return f"{item.id}/{part}" if part else item.id


def number_name(item: Item) -> str:
    """The column of floats beside the code column of a number."""
    return f"{item.id}#number"


def code(instrument: Instrument, ballots: Iterable[Ballot]) -> CodedColumns:
    """Code every item of an instrument, in its order; rows are the ballots in theirs.

    An answer to an item that is no longer asked counts as not asked (`instrument.live`).
    """
    routing = Routing(instrument)
    walked = [(ballot, *routing.walk(ballot.answers)) for ballot in ballots]
    columns: CodedColumns = {}
    for item in instrument:
        values = [_value(item.id, ballot, asked, live) for ballot, asked, live in walked]
        columns |= _CODERS[item.kind](item, values)
    return columns


class _NotAsked:
    """Stands where an item was not asked; None stands where it was asked and not answered."""


def _value(item_id: str, ballot: Ballot, asked: Collection[str], live: Mapping[str, Any]) -> Any:
    if item_id in live:
        return live[item_id]
    return None if item_id in asked and item_id in ballot.shown else _NotAsked


def _without_answer(value: Any) -> int | None:
    """The code of a value that is no answer; None for an answer."""
    if value is None:
        return NOT_ANSWERED
    if value is _NotAsked:
        return NOT_ASKED
    if isinstance(value, Mapping) and "missing" in value:
        return _MISSING[value["missing"]]
    return None


def _option(item: Item, answer: Any) -> int:
    """The place of the option that an answer names; {"other": …} is the option that opens a text box."""
    for place, option in enumerate(item.options):
        if option.other if isinstance(answer, Mapping) else option.id == answer:
            return place
    raise KeyError(answer)


def _coded(values: Sequence[Any], place: Any) -> Codes:
    codes = (_without_answer(value) for value in values)
    return np.array(
        [place(value) if code is None else code for value, code in zip(values, codes, strict=True)], np.int16
    )


def _single(item: Item, values: Sequence[Any]) -> CodedColumns:
    return {column_name(item): _coded(values, lambda value: _option(item, value))}


def _rating(item: Item, values: Sequence[Any]) -> CodedColumns:
    start = item.scale.start if item.scale else 0
    return {column_name(item): _coded(values, lambda value: int(value) - start)}


def _number(item: Item, values: Sequence[Any]) -> CodedColumns:
    numbers = [float(value) if _without_answer(value) is None else np.nan for value in values]
    return {column_name(item): _coded(values, lambda _: 0), number_name(item): np.array(numbers)}


def _text(item: Item, values: Sequence[Any]) -> CodedColumns:
    return {column_name(item): _coded(values, lambda _: 0)}


def _multiple(item: Item, values: Sequence[Any]) -> CodedColumns:
    chosen = [
        {_option(item, entry) for entry in value} if _without_answer(value) is None else value
        for value in values
    ]
    return {
        column_name(item, option=option.id): _coded(chosen, lambda value, place=place: int(place in value))
        for place, option in enumerate(item.options)
    }


def _ranking(item: Item, values: Sequence[Any]) -> CodedColumns:
    places = [
        {_option(item, entry): place for place, entry in enumerate(value, start=1)}
        if _without_answer(value) is None
        else value
        for value in values
    ]
    return {
        column_name(item, option=option.id): _coded(places, lambda value, place=place: value.get(place, 0))
        for place, option in enumerate(item.options)
    }


def _grid(item: Item, values: Sequence[Any]) -> CodedColumns:
    start = item.scale.start if item.scale else 0
    rating = item.kind is Kind.GRID_RATING
    columns: CodedColumns = {}
    for row in item.rows:
        answers = [value.get(row.id) if isinstance(value, Mapping) else value for value in values]
        place = (lambda value: int(value) - start) if rating else (lambda value: _option(item, value))
        columns[column_name(item, row)] = _coded(answers, place)
    return columns


_CODERS = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.RATING: _rating,
    Kind.NUMBER: _number,
    Kind.RANKING: _ranking,
    Kind.TEXT: _text,
    Kind.GRID_RATING: _grid,
    Kind.GRID_SINGLE: _grid,
}
