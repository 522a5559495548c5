"""A condition as a sentence for readers: "Asked of those who answered “yes” to “Have you worked …?”." """

from canvass.instrument.conditions import AllOf, AnyOf, Chosen, Compared, Condition, Includes, Not
from canvass.instrument.model import Instrument, Item

_SIGNS = {
    "==": "",
    "!=": "other than ",
    "<": "less than ",
    "<=": "at most ",
    ">": "more than ",
    ">=": "at least ",
}


def in_words(condition: Condition, instrument: Instrument) -> str:
    """One sentence on who is asked an item with this condition."""
    return f"Asked of those who {_said(condition, instrument)}."


def _said(condition: Condition, instrument: Instrument) -> str:
    match condition:
        case AllOf(parts):
            return " and ".join(_bracketed(part, instrument) for part in parts)
        case AnyOf(parts):
            return " or ".join(_bracketed(part, instrument) for part in parts)
        case Not(part):
            return f"are not among those who {_said(part, instrument)}"
        case Chosen():
            return _chosen(condition, instrument.item(condition.item))
        case Includes():
            item = instrument.item(condition.item)
            return f"chose “{item.option(condition.option_id).label}” in answer to “{item.text}”"
        case Compared():
            item = instrument.item(condition.item)
            return f"answered {_SIGNS[condition.sign]}{condition.number} to {_question(item, condition.row)}"
    raise TypeError(type(condition).__name__)


def _is_plain(condition: Condition) -> bool:
    if isinstance(condition, Not):
        return _is_plain(condition.part)
    return isinstance(condition, Chosen | Includes | Compared)


def _bracketed(part: Condition, instrument: Instrument) -> str:
    said = _said(part, instrument)
    return said if _is_plain(part) else f"({said})"


def _chosen(condition: Chosen, item: Item) -> str:
    labels = [f"“{item.option(option_id).label}”" for option_id in condition.option_ids]
    *others, last = labels
    options = f"{', '.join(others)} or {last}" if others else last
    negated = "other than " if condition.sign == "!=" else ""
    return f"answered {negated}{options} to {_question(item, condition.row)}"


def _question(item: Item, row: str | None) -> str:
    return f"“{item.text}”" if row is None else f"“{item.row(row).label}” under “{item.text}”"
