"""What was asked, in words: how each question is answered, and whom it was put to."""

from canvass.instrument.conditions import AllOf, AnyOf, Chosen, Compared, Condition, Includes, Not
from canvass.instrument.model import Instrument, Item, Kind
from canvass.tables import wording

_SIGNS = {
    "==": "was",
    "!=": "was not",
    "<": "was under",
    "<=": "was at most",
    ">": "was over",
    ">=": "was at least",
}


def how_answered(item: Item) -> str:
    """How an item is answered: "Choose one.", "A number from 0 to 200 (children)."."""
    match item.kind:
        case Kind.SINGLE:
            return "Choose one."
        case Kind.MULTIPLE:
            return "Choose all that apply."
        case Kind.GRID_SINGLE:
            return "Choose one for each line."
        case Kind.RATING | Kind.GRID_RATING:
            return _scale(item)
        case Kind.RANKING:
            return f"Put {wording.small_number(item.choose or len(item.options))} in order."
        case Kind.NUMBER:
            return _number(item)
        case _:
            return "An answer in your own words."


def _scale(item: Item) -> str:
    if item.scale is None:
        return "A number."
    ends = ((item.scale.start, item.scale.low), (item.scale.end, item.scale.high))
    words = wording.listed([f"{point} means “{meaning}”" for point, meaning in ends if meaning])
    each = " for each line" if item.kind is Kind.GRID_RATING else ""
    return f"A whole number from {item.scale.start} to {item.scale.end}{each}{f'; {words}' if words else ''}."


def _number(item: Item) -> str:
    limits = {"from": item.minimum, "to": item.maximum}
    span = "".join(
        f" {word} {wording.quantity(value)}" for word, value in limits.items() if value is not None
    )
    return f"A number{span}{f' ({item.unit})' if item.unit else ''}."


def asked_if(item: Item, instrument: Instrument) -> str:
    """Whom an item was put to, in words; "" where it was put to everybody."""
    return "" if item.ask_if is None else f"Asked only if {in_words(item.ask_if, instrument)}."


def in_words(condition: Condition, instrument: Instrument) -> str:
    """A condition with the wording of questions and options in place of their ids."""
    match condition:
        case Chosen():
            return _chosen(condition, instrument)
        case Includes():
            label = _option(instrument.item(condition.item), condition.option_id)
            return f"{_place(condition.item, None, instrument)} included {label}"
        case Compared():
            place = _place(condition.item, condition.row, instrument)
            return f"{place} {_SIGNS[condition.sign]} {wording.quantity(condition.number)}"
        case Not():
            return f"it does not hold that {_part(condition.part, instrument)}"
        case AllOf():
            return " and ".join(_part(part, instrument) for part in condition.parts)
        case AnyOf():
            return " or ".join(_part(part, instrument) for part in condition.parts)
        case _:
            return str(condition)


def _part(part: Condition, instrument: Instrument) -> str:
    words = in_words(part, instrument)
    return f"({words})" if isinstance(part, AllOf | AnyOf) else words


def _chosen(condition: Chosen, instrument: Instrument) -> str:
    item = instrument.item(condition.item)
    options = wording.listed([_option(item, option_id) for option_id in condition.option_ids], "or")
    verb = "was answered, but not with" if condition.sign == "!=" else "was answered with"
    return f"{_place(condition.item, condition.row, instrument)} {verb} {options}"


def _option(item: Item, option_id: str) -> str:
    return f"“{item.option(option_id).label}”"


def _place(item_id: str, row_id: str | None, instrument: Instrument) -> str:
    """The question by its number and words, so that it is found again in the list."""
    item = instrument.item(item_id)
    number = instrument.items.index(item) + 1
    line = f", “{item.row(row_id).label}”" if row_id else ""
    return f"question {number} (“{item.text}”{line})"
