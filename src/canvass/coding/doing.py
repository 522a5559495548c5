"""From a form about one answer to the acts that it asks for, and to what became of its suggestions."""

from collections.abc import Callable, Iterator, Mapping

from django.http import QueryDict

from canvass.coding.ledgers import Room
from canvass.coding.naming import find, new_id, typed
from canvass.coding.offering import NOTHING, Seen, open_offers
from canvass.coding.segments import selected
from canvass.words.study import MAIN, Act, Level, State, StudyRefused, acts


def acts_of(form: QueryDict, room: Room, answer: str, in_pass: str, seen: Seen = NOTHING) -> Iterator[Act]:
    """The acts, one after the other: each is done before the next is made. Raises StudyRefused.

    seen: the suggestions that the line showed.
    """
    if "uncode" in form:
        yield _uncode(form.get("uncode", ""), answer, in_pass)
        return
    suggested = form.get("accept", "") or _suggested(form, room.state, answer, seen)
    if suggested and in_pass == MAIN:
        yield from _shown(room.state, answer, seen)
        yield _accept(form, room.state, answer, suggested)
        return
    verb = form.get("do", "code")
    make = _BY_NAME.get(verb)
    if make is None:
        raise StudyRefused("That cannot be done to an answer. Use the buttons beside it.")
    yield from make(form, room, answer, in_pass)
    if verb in _DECIDES and in_pass == MAIN:
        yield from _shown(room.state, answer, seen)
        for offer in open_offers(room.state, answer):
            yield acts.DecideOffer(offer.id, _DECIDES[verb])


def _shown(state: State, answer: str, seen: Seen) -> Iterator[Act]:
    """That they were shown, where the log does not say so yet."""
    fresh = tuple(offer for offer in seen.offers if offer.id not in state.suggestions)
    if fresh:
        yield acts.ShowOffers(answer, fresh, seen.seconds)


def _suggested(form: QueryDict, state: State, answer: str, seen: Seen) -> str:
    """The suggestion that was typed instead of pressed; "" where another code, or none, was."""
    if form.get("do", "code") != "code":
        return ""
    node = find(state, Level.CODE, typed(form.get("code", "")))
    offers = (*open_offers(state, answer), *seen.offers)
    return next((one.id for one in offers if node is not None and one.node == node.id), "")


def _accept(form: QueryDict, state: State, answer: str, wanted: str) -> Act:
    offer = next((one for one in open_offers(state, answer) if one.id == wanted), None)
    if offer is None:
        raise StudyRefused("The suggestion is not there any more. Code the answer by hand.")
    start, end, seal = _selected(form, state, answer)
    return acts.CodeSegment(answer, offer.node, start, end, seal, MAIN, "accepted_suggestion", offer.id)


def _code(form: QueryDict, room: Room, answer: str, in_pass: str) -> Iterator[Act]:
    """With a code of this name, which is made where there is none."""
    name = typed(form.get("code", ""))
    if not name:
        raise StudyRefused("Type a code, a known one or a new one.")
    start, end, seal = _selected(form, room.state, answer)
    node = find(room.state, Level.CODE, name)
    node_id = node.id if node is not None else new_id()
    if node is None:
        yield acts.MakeNode(node_id, Level.CODE, name)
    yield acts.CodeSegment(answer, node_id, start, end, seal, in_pass)


def _selected(form: QueryDict, state: State, answer: str) -> tuple[int, int, str]:
    return selected(
        state.corpus.answer(answer), form.get("start", ""), form.get("end", ""), form.get("words", "")
    )


def _reject(_form: QueryDict, _room: Room, _answer: str, _in_pass: str) -> Iterator[Act]:
    """Nothing but the decision on the suggestions."""
    return iter(())


def _uncode(value: str, answer: str, in_pass: str) -> Act:
    try:
        node, start, end, coder = value.split("|")
        return acts.UncodeSegment(answer, node, int(start[:9]), int(end[:9]), in_pass, coder)
    except ValueError as fault:
        raise StudyRefused("There is no such coding. Load the page again.") from fault


def _read(_form: QueryDict, _room: Room, answer: str, in_pass: str) -> Iterator[Act]:
    yield acts.MarkRead(answer, True, in_pass)


def _unread(_form: QueryDict, _room: Room, answer: str, in_pass: str) -> Iterator[Act]:
    yield acts.MarkRead(answer, False, in_pass)


def _aside(_form: QueryDict, room: Room, answer: str, _in_pass: str) -> Iterator[Act]:
    yield acts.SetAside(answer, True, room.help.says_nothing.get(answer, "no answer"))


def _back(_form: QueryDict, _room: Room, answer: str, _in_pass: str) -> Iterator[Act]:
    yield acts.SetAside(answer, False)


def _flag(form: QueryDict, _room: Room, answer: str, _in_pass: str) -> Iterator[Act]:
    yield acts.FlagConcern(answer, True, form.get("note", "").strip())


def _unflag(_form: QueryDict, _room: Room, answer: str, _in_pass: str) -> Iterator[Act]:
    yield acts.FlagConcern(answer, False)


def _move(form: QueryDict, _room: Room, answer: str, _in_pass: str) -> Iterator[Act]:
    yield acts.MoveToOption(answer, form.get("option", ""))


def _memo(form: QueryDict, _room: Room, answer: str, _in_pass: str) -> Iterator[Act]:
    text = form.get("memo", "").replace("\r\n", "\n").strip()
    if not text:
        raise StudyRefused("Write the memo first.")
    yield acts.WriteMemo(new_id(), f"answer:{answer}", form.get("memo_kind", "analytic"), text)


def _mask(form: QueryDict, room: Room, answer: str, _in_pass: str) -> Iterator[Act]:
    start, end, seal = _selected(form, room.state, answer)
    if start < 0:
        raise StudyRefused("Select the words to be masked, or copy them into the box.")
    replacement = typed(form.get("replacement", "")).strip("[]")
    yield acts.MaskSpan(answer, start, end, seal, form.get("mask_kind", "other"), replacement)


_BY_NAME: Mapping[str, Callable[[QueryDict, Room, str, str], Iterator[Act]]] = {
    "code": _code,
    "read": _read,
    "unread": _unread,
    "aside": _aside,
    "back": _back,
    "flag": _flag,
    "unflag": _unflag,
    "move": _move,
    "memo": _memo,
    "mask": _mask,
    "reject": _reject,
}

# What an act makes of suggestions that are still open; what was accepted before stays.
_DECIDES: Mapping[str, str] = {
    "code": "changed",
    "reject": "rejected",
    "read": "ignored",
    "aside": "ignored",
    "move": "ignored",
}
