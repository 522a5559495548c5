"""From a form about one answer to the acts that it asks for."""

from collections.abc import Callable, Iterator, Mapping

from django.http import QueryDict

from canvass.coding.ledgers import Room
from canvass.coding.naming import find, new_id, typed
from canvass.coding.segments import selected
from canvass.words.study import Act, Level, StudyRefused, acts


def acts_of(form: QueryDict, room: Room, answer: str, in_pass: str) -> Iterator[Act]:
    """The acts, one after the other: each is done before the next is made. Raises StudyRefused."""
    if "uncode" in form:
        yield _uncode(form.get("uncode", ""), answer, in_pass)
        return
    make = _BY_NAME.get(form.get("do", "code"))
    if make is None:
        raise StudyRefused("That cannot be done to an answer. Use the buttons beside it.")
    yield from make(form, room, answer, in_pass)


def _code(form: QueryDict, room: Room, answer: str, in_pass: str) -> Iterator[Act]:
    """With a code of this name, which is made where there is none."""
    name = typed(form.get("code", ""))
    if not name:
        raise StudyRefused("Type a code, a known one or a new one.")
    start, end, seal = selected(
        room.state.corpus.answer(answer), form.get("start", ""), form.get("end", ""), form.get("words", "")
    )
    node = find(room.state, Level.CODE, name)
    node_id = node.id if node is not None else new_id()
    if node is None:
        yield acts.MakeNode(node_id, Level.CODE, name)
    yield acts.CodeSegment(answer, node_id, start, end, seal, in_pass)


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


def _aside(_form: QueryDict, _room: Room, answer: str, _in_pass: str) -> Iterator[Act]:
    yield acts.SetAside(answer, True, "no answer")


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
    start, end, seal = selected(
        room.state.corpus.answer(answer), form.get("start", ""), form.get("end", ""), form.get("words", "")
    )
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
}
