"""The poll file: YAML in, an Instrument or every fault out (the format: docs/reference/poll-file.md)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from canvass.instrument.condition_text import ConditionError, UnknownItem, named_items, read_condition
from canvass.instrument.conditions import Condition
from canvass.instrument.faults import Fault, Faults, PollFileError, did_you_mean
from canvass.instrument.fields import Fields, tidy
from canvass.instrument.item_file import MAX_TEXT, read_item
from canvass.instrument.model import PROFILE, WAVE, Confidentiality, Instrument, Item, Layout
from canvass.instrument.yamltree import Mapping as MappingNode
from canvass.instrument.yamltree import Node, NotATree, Scalar, Sequence, read_tree

MAX_ITEMS = 200
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?", re.ASCII)
_KEYS = (
    *("poll", "title", "category", "topic", "series", "sponsor", "confidentiality", "sensitive", "layout"),
    *("opens", "closes", "intro", "plan", "items"),
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", re.ASCII)


def load(text: str | bytes, name: str = "poll.yaml", zone: str = "Europe/London") -> Instrument:
    """The poll that the text describes.

    text: the whole file; bytes are read as UTF-8. name: what faults call the file. zone: of `opens` and
    `closes`, an IANA name. Raises PollFileError with every fault found, KeyError for an unknown zone.
    """
    try:
        root, tree_faults = read_tree(text if isinstance(text, str) else _decoded(text))
    except NotATree as error:
        fault = error.fault
        raise PollFileError(name, [Fault(fault.line, "", fault.problem, fault.remedy)]) from error
    faults = Faults(tree_faults)
    instrument = _read_poll(root, faults, ZoneInfo(zone))
    if faults or instrument is None:
        raise PollFileError(name, faults)
    return instrument


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotATree(line, "The file is not UTF-8 text.", "Save it again as UTF-8.") from error


def _read_poll(root: Node, faults: Faults, zone: ZoneInfo) -> Instrument | None:
    if not isinstance(root, MappingNode):
        faults.add(root.line, "The file is not a poll.", "Begin with poll, title, category and items.")
        return None
    fields = Fields(root, faults, _KEYS)
    items = _items(fields)
    opens, closes = _moment(fields, "opens", zone), _moment(fields, "closes", zone)
    if opens and closes and closes <= opens:
        fields.fault("closes", "closes is not after opens.", "Choose a later closing time.")
    instrument = Instrument(
        slug=_slug(fields),
        title=fields.text("title", required=True),
        category=fields.text("category", required=True, limit=100),
        items=items,
        topic=_optional(fields, "topic"),
        series=_series(fields),
        sponsor=_optional(fields, "sponsor"),
        confidentiality=Confidentiality(
            fields.one_of("confidentiality", list(Confidentiality), "confidential")
        ),
        sensitive=fields.flag("sensitive"),
        layout=Layout(fields.one_of("layout", list(Layout), _usual_layout(fields))),
        opens=opens,
        closes=closes,
        intro=fields.text("intro", limit=5 * MAX_TEXT, lines=True) if "intro" in fields else "",
        plan=_plan(fields),
    )
    _refuse_anonymous_pages(fields, instrument)
    return instrument


def _optional(fields: Fields, key: str) -> str:
    return fields.text(key) if key in fields else ""


def _slug(fields: Fields) -> str:
    return _slug_under(fields, "poll", fields.text("poll", required=True))


def _series(fields: Fields) -> str:
    return _slug_under(fields, "series", _optional(fields, "series"))


def _slug_under(fields: Fields, key: str, slug: str) -> str:
    if slug and not SLUG.fullmatch(slug):
        fields.fault(
            key, f'"{slug[:100]}" is not a name for addresses.', "Use a-z, 0-9 and hyphens, at most 100."
        )
    return slug


def _usual_layout(fields: Fields) -> str:
    """One thing a page, except for an anonymous poll that does not say: it can only be one page."""
    node = fields.get("confidentiality")
    return (
        Layout.ONE_PAGE if isinstance(node, Scalar) and tidy(node.text) == "anonymous" else Layout.ONE_THING
    )


def _refuse_anonymous_pages(fields: Fields, instrument: Instrument) -> None:
    if instrument.confidentiality is Confidentiality.ANONYMOUS and instrument.layout is Layout.ONE_THING:
        fields.fault(
            "layout",
            "An anonymous poll cannot have a page for each question: nothing joins the pages.",
            "Write layout: one_page.",
        )


def _moment(fields: Fields, key: str, zone: ZoneInfo) -> datetime | None:
    text = _optional(fields, key)
    if not text:
        return None
    try:
        naive = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        naive = None
    if naive is None:
        fields.fault(
            key, f'{key} is "{text}", which is not a day and time.', "Write it like 2022-01-18T09:00."
        )
        return None
    moment = naive.replace(tzinfo=zone)
    _refuse_clock_change(fields, key, moment)
    return moment


def _refuse_clock_change(fields: Fields, key: str, moment: datetime) -> None:
    """In spring an hour is left out, in autumn one comes twice; neither is a time to open or close at."""
    shown = moment.strftime("%H:%M on %-d %B %Y")
    again = moment.astimezone(UTC).astimezone(moment.tzinfo)
    if again.replace(tzinfo=None) != moment.replace(tzinfo=None):
        fields.fault(
            key, f"{shown} does not exist in {moment.tzinfo}: the clocks go forward.", "Choose an hour later."
        )
    elif moment.replace(fold=1).utcoffset() != moment.utcoffset():
        later = (moment + timedelta(hours=1)).strftime("%H:%M")
        fields.fault(
            key,
            f"{shown} comes twice in {moment.tzinfo}: the clocks go back.",
            f"Choose {later} or an hour earlier.",
        )


def _plan(fields: Fields) -> tuple[str, ...]:
    if "plan" not in fields:
        return ()
    items = fields.get("items")
    declared = {_scalar(node, "id") for node in items.nodes} if isinstance(items, Sequence) else set()
    return tuple(_planned(fields.faults, node, declared) for node in fields.nodes("plan"))


def _planned(faults: Faults, node: Node, declared: set[str]) -> str:
    """A line of the plan: an item by another, by a field of the profile (`profile/role`), or by `wave`."""
    text = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
    measure, by, group = text.partition(" by ")
    if not by or " " in measure or " " in group:
        faults.add(node.line, "A line of the plan is not a comparison.", "Write it like: item by item.")
        return text
    if measure == group:
        faults.add(node.line, f"The plan compares {measure} by itself.", "Name another item after by.")
    outside = group.startswith(PROFILE) or (group == WAVE and WAVE not in declared)
    for item_id in [measure] if outside else [measure, group]:
        if item_id not in declared:
            remedy = did_you_mean(item_id, declared)
            faults.add(node.line, f'The plan names "{item_id}", which is no item.', remedy)
    return text


def _items(fields: Fields) -> tuple[Item, ...]:
    nodes = fields.nodes("items")
    if len(nodes) > MAX_ITEMS:
        fields.fault("items", f"There are {len(nodes):,} items.", f"A poll has at most {MAX_ITEMS}.")
        nodes = nodes[:MAX_ITEMS]
    routes = _Routes(nodes)
    earlier: dict[str, Item] = {}
    for position, node in enumerate(nodes):
        item = read_item(node, fields.faults, partial(routes.condition, position=position, earlier=earlier))
        if item is None:
            continue
        _refuse_twice(item, node, earlier, fields.faults)
        earlier.setdefault(item.id, item)
    return tuple(earlier.values())


def _refuse_twice(item: Item, node: Node, earlier: Mapping[str, Item], faults: Faults) -> None:
    if item.id in earlier:
        faults.add(node.line, f'Two items have the id "{item.id}".', "Rename one.", item=item.id)
    if item.bank and any(item.bank == other.bank for other in earlier.values()):
        faults.add(node.line, f"{item.bank} is asked twice.", "Keep one of them.", item=item.id)


class _Routes:
    """Conditions of a file's items, and what they name: for telling "comes later" from a circle."""

    def __init__(self, nodes: list[Node]) -> None:
        self._place: dict[str, int] = {}
        self._named: dict[str, frozenset[str]] = {}
        for position, node in enumerate(nodes):
            item_id = _scalar(node, "id")
            if item_id and item_id not in self._place:
                self._place[item_id] = position
                self._named[item_id] = _named(_scalar(node, "ask_if"))

    def condition(self, fields: Fields, position: int, earlier: Mapping[str, Item]) -> Condition | None:
        text = fields.text("ask_if", limit=2000, lines=True) if "ask_if" in fields else ""
        if not text:
            return None
        try:
            return read_condition(text, earlier)
        except UnknownItem as error:
            problem, remedy = self._unknown(error, fields.item, position)
        except ConditionError as error:
            problem, remedy = error.problem, error.remedy
        fields.fault("ask_if", problem, remedy)
        return None

    def _unknown(self, error: UnknownItem, item_id: str, position: int) -> tuple[str, str]:
        named = error.item_id
        if named == item_id:
            return "ask_if names the item itself: a circle.", "Name an earlier item."
        if named not in self._place:
            return f"ask_if names {named}, and there is no such item.", did_you_mean(named, self._place)
        if self._leads(named, item_id):
            return (
                f"ask_if names {named}, whose ask_if leads back here: a circle.",
                "Remove one of the conditions.",
            )
        if self._place[named] > position:
            return f"ask_if names {named}, which comes later.", f"Move {named} before this item."
        return f"ask_if names {named}, which has faults of its own.", f"Mend {named} first."

    def _leads(self, start: str, goal: str) -> bool:
        """Whether the conditions lead from one item to another."""
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            here = waiting.pop()
            if here == goal:
                return True
            if here not in seen:
                seen.add(here)
                waiting.extend(sorted(self._named.get(here, frozenset())))
        return False


def _scalar(node: Node, key: str) -> str:
    inner = node.nodes.get(key) if isinstance(node, MappingNode) else None
    return tidy(inner.text) if isinstance(inner, Scalar) else ""


def _named(text: str) -> frozenset[str]:
    try:
        return named_items(text)
    except ConditionError:
        return frozenset()
