"""From the explorer's address to what is asked for, and from what was typed or ticked to an address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict

from canvass import figures, tables
from canvass.analysis.divisions import (
    BETWEEN,
    BY_ITEM,
    Division,
    Part,
    UnknownDivision,
    joined,
    parts_of,
    with_merges,
)
from canvass.analysis.divisions import divisions as divisions_of
from canvass.analysis.exploring import Asked, weighted_rows
from canvass.analysis.finding import NotFound, find_division, find_part, find_result
from canvass.analysis.results import Result, Results
from canvass.analysis.views.address import Address
from canvass.instrument import Item, Kind
from canvass.tables import Net
from canvass.tables.disclosure import Audience
from canvass.warehouse import PollRows

AT_MOST = 20  # questions, and divisions, on one page
NETTED = (Kind.SINGLE, Kind.MULTIPLE, Kind.RATING, Kind.GRID_SINGLE, Kind.GRID_RATING)


class Broken(Exception):
    """An address names what is not there. `rest`: the address without it."""

    def __init__(self, sentence: str, rest: Address) -> None:
        super().__init__(sentence)
        self.rest = rest


@dataclass(frozen=True)  # without slots, for what is worked out once
class Shelf:
    """Everything of a poll that can be picked."""

    results: Results

    @cached_property
    def rows(self) -> PollRows:
        return weighted_rows(self.results, self.results.all[0])

    @cached_property
    def divisions(self) -> list[Division]:
        return divisions_of(self.results, self.rows)

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(self.divisions, self.rows)

    @property
    def questions(self) -> list[Result]:
        return [result for result in self.results.all if not result.is_text]


def asked(shelf: Shelf, address: Address) -> Asked:
    """What the address asks for. Raises Broken."""
    merged = shelf.divisions
    for merge in address.all("merge"):
        try:
            merged = with_merges(merged, [merge], shelf.rows)
        except UnknownDivision as fault:
            raise Broken(str(fault), address.without("merge", merge)) from fault
    wanted = _each(address, "row", lambda name: find_result(shelf.results, name))
    for net in address.all("net"):
        if net.partition(":")[0] not in {result.address for result in wanted}:
            sentence = f"“{net}” adds up answers of a question that is not in the rows."
            raise Broken(sentence, address.without("net", net))
    return Asked(
        wanted=wanted,
        by=_each(address, "by", lambda name: find_division(merged, name)),
        among=_each(address, "among", lambda name: find_part(shelf.parts, name)),
        nets={result.address: _nets(result, address) for result in wanted},
        audience=Audience.PUBLIC if address.first("audience") == "public" else Audience.TEAM,
    )


def _each[T](address: Address, key: str, find: Callable[[str], T]) -> tuple[T, ...]:
    found = []
    for name in address.all(key)[:AT_MOST]:
        try:
            found.append(find(name))
        except NotFound as fault:
            raise Broken(str(fault), address.without(key, name)) from fault
    return tuple(found)


def usual_nets(item: Item) -> tuple[Net, ...]:
    """Answers that are usually added together: the positive side of an opinion scale, ONS's bands."""
    return (*figures.nets(item), *tables.official_bands(item))


def answers_of(item: Item) -> tuple[tuple[str, str], ...]:
    """(id, label) of what can be added together; () of a kind of which nothing can."""
    if item.kind not in NETTED:
        return ()
    if item.scale is not None:
        return tuple((str(point), str(point)) for point in item.scale.points())
    return tuple((option.id, option.label) for option in item.options)


def _nets(result: Result, address: Address) -> tuple[Net, ...]:
    """The usual ones where they are shown, then those of the address: "hours:weekly|daily". Raises Broken."""
    known = dict(answers_of(result.item))
    found = list(usual_nets(result.item)) if "nets" in address.all("show") else []
    for net in address.all("net"):
        name, _, answers = net.partition(":")
        if name != result.address:
            continue
        chosen = answers.split(BETWEEN)
        if not known.keys() >= set(chosen):
            sentence = f"“{net}” adds up answers that “{result.item.text}” does not have."
            raise Broken(sentence, address.without("net", net))
        found.append(Net(joined([known[one] for one in chosen]), tuple(chosen)))
    return tuple({one.options: one for one in found}.values())


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed or ticked, put into the address; `faults` by the field that holds one."""

    address: Address
    words: dict[str, str]  # by search box
    faults: dict[str, NotFound]  # by search box, or by the form of what is put together


def typed(shelf: Shelf, query: QueryDict) -> Typed | None:
    """None where nothing was typed or ticked."""
    if not any(query.get(name) for name in ("add_row", "add_by", "add_among", "merge_of", "net_of")):
        return None
    boxes: list[tuple[str, Callable[[str], str]]] = [
        ("row", lambda words: find_result(shelf.results, words).address),
        ("by", lambda words: find_division(shelf.divisions, words).name),
        ("among", lambda words: find_part(shelf.parts, words).name),
    ]
    found = Typed(
        Address.of(query), {f"add_{key}": query.get(f"add_{key}", "").strip() for key, _ in boxes}, {}
    )
    for key, name_of in boxes:
        found = _found(found, key, name_of)
    for of, key, ticked in (("merge_of", "merge", "group"), ("net_of", "net", "answer")):
        if query.get(of):
            found = _ticked(found, key, query.get(of, ""), query.getlist(ticked), ticked)
    return found


def _found(typed: Typed, key: str, name_of: Callable[[str], str]) -> Typed:
    """With what was typed into one box found by its name, or with the fault."""
    box = f"add_{key}"
    if not typed.words[box]:
        return typed
    try:
        return replace(typed, address=typed.address.plus(key, name_of(typed.words[box])))
    except NotFound as fault:
        return replace(typed, faults=typed.faults | {box: fault})


def _ticked(typed: Typed, key: str, of: str, chosen: Sequence[str], what: str) -> Typed:
    """With the groups or answers that were ticked put together, or with the fault."""
    if len(chosen) > 1:
        return replace(typed, address=typed.address.plus(key, f"{of}:{BETWEEN.join(chosen)}"))
    fault = NotFound(f"Tick two {what}s or more to put them together.")
    return replace(typed, faults=typed.faults | {f"{key}_{of}": fault})


def swapped(asked: Asked, address: Address) -> Address | None:
    """Rows as columns and columns as rows; None where one of them cannot be the other."""
    kinds = {result.item.kind for result in asked.wanted}
    names = [one.name.removeprefix(BY_ITEM) for one in asked.by]
    are_questions = all(one.name.startswith(BY_ITEM) and "/" not in one.name for one in asked.by)
    if not asked.wanted or not asked.by or not are_questions or not kinds <= {Kind.SINGLE, Kind.RATING}:
        return None
    turned = address.without("row").without("by").without("sort").without("merge").without("net")
    rows = [f"{BY_ITEM}{result.item.id}" for result in asked.wanted]
    return turned.plus("row", *names).plus("by", *rows)


def widened(address: Address, division: Division) -> Address:
    """The groups of a field put together as the team has set them."""
    return merged(address, division, [wider.labels for wider in division.wider])


def merged(address: Address, division: Division, merges: Sequence[Sequence[str]]) -> Address:
    """These groups of a division put together."""
    return address.plus("merge", *(f"{division.name}:{BETWEEN.join(labels)}" for labels in merges))
