"""Follow-ups on a one-page ballot without script: an item's condition as a CSS selector on the form.

A browser that knows `:has()` shows a follow-up once its condition holds on the page; any other shows it under
a heading that says for whom it is. A number typed into a box cannot be read by CSS: such a follow-up always
stands there with its heading. What counts is decided by `instrument` at the hand-in, never here.
"""

from canvass.fieldwork.question import field_id
from canvass.instrument import Condition, Instrument, Item, Kind
from canvass.instrument.conditions import ORDERINGS, AllOf, AnyOf, Chosen, Compared, Includes, Not


class NotInCss(Exception):
    """The condition depends on what CSS cannot see."""


def follow_up_rules(questions: Instrument) -> str:
    """The stylesheet that hides follow-ups until their conditions hold; "" where there is nothing to hide."""
    rules = []
    for item in questions:
        selector = revealing_selector(questions, item)
        if selector:
            place = f"#{field_id(item.id)}-part"
            rules.append(f"form:not({selector}) {place}{{display:none}}{place}>.if{{display:none}}")
    return f"@supports selector(:has(a)){{{''.join(rules)}}}" if rules else ""


def revealing_selector(questions: Instrument, item: Item) -> str:
    """The selector that the form matches once the item is asked; "" where CSS cannot tell."""
    if item.ask_if is None:
        return ""
    try:
        return _asked(questions, item)
    except NotInCss:
        return ""


def told_condition(questions: Instrument, item: Item) -> str:
    """For whom the follow-up is, in words."""
    return f"If you answered {_told(questions, item.ask_if)}" if item.ask_if else ""


def _asked(questions: Instrument, item: Item) -> str:
    return _selector(questions, item.ask_if) if item.ask_if else "*"


def _selector(questions: Instrument, condition: Condition) -> str:
    match condition:
        case AllOf(parts):
            return "".join(f":is({_selector(questions, part)})" for part in parts)
        case AnyOf(parts):
            return f":is({','.join(_selector(questions, part) for part in parts)})"
        case Not(part):
            return f":not({_selector(questions, part)})"
        case _:
            return _leaf(questions, condition)


def _leaf(questions: Instrument, condition: Condition) -> str:
    """A comparison holds where one of these fields is ticked and its own item is asked."""
    item = questions.item(next(condition.items()))
    ticked = ",".join(f"#{field}:checked" for field in _fields(item, condition))
    holds = f":has({ticked})" if ticked else ":not(*)"
    own = _asked(questions, item)
    return holds if own == "*" else f":is({own}){holds}"


def _fields(item: Item, condition: Condition) -> list[str]:
    match condition:
        case Chosen(_, ids, sign, row, other):
            among = {o.id for o in item.options if o.id in ids or (other and o.other)}
            wanted = [at for at, o in enumerate(item.options) if (o.id in among) != (sign == "!=")]
        case Includes(_, option_id, _other):
            row, wanted = None, [at for at, o in enumerate(item.options) if o.id == option_id]
        case Compared(_, sign, number, row) if item.kind is not Kind.NUMBER and item.scale:
            wanted = [point for point in item.scale.points() if ORDERINGS[sign](point, number)]
        case _:
            raise NotInCss
    place = field_id(item.id) if row is None else f"{field_id(item.id)}-r{_row_number(item, row)}"
    return [f"{place}-{value}" for value in wanted]


def _row_number(item: Item, row_id: str) -> int:
    return next(at for at, row in enumerate(item.rows) if row.id == row_id)


def _told(questions: Instrument, condition: Condition) -> str:
    match condition:
        case AllOf(parts):
            return " and ".join(_told(questions, part) for part in parts)
        case AnyOf(parts):
            return " or ".join(_told(questions, part) for part in parts)
        case Not(part):
            return f"otherwise than {_told(questions, part)}"
        case _:
            return _told_leaf(questions, condition)


_SIGNS = {"==": "", "!=": "other than ", "<": "under ", "<=": "at most ", ">": "over ", ">=": "at least "}


def _told_leaf(questions: Instrument, condition: Condition) -> str:
    item = questions.item(next(condition.items()))
    match condition:
        case Chosen(_, ids, sign, row, _):
            labels = " or ".join(f"“{item.option(option_id).label}”" for option_id in ids)
            said = f"{'other than ' if sign == '!=' else ''}{labels}"
        case Includes(_, option_id, _):
            row, said = None, f"“{item.option(option_id).label}”"
        case Compared(_, sign, number, row):
            said = f"{_SIGNS[sign]}{number}"
        case _:
            raise NotInCss
    about = f"{item.text} {item.row(row).label}" if row else item.text
    return f"{said} to “{about}”"
