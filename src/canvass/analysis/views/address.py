"""The explorer's address: all that a page shows stands in it, and each link changes one thing of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

STATE = ("row", "by", "among", "merge", "net", "sort", "show", "audience")


@dataclass(frozen=True, slots=True)
class Address:
    """What is picked and how it is shown, as pairs of a key and a value, each once."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, query: QueryDict) -> "Address":
        """Without what is no state: a number that is asked about, a file's format, something typed."""
        return cls._of((key, value) for key in STATE for value in query.getlist(key) if value)

    @classmethod
    def _of(cls, pairs: Iterable[tuple[str, str]]) -> "Address":
        return cls(tuple(dict.fromkeys(pairs)))

    def all(self, key: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.pairs if name == key)

    def first(self, key: str) -> str:
        return next(iter(self.all(key)), "")

    def plus(self, key: str, *values: str) -> "Address":
        return self._of((*self.pairs, *((key, value) for value in values)))

    def without(self, key: str, *values: str) -> "Address":
        """Without these values of a key; without the key where none is named."""
        return Address(
            tuple(
                (name, value) for name, value in self.pairs if name != key or (values and value not in values)
            )
        )

    def without_any(self, key: str, start: str) -> "Address":
        """Without the values of a key that begin so."""
        return Address(
            tuple((name, value) for name, value in self.pairs if name != key or not value.startswith(start))
        )

    def toggled(self, key: str, value: str) -> "Address":
        return self.without(key, value) if value in self.all(key) else self.plus(key, value)

    def __str__(self) -> str:
        return urlencode(self.pairs)
