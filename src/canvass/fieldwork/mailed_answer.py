"""The answer to the first question that a mail's link carries: shown on the cover, stored with a hand-in."""

from typing import Any
from urllib.parse import parse_qs

from canvass.fieldwork.fields import Form
from canvass.fieldwork.page import hidden
from canvass.fieldwork.pages import CARRIED, BallotPages
from canvass.fieldwork.reading import page_answers


def cover(pages: BallotPages, query: bytes) -> bytes | None:
    """The cover with the answer chosen that the mail's link names: `?a=2`, whatever a mailer added to it."""
    value = parse_qs(query.decode("latin-1")).get("a", [""])[0]
    if not (value.isascii() and value.isdigit() and len(value) <= 3):
        return None
    return pages.cover_with(int(value))


def chosen_on_cover(pages: BallotPages, filled: Form) -> str:
    """The first question's answer as the cover carried it; "" where there is none."""
    values = filled.get(pages.questions.items[0].id, ())
    return values[0] if values and pages.mailable_answer(0) and _readable(pages, values[0]) else ""


def carried(pages: BallotPages, page: int, filled: Form) -> dict[str, Any]:
    """The carried answer in stored form; empty where none is carried, or page 1 itself is handed in."""
    values = filled.get(CARRIED, ())
    if not values or page == 0 or not pages.mailable_answer(0):
        return {}
    return _readable(pages, values[0])


def carried_fields(filled: Form) -> str:
    """The hidden fields that carry the answer on to the next hand-in."""
    return "".join(hidden(CARRIED, value) for value in filled.get(CARRIED, ()))


def _readable(pages: BallotPages, value: str) -> dict[str, Any]:
    first = pages.questions.items[0].id
    return page_answers(pages.journey, (0,), {first: [value]}).answers
