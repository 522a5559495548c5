"""What a member who has finished can do by the 15-minute link: see, change and withdraw their answers."""

from urllib.parse import quote

from canvass.fieldwork import sentences
from canvass.fieldwork.handin import Ballot
from canvass.fieldwork.page import button, calm, form, hidden
from canvass.fieldwork.pages import BallotPages
from canvass.fieldwork.question import Entered, Setting, question_html
from canvass.instrument import Confidentiality

ASKS, DOES = "asks", "yes"


def mail_me(label: str = "Mail me a link to see or change them") -> str:
    """The button that asks for the link; it leads to the page that mails it."""
    return form(hidden("mail_me", "1"), button(label))


def open_again(path: str) -> str:
    """A plain link to the page's own address: a GET, which is answered wherever the visitor comes from."""
    return f'<p><a href="{quote(path)}">Open this page again</a></p>'


def offers_link(pages: BallotPages) -> bool:
    """An anonymous ballot is found by its receipt alone."""
    return pages.facts.level is not Confidentiality.ANONYMOUS


def by_receipt() -> str:
    """The way to the page on which an anonymous ballot is withdrawn."""
    return '<p><a href="/b/withdraw">Withdraw my answers with the receipt</a></p>'


def lost_link(panel: str, poll: str) -> str:
    """The way to the page that mails a member's link again."""
    return f'<p><a href="/join/{panel}/poll/{poll}/link">Send me my link again</a></p>'


def welcome(pages: BallotPages, *, taking: bool) -> str:
    """The page of a link that still opens the answers: see them, or withdraw them."""
    see = _choice("start", "1", "See or change my answers" if taking else "See my answers", main=True)
    withdraw = _choice("withdraw", ASKS, "Withdraw my answers")
    return calm(pages.frame, sentences.YOUR_ANSWERS, _choices(see, withdraw))


def asks(pages: BallotPages) -> str:
    """Withdrawing asks once, naming what is lost."""
    withdraw = _choice("withdraw", DOES, "Withdraw my answers", main=True)
    back = _choice("start", "1", "Keep them and show me")
    return calm(pages.frame, sentences.WITHDRAW_ASKS, _choices(withdraw, back))


def shown(pages: BallotPages, ballot: Ballot) -> str:
    """The answers, question by question, where they can be read and not changed."""
    setting = Setting(pages.facts.pictures, "h2", skipping="")
    questions = "".join(
        question_html(
            pages.journey.items[item], setting, Entered(pages.stored_fields(number, ballot.answers))
        )
        for number, items in enumerate(pages.journey.pages)
        for item in items
        if item in ballot.shown
    )
    withdraw = _choices(_choice("withdraw", ASKS, "Withdraw my answers"))
    return calm(pages.frame, sentences.ANSWERS_SHOWN, f"<fieldset disabled>{questions}</fieldset>{withdraw}")


def _choice(name: str, value: str, label: str, *, main: bool = False) -> str:
    """One of several buttons of a form, told apart by what it sends."""
    return f'<button{" class=go" if main else ""} name={name} value="{value}">{label}</button>'


def _choices(*buttons: str) -> str:
    return form(f"<div class=turn>{''.join(buttons)}</div>")
