"""The instrument: what was asked. Frozen values, made by `pollfile.load` and never changed.

Nothing here reads files, clocks or databases. The stored form of an answer is in `answers.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from canvass.instrument.conditions import Condition

PROFILE = "profile/"  # before the name of a field, where an item could stand
WAVE = "wave"  # in a plan: the item is compared with the waves before it


class Kind(StrEnum):
    """How an item is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RATING = "rating"
    GRID_RATING = "grid_rating"
    GRID_SINGLE = "grid_single"
    RANKING = "ranking"
    NUMBER = "number"
    TEXT = "text"

    @property
    def is_grid(self) -> bool:
        return self in (Kind.GRID_RATING, Kind.GRID_SINGLE)


class Confidentiality(StrEnum):
    """Who can connect a ballot with its member, and until when; fixed when a poll opens."""

    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"
    LINKED = "linked"


class Layout(StrEnum):
    ONE_THING = "one_thing"
    ONE_PAGE = "one_page"


class Missing(StrEnum):
    """Why an asked item has no value. "Not answered" is no value at all: the key is absent."""

    NOT_APPLICABLE = "not_applicable"
    PREFER_NOT_TO_SAY = "prefer_not_to_say"


@dataclass(frozen=True, slots=True)
class Picture:
    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Option:
    """One offered answer. `id` is what is stored; `label` is what is read."""

    id: str
    label: str
    exclusive: bool = False
    other: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a grid."""

    id: str
    label: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers from `start` to `end`, with words at both ends."""

    start: int = 0
    end: int = 10
    low: str = ""
    high: str = ""

    def points(self) -> range:
        return range(self.start, self.end + 1)


@dataclass(frozen=True, slots=True)
class Item:
    """One question as put. Fields that a kind does not use keep their defaults."""

    id: str
    kind: Kind
    text: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    scale: Scale | None = None  # of rating and grid_rating
    likert: bool = False  # options in order, the middle one neutral
    choose: int | None = None  # of ranking
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    max_chars: int | None = None
    quote_consent: bool = False
    not_applicable: str = ""
    prefer_not_to_say: str = ""
    ask_if: "Condition | None" = None
    category: str = ""  # as written; `Instrument.category_of` falls back to the poll's
    topic: str = ""
    picture: Picture | None = None
    bank: str = ""  # "ons4.satisfied", or "" for an item of the team's own

    def option(self, option_id: str) -> Option:
        """The option with this id. Raises KeyError."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def row(self, row_id: str) -> Row:
        """The row with this id. Raises KeyError."""
        for row in self.rows:
            if row.id == row_id:
                return row
        raise KeyError(row_id)

    def missing_label(self, missing: Missing) -> str:
        """What the member reads for this kind of missing; "" where it is not offered."""
        return self.not_applicable if missing is Missing.NOT_APPLICABLE else self.prefer_not_to_say


@dataclass(frozen=True, slots=True)
class Instrument:
    """A whole poll as asked. Opening freezes it; answers point to the version that was seen."""

    slug: str
    title: str
    category: str
    items: tuple[Item, ...]
    topic: str = ""
    series: str = ""
    sponsor: str = ""
    confidentiality: Confidentiality = Confidentiality.CONFIDENTIAL
    sensitive: bool = False
    layout: Layout = Layout.ONE_THING
    opens: datetime | None = None  # aware, in the panel's time zone
    closes: datetime | None = None
    intro: str = ""
    plan: tuple[str, ...] = ()

    def item(self, item_id: str) -> Item:
        """The item with this id. Raises KeyError."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def plans(self, item_id: str, by: str) -> bool:
        """Whether a comparison was declared before fieldwork: an item by another, by a field of the profile
        (`role` or `profile/role`), or by `wave`: with the waves before it."""
        return not {f"{item_id} by {by}", f"{item_id} by {PROFILE}{by}"}.isdisjoint(self.plan)

    def category_of(self, item: Item) -> str:
        return item.category or self.category

    def topic_of(self, item: Item) -> str:
        return item.topic or self.topic

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)
