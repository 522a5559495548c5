"""The pages of one poll version, compiled to bytes when first asked for.

Fresh pages are two halves around the person's stamp. Pages with something filled in are made for the person.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from html import escape
from typing import Any

from django.conf import settings

from canvass.fieldwork.fields import Filled, Form, filled_fields
from canvass.fieldwork.journey import Journey
from canvass.fieldwork.page import SLOT, Frame, Halves, button, calm, form, halves, hidden
from canvass.fieldwork.question import Entered, Setting, first_field, question_html
from canvass.fieldwork.reveal import follow_up_rules, told_condition
from canvass.fieldwork.sentences import Message, PollFacts, answers_are_in, confidentiality, day, minutes
from canvass.instrument import Confidentiality, Item, Kind, Layout
from canvass.instrument.advice import seconds

CARRIED = "carried"  # the first question's answer, chosen in the mail, until the next hand-in
type Faults = Mapping[str, str]
_MAY_SKIP = (
    "<p class=note>You can skip any question. Not for you just now? The mail that brought you here has a "
    "link to pause or leave the panel.</p>"
)


class BallotPages:
    """Every page of a poll version. Made once; asked for many times."""

    def __init__(self, journey: Journey, facts: PollFacts) -> None:
        self.journey = journey
        self.facts = facts
        self.questions = journey.questions
        self.one_page = self.questions.layout is Layout.ONE_PAGE
        self.frame = Frame(facts.panel, follow_up_rules(self.questions) if self.one_page else "")
        self._fresh: dict[int, Halves] = {}

    @cached_property
    def cover(self) -> bytes:
        """What every GET shows: the same bytes for everybody."""
        return self.cover_page().encode()

    @lru_cache(maxsize=64)  # noqa: B019  one for each option of the first question, as long as the pages live
    def cover_with(self, option: int) -> bytes | None:
        """The cover with the first question on it and this answer chosen; None where that is not offered."""
        if not self.mailable_answer(option):
            return None
        item = self.questions.items[0]
        entered = Entered({item.id: [self.mailed_value(option)]})
        marked = "Your choice from the mail is marked. Nothing is stored yet."
        setting = Setting(self.facts.pictures, "h2", skipping=marked)
        return self.cover_page(question_html(item, setting, entered)).encode()

    def mailable_answer(self, option: int) -> bool:
        """Whether the first question may be answered by a link in a mail, and has this option."""
        item = self.questions.items[0]
        if self.questions.sensitive or item.kind not in (Kind.SINGLE, Kind.RATING):
            return False
        return 0 <= option < len(item.scale.points() if item.scale and not item.options else item.options)

    def mailed_value(self, option: int) -> str:
        """What the first question's field holds for the option at this position."""
        item = self.questions.items[0]
        return str(item.scale.points()[option] if item.kind is Kind.RATING and item.scale else option)

    def cover_page(self, question: str = "", begin: str = hidden("start", "1")) -> str:
        """What the poll is, and Start. A question that was answered in the mail stands first, with Start.

        begin: the hidden fields that Start sends.
        """
        title = self.questions.title
        start = form(begin, question, button("Start"))
        parts = (start, self._about()) if question else (self._about(), start)
        return self.frame.page(
            f"{title} - {self.facts.panel}",
            f"<h1>{escape(title)}</h1>{''.join(parts)}{_MAY_SKIP}",
            kind="cover",
        )

    def _about(self) -> str:
        """From whom, how long, until when, and what happens to the answers."""
        facts = self.facts
        sponsor = f", for {self.questions.sponsor}" if self.questions.sponsor else ""
        closes = f"{day(facts.closes)}, {facts.closes:%H:%M}" if facts.closes else "not set yet"
        return (
            f"{f'<p>{escape(self.questions.intro)}</p>' if self.questions.intro else ''}"
            f"<p>From {escape(facts.panel)}{escape(sponsor)}.</p>"
            f"<dl><dt>Takes<dd>{minutes(seconds(self.questions))}<dt>Closes<dd>{closes}</dl>"
            f"<p>{escape(confidentiality(facts))}</p>"
        )

    def fresh(self, page: int) -> Halves:
        """The page with nothing filled in, around the slot for the stamp."""
        found = self._fresh.get(page)
        if found is None:
            found = self._fresh[page] = halves(self.page(page, SLOT, {}))
        return found

    def page(
        self, page: int, slot: str, filled: Form, faults: Faults | None = None, note: Message | None = None
    ) -> str:
        """A page of questions. `slot` holds the hidden fields; `note` is what the person must know first."""
        items = [self.journey.items[item_id] for item_id in self.journey.pages[page]]
        faults = faults or {}
        parts = "".join(
            question_html(item, self._setting(page, item), Entered(filled, faults.get(item.id, "")))
            for item in items
        )
        top = f"{_note(note)}{_summary(items, faults)}{self._heading()}"
        total = len(self.journey.pages)
        return self.frame.page(
            f"{'Error: ' if faults else ''}{self._title(page, items)}",
            f"{top}{form(slot, parts, self._turns(page, items))}",
            step=None if total == 1 else (page + 1, total),
            kind="one-page" if self.one_page else "",
        )

    def stored_fields(self, page: int, answers: Mapping[str, Any]) -> Filled:
        """The form fields of this page that show stored answers; empty where it holds none."""
        filled: Filled = {}
        for item_id in self.journey.pages[page]:
            filled |= filled_fields(self.journey.items[item_id], answers)
        return filled

    def thanks(self, receipt: str, after: str) -> str:
        """The last page: thanks, until when answers can be changed, and what the library shows."""
        rest = f"<div class=after>{after}</div>" if after else ""
        if self.facts.level is Confidentiality.ANONYMOUS:
            kept = _receipt(receipt, self.facts)
        else:
            until = self.facts.closing_day
            kept = f"<p>You can change them until {until}: open the link in your mail again.</p>"
        title = "Thank you. Your answers are in."
        return self.frame.page(f"{title} - {self.facts.panel}", f"<h1>{title}</h1>{kept}{rest}", kind="calm")

    def finished(self, mail_me: str = "") -> str:
        """For a member who comes back after the last page. `mail_me` is the form that asks for a link."""
        message = Message("Your answers are in", (answers_are_in(self.facts).split(". ", 1)[1],))
        return calm(self.frame, message, mail_me)

    def _setting(self, page: int, item: Item) -> Setting:
        if not self.one_page:
            return Setting(self.facts.pictures, skipping=f"To skip, press {self._forward(page)}.")
        follow_up = told_condition(self.questions, item)
        return Setting(self.facts.pictures, "h2", skipping="", follow_up=follow_up)

    def _heading(self) -> str:
        return f"<h1>{escape(self.questions.title)}</h1>" if self.one_page else ""

    def _title(self, page: int, items: Sequence[Item]) -> str:
        if self.one_page:
            return f"{self.questions.title} - {self.facts.panel}"
        return f"{items[0].text} - {page + 1} of {len(self.journey.pages)} - {self.questions.title}"

    def _forward(self, page: int) -> str:
        """What the button that goes on is called."""
        if len(self.questions.items) == 1:
            return "Send this answer"
        if self.one_page:
            return "Send my answers"
        return "Finish" if page == len(self.journey.pages) - 1 else "Next"

    def _turns(self, page: int, items: Sequence[Item]) -> str:
        several = len(items) > 1 or items[0].kind.is_grid
        buttons = [button(self._forward(page), go="next")]
        if page > 0:
            buttons.append(button("Back", go="back", main=False))
        buttons.append(button(f"Clear my answer{'s' if several else ''}", go="clear", main=False))
        return f"<div class=turn>{''.join(buttons)}</div>"


def _summary(items: Sequence[Item], faults: Faults) -> str:
    """What is wrong on the page, each line leading to its field; of several questions, which one."""
    if not faults:
        return ""
    lines = "".join(
        f"<li><a href=#{first_field(item)}>{escape(faults[item.id])}</a>"
        f"{escape(item.text) if len(items) > 1 else ''}"
        for item in items
        if item.id in faults
    )
    return (
        "<div class=summary role=alert aria-labelledby=problem><h2 id=problem>There is a problem</h2>"
        f"<ul>{lines}</ul></div>"
    )


def _note(note: Message | None) -> str:
    if note is None:
        return ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in note.lines)
    return f"<div class=summary role=alert><h2>{escape(note.title)}</h2>{lines}</div>"


def _receipt(receipt: str, facts: PollFacts) -> str:
    return (
        "<p>This receipt is shown once and to you alone:</p>"
        f"<p class=receipt>{escape(receipt)}</p>"
        "<p>Write it down, with this address, if you may wish to withdraw your answers: "
        f"<a href=/b/withdraw target=_blank>{escape(settings.BASE_URL)}/b/withdraw</a>. You can do so until "
        f"{facts.last_day}. Nobody can look the receipt up for you.</p>"
    )
