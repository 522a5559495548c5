"""Conditions of `ask_if`, as a frozen tree. Text becomes a tree in `condition_text`, never code.

A comparison holds or does not; an answer that is missing, not asked, not applicable or withheld makes it
false, `!=` too. Answers are in stored form, and only those that count (`routing.live`).
"""

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

type Answers = Mapping[str, Any]

ORDERINGS: dict[str, Callable[[float, float], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Condition(ABC):
    """When an item is asked. `str(condition)` is its text again."""

    __slots__ = ()

    @abstractmethod
    def holds(self, answers: Answers) -> bool:
        """Whether it holds for these answers (stored form, only those that count)."""

    @abstractmethod
    def items(self) -> Iterator[str]:
        """The ids of the items it names, in order; one named twice comes twice."""


@dataclass(frozen=True, slots=True)
class Chosen(Condition):
    """A single (or a row of a grid of singles) is, is not, or is one of some options.

    `option_ids` are what is stored; `other` says that the option which opens a text box is among them.
    """

    item: str
    option_ids: tuple[str, ...]
    sign: str  # == != in
    row: str | None = None
    other: bool = False

    def holds(self, answers: Answers) -> bool:
        value = _value(answers, self.item, self.row)
        if isinstance(value, str):
            among = value in self.option_ids
        elif _is_other(value):
            among = self.other
        else:
            return False
        return among != (self.sign == "!=")

    def items(self) -> Iterator[str]:
        yield self.item

    def __str__(self) -> str:
        options = ", ".join(_quoted(option_id) for option_id in self.option_ids)
        return f"{_place(self.item, self.row)} {self.sign} {f'[{options}]' if self.sign == 'in' else options}"


@dataclass(frozen=True, slots=True)
class Includes(Condition):
    """An option is among those chosen in a multiple."""

    item: str
    option_id: str
    other: bool = False

    def holds(self, answers: Answers) -> bool:
        value = answers.get(self.item)
        if not isinstance(value, list | tuple):
            return False
        return self.option_id in value or (self.other and any(_is_other(entry) for entry in value))

    def items(self) -> Iterator[str]:
        yield self.item

    def __str__(self) -> str:
        return f"{self.item} includes {_quoted(self.option_id)}"


@dataclass(frozen=True, slots=True)
class Compared(Condition):
    """A rating, a number or a cell of a grid of ratings, against a number."""

    item: str
    sign: str
    number: int | float
    row: str | None = None

    def holds(self, answers: Answers) -> bool:
        value = _value(answers, self.item, self.row)
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return ORDERINGS[self.sign](value, self.number)

    def items(self) -> Iterator[str]:
        yield self.item

    def __str__(self) -> str:
        return f"{_place(self.item, self.row)} {self.sign} {self.number}"


@dataclass(frozen=True, slots=True)
class Not(Condition):
    part: Condition

    def holds(self, answers: Answers) -> bool:
        return not self.part.holds(answers)

    def items(self) -> Iterator[str]:
        yield from self.part.items()

    def __str__(self) -> str:
        return f"not {_bracketed(self.part, AllOf, AnyOf)}"


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        return all(part.holds(answers) for part in self.parts)

    def items(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.items()

    def __str__(self) -> str:
        return " and ".join(_bracketed(part, AllOf, AnyOf) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        return any(part.holds(answers) for part in self.parts)

    def items(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.items()

    def __str__(self) -> str:
        return " or ".join(_bracketed(part, AnyOf) for part in self.parts)


def _value(answers: Answers, item: str, row: str | None) -> Any:
    value = answers.get(item)
    if row is None:
        return value
    return value.get(row) if isinstance(value, Mapping) else None


def _is_other(value: object) -> bool:
    return isinstance(value, Mapping) and "other" in value


def _bracketed(part: Condition, *looser: type[Condition]) -> str:
    return f"({part})" if isinstance(part, looser) else str(part)


def _place(item: str, row: str | None) -> str:
    return item if row is None else f"{item}[{_quoted(row)}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
