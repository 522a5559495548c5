"""The form fields of an item: their names, what a browser's form says in raw answers, and the way back.

Options travel by their position, so that no label has to survive a form. `f"{item}.other"` is the text beside
an "other" option, `f"{item}.r0"` the first row of a grid, `f"{item}.p0"` the first place of a ranking,
`f"{item}.missing"` the boxes of not-applicable and prefer-not-to-say, `f"{item}.quote"` the consent.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from canvass.instrument import Item, Kind, Missing, consent_key

type Form = Mapping[str, Sequence[str]]
type Filled = dict[str, list[str]]

MISSING_CODES = {"na": Missing.NOT_APPLICABLE, "pns": Missing.PREFER_NOT_TO_SAY}
IN_ITS_CHOICES = (Kind.SINGLE, Kind.RATING)  # kinds whose missing answers stand among the choices


class FieldsDisagree(ValueError):
    """Two fields of one question contradict each other; the sentence says what to do."""


def raw_answers(item: Item, form: Form) -> dict[str, Any]:
    """The item's raw answer as the form gives it, and its consent; None where it was left empty.

    Raises FieldsDisagree.
    """
    raw = {item.id: _raw_with_missing(item, form)}
    if item.quote_consent:
        raw[consent_key(item)] = bool(form.get(f"{item.id}.quote")) or None
    return raw


def filled_fields(item: Item, answers: Mapping[str, Any]) -> Filled:
    """The form fields that show these stored answers."""
    filled: Filled = {}
    answer = answers.get(item.id)
    if answer is not None:
        filled |= _FILLS[item.kind](item, answer)
    if item.quote_consent and answers.get(consent_key(item)):
        filled[f"{item.id}.quote"] = ["1"]
    return filled


def missing_codes(item: Item) -> list[tuple[str, str]]:
    """The code and the label of each kind of missing that the item offers."""
    offered = ((code, item.missing_label(missing)) for code, missing in MISSING_CODES.items())
    return [(code, label) for code, label in offered if label]


def _first(form: Form, name: str) -> str:
    values = form.get(name)
    return values[0] if values else ""


def _raw_with_missing(item: Item, form: Form) -> Any:
    raw = _RAWS[item.kind](item, form)
    codes = form.get(f"{item.id}.missing", ())
    if not codes:
        return raw
    if raw is not None and raw != "":
        label = item.missing_label(MISSING_CODES.get(codes[0], Missing.NOT_APPLICABLE))
        raise FieldsDisagree(f"Give an answer or tick “{label}”, not both.")
    if len(codes) > 1:
        raise FieldsDisagree("Tick one of these boxes, not both.")
    return _missing(codes[0])


def _missing(code: str) -> dict[str, str]:
    missing = MISSING_CODES.get(code)
    return {"missing": missing.value if missing else code}


def _option(item: Item, value: str) -> str:
    """The option's id at this position; what is no position is passed on for the checking table to refuse."""
    if value.isascii() and value.isdigit() and len(value) < 5 and int(value) < len(item.options):
        return item.options[int(value)].id
    return f"\N{REPLACEMENT CHARACTER}{value}"


def _raw_single(item: Item, form: Form) -> Any:
    value, other = _first(form, item.id), _first(form, f"{item.id}.other").strip()
    if not value:
        return {"other": other} if other else None
    if value in MISSING_CODES:
        chosen: Any = _missing(value)
    else:
        option_id = _option(item, value)
        if any(option.other and option.id == option_id for option in item.options):
            return {"other": other}
        chosen = option_id
    if other:
        label = next(option.label for option in item.options if option.other)
        raise FieldsDisagree(f"Choose “{label}”, or remove what you wrote there.")
    return chosen


def _raw_multiple(item: Item, form: Form) -> Any:
    chosen: list[Any] = [_option(item, value) for value in form.get(item.id, ())]
    other = _first(form, f"{item.id}.other").strip()
    if other:
        chosen.append({"other": other})
    return chosen or None


def _raw_rating(item: Item, form: Form) -> Any:
    value = _first(form, item.id)
    return _missing(value) if value in MISSING_CODES else value or None


def _raw_plain(item: Item, form: Form) -> Any:
    return _first(form, item.id) or None


def _raw_ranking(item: Item, form: Form) -> Any:
    values = (_first(form, f"{item.id}.p{place}") for place in range(places(item)))
    return [_option(item, value) for value in values if value] or None


def _raw_grid(item: Item, form: Form) -> Any:
    cells = {row.id: _first(form, f"{item.id}.r{at}") for at, row in enumerate(item.rows)}
    return {row: _cell(item, value) for row, value in cells.items() if value} or None


def _cell(item: Item, value: str) -> Any:
    if value in MISSING_CODES:
        return _missing(value)
    return _option(item, value) if item.kind is Kind.GRID_SINGLE else value


def places(item: Item) -> int:
    """How many places a ranking asks for."""
    return item.choose or len(item.options)


_RAWS: dict[Kind, Callable[[Item, Form], Any]] = {
    Kind.SINGLE: _raw_single,
    Kind.MULTIPLE: _raw_multiple,
    Kind.RATING: _raw_rating,
    Kind.NUMBER: _raw_plain,
    Kind.TEXT: _raw_plain,
    Kind.RANKING: _raw_ranking,
    Kind.GRID_RATING: _raw_grid,
    Kind.GRID_SINGLE: _raw_grid,
}


def _position(item: Item, answer: Any) -> str:
    """The position of a chosen option; the "other" option is found by its object."""
    for at, option in enumerate(item.options):
        if option.other if isinstance(answer, dict) else option.id == answer:
            return str(at)
    return ""


def _code(answer: Any) -> str:
    """The code of a missing answer; "" where it is none."""
    if isinstance(answer, dict) and "missing" in answer:
        return next(code for code, missing in MISSING_CODES.items() if missing == answer["missing"])
    return ""


def _fill_choice(item: Item, answer: Any) -> Filled:
    if code := _code(answer):
        return {item.id if item.kind in IN_ITS_CHOICES else f"{item.id}.missing": [code]}
    chosen = answer if isinstance(answer, list) else [answer]
    filled = {item.id: [_position(item, one) for one in chosen]}
    texts = [one["other"] for one in chosen if isinstance(one, dict)]
    return filled | ({f"{item.id}.other": texts} if texts else {})


def _fill_plain(item: Item, answer: Any) -> Filled:
    if code := _code(answer):
        return {item.id if item.kind in IN_ITS_CHOICES else f"{item.id}.missing": [code]}
    return {item.id: [str(answer)]}


def _fill_ranking(item: Item, answer: Any) -> Filled:
    if code := _code(answer):
        return {f"{item.id}.missing": [code]}
    return {f"{item.id}.p{place}": [_position(item, one)] for place, one in enumerate(answer)}


def _fill_grid(item: Item, answer: Any) -> Filled:
    def value(cell: Any) -> str:
        return _code(cell) or (_position(item, cell) if item.kind is Kind.GRID_SINGLE else str(cell))

    rows = enumerate(item.rows)
    return {f"{item.id}.r{at}": [value(answer[row.id])] for at, row in rows if row.id in answer}


_FILLS: dict[Kind, Callable[[Item, Any], Filled]] = {
    Kind.SINGLE: _fill_choice,
    Kind.MULTIPLE: _fill_choice,
    Kind.RATING: _fill_plain,
    Kind.NUMBER: _fill_plain,
    Kind.TEXT: _fill_plain,
    Kind.RANKING: _fill_ranking,
    Kind.GRID_RATING: _fill_grid,
    Kind.GRID_SINGLE: _fill_grid,
}
