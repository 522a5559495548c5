"""What the ballot says apart from the questions: plain, calm, without blame; dates in the panel's zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from canvass.instrument import Confidentiality

KEY_LIVES = timedelta(days=14)  # after close; then nobody can connect a ballot with its member


@dataclass(frozen=True, slots=True)
class PollFacts:
    """What a ballot says of its poll besides the questions."""

    panel: str  # as its members read it
    level: Confidentiality
    closes: datetime | None = None  # aware, in the panel's zone; None in the preview of an undated draft
    pictures: str = "/pictures/"

    @property
    def closing_day(self) -> str:
        return day(self.closes) if self.closes else "the closing day"

    @property
    def last_day(self) -> str:
        """Until when a ballot can be found by its member."""
        return day(self.closes + KEY_LIVES) if self.closes else "two weeks after it"


@dataclass(frozen=True, slots=True)
class Message:
    """A page that says one thing: what happened, and what to do."""

    title: str
    lines: tuple[str, ...]
    status: int = 200


def day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def minutes(seconds: int) -> str:
    number = max(1, round(seconds / 60))
    return f"about {number} minute{'' if number == 1 else 's'}"


def confidentiality(facts: PollFacts) -> str:
    """Two sentences: what is done with the answers, and until when they can be seen, changed, withdrawn."""
    match facts.level:
        case Confidentiality.CONFIDENTIAL:
            return (
                "Your answers are confidential: they are kept apart from your name and address, and we "
                "publish figures about groups, never about one person. You can change your answers until "
                f"{facts.closing_day} and see or withdraw them until {facts.last_day}; after that nobody, "
                "including us, can connect them with you."
            )
        case Confidentiality.ANONYMOUS:
            return (
                "Your answers are anonymous: they are stored under a random receipt that is shown to you "
                "alone, apart from your name and address. They are handed in once and cannot be changed; "
                f"with the receipt you can withdraw them until {facts.last_day}, and after that nobody can "
                "tell which are yours."
            )
        case Confidentiality.LINKED:
            return (
                "Your answers are confidential: they are kept apart from your name and address, and only if "
                "you agreed to linking can they be set beside your answers to earlier polls, under a number "
                f"instead of your name. You can change them until {facts.closing_day}, and see or withdraw "
                f"them while you are a member who agreed to linking, otherwise until {facts.last_day}."
            )


def answers_are_in(facts: PollFacts) -> str:
    """The line under the thanks, and what a member reads who comes back."""
    if facts.level is Confidentiality.ANONYMOUS:
        return "Your answers are in. They cannot be changed, and nobody can look them up by your name."
    return f"Your answers are in. You can change them until {facts.closing_day}."


BAD_LINK = Message(
    "This link does not work",
    (
        "It may have been cut off or broken into two lines in the mail.",
        "Open the link in your mail again, or copy the whole of it into the address bar.",
    ),
    404,
)
UNKNOWN = Message(
    "We cannot find your place in this panel",
    ("This link belongs to a membership that is no longer here. Nothing you entered was stored.",),
    404,
)
STOPPED = Message(
    "This link is no longer in use",
    (
        "You have paused or left the panel, or a newer link was sent to you. Nothing was stored.",
        "If you would like to take part, use the link in our latest mail to you.",
    ),
    403,
)
NOT_OPEN = Message("This poll is not open yet", ("Come back with the same link once it has opened.",), 403)
CLOSED = Message(
    "This poll has closed",
    ("Thank you for coming. Answers are no longer taken; those handed in before the close are in.",),
    403,
)
POLL_WITHDRAWN = Message(
    "This poll was withdrawn",
    ("The panel's team has given it up: answers are no longer taken, and those handed in are not counted.",),
    403,
)
ALREADY = Message(
    "You have taken part already",
    (
        "This poll is anonymous: each member can answer it once. What you sent first stands and cannot be "
        "changed; by its receipt it can be withdrawn. Nothing more was stored now.",
    ),
    409,
)
OTHER_SITE = Message(
    "Please start from the link in your mail",
    ("This page was sent from another website, so nothing was stored. Open it again here.",),
    403,
)
STALE = Message(
    "Please start again",
    (
        "This page does not belong to your link any more, so what it held was not stored. "
        "Answers handed in earlier are safe.",
    ),
    400,
)
UNREADABLE = Message(
    "We could not read what your browser sent",
    ("Nothing was stored. Go back, and send the page again; your browser keeps what you entered.",),
    400,
)
TOO_LARGE = Message(
    "That was too much text",
    (
        "Nothing of this page was stored. Go back, where your browser keeps what you entered, "
        "shorten it and send it again.",
    ),
    413,
)
BUSY = Message(
    "Not stored yet",
    (
        "Your answers could not be stored just now. What you entered is still here: wait a little, then "
        "send it again.",
    ),
    503,
)
APART = Message(
    "Nobody can connect answers with you any more",
    (
        "Two weeks after a poll has closed nobody, including us, can tell which answers are whose. So yours "
        "can no longer be shown or withdrawn.",
    ),
    410,
)
RECEIPT_ASKED = Message(
    "Withdraw anonymous answers",
    ("Type the receipt that you were shown after handing in. Your answers are then deleted.",),
)
RECEIPT_UNKNOWN = Message(
    "We cannot find this receipt",
    (
        "Check it letter by letter.",
        "Answers can be withdrawn once, and until two weeks after the poll has closed.",
    ),
    404,
)
WITHDRAWN = Message(
    "Your answers are withdrawn",
    ("They have been deleted. Only how many people withdrew their answers is kept.",),
)
WITHDRAWN_BEFORE = Message(
    "You have withdrawn your answers",
    ("They are deleted. Each member can answer a poll once, so it cannot be answered again.",),
    409,
)
YOUR_ANSWERS = Message(
    "Your answers",
    ("This link shows them for 15 minutes after we mailed it. Your first link shows them to nobody.",),
)
LINK_OVER = Message(
    "This link is too old",
    ("It showed your answers for 15 minutes. Have a new one mailed to you.",),
    410,
)
WITHDRAW_ASKS = Message(
    "Withdraw all your answers to this poll?",
    (
        "They are deleted at once and cannot be brought back. Only how many people withdrew their answers is "
        "kept, and this poll cannot be answered again.",
    ),
)
ANSWERS_SHOWN = Message(
    "Your answers",
    (
        "They can be read and withdrawn, but not changed: the poll is over, or you have paused or left the "
        "panel.",
    ),
)
