"""One item of the poll file: its keys, its options and rows, its scale."""

import re
from collections.abc import Callable, Mapping
from collections.abc import Sequence as ListOf

from canvass.instrument.bank import BANK
from canvass.instrument.condition_text import RESERVED
from canvass.instrument.conditions import Condition
from canvass.instrument.faults import Faults, did_you_mean, quoted
from canvass.instrument.fields import MAX_LABEL, Fields, tidy
from canvass.instrument.model import Item, Kind, Option, Picture, Row, Scale
from canvass.instrument.yamltree import Mapping as MappingNode
from canvass.instrument.yamltree import Node, Scalar

MAX_TEXT = 1000
MAX_PARTS = 100  # options or rows of one item
MAX_POINTS = 21  # of a scale
MAX_CHARS = 5000  # of a text answer, unless the item says less or more
MOST_CHARS = 20_000
ITEM_ID = re.compile(r"[a-z0-9_]{1,60}", re.ASCII)
PICTURE_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\.(?:png|jpe?g|webp|gif)", re.ASCII)

_EVERY = (
    "id",
    "kind",
    "text",
    "hint",
    "category",
    "topic",
    "picture",
    "ask_if",
    "not_applicable",
    "prefer_not_to_say",
)
KEYS: dict[Kind, tuple[str, ...]] = {
    Kind.SINGLE: ("options", "scale"),
    Kind.MULTIPLE: ("options",),
    Kind.RATING: ("scale",),
    Kind.GRID_RATING: ("scale", "rows"),
    Kind.GRID_SINGLE: ("options", "rows", "scale"),
    Kind.RANKING: ("options", "choose"),
    Kind.NUMBER: ("min", "max", "unit"),
    Kind.TEXT: ("max_chars", "quote_consent"),
}
_OF_BANK = ("id", "bank", "hint", "category", "topic", "ask_if", "prefer_not_to_say")
_ALL = tuple(dict.fromkeys((*_EVERY, "bank", *(key for keys in KEYS.values() for key in keys))))
_FORBIDDEN_MARK = {Kind.MULTIPLE: ";", Kind.RANKING: ">"}  # they part options in the answers file

type ReadCondition = Callable[[Fields], Condition | None]


def read_item(node: Node, faults: Faults, read_condition: ReadCondition) -> Item | None:
    """The item that the node describes; None where it is too broken to be one."""
    if not isinstance(node, MappingNode):
        faults.add(
            node.line,
            "An item is not a mapping.",
            "Begin each item with - id: and go on with kind: and text:.",
        )
        return None
    named = node.nodes.get("id")
    item_id = named.text if isinstance(named, Scalar) else ""
    fields = Fields(node, faults, _ALL, item=item_id)
    _check_id(fields)
    if "bank" in fields:
        return _from_bank(fields, read_condition)
    kind = _kind(fields)
    return _of_kind(fields, kind, read_condition) if kind and item_id else None


def _check_id(fields: Fields) -> None:
    item_id = fields.text("id", required=True)
    if item_id and not ITEM_ID.fullmatch(item_id):
        fields.fault("id", f"{quoted(item_id)} cannot be an id.", "Use a-z, 0-9 and _ only, at most 60.")
    if item_id in RESERVED:
        fields.fault("id", f'"{item_id}" is a word of ask_if.', "Choose another id.")


def _kind(fields: Fields) -> Kind | None:
    word = fields.text("kind", required=True)
    if word in list(Kind):
        return Kind(word)
    if word:
        fields.fault("kind", f"There is no kind {quoted(word)}.", did_you_mean(word, list(Kind)))
    return None


def _from_bank(fields: Fields, read_condition: ReadCondition) -> Item | None:
    name = fields.text("bank")
    for key in fields.node.nodes:
        if key in _ALL and key not in _OF_BANK:
            fields.fault(key, f"{key} of a bank item comes from the bank.", f"Remove {key}.")
    known = BANK.get(name)
    if known is None:
        if name:
            fields.fault("bank", f"The bank has no {quoted(name)}.", did_you_mean(name, BANK))
        return None
    return Item(
        id=fields.item,
        kind=known.kind,
        text=known.text,
        scale=known.scale,
        bank=known.id,
        hint=_optional(fields, "hint", MAX_TEXT),
        category=_optional(fields, "category"),
        topic=_optional(fields, "topic"),
        prefer_not_to_say=_optional(fields, "prefer_not_to_say"),
        ask_if=read_condition(fields),
    )


def _of_kind(fields: Fields, kind: Kind, read_condition: ReadCondition) -> Item:
    _refuse_foreign_keys(fields, kind)
    likert = _is_likert(fields, kind)
    minimum, maximum = _bounds(fields, kind)
    item = Item(
        id=fields.item,
        kind=kind,
        text=fields.text("text", required=True, limit=MAX_TEXT, lines=True),
        hint=_optional(fields, "hint", MAX_TEXT),
        options=_options(fields, kind) if "options" in KEYS[kind] else (),
        rows=_rows(fields) if kind.is_grid else (),
        scale=_scale(fields) if kind in (Kind.RATING, Kind.GRID_RATING) else None,
        likert=likert,
        choose=_choose(fields) if kind is Kind.RANKING else None,
        minimum=minimum,
        maximum=maximum,
        unit=_optional(fields, "unit", 40) if kind is Kind.NUMBER else "",
        max_chars=_max_chars(fields) if kind is Kind.TEXT else None,
        quote_consent=fields.flag("quote_consent") if kind is Kind.TEXT else False,
        not_applicable=_optional(fields, "not_applicable"),
        prefer_not_to_say=_optional(fields, "prefer_not_to_say"),
        ask_if=read_condition(fields),
        category=_optional(fields, "category"),
        topic=_optional(fields, "topic"),
        picture=_picture(fields),
    )
    _check_whole(fields, item)
    return item


def _optional(fields: Fields, key: str, limit: int = MAX_LABEL) -> str:
    return fields.text(key, limit=limit, lines=key == "hint") if key in fields else ""


def _refuse_foreign_keys(fields: Fields, kind: Kind) -> None:
    for key in fields.node.nodes:
        if key in _ALL and key not in _EVERY and key not in KEYS[kind]:
            homes = ", ".join(other for other, keys in KEYS.items() if key in keys)
            fields.fault(key, f"{key} does not belong to kind {kind}.", f"Remove it; it is for {homes}.")


def _is_likert(fields: Fields, kind: Kind) -> bool:
    if kind not in (Kind.SINGLE, Kind.GRID_SINGLE) or "scale" not in fields:
        return False
    if not isinstance(fields.get("scale"), Scalar) or fields.text("scale") != "likert":
        fields.fault(
            "scale", f"The scale of a {kind} can only be likert.", "Write scale: likert or remove it."
        )
        return False
    return True


def _bounds(fields: Fields, kind: Kind) -> tuple[int | float | None, int | float | None]:
    if kind is not Kind.NUMBER:
        return None, None
    low, high = fields.number("min"), fields.number("max")
    if low is not None and high is not None and low >= high:
        fields.fault("max", f"max {high} is not above min {low}.", "Make max the larger one.")
    return low, high


def _max_chars(fields: Fields) -> int:
    return fields.whole("max_chars", low=1, high=MOST_CHARS) or MAX_CHARS


def _scale(fields: Fields) -> Scale:
    node = fields.get("scale")
    if node is None:
        return Scale()
    if not isinstance(node, MappingNode):
        fields.fault("scale", "scale is not a mapping.", "Write scale: {from: 0, to: 10, low: …, high: …}.")
        return Scale()
    inner = Fields(node, fields.faults, ("from", "to", "low", "high"), item=fields.item)
    start, end = inner.whole("from", low=-100, high=100), inner.whole("to", low=-100, high=100)
    scale = Scale(
        0 if start is None else start,
        10 if end is None else end,
        _optional(inner, "low"),
        _optional(inner, "high"),
    )
    if not 2 <= len(scale.points()) <= MAX_POINTS:
        fields.fault(
            "scale",
            f"The scale from {scale.start} to {scale.end} has {len(scale.points())} points.",
            f"Use 2 to {MAX_POINTS} points, from the smaller number to the larger.",
        )
    return scale


def _choose(fields: Fields) -> int | None:
    return fields.whole("choose", low=1, high=MAX_PARTS)


def _options(fields: Fields, kind: Kind) -> tuple[Option, ...]:
    read = [_option(fields, kind, node) for node in fields.nodes("options")]
    options = tuple(option for option in read if option)
    _refuse_like_named(fields, "options", options)
    fewest = 1 if kind is Kind.MULTIPLE else 2
    if options and not fewest <= len(options) <= MAX_PARTS:
        count = "There is one option." if len(options) == 1 else f"There are {len(options):,} options."
        fields.fault("options", count, f"Offer {fewest} to {MAX_PARTS}.")
    if sum(option.other for option in options) > 1:
        fields.fault("options", "Two options are marked other.", "Mark one: an item has one text box.")
    return options


def _option(fields: Fields, kind: Kind, node: Node) -> Option | None:
    part = _part(fields, "options", node, ("id", "label", "exclusive", "other", "picture"))
    if part is None:
        return None
    label, option_id = _label(part), _part_id(part)
    _refuse_mark(part, kind, label, option_id)
    exclusive, other = part.flag("exclusive"), part.flag("other")
    if exclusive and kind is not Kind.MULTIPLE:
        part.fault("exclusive", f"exclusive means nothing in a {kind}.", "Remove it; it is for multiple.")
    if other and kind not in (Kind.SINGLE, Kind.MULTIPLE):
        part.fault(
            "other",
            f"A {kind} has no text box for another answer.",
            "Remove other; it is for single and multiple.",
        )
    return (
        Option(option_id, label, exclusive=exclusive, other=other, picture=_picture(part)) if label else None
    )


def _refuse_mark(part: Fields, kind: Kind, *names: str) -> None:
    mark = _FORBIDDEN_MARK.get(kind)
    for name in dict.fromkeys(names):
        if mark and mark in name:
            part.fault(
                "label",
                f'"{name}" holds {mark}, which parts the options in an answers file.',
                "Use another sign.",
            )


def _rows(fields: Fields) -> tuple[Row, ...]:
    rows = []
    for node in fields.nodes("rows"):
        part = _part(fields, "rows", node, ("id", "label", "picture"))
        if part is not None and (label := _label(part)):
            rows.append(Row(_part_id(part), label, _picture(part)))
    _refuse_like_named(fields, "rows", rows)
    if len(rows) > MAX_PARTS:
        fields.fault("rows", f"There are {len(rows):,} rows.", f"Use at most {MAX_PARTS}.")
    return tuple(rows)


def _part(fields: Fields, key: str, node: Node, known: tuple[str, ...]) -> Fields | None:
    """An option or a row as fields; a bare label stands for {label: …}."""
    if isinstance(node, Scalar):
        node = MappingNode(node.line, {"label": node}, {"label": node.line})
    if isinstance(node, MappingNode):
        return Fields(node, fields.faults, known, item=fields.item)
    fields.faults.add(
        node.line, f"One of the {key} is a list.", "Write a label, or {id: …, label: …}.", item=fields.item
    )
    return None


def _label(part: Fields) -> str:
    return part.text("label", required=True)


def _part_id(part: Fields) -> str:
    return part.text("id") if "id" in part else tidy(str(getattr(part.get("label"), "text", "")))


def _refuse_like_named(fields: Fields, key: str, parts: ListOf[Option | Row]) -> None:
    """Ids and labels must tell the parts apart even when case is ignored, as in an answers file."""
    owners: dict[str, int] = {}
    for position, (part_id, label) in enumerate((part.id, part.label) for part in parts):
        for name in dict.fromkeys((part_id, label)):
            if owners.setdefault(name.casefold(), position) != position:
                fields.fault(
                    key,
                    f'Two of the {key} are called "{name}" when case is ignored.',
                    "Word them differently.",
                )


def _picture(fields: Fields) -> Picture | None:
    node = fields.get("picture")
    if node is None:
        return None
    if not isinstance(node, MappingNode):
        fields.fault(
            "picture", "picture is not a mapping.", "Write picture: {file: name.png, alt: what it shows}."
        )
        return None
    inner = Fields(node, fields.faults, ("file", "alt"), item=fields.item)
    file, alt = inner.text("file", required=True), inner.text("alt", required=True)
    if file and not PICTURE_FILE.fullmatch(file):
        inner.fault(
            "file", f'"{file}" is not the name of a picture.', "Name a png, jpg, webp or gif without folders."
        )
    return Picture(file, alt)


def _check_whole(fields: Fields, item: Item) -> None:
    """What can only be judged with the whole item read."""
    if item.likert and len(item.options) < 3:
        fields.fault(
            "options", f"A likert scale has {len(item.options)} options.", "Offer at least three, in order."
        )
    if item.choose and item.options and item.choose > len(item.options):
        fields.fault(
            "choose",
            f"choose is {item.choose}, and there are {len(item.options)} options.",
            f"Write at most {len(item.options)}.",
        )
    names: Mapping[str, str] = {
        name.casefold(): name for part in item.options for name in (part.label, part.id)
    }
    for key in ("not_applicable", "prefer_not_to_say"):
        if getattr(item, key) and getattr(item, key).casefold() in names:
            fields.fault(
                key, f'{key} is "{getattr(item, key)}", like an option.', "Keep it in one place only."
            )
    if item.not_applicable and item.not_applicable.casefold() == item.prefer_not_to_say.casefold():
        fields.fault(
            "not_applicable", "not_applicable and prefer_not_to_say say the same.", "Word them differently."
        )
