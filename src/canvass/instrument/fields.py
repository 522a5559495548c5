"""The fields of one mapping, read one by one; whatever does not fit becomes a fault and a default."""

import math
import re
import unicodedata
from collections.abc import Iterable

from canvass.instrument.faults import Faults, did_you_mean, quoted
from canvass.instrument.yamltree import Mapping, Node, Scalar, Sequence

MAX_LABEL = 300
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII)


def tidy(text: str) -> str:
    """Text as it is kept: NFC, LF, no space around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class Fields:
    """A mapping of the poll file. Each read names the key; unknown keys are faults at once."""

    def __init__(self, node: Mapping, faults: Faults, known: Iterable[str], *, item: str = "") -> None:
        self.node = node
        self.faults = faults
        self.item = item
        self._refuse_unknown(tuple(known))

    def _refuse_unknown(self, known: tuple[str, ...]) -> None:
        for key in self.node.nodes:
            if key not in known:
                self.fault(key, f"{quoted(key)} is not a key here.", self._remedy(key, known))

    def _remedy(self, key: str, known: tuple[str, ...]) -> str:
        value = self.get(key)
        if isinstance(value, Scalar) and not value.text:  # {label: tea, or coffee} has the key "or coffee"
            return "Put text that holds a comma or a question mark in double quotes."
        return did_you_mean(key, known)

    def __contains__(self, key: str) -> bool:
        return key in self.node.nodes

    def line(self, key: str) -> int:
        return self.node.key_lines.get(key, self.node.line)

    def fault(self, key: str, problem: str, remedy: str) -> None:
        self.faults.add(self.line(key), problem, remedy, item=self.item)

    def get(self, key: str) -> Node | None:
        return self.node.nodes.get(key)

    def text(self, key: str, *, required: bool = False, limit: int = MAX_LABEL, lines: bool = False) -> str:
        """The text under the key; "" where it is missing or at fault."""
        node = self.get(key)
        if node is None:
            if required:
                self.fault(key, f"{key} is missing.", f"Add {key}.")
            return ""
        if not isinstance(node, Scalar):
            self.fault(key, f"{key} is not plain text.", "Write text; put [ ] and { } in double quotes.")
            return ""
        return self._fitting(key, tidy(node.text), limit, lines)

    def _fitting(self, key: str, text: str, limit: int, lines: bool) -> str:
        if not text:
            self.fault(key, f"{key} is empty.", "Give it a value or remove the line.")
        elif len(text) > limit:
            self.fault(key, f"{key} has {len(text):,} characters.", f"Use at most {limit:,}.")
        elif "\n" in text and not lines:
            self.fault(key, f"{key} runs over several lines.", "Write it as one line.")
        return text

    def flag(self, key: str) -> bool:
        text = self.text(key) if key in self else "false"
        if text not in ("true", "false", ""):
            self.fault(key, f"{key} is {quoted(text)}.", "Write true or false.")
        return text == "true"

    def number(self, key: str) -> int | float | None:
        """A finite number, whole ones as int; None where it is missing or at fault."""
        text = self.text(key) if key in self else ""
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            wrong = f"{key} is {quoted(text)}, which is not a number."
            self.fault(key, wrong, "Write figures, such as 10 or 2.5.")
            return None
        return as_number(text)

    def whole(self, key: str, *, low: int, high: int) -> int | None:
        number = self.number(key)
        if number is None:
            return None
        if not isinstance(number, int) or not low <= number <= high:
            self.fault(key, f"{key} is {number}.", f"Write a whole number from {low:,} to {high:,}.")
            return None
        return number

    def one_of(self, key: str, known: Iterable[str], default: str = "") -> str:
        """One of the known words; the default where it is missing or at fault."""
        text = self.text(key) if key in self else ""
        offered = list(known)
        if text and text not in offered:
            self.fault(key, f"{key} is {quoted(text)}, which is not known.", did_you_mean(text, offered))
        return text if text in offered else default

    def nodes(self, key: str, *, required: bool = True) -> list[Node]:
        """The entries of a list; empty where it is missing or at fault."""
        node = self.get(key)
        if isinstance(node, Sequence):
            if not node.nodes:
                self.fault(key, f"{key} is empty.", "List at least one.")
            return node.nodes
        if node is not None:
            self.fault(key, f"{key} is not a list.", f"Write {key} as [a, b] or as lines that begin with -.")
        elif required:
            self.fault(key, f"{key} is missing.", f"Add {key}.")
        return []


def as_number(text: str) -> int | float:
    """The number that the figures say; whole ones as int, so that 3.0 and 3 are stored alike."""
    value = float(text)
    return int(value) if math.isfinite(value) and value.is_integer() else value
