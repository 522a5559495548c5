"""A poll as its members will see it, clickable from page to page, with nothing stored anywhere.

The state of the click-through is the form itself: `at` is the page it left, and the fields of all other pages
travel as hidden fields.
"""

from collections.abc import Mapping, Sequence

from canvass.fieldwork.ballotbox import checked
from canvass.fieldwork.fields import Form
from canvass.fieldwork.handin import Turn
from canvass.fieldwork.journey import Journey
from canvass.fieldwork.page import hidden
from canvass.fieldwork.pages import BallotPages
from canvass.fieldwork.reading import page_answers
from canvass.fieldwork.sentences import PollFacts
from canvass.instrument import Instrument

_OWN = ("at", "go")


def preview_page(
    questions: Instrument,
    state: Form,
    *,
    panel: str = "Preview",
    pictures: str = "/pictures/",
    carry: Mapping[str, str] | None = None,
) -> bytes:
    """The page that follows `state` (a posted form: names and their values; empty: the cover).

    `carry` are fields of the caller's own that each form hands on, such as a CSRF token. Pure: the same
    state gives the same bytes.
    """
    facts = PollFacts(panel, questions.confidentiality, questions.closes, pictures)
    return _Preview(BallotPages(Journey.of(questions), facts), state, carry or {}).page().encode()


def preview_policy(questions: Instrument) -> str:
    """The Content-Security-Policy under which a previewed page is shown inside the desk."""
    facts = PollFacts("", questions.confidentiality, questions.closes)
    policy = BallotPages(Journey.of(questions), facts).frame.policy.decode()
    return policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


class _Preview:
    def __init__(self, pages: BallotPages, state: Form, carry: Mapping[str, str]) -> None:
        self.pages, self.state, self.carry = pages, state, carry
        self.journey = pages.journey

    def page(self) -> str:
        at = "".join(self.state.get("at", ()))
        if not at:
            return self.pages.cover_page(begin=hidden("at", "cover") + self._carried())
        if at == "cover":
            return self._show(self.journey.first())
        known = at.isdecimal() and len(at) < 4 and int(at) < len(self.journey.pages)
        return self._after(int(at) if known else 0)

    def _after(self, at: int) -> str:
        found = page_answers(self.journey, (at,), self.state)
        if found.faults:
            return self._show(at, found.faults)
        goes_to = self._goes_to(at)
        return (
            self.pages.thanks("0-SAMP-LERE-CEIP-TSAM-PLER-ECEI", "")
            if goes_to is None
            else self._show(goes_to)
        )

    def _goes_to(self, at: int) -> int | None:
        turn = "".join(self.state.get("go", ()))
        answers = self._answers()
        if turn == Turn.BACK:
            return self.journey.before(at, answers)
        return at if turn == Turn.CLEAR else self.journey.after(at, answers)

    def _answers(self) -> dict[str, object]:
        """What was answered so far, as far as it can be read."""
        answers: dict[str, object] = {}
        for number in range(len(self.journey.pages)):
            found = page_answers(self.journey, (number,), self.state)
            answers |= checked(self.journey, found.answers).answers
        return answers

    def _show(self, page: int, faults: Mapping[str, str] | None = None) -> str:
        cleared = "".join(self.state.get("go", ())) == Turn.CLEAR
        filled: Form = {} if cleared else self.state
        slot = hidden("at", str(page)) + self._carried() + self._other_pages(page)
        return self.pages.page(page, slot, filled, faults)

    def _carried(self) -> str:
        return "".join(hidden(name, value) for name, value in self.carry.items())

    def _other_pages(self, page: int) -> str:
        here = tuple(self.journey.pages[page])
        fields = (
            (name, values)
            for name, values in self.state.items()
            if name not in _OWN and name not in self.carry and name.split(".")[0] not in here
        )
        return "".join(_all_hidden(name, values) for name, values in fields)


def _all_hidden(name: str, values: Sequence[str]) -> str:
    return "".join(hidden(name, value) for value in values)
