"""Suggestions on a line: which are shown, how what was shown is kept, and what became of them.

A page that is looked at changes nothing. So a line carries what it shows, signed, and the first thing that
its reader does to the answer stores it with the decision.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.core import signing

from canvass.coding.helping import Learnt, Lesson
from canvass.coding.ledgers import Room
from canvass.words import Fit, Record
from canvass.words.study import MAIN, Node, Offer, Standing, State, StudyRefused, Suggestion, is_substantive

CONTROL = 10  # one answer in so many never has a suggestion
SIGNED = "canvass.coding.offering"


@dataclass(frozen=True, slots=True)
class Offered:
    """One suggestion as it stands on a line."""

    id: str
    node: Node
    reasons: Sequence[str]  # texts of coded answers, the nearest first


@dataclass(frozen=True, slots=True)
class OnShow:
    """What a line shows of suggestions. signed: for its form, to be stored with what is done."""

    offered: Sequence[Offered] = ()
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a line had shown when somebody acted. seconds: for how long."""

    offers: tuple[Offer, ...] = ()
    seconds: float | None = None


NOTHING = Seen()


def is_control(answer: str, salt: str) -> bool:
    """Whether an answer is one of the tenth without suggestions, drawn by the study's salt."""
    drawn = blake2b(answer.encode(), key=salt.encode(), digest_size=8).digest()
    return int.from_bytes(drawn) % CONTROL == 0


def may_see(room: Room, person: str, in_pass: str = MAIN) -> bool:
    """Nobody sees any in a pass, nor while they have a blind one to finish."""
    blind = any(one.blind and one.is_open and one.coder == person for one in room.state.passes.values())
    return in_pass == MAIN and not blind


def on_show(room: Room, answer: str, person: str, in_pass: str, now: datetime) -> OnShow:
    """The suggestions for an answer: those that are open, or new ones where nothing was done to it yet."""
    state = room.state
    if not may_see(room, person, in_pass) or not _is_open(room, answer):
        return OnShow()
    known = suggestions_for(state, answer)
    if known:
        return OnShow([_offered(room, answer, one.offer) for one in known if _is_undecided(state, one)])
    if state.of_answer.get(answer) or room.learnt is None:
        return OnShow()
    found = room.learnt.of.get(answer, ())
    offers = [_offer(person, answer, fit, room.learnt) for fit in found if _is_active(state, fit.code)]
    if not offers:
        return OnShow()
    return OnShow([_offered(room, answer, one) for one in offers], _sign(answer, person, offers, now))


def seen(signed: str, answer: str, person: str, now: datetime) -> Seen:
    """What the form says was shown. Raises StudyRefused where it was not made here for them."""
    if not signed:
        return NOTHING
    try:
        about, to, at, offers = signing.loads(signed, salt=SIGNED)
    except signing.BadSignature as error:
        raise StudyRefused("The suggestions of this line cannot be read. Load the page again.") from error
    if (about, to) != (answer, person):
        raise StudyRefused("The suggestions are of another line. Load the page again.")
    return Seen(
        tuple(Offer(*one) for one in offers),
        round((now - datetime.fromisoformat(at)).total_seconds(), 1),
    )


def suggestions_for(state: State, answer: str) -> list[Suggestion]:
    """What was ever shown for an answer, the first first."""
    return [state.suggestions[one] for one in state.suggestions_of.get(answer, ())]


def open_offers(state: State, answer: str) -> list[Offer]:
    """Those of an answer that nobody has decided on."""
    return [one.offer for one in suggestions_for(state, answer) if not one.decision]


@dataclass(frozen=True, slots=True)
class Figures:
    """How far the codings of a study are the machine's idea."""

    codings: int
    began: int  # as suggestions
    accepted: int  # suggestions
    rejected: int
    changed: int
    ignored: int
    shown: int  # answers with suggestions that somebody acted on
    taken: int  # of these, on which one was accepted
    control: int  # answers of the control slice that people coded
    alike: int  # of these, on which a code was given that would have been among the suggestions
    record: Record | None  # of what is known by now


def figures(room: Room) -> Figures:
    """Of what counts now. The control slice is judged by a rule that has not seen its answers."""
    state = room.state
    codings = [one for one in state.codings.values() if one.place.in_pass == MAIN]
    shown = [suggestions_for(state, answer) for answer in state.suggestions_of]
    decided = Counter(one.decision for some in shown for one in some)
    control, alike = _on_control(room)
    return Figures(
        codings=len(codings),
        began=sum(one.origin == "accepted_suggestion" for one in codings),
        accepted=decided["accepted"],
        rejected=decided["rejected"],
        changed=decided["changed"],
        ignored=decided["ignored"],
        shown=len(shown),
        taken=sum(any(one.decision == "accepted" for one in some) for some in shown),
        control=control,
        alike=alike,
        record=room.learnt.record if room.learnt else None,
    )


def _on_control(room: Room) -> tuple[int, int]:
    """(answers of the control slice that people coded, those with a code that would have been proposed)."""
    coded = room.help.lesson(room.state, room.ledger.last).coded
    control = [answer for answer in coded if is_control(answer, room.salt)]
    others = Lesson({answer: codes for answer, codes in coded.items() if not is_control(answer, room.salt)})
    learnt = room.help.by(others, control) if control and others.is_enough else None
    if learnt is None:
        return 0, 0
    proposed = {answer: {fit.code for fit in learnt.of[answer]} for answer in control}
    return len(control), sum(not proposed[answer].isdisjoint(coded[answer]) for answer in control)


def _is_open(room: Room, answer: str) -> bool:
    return answer in room.help and not is_control(answer, room.salt) and is_substantive(room.state, answer)


def _is_active(state: State, code: str) -> bool:
    return code in state.nodes and state.nodes[code].standing is Standing.ACTIVE


def _is_undecided(state: State, one: Suggestion) -> bool:
    return not one.decision and _is_active(state, one.offer.node)


def _offer(person: str, answer: str, fit: Fit, learnt: Learnt) -> Offer:
    record = learnt.record
    named = "\n".join((person, answer, fit.code, record.snapshot, record.sha256))
    return Offer(
        id=blake2b(named.encode(), digest_size=8).hexdigest(),
        node=fit.code,
        candidate="",
        score=fit.score,
        rank=fit.rank,
        method=record.method,
        model=record.model,
        model_version=record.sha256,
        params=json.dumps(dict(record.parameters), sort_keys=True),
        snapshot=record.snapshot,
        seed=None,
    )


def _offered(room: Room, answer: str, offer: Offer) -> Offered:
    texts = [room.state.corpus.answer(one).text for one in room.help.reasons(answer, offer.node)]
    return Offered(offer.id, room.state.nodes[offer.node], texts)


def _sign(answer: str, person: str, offers: Sequence[Offer], now: datetime) -> str:
    return signing.dumps([answer, person, now.isoformat(), list(offers)], salt=SIGNED, compress=True)
