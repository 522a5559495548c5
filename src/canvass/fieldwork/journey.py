"""The way through a poll's pages: which comes next, which came before, what has been shown.

Compiled once for each poll version; routing is recomputed at each step by `instrument.Routing`.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from canvass.instrument import CheckingTable, Instrument, Item, Routing, consent_key

type Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Journey:
    questions: Instrument
    items: Mapping[str, Item]
    checking: CheckingTable
    routing: Routing
    speaks_for: tuple[tuple[str, ...], ...]  # per page: its items, and their consents to be quoted
    all_ids: tuple[str, ...] | None  # where everybody is asked everything

    @classmethod
    def of(cls, questions: Instrument) -> "Journey":
        routing = Routing(questions)
        entries = {item.id: tuple(filter(None, (item.id, consent_key(item)))) for item in questions}
        speaks_for = tuple(tuple(e for item in page for e in entries[item]) for page in routing.pages)
        routed = any(item.ask_if is not None for item in questions)
        all_ids = None if routed else tuple(item.id for item in questions)
        items = {item.id: item for item in questions}
        return cls(questions, items, CheckingTable(questions), routing, speaks_for, all_ids)

    @property
    def pages(self) -> tuple[tuple[str, ...], ...]:
        return self.routing.pages

    def asked(self, answers: Answers) -> tuple[str, ...]:
        """Ids of the items asked given these answers, in the poll's order."""
        return self.all_ids or self.routing.walk(answers)[0]

    def after(self, page: int, answers: Answers) -> int | None:
        """The next page with something to ask; None after the last."""
        if self.all_ids:
            return page + 1 if page + 1 < len(self.pages) else None
        return self.routing.next_page(answers, page)

    def before(self, page: int, answers: Answers) -> int:
        """The page before this one that has something to ask; the same where there is none."""
        previous = self.routing.previous_page(answers, page)
        return page if previous is None else previous

    def first(self) -> int:
        return self.routing.next_page({}) or 0

    def last_shown(self, shown: Container[str], answers: Answers) -> int:
        """The page to come back to: the last one shown that is still asked."""
        asked = set(self.asked(answers))
        for number in range(len(self.pages) - 1, -1, -1):
            if any(item in shown and item in asked for item in self.pages[number]):
                return number
        return self.first()

    def shown(self, before: Container[str], pages: Sequence[int], answers: Answers) -> tuple[str, ...]:
        """What has now been shown: what was before and what stands on these pages, as far as it is asked."""
        now = {item for page in pages for item in self.pages[page]}
        return tuple(item for item in self.asked(answers) if item in now or item in before)
