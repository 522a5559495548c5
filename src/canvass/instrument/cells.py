"""One cell of an answers file as a raw answer: options by label, trimmed and case-folded, else by id."""

from collections.abc import Callable
from typing import Any

from canvass.instrument.model import Item, Kind, Missing, Option

type ReadCell = Callable[[str], Any]

NOTHING_CHOSEN: list[Any] = []


class UnknownCell(ValueError):
    """The cell says nothing that the item offers: what is wrong, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


class Offered:
    """The options and kinds of missing of one item, by the words that an answers file may use."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self._options = {option.id.casefold(): option for option in item.options}
        self._options |= {option.label.casefold(): option for option in item.options}
        self._missing = {
            label.casefold(): {"missing": missing.value}
            for missing in Missing
            if (label := item.missing_label(missing))
        }
        self._other = next((option for option in item.options if option.other), None)

    def missing(self, text: str) -> dict[str, str] | None:
        """The kind of missing that the text says, if any."""
        return self._missing.get(text.strip().casefold())

    def choice(self, text: str) -> Any:
        """The option (or kind of missing) that the text says: an id, or an object. Raises UnknownCell."""
        words = text.strip()
        missing = self.missing(words)
        if missing is not None:
            return missing
        option = self._options.get(words.casefold())
        if option is not None:
            return {"other": ""} if option.other else option.id
        return {"other": self._other_text(words)}

    def _other_text(self, words: str) -> str:
        """The text after the label of the "other" option, as in "something else: tea"."""
        for name in (self._other.label, self._other.id) if self._other else ():
            label, colon, rest = words[: len(name)], words[len(name) : len(name) + 1], words[len(name) + 1 :]
            if label.casefold() == name.casefold() and colon == ":":
                return rest.strip()
        raise UnknownCell(
            f'"{words[:80]}" is not an option.', f"The options are: {_listed(self.item.options)}."
        )

    def other(self, text: str) -> dict[str, str]:
        """The text of the "other" option. Raises UnknownCell where there is none."""
        if self._other is None:
            raise UnknownCell("No option opens a text box.", "Mark one with other: true in the poll file.")
        return {"other": text.strip()}


def cell_reader(item: Item) -> ReadCell:
    """What reads a cell of the item (for a grid: of one of its rows); None for an empty cell."""
    offered = Offered(item)
    read = _READERS[item.kind]

    def read_cell(text: str) -> Any:
        if not text.strip():
            return None
        missing = offered.missing(text)
        return missing if missing is not None else read(offered, text)

    return read_cell


def flag_reader(item: Item, words: str) -> ReadCell:
    """What reads a 0/1 column of one option; a column of the "other" option may hold its text instead."""
    choice = Offered(item).choice(words)
    is_other = isinstance(choice, dict) and "other" in choice
    is_missing = isinstance(choice, dict) and "missing" in choice

    def read_cell(text: str) -> Any:
        flag = text.strip()
        if flag in ("", "0", "0.0"):
            return None if not flag else NOTHING_CHOSEN
        if flag in ("1", "1.0"):
            return choice if is_missing else [choice]
        if is_other:
            return [{"other": flag}]
        raise UnknownCell(
            f'"{flag[:80]}" is neither 0 nor 1.', "Write 1 where the option was chosen, else 0."
        )

    return read_cell


def _single(offered: Offered, text: str) -> Any:
    return offered.choice(text)


def _multiple(offered: Offered, text: str) -> Any:
    return [offered.choice(piece) for piece in text.split(";") if piece.strip()]


def _ranking(offered: Offered, text: str) -> Any:
    return [offered.choice(piece) for piece in text.split(">") if piece.strip()]


def _as_it_is(_: Offered, text: str) -> Any:
    return text


_READERS: dict[Kind, Callable[[Offered, str], Any]] = {
    Kind.SINGLE: _single,
    Kind.GRID_SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.RANKING: _ranking,
    Kind.RATING: _as_it_is,
    Kind.GRID_RATING: _as_it_is,
    Kind.NUMBER: _as_it_is,
    Kind.TEXT: _as_it_is,
}


def _listed(options: tuple[Option, ...]) -> str:
    return ", ".join(f'"{option.label}"' for option in options[:12]) + (" …" if len(options) > 12 else "")
