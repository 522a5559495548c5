"""From the text of `ask_if` to a condition: tokens, a recursive descent, and the types of what is named.

Grammar, loosest first; strings are in double quotes with \\" and \\\\:

    any        = all { "or" all }
    all        = not { "and" not }
    not        = "not" not | "(" any ")" | comparison
    comparison = item [ "[" string "]" ] sign value
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from canvass.instrument.conditions import (
    ORDERINGS,
    AllOf,
    AnyOf,
    Chosen,
    Compared,
    Condition,
    Includes,
    Not,
)
from canvass.instrument.fields import as_number
from canvass.instrument.model import Item, Kind, Option, Row

MAX_CHARS = 2000
MAX_DEPTH = 20
RESERVED = frozenset({"and", "or", "not", "in", "includes"})
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>-?\d{1,15}(?:\.\d{1,10})?(?![\w.]))
    | (?P<word>[A-Za-z0-9_]+)
    | (?P<string>"(?:[^"\\]|\\["\\])*")
    | (?P<sign>==|!=|<=|>=|<|>|\(|\)|\[|\]|,)
    )""",
    re.VERBOSE | re.ASCII,
)
_NUMERIC = (Kind.RATING, Kind.NUMBER, Kind.GRID_RATING)
_CHOSEN = (Kind.SINGLE, Kind.GRID_SINGLE)


class ConditionError(Exception):
    """The text is not a condition: what is wrong, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


@dataclass(frozen=True, slots=True)
class _Token:
    shape: str  # number word string sign end
    text: str

    @property
    def found(self) -> str:
        return "ends" if self.shape == "end" else f"has {self.text}"


_END = _Token("end", "")


def read_condition(text: str, earlier: Mapping[str, Item]) -> Condition:
    """The condition that the text says about earlier items. Raises ConditionError, UnknownItem."""
    return _Reader(_tokens(text), earlier).read()


class UnknownItem(ConditionError):
    """An item is named that is not among the earlier ones."""

    def __init__(self, item_id: str) -> None:
        self.item_id = item_id
        super().__init__(
            f"ask_if names {item_id}, which is no earlier item.", "Name an earlier item by its id."
        )


def named_items(text: str) -> frozenset[str]:
    """The words of the text that may be item ids; for telling a circle from a plain mistake."""
    words = [token.text for token in _tokens(text) if token.shape in ("word", "number")]
    return frozenset(words) - RESERVED


def _tokens(text: str) -> list[_Token]:
    if len(text) > MAX_CHARS:
        raise ConditionError(f"ask_if has {len(text):,} characters.", f"Use at most {MAX_CHARS:,}.")
    tokens, position = [], 0
    end = len(text.rstrip())
    while position < end:
        found = _TOKEN.match(text, position)
        if not found:
            raise _unreadable(text[position:].strip())
        shape = str(found.lastgroup)
        tokens.append(_Token(shape, found.group(shape)))
        position = found.end()
    return tokens


def _unreadable(rest: str) -> ConditionError:
    if rest.startswith('"'):
        return ConditionError("ask_if has a string without its closing quotation mark.", 'Close it with ".')
    if rest.startswith("="):
        return ConditionError("ask_if has a single =.", "Write == for is and != for is not.")
    return ConditionError(
        f"ask_if cannot be read from {rest[:20]} on.", 'Write it like: item_id == "option".'
    )


class _Reader:
    def __init__(self, tokens: list[_Token], earlier: Mapping[str, Item]) -> None:
        self._tokens = tokens
        self._earlier = earlier
        self._at = 0
        self._depth = 0

    def read(self) -> Condition:
        condition = self._any()
        if self._next is not _END:
            raise ConditionError(
                f"ask_if goes on with {self._next.text} where it should end.",
                'Join comparisons with "and" or "or".',
            )
        return condition

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _took(self, text: str) -> bool:
        if self._next.shape in ("word", "sign") and self._next.text == text:
            self._at += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._took(sign):
            raise ConditionError(
                f"ask_if {self._next.found} where {sign} is expected.", f"Write {sign} there."
            )

    def _any(self) -> Condition:
        parts = [self._all()]
        while self._took("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all(self) -> Condition:
        parts = [self._not()]
        while self._took("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _not(self) -> Condition:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ConditionError(f"ask_if is nested more than {MAX_DEPTH} deep.", "Write it more simply.")
        condition = self._negated_or_plain()
        self._depth -= 1
        return condition

    def _negated_or_plain(self) -> Condition:
        if self._took("not"):
            return Not(self._not())
        if self._took("("):
            condition = self._any()
            self._expect(")")
            return condition
        return self._comparison()

    def _comparison(self) -> Condition:
        item = self._item()
        row = self._row(item)
        sign = self._take()
        if sign.text == "includes":
            return self._includes(item)
        if sign.text != "in" and sign.text not in ORDERINGS:
            raise ConditionError(
                f"ask_if {sign.found} after {item.id}.", "Write one of == != < <= > >= in includes there."
            )
        if item.kind in _NUMERIC:
            return self._compared(item, row, sign.text)
        if item.kind in _CHOSEN:
            return self._chosen(item, row, sign.text)
        raise _misused(item, sign.text)

    def _item(self) -> Item:
        token = self._take()
        if token.shape not in ("word", "number") or token.text in RESERVED:
            raise ConditionError(
                f"ask_if {token.found} where an item's id is expected.",
                'Write it like: item_id == "option".',
            )
        if token.text not in self._earlier:
            raise UnknownItem(token.text)
        return self._earlier[token.text]

    def _row(self, item: Item) -> str | None:
        if not item.kind.is_grid:
            if self._next.text == "[":
                raise ConditionError(
                    f"{item.id} is not a grid, so it has no rows.", f"Compare {item.id} itself."
                )
            return None
        if not self._took("["):
            raise ConditionError(
                f"{item.id} is a grid.", f'Name one of its rows: {item.id}["{item.rows[0].id}"].'
            )
        name = self._string()
        self._expect("]")
        for row in item.rows:
            if name in (row.id, row.label):
                return row.id
        raise ConditionError(f'{item.id} has no row "{name}".', f"Its rows are: {_listed(item.rows)}.")

    def _includes(self, item: Item) -> Condition:
        if item.kind is not Kind.MULTIPLE:
            raise _misused(item, "includes")
        option = _option(item, self._string())
        return Includes(item.id, option.id, other=option.other)

    def _compared(self, item: Item, row: str | None, sign: str) -> Condition:
        if sign == "in":
            raise _misused(item, "in")
        token = self._take()
        if token.shape != "number":
            raise ConditionError(
                f"{item.id} is answered by a number, and ask_if {token.found} there.",
                f"Write a number without quotation marks: {item.id} {sign} 5.",
            )
        return Compared(item.id, sign, as_number(token.text), row)

    def _chosen(self, item: Item, row: str | None, sign: str) -> Condition:
        if sign not in ("==", "!=", "in"):
            raise _misused(item, sign)
        names = self._list() if sign == "in" else [self._string()]
        options = [_option(item, name) for name in names]
        other = any(option.other for option in options)
        return Chosen(item.id, tuple(option.id for option in options), sign, row, other)

    def _list(self) -> list[str]:
        self._expect("[")
        strings = [self._string()]
        while self._took(","):
            strings.append(self._string())
        self._expect("]")
        return strings

    def _string(self) -> str:
        token = self._take()
        if token.shape != "string":
            raise ConditionError(
                f"ask_if {token.found} where text in double quotes is expected.",
                'Put the option in double quotes, such as "yes".',
            )
        return re.sub(r"\\(.)", r"\1", token.text[1:-1])


def _option(item: Item, name: str) -> Option:
    """The option with this id, else with this label, compared exactly."""
    for option in item.options:
        if name == option.id:
            return option
    for option in item.options:
        if name == option.label:
            return option
    raise ConditionError(f'{item.id} has no option "{name}".', f"Its options are: {_listed(item.options)}.")


def _listed(parts: tuple[Option, ...] | tuple[Row, ...]) -> str:
    return ", ".join(f'"{part.id}"' for part in parts[:12]) + (" …" if len(parts) > 12 else "")


_SIGNS = {
    Kind.SINGLE: 'Use == "…", != "…" or in ["…"].',
    Kind.GRID_SINGLE: 'Use == "…", != "…" or in ["…"].',
    Kind.MULTIPLE: 'Use includes "…".',
    Kind.RATING: "Use == != < <= > or >= with a number.",
    Kind.NUMBER: "Use == != < <= > or >= with a number.",
    Kind.GRID_RATING: "Use == != < <= > or >= with a number.",
}


def _misused(item: Item, sign: str) -> ConditionError:
    remedy = _SIGNS.get(item.kind, "Name another item: no condition can be put on this kind.")
    return ConditionError(f"{sign} does not work with {item.id}, which is of kind {item.kind}.", remedy)
