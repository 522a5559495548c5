"""The stored form of one answer, and the check of each kind that leads to it.

By item id: single `"option id"`, or `{"other": "text"}` (the text may be ""); multiple a list of these;
rating and number a number; a grid `{"row id": …}`; ranking a list of option ids; text a string (NFC, LF).
A missing kind is `{"missing": "not_applicable" | "prefer_not_to_say"}`, in a grid row by row. Not answered
is absent.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from canvass.instrument.fields import as_number
from canvass.instrument.model import Item, Kind, Missing, Option

type Answer = Any  # the JSON of the stored form; None where nothing was answered
type Check = Callable[[Any], Answer]

OTHER_MAX_CHARS = 1000
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class AnswerRefused(ValueError):
    """One plain sentence for the person who answered."""


def consent_key(item: Item) -> str:
    """Where the consent to be quoted lies beside a text; "" where it is not asked for."""
    return f"{item.id}/quote_consent" if item.quote_consent else ""


def check_of(item: Item) -> Check:
    """The check of one item: raw in, stored form or None out; raises AnswerRefused."""
    return _with_missing(item, _CHECKS[item.kind](item))


def check_consent(raw: Any) -> bool | None:
    """The consent to be quoted: true or nothing."""
    if raw in (None, "", False):
        return None
    if raw is True:
        return True
    raise AnswerRefused("Tick the box or leave it empty.")


def _with_missing(item: Item, check: Check) -> Check:
    offered = {
        missing.value: {"missing": missing.value} for missing in Missing if item.missing_label(missing)
    }
    if item.kind.is_grid:
        return check

    def checked(raw: Any) -> Answer:
        if isinstance(raw, Mapping) and "missing" in raw:
            return _missing(raw, offered)
        return check(raw)

    return checked


def _missing(raw: Mapping[str, Any], offered: Mapping[str, dict[str, str]]) -> dict[str, str]:
    kind = raw["missing"]
    if len(raw) != 1 or not isinstance(kind, str) or kind not in offered:
        raise AnswerRefused("That is not offered as an answer here.")
    return dict(offered[kind])


def _single(item: Item) -> Check:
    offered = {option.id: option for option in item.options}

    def check(raw: Any) -> Answer:
        if raw is None or raw == "":
            return None
        return _chosen(raw, offered)

    return check


def _chosen(raw: Any, offered: Mapping[str, Option]) -> Answer:
    """An option's id, or the object of the option that opens a text box."""
    if isinstance(raw, Mapping) and set(raw) == {"other"}:
        if not any(option.other for option in offered.values()):
            raise AnswerRefused("Choose one of the answers offered.")
        return {"other": _other_text(raw["other"])}
    if not isinstance(raw, str) or raw not in offered:
        raise AnswerRefused("Choose one of the answers offered.")
    return {"other": ""} if offered[raw].other else raw


def _other_text(raw: Any) -> str:
    return _clean(raw, OTHER_MAX_CHARS).strip()


def _multiple(item: Item) -> Check:
    offered = {option.id: option for option in item.options}
    exclusive = {option.id: option.label for option in item.options if option.exclusive}
    other_exclusive = next((o.label for o in item.options if o.other and o.exclusive), "")
    order = {option.id: position for position, option in enumerate(item.options)}
    other_place = next((order[option.id] for option in item.options if option.other), 0)

    def check(raw: Any) -> Answer:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list | tuple):
            raise AnswerRefused("Choose from the answers offered.")
        chosen = _without_repeats([_chosen(entry, offered) for entry in raw])
        for entry in chosen if len(chosen) > 1 else ():
            alone = other_exclusive if isinstance(entry, dict) else exclusive.get(entry)
            if alone:
                raise AnswerRefused(f"“{alone}” cannot be chosen together with another answer.")
        return sorted(chosen, key=lambda entry: other_place if isinstance(entry, dict) else order[entry])

    return check


def _without_repeats(chosen: list[Answer]) -> list[Answer]:
    """Each option once. The other option may come twice, ticked and with its text: the text is kept."""
    ids = dict.fromkeys(entry for entry in chosen if isinstance(entry, str))
    texts = dict.fromkeys(entry["other"] for entry in chosen if isinstance(entry, dict))
    written = [text for text in texts if text]
    if len(written) > 1:
        raise AnswerRefused("Write one other answer.")
    return [*ids, *([{"other": "".join(written)}] if texts else [])]


def _rating(item: Item) -> Check:
    points = item.scale.points() if item.scale else range(0)
    refusal = f"Choose a whole number from {points.start} to {points.stop - 1}."

    def check(raw: Any) -> Answer:
        if raw is None or raw == "":
            return None
        value = _number_of(raw, refusal)
        if value not in points:
            raise AnswerRefused(refusal)
        return value

    return check


def _number(item: Item) -> Check:
    refusal = _number_refusal(item)
    low = float("-inf") if item.minimum is None else item.minimum
    high = float("inf") if item.maximum is None else item.maximum

    def check(raw: Any) -> Answer:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        value = _number_of(raw, refusal)
        if not low <= value <= high:
            raise AnswerRefused(refusal)
        return value

    return check


def _number_refusal(item: Item) -> str:
    bounds = {
        (True, True): f" from {item.minimum} to {item.maximum}",
        (True, False): f" of {item.minimum} or more",
        (False, True): f" of {item.maximum} or less",
    }.get((item.minimum is not None, item.maximum is not None), "")
    return f"Write a number{bounds} in figures, such as {_example(item)}."


def _example(item: Item) -> int | float:
    low = 12 if item.minimum is None else item.minimum
    high = 12 if item.maximum is None else item.maximum
    return 12 if low <= 12 <= high else item.minimum if item.minimum is not None else high


def _number_of(raw: Any, refusal: str) -> int | float:
    """A number that is kept exactly: not nan, inf, 1e9 or 1,237, and below 10 to the 15th."""
    if isinstance(raw, str) and _NUMBER.fullmatch(raw.strip()):
        return as_number(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) < 1e15:
        raise AnswerRefused(refusal)
    return int(raw) if raw == int(raw) else raw


def _ranking(item: Item) -> Check:
    offered = {option.id for option in item.options}
    most = item.choose or len(offered)

    def check(raw: Any) -> Answer:
        if not raw and raw in (None, "", [], ()):
            return None
        if not isinstance(raw, list | tuple) or not all(isinstance(e, str) and e in offered for e in raw):
            raise AnswerRefused("Put the answers offered in order.")
        if len(set(raw)) != len(raw):
            raise AnswerRefused("Give each place to a different answer.")
        if len(raw) > most:
            raise AnswerRefused(f"Put at most {most} in order.")
        return list(raw)

    return check


def _text(item: Item) -> Check:
    most = item.max_chars or OTHER_MAX_CHARS

    def check(raw: Any) -> Answer:
        text = _clean("" if raw is None else raw, most)
        return text if text.strip() else None

    return check


def _clean(raw: Any, most: int) -> str:
    if not isinstance(raw, str):
        raise AnswerRefused("Write your answer as text.")
    if UNSTORABLE.search(raw):
        raise AnswerRefused(
            "Your answer holds a sign that cannot be stored; remove it or type the text again."
        )
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > most:
        raise AnswerRefused(f"Your answer has {len(text):,} characters; shorten it to {most:,}.")
    return text


def _grid(item: Item) -> Check:
    cell = _rating(item) if item.kind is Kind.GRID_RATING else _single(item)
    offered = {
        missing.value: {"missing": missing.value} for missing in Missing if item.missing_label(missing)
    }
    labels = {row.id: row.label for row in item.rows}

    def check(raw: Any) -> Answer:
        if not raw and raw in (None, "", {}):
            return None
        if not isinstance(raw, Mapping) or not set(raw) <= set(labels):
            raise AnswerRefused("Answer the rows that are offered.")
        rows = {row: check_cell(labels[row], raw[row]) for row in labels if row in raw}
        return {row: value for row, value in rows.items() if value is not None} or None

    def check_cell(label: str, raw: Any) -> Answer:
        try:
            return _missing(raw, offered) if isinstance(raw, Mapping) and "missing" in raw else cell(raw)
        except AnswerRefused as refusal:
            raise AnswerRefused(f"{label}: {refusal}") from refusal

    return check


_CHECKS: dict[Kind, Callable[[Item], Check]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.RATING: _rating,
    Kind.NUMBER: _number,
    Kind.RANKING: _ranking,
    Kind.TEXT: _text,
    Kind.GRID_RATING: _grid,
    Kind.GRID_SINGLE: _grid,
}
