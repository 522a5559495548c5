"""What acts on answers do to the state: coding, reading, setting apart, masking, memos, suggestions."""

from dataclasses import replace

from canvass.words.study.acts import (
    ChooseApproach,
    CodeSegment,
    DecideOffer,
    Entry,
    FlagConcern,
    MarkRead,
    MaskSpan,
    MoveToOption,
    SetAside,
    ShowOffers,
    UncodeSegment,
    WriteMemo,
)
from canvass.words.study.corpus import held_to
from canvass.words.study.refusals import Rests
from canvass.words.study.state import State
from canvass.words.study.values import MAIN, Coding, Level, Mask, Memo, Place, SetApart, Suggestion


def code(state: State, entry: Entry, act: CodeSegment) -> None:
    answer = state.corpus.answer(act.answer)
    held_to(answer, act.start, act.end, act.seal)
    node = state.node(act.node)
    if node.level is not Level.CODE:
        raise Rests("Answers are coded with codes; themes are made of these.")
    _hold_to_pass(state, act.in_pass, act.answer, entry.by)
    place = Place(act.answer, act.start, act.end, act.node, entry.by, act.in_pass)
    if place in state.codings:
        raise Rests("It is coded so already.")
    made = Coding(place, node.version, act.origin, act.suggestion, entry.seq, entry.at)
    state.put(state.codings, place, made)
    state.put(state.of_answer, act.answer, (*state.of_answer.get(act.answer, ()), place))
    if act.suggestion in state.suggestions:
        _decide(state, entry, act.suggestion, "accepted", None)


def uncode(state: State, entry: Entry, act: UncodeSegment) -> None:
    place = Place(act.answer, act.start, act.end, act.node, act.coder or entry.by, act.in_pass)
    if place not in state.codings:
        raise Rests("There is no such coding.")
    _hold_to_pass(state, act.in_pass, act.answer, act.coder or entry.by)
    state.put(state.codings, place, None)
    left = tuple(one for one in state.of_answer[act.answer] if one != place)
    state.put(state.of_answer, act.answer, left or None)


def mark_read(state: State, entry: Entry, act: MarkRead) -> None:
    state.corpus.answer(act.answer)
    _hold_to_pass(state, act.in_pass, act.answer, entry.by)
    state.put(state.reads, (act.answer, entry.by, act.in_pass), entry.at if act.read else None)


def set_aside(state: State, entry: Entry, act: SetAside) -> None:
    state.corpus.answer(act.answer)
    apart = SetApart("no answer", act.why, entry.by, entry.at) if act.aside else None
    state.put(state.aside, act.answer, apart)


def move_to_option(state: State, entry: Entry, act: MoveToOption) -> None:
    answer = state.corpus.answer(act.answer)
    if act.option and act.option not in answer.options:
        raise Rests("The question has no such option.")
    apart = SetApart(act.option, "", entry.by, entry.at) if act.option else None
    state.put(state.moved, act.answer, apart)


def flag(state: State, entry: Entry, act: FlagConcern) -> None:
    state.corpus.answer(act.answer)
    apart = SetApart("concern", act.note, entry.by, entry.at) if act.flagged else None
    state.put(state.flags, act.answer, apart)


def mask(state: State, entry: Entry, act: MaskSpan) -> None:
    """A later decision on the same words takes the earlier one's place; accepted masks never overlap."""
    answer = state.corpus.answer(act.answer)
    if act.start < 0:
        raise Rests("Words are masked at a place of the answer.")
    held_to(answer, act.start, act.end, act.seal)
    known = state.masks.get(act.answer, ())
    others = [one for one in known if (one.start, one.end) != (act.start, act.end)]
    if act.accepted and any(one.accepted and one.start < act.end and act.start < one.end for one in others):
        raise Rests("Some of these words are masked already.")
    made = Mask(
        act.start,
        act.end,
        act.kind,
        act.replacement,
        act.proposed_by,
        act.accepted,
        entry.by,
        entry.at,
    )
    masks = sorted([*others, made], key=lambda one: (one.start, one.end))
    state.put(state.masks, act.answer, tuple(masks))


def write_memo(state: State, entry: Entry, act: WriteMemo) -> None:
    known = state.memos.get(act.memo)
    if known is not None and known.on != act.on:
        raise Rests("A memo stays on what it was written on.")
    if not act.text and known is None:
        raise Rests("There is no such memo.")
    _hold_to_target(state, act.on)
    version = known.version + 1 if known else 1
    memo = Memo(act.memo, act.on, act.kind, act.text, version, entry.by, entry.at)
    state.put(state.memos, act.memo, memo if act.text else None)


def show_offers(state: State, entry: Entry, act: ShowOffers) -> None:
    state.corpus.answer(act.answer)
    for offer in act.offers:
        if offer.id in state.suggestions:
            raise Rests("One of these suggestions was shown before.")
        made = Suggestion(offer, act.answer, entry.by, entry.at, seconds=act.seconds)
        state.put(state.suggestions, offer.id, made)
    ids = tuple(offer.id for offer in act.offers)
    state.put(state.suggestions_of, act.answer, (*state.suggestions_of.get(act.answer, ()), *ids))


def decide_offer(state: State, entry: Entry, act: DecideOffer) -> None:
    if act.offer not in state.suggestions:
        raise Rests("The suggestion is not there.")
    _decide(state, entry, act.offer, act.decision, act.seconds)


def choose_approach(state: State, _entry: Entry, act: ChooseApproach) -> None:
    state.put(state.approach, "", act.approach)


def _decide(state: State, entry: Entry, offer: str, decision: str, seconds: float | None) -> None:
    decided = replace(
        state.suggestions[offer],
        decision=decision,
        decided_by=entry.by,
        decided_at=entry.at,
        seconds=state.suggestions[offer].seconds if seconds is None else seconds,
    )
    state.put(state.suggestions, offer, decided)


def _hold_to_pass(state: State, in_pass: str, answer: str, coder: str) -> None:
    """What is done in a pass is done by its coder, to answers of its sample, while it is open."""
    if in_pass == MAIN:
        return
    found, over = state.passes.get(in_pass), state.passes_of.get(answer, ())
    if found is None or found.coder != coder or not found.is_open or in_pass not in over:
        raise Rests("Its pass is not open for it.")


def _hold_to_target(state: State, on: str) -> None:
    kind, _, rest = on.partition(":")
    if kind == "node":
        state.node(rest)
    elif kind in ("answer", "segment"):
        state.corpus.answer(rest.partition(":")[0])
    elif kind not in ("study", "question"):
        raise Rests("A memo is on an answer, a segment, a node, a question or the study.")
