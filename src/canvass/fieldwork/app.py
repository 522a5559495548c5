"""The ballot: a small ASGI application in front of Django. One address a member and poll, `/b/<link>`.

GET serves static bytes. Every POST that hands something in is answered only after its batch was committed.
Nothing here logs a link or an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from canvass.fieldwork import answers_link, mailed_answer, returning, sentences
from canvass.fieldwork.ballotkeys import new_receipt
from canvass.fieldwork.directory import Directory, KnownPoll
from canvass.fieldwork.fields import Form
from canvass.fieldwork.formdata import FormFault, decode_form
from canvass.fieldwork.groupcommit import GroupCommit, QueueFull, WorkFailed
from canvass.fieldwork.handin import NEVER_STARTED, Ballot, Claim, Fate, HandIn, Outcome, Standing, Turn
from canvass.fieldwork.http import (
    FORGET,
    RETRY_AFTER,
    REVALIDATE,
    BodyTooLarge,
    HungUp,
    Receive,
    Scope,
    Send,
    compressed,
    header,
    page_headers,
    read_body,
    respond,
)
from canvass.fieldwork.links import Link, LinkFault, LinkKeys, read_link
from canvass.fieldwork.page import Frame, button, calm, form, hidden
from canvass.fieldwork.pages import CARRIED, BallotPages
from canvass.fieldwork.reading import PageAnswers, page_answers
from canvass.fieldwork.sentences import Message
from canvass.fieldwork.stamps import Stamp, StampFault, make_stamp, read_stamp
from canvass.fieldwork.withdrawing import WithdrawalPage
from canvass.instrument import Confidentiality

PREFIX = "/b/"
MAILS_LINK = "/answers/"  # the page, outside this app, that mails the 15-minute link
WITHDRAWAL = "/b/withdraw"
_SAME_SITE = (b"", b"same-origin", b"none")
_TRY_AGAIN = form(hidden("start", "1"), button("Try again"))
_REFUSALS = {
    Fate.UNKNOWN: sentences.UNKNOWN,
    Fate.NOT_OPEN: sentences.NOT_OPEN,
    Fate.ALREADY: sentences.WITHDRAWN_BEFORE,  # but for an anonymous ballot
}


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its bytes and how it may be kept."""

    body: bytes
    policy: bytes
    status: int = 200
    cache: bytes = REVALIDATE
    location: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A genuine link at a poll that is there."""

    token: str
    link: Link
    known: KnownPoll
    pass_: str = ""  # what stands after the link in a 15-minute link
    opens: bool = False  # the answers, now

    @property
    def path(self) -> str:
        return f"{PREFIX}{self.token}{answers_link.MARK if self.pass_ else ''}{self.pass_}"

    def is_too_late(self, filled: Form) -> bool:
        """Whether it asks for answers that nobody can find any more."""
        asks = bool(self.pass_) or "mail_me" in filled or "withdraw" in filled
        return asks and self.known.keys is None


class BallotApp:
    def __init__(
        self,
        directory: Directory,
        links: LinkKeys,
        starts: GroupCommit[Claim, Standing],
        hand_ins: GroupCommit[HandIn, Outcome],
        withdrawal: WithdrawalPage,
    ) -> None:
        self.directory = directory
        self.links = links
        self.starts = starts
        self.hand_ins = hand_ins
        self.withdrawal = withdrawal
        self.plain = Frame("Canvass")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        try:
            if method == "POST":
                page = await self.post(scope, receive)
            elif method in ("GET", "HEAD"):
                page = await self.get(scope)
            else:
                await respond(send, 405, [(b"allow", b"GET, HEAD, POST")], b"")
                return
        except HungUp:
            return
        headers = page_headers(page.policy, page.cache)
        if page.location:
            headers.append((b"location", page.location.encode()))
        if page.status == 503:
            headers.append((b"retry-after", RETRY_AFTER))
        body = compressed(scope, headers, page.body)
        await respond(send, page.status, headers, body, head=method == "HEAD")

    async def get(self, scope: Scope) -> Page:
        """The cover, the same for everybody; or why there is none."""
        if scope["path"] == WITHDRAWAL:
            return Page(self.withdrawal.shown().encode(), self.withdrawal.frame.policy)
        try:
            visit = await self.visit(scope["path"])
        except (QueueFull, WorkFailed):
            return self.say(sentences.BUSY)
        if isinstance(visit, Page):
            return visit
        pages = visit.known.pages
        if visit.known.window.state == "withdrawn" and not visit.pass_:
            return self.closed(visit, pages)
        if visit.known.window.state == "scheduled" or pages is None:
            return self.say(sentences.NOT_OPEN, visit.known)
        if visit.pass_:
            return self.returned(visit, pages)
        if not visit.known.taking:
            return self.closed(visit, pages)
        return Page(mailed_answer.cover(pages, scope["query_string"]) or pages.cover, pages.frame.policy)

    async def visit(self, path: str) -> Visit | Page:
        """Whom the link speaks for, and at which poll; or the page that says it does not work."""
        token, _, pass_ = path[len(PREFIX) :].partition(answers_link.MARK)
        try:
            link = read_link(self.links, token)
        except LinkFault:
            return self.say(sentences.BAD_LINK)
        known = await self.directory.find(link.poll)
        if known is None:
            return self.say(sentences.BAD_LINK)
        if link.key_id < known.window.oldest_link_key:
            return self.stopped(known)
        opens = bool(pass_) and answers_link.opens(self.links.get(link.key_id), token, pass_, now=known.now())
        return Visit(token, link, known, pass_, opens)

    def returned(self, visit: Visit, pages: BallotPages) -> Page:
        """What a 15-minute link shows: never an answer before a button is pressed."""
        if visit.is_too_late({}):
            return self.say(sentences.APART, visit.known)
        if not visit.opens:
            return self.say(sentences.LINK_OVER, visit.known, returning.mail_me("Mail me a new link"))
        body = returning.welcome(pages, taking=visit.known.taking)
        return Page(body.encode(), pages.frame.policy)

    def closed(self, visit: Visit, pages: BallotPages | None) -> Page:
        """The poll is over; while answers can be found, a link to them is offered."""
        withdrawn = visit.known.window.state == "withdrawn"
        message = sentences.POLL_WITHDRAWN if withdrawn else sentences.CLOSED
        offers = visit.known.keys is not None and pages is not None and returning.offers_link(pages)
        label = "Mail me a link to see or withdraw my answers"
        return self.say(message, visit.known, returning.mail_me(label) if offers else "")

    def stopped(self, known: KnownPoll) -> Page:
        """The link is in use no more; while the poll takes answers, another is offered."""
        window = known.window
        more = returning.lost_link(window.panel, window.slug) if known.taking else ""
        return self.say(sentences.STOPPED, known, more)

    async def post(self, scope: Scope, receive: Receive) -> Page:
        """Start, or a page handed in."""
        if header(scope, b"sec-fetch-site") not in _SAME_SITE:
            return self.say(sentences.OTHER_SITE, more=returning.open_again(scope["path"]))
        try:
            filled = decode_form(await read_body(receive))
            if scope["path"] == WITHDRAWAL:
                return await self.withdraw(filled)
            visit = await self.visit(scope["path"])
        except BodyTooLarge:
            return self.say(sentences.TOO_LARGE)
        except FormFault:
            return self.say(sentences.UNREADABLE)
        except (QueueFull, WorkFailed):
            return self.say(sentences.BUSY)
        if isinstance(visit, Page):
            return visit
        if visit.is_too_late(filled):
            return self.say(sentences.APART, visit.known)
        if "mail_me" in filled:
            return Page(b"", self.plain.policy, 307, FORGET, f"{MAILS_LINK}{visit.token}")
        if "withdraw" in filled:
            return await self.withdraw_mine(visit, filled)
        return await (self.start(visit, filled) if "start" in filled else self.take(visit, filled))

    async def withdraw_mine(self, visit: Visit, filled: Form) -> Page:
        """By a link that opens the answers: ask once, then delete the ballot and count it."""
        pages = visit.known.pages
        if not visit.opens or pages is None:
            return self.say(sentences.LINK_OVER, visit.known, returning.mail_me("Mail me a new link"))
        if filled["withdraw"] != [returning.DOES]:
            return Page(returning.asks(pages).encode(), pages.frame.policy)
        try:
            standing = await self.starts.submit(_claim(visit, Stamp(0, 0, NEVER_STARTED)))
            if standing.ballot is None:
                gone = visit.known.apart  # it may lie there under the poll's key
                return self.say(sentences.APART if gone else sentences.WITHDRAWN_BEFORE, visit.known)
            await self.withdrawal.delete((standing.ballot.panel, visit.link.poll, standing.key))
        except (QueueFull, WorkFailed):
            return self.say(sentences.BUSY, visit.known)
        return self.say(sentences.WITHDRAWN, visit.known)

    async def withdraw(self, filled: Form) -> Page:
        message = await self.withdrawal.withdraw(filled)
        body = self.withdrawal.shown(message, filled).encode()
        return Page(body, self.withdrawal.frame.policy, status=message.status)

    async def start(self, visit: Visit, filled: Form) -> Page:
        """The first page, or the one that a member who comes back had last."""
        known = visit.known
        receipt = new_receipt(visit.link.poll) if known.window.level is Confidentiality.ANONYMOUS else ""
        claim = _claim(visit, Stamp(0, 0, NEVER_STARTED, receipt))
        try:
            standing = await self.starts.submit(claim)
            unchanging = standing.fate in (Fate.CLOSED, Fate.STOPPED)
            if unchanging and visit.opens and standing.ballot is not None:
                return await self.read_only(visit, standing.ballot)
            if not standing.fate.kept:
                return self.refuse(visit, standing.fate)
            version = standing.ballot.version if standing.ballot else known.window.version
            pages = await self.directory.version(known, version)
        except (QueueFull, WorkFailed):
            return self.say(sentences.BUSY, known, _TRY_AGAIN)
        if pages is None:
            return self.say(sentences.NOT_OPEN, known)
        if standing.finished and not visit.opens:
            more = returning.mail_me() if returning.offers_link(pages) else ""
            return Page(pages.finished(more).encode(), pages.frame.policy)
        return self.first_page(visit, pages, standing, Stamp(version, 0, standing.now, receipt), filled)

    def first_page(
        self, visit: Visit, pages: BallotPages, standing: Standing, stamp: Stamp, filled: Form
    ) -> Page:
        """Where a member begins or goes on; an answer chosen in the mail is carried along, not stored."""
        journey, ballot = pages.journey, standing.ballot
        chosen = mailed_answer.chosen_on_cover(pages, filled)
        if ballot is not None:
            again = visit.opens and standing.finished
            number = journey.first() if again else journey.last_shown(ballot.shown, ballot.answers)
            return self.filled_page(visit, pages, replace(stamp, page=number), ballot.answers, chosen)
        number = journey.first()
        if chosen and not pages.one_page:
            answers = page_answers(journey, (0,), {pages.questions.items[0].id: [chosen]}).answers
            number = journey.after(0, answers) or 0
        return self.filled_page(visit, pages, replace(stamp, page=number), {}, chosen)

    async def read_only(self, visit: Visit, ballot: Ballot) -> Page:
        """The answers to a poll that has closed, or of a member who has paused or left."""
        pages = await self.directory.version(visit.known, ballot.version)
        if pages is None:
            return self.say(sentences.CLOSED, visit.known)
        return Page(returning.shown(pages, ballot).encode(), pages.frame.policy, cache=FORGET)

    def refuse(self, visit: Visit, fate: Fate) -> Page:
        """Why nothing was stored."""
        if fate is Fate.CLOSED:
            return self.closed(visit, visit.known.pages)
        if fate is Fate.STOPPED:
            return self.stopped(visit.known)
        if fate is Fate.ALREADY and visit.known.window.level is Confidentiality.ANONYMOUS:
            return self.say(sentences.ALREADY, visit.known, returning.by_receipt())
        return self.say(_REFUSALS[fate], visit.known)

    async def take(self, visit: Visit, filled: Form) -> Page:
        """A page handed in: check it, store it, and show what follows."""
        key = self.links.get(visit.link.key_id)
        try:
            stamp = read_stamp(key, visit.token, "".join(filled.get("stamp", ())))
        except StampFault:
            return self.say(sentences.STALE, visit.known, returning.open_again(visit.path))
        try:
            pages = await self.directory.version(visit.known, stamp.version)
            if pages is None or stamp.page >= len(pages.journey.pages):
                return self.say(sentences.STALE, visit.known, returning.open_again(visit.path))
            return await self.hand_in(visit, pages, stamp, filled)
        except (QueueFull, WorkFailed):
            return self.again(visit, stamp, filled, sentences.BUSY)

    async def hand_in(self, visit: Visit, pages: BallotPages, stamp: Stamp, filled: Form) -> Page:
        turn = _turn(filled)
        carried = mailed_answer.carried(pages, stamp.page, filled)
        found = PageAnswers() if turn is Turn.CLEAR else page_answers(pages.journey, (stamp.page,), filled)
        if found.faults:
            return self.faulty(visit, pages, stamp, filled, found)
        numbers = (0, stamp.page) if carried else (stamp.page,)
        hand_in = HandIn(
            claim=_claim(visit, stamp),
            journey=pages.journey,
            version=stamp.version,
            pages=numbers,
            answers={**carried, **found.answers},
            turn=turn,
        )
        outcome = await self.hand_ins.submit(hand_in)
        return await self.follow(visit, pages, stamp, outcome)

    async def follow(self, visit: Visit, pages: BallotPages, stamp: Stamp, outcome: Outcome) -> Page:
        """The page that a hand-in's fate leads to."""
        if not outcome.fate.kept:
            return self.refuse(visit, outcome.fate)
        if outcome.goes_to is None:
            return Page(pages.thanks(stamp.receipt, visit.known.after).encode(), pages.frame.policy)
        ballot = outcome.ballot
        assert ballot is not None
        if ballot.version != stamp.version:  # begun on another version in another tab
            pages = await self.directory.version(visit.known, ballot.version) or pages
        following = replace(stamp, version=ballot.version, page=outcome.goes_to)
        return self.filled_page(visit, pages, following, ballot.answers, "")

    def filled_page(
        self, visit: Visit, pages: BallotPages, stamp: Stamp, answers: Mapping[str, Any], chosen: str
    ) -> Page:
        """A page of questions with what is stored, as static halves where nothing is."""
        slot = self.slot(visit, stamp)
        stored = pages.stored_fields(stamp.page, answers) if answers else {}
        if not stored and not chosen:
            before, after = pages.fresh(stamp.page)
            return Page(b"%b%b%b" % (before, slot.encode(), after), pages.frame.policy)
        first = pages.questions.items[0].id
        on_this_page = first in pages.journey.pages[stamp.page]
        if chosen and on_this_page:
            stored = {**stored, first: [chosen]}
        elif chosen:
            slot += hidden(CARRIED, chosen)
        body = pages.page(stamp.page, slot, stored).encode()
        return Page(body, pages.frame.policy, cache=FORGET if answers else REVALIDATE)

    def faulty(
        self, visit: Visit, pages: BallotPages, stamp: Stamp, filled: Form, found: PageAnswers
    ) -> Page:
        """The page again with what was entered, and what is wrong with it."""
        slot = self.slot(visit, stamp) + mailed_answer.carried_fields(filled)
        body = pages.page(stamp.page, slot, filled, found.faults)
        return Page(body.encode(), pages.frame.policy, status=422)

    def again(self, visit: Visit, stamp: Stamp, filled: Form, note: Message) -> Page:
        """The page again with what was entered, because it could not be stored just now."""
        pages = visit.known.versions.get(stamp.version)
        if pages is None:
            return self.say(note, visit.known)
        slot = self.slot(visit, stamp) + mailed_answer.carried_fields(filled)
        body = pages.page(stamp.page, slot, filled, note=note)
        return Page(body.encode(), pages.frame.policy, status=note.status)

    def slot(self, visit: Visit, stamp: Stamp) -> str:
        text = make_stamp(self.links.get(visit.link.key_id), visit.token, stamp)
        return f'<input type=hidden name=stamp value="{text}">'

    def say(self, message: Message, known: KnownPoll | None = None, more: str = "") -> Page:
        frame = known.frame if known else self.plain
        return Page(calm(frame, message, more).encode(), frame.policy, status=message.status)


def _claim(visit: Visit, stamp: Stamp) -> Claim:
    keys, member = visit.known.keys, visit.link.member
    if keys is None:  # long over: the window will say that it is closed
        return Claim(visit.link.poll, "", None, member, visit.link.key_id)
    key = keys.receipt(stamp.receipt) if stamp.receipt else keys.member(member)
    return Claim(visit.link.poll, key, keys.linked(member), member, visit.link.key_id, stamp.started)


def _turn(filled: Form) -> Turn:
    said = "".join(filled.get("go", ()))
    return Turn(said) if said in (Turn.BACK, Turn.CLEAR) else Turn.NEXT
