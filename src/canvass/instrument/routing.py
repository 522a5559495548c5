"""Routing: which items a respondent is asked, given the answers so far, and on which pages.

The people who were asked an item are its base. Bases begin here and nowhere else.
"""

from collections.abc import Mapping
from typing import Any

from canvass.instrument.answers import consent_key
from canvass.instrument.model import Instrument, Layout

type Pages = tuple[tuple[str, ...], ...]


class Routing:
    """The routing of one instrument, worked out once; each question to it costs one walk over the items."""

    def __init__(self, instrument: Instrument) -> None:
        ids = tuple(item.id for item in instrument)
        self.pages: Pages = (ids,) if instrument.layout is Layout.ONE_PAGE else tuple((i,) for i in ids)
        self._steps = tuple((item.id, item.ask_if, consent_key(item)) for item in instrument)
        self._page_of = {item_id: number for number, page in enumerate(self.pages) for item_id in page}

    def walk(self, answers: Mapping[str, Any]) -> tuple[tuple[str, ...], dict[str, Any]]:
        """The ids of the items asked, and the answers that count, for answers in stored form.

        An answer left behind by an item that is no longer asked opens nothing: the respondent went back and
        changed their mind.
        """
        ids: list[str] = []
        counting: dict[str, Any] = {}
        for item_id, condition, consent in self._steps:
            if condition is not None and not condition.holds(counting):
                continue
            ids.append(item_id)
            if item_id in answers:
                counting[item_id] = answers[item_id]
                if consent in answers:
                    counting[consent] = answers[consent]
        return tuple(ids), counting

    def next_page(self, answers: Mapping[str, Any], after: int = -1) -> int | None:
        """The number of the first page after this one with an item that is asked; None at the end."""
        numbers = (self._page_of[item_id] for item_id in self.walk(answers)[0])
        return next((number for number in numbers if number > after), None)

    def previous_page(self, answers: Mapping[str, Any], before: int) -> int | None:
        """The number of the last page before this one with an item that is asked; None at the beginning."""
        numbers = (self._page_of[item_id] for item_id in self.walk(answers)[0])
        return max((number for number in numbers if number < before), default=None)


def asked(instrument: Instrument, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the items asked, in order, for answers in stored form."""
    return Routing(instrument).walk(answers)[0]


def live(instrument: Instrument, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that count: those to items that are asked."""
    return Routing(instrument).walk(answers)[1]


def pages(instrument: Instrument) -> Pages:
    """The ids of the items on each page: a page an item (a grid is one page), or all on one."""
    return Routing(instrument).pages
