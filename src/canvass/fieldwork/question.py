"""One question as HTML: a fieldset (or a label) with its choices, filled in from form fields.

Only text made by `escape` reaches the page. No attribute holds anything that a member typed but `value`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

from canvass.fieldwork.fields import Form, missing_codes, places
from canvass.instrument import Item, Kind, Option, Picture
from canvass.tables import wording

PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a question stands on its page."""

    pictures: str = "/pictures/"  # where the poll's pictures lie
    heading: str = "h1"  # h2 where several questions share a page
    skipping: str = "To skip, press Next."  # "" where several questions share a page
    follow_up: str = ""  # "If you answered …" above it


@dataclass(frozen=True, slots=True)
class Entered:
    """What the fields hold, and what is wrong with it."""

    form: Form = field(default_factory=dict)
    fault: str = ""

    def ticked(self, name: str, value: str) -> str:
        return " checked" if value in self.form.get(name, ()) else ""

    def chosen(self, name: str, value: str) -> str:
        return " selected" if value in self.form.get(name, ()) else ""

    def value(self, name: str) -> str:
        values = self.form.get(name)
        return escape(values[0]) if values else ""


def field_id(item_id: str) -> str:
    """The HTML id of an item's first field, to which an error summary links."""
    return f"q-{item_id}"


def question_html(item: Item, setting: Setting, entered: Entered) -> str:
    """The whole question: heading, hint, fault, and its fields."""
    place = field_id(item.id)
    fault = f"<p class=fault id={place}-fault><span class=sr>Error: </span>{escape(entered.fault)}</p>"
    body = "".join(
        (
            _picture(item.picture, setting, "whole"),
            f"<p class=hint id={place}-hint>{escape(_hint(item, setting.skipping))}</p>",
            fault if entered.fault else "",
            _FIELDS[item.kind](item, setting, entered),
            _other_answers(item, entered),
            _consent(item, entered),
        )
    )
    described = f"{place}-hint {place}-fault" if entered.fault else f"{place}-hint"
    follow_up = f"<p class=if>{escape(setting.follow_up)}</p>" if setting.follow_up else ""
    if item.kind in _LABELLED:
        return f"<div class=q id={place}-part>{follow_up}{_labelled(item, setting, body)}</div>"
    heading = f"<{setting.heading}>{escape(item.text)}</{setting.heading}>"
    start = f"<fieldset aria-describedby='{described}'><legend>{heading}</legend>"
    return f"<div class=q id={place}-part>{follow_up}{start}{body}</fieldset></div>"


def _labelled(item: Item, setting: Setting, body: str) -> str:
    """A question with one box to type in: its heading is the box's label."""
    label = f"<label for={field_id(item.id)}>{escape(item.text)}</label>"
    return f"<{setting.heading}>{label}</{setting.heading}>{body}"


_LABELLED = (Kind.NUMBER, Kind.TEXT)


def _hint(item: Item, skipping: str) -> str:
    """The team's hint, what to do, and that one may skip."""
    doing = _DOING[item.kind](item)
    return " ".join(filter(None, (item.hint, doing, "" if item.kind.is_grid else skipping)))


def _scale_words(item: Item) -> str:
    assert item.scale is not None
    return f"from {item.scale.start} to {item.scale.end}"


def _doing_number(item: Item) -> str:
    unit = f" of {item.unit}" if item.unit else ""
    bounds = {
        (True, True): f" from {item.minimum} to {item.maximum}",
        (True, False): f", {item.minimum} or more",
        (False, True): f", {item.maximum} or less",
    }.get((item.minimum is not None, item.maximum is not None), "")
    return f"Type a number{unit}{bounds}."


def _parts(item: Item) -> str:
    number = wording.small_number(len(item.rows)).capitalize()
    return f"{number} part{'' if len(item.rows) == 1 else 's'}"


_DOING: dict[Kind, Callable[[Item], str]] = {
    Kind.SINGLE: lambda _item: "Choose one.",
    Kind.MULTIPLE: lambda _item: "Choose all that apply.",
    Kind.RATING: lambda item: f"Choose a number {_scale_words(item)}.",
    Kind.NUMBER: _doing_number,
    Kind.TEXT: lambda item: f"Up to {item.max_chars or 1000:,} characters.",
    Kind.RANKING: lambda item: (
        f"Choose up to {wording.small_number(places(item))}, the one that matters most first."
    ),
    Kind.GRID_RATING: lambda item: (
        f"{_parts(item)}. Choose a number {_scale_words(item)} in each, or skip any."
    ),
    Kind.GRID_SINGLE: lambda item: f"{_parts(item)}. Choose one answer in each, or skip any.",
}


def _picture(picture: Picture | None, setting: Setting, kind: str) -> str:
    if picture is None:
        return ""
    source = escape(setting.pictures + quote(picture.file))
    return f'<img class={kind} src="{source}" alt="{escape(picture.alt)}">'


def _card(kind: str, name: str, value: str, label: str, more: tuple[str, str] = ("", "")) -> str:
    """A choice as a full-width card. `more`: attributes of the field, and HTML before the label."""
    place = f"{_place(name)}-{value}"
    return (
        f'<label class=card><input type={kind} name="{name}" value="{value}" id={place}{more[0]}>'
        f"<span>{more[1]}{escape(label)}</span></label>"
    )


def _place(name: str) -> str:
    return field_id(name.replace(".", "-"))


def _single(item: Item, setting: Setting, entered: Entered) -> str:
    return _choices("radio", item, setting, entered) + _apart("radio", item, item.id, entered)


def _multiple(item: Item, setting: Setting, entered: Entered) -> str:
    return _choices("checkbox", item, setting, entered)


def _choices(kind: str, item: Item, setting: Setting, entered: Entered) -> str:
    cards = (_option_card(kind, item, at, option, setting, entered) for at, option in enumerate(item.options))
    pictured = " pictured" if any(option.picture for option in item.options) else ""
    return f'<div class="cards{pictured}">{"".join(cards)}</div>'


def _option_card(kind: str, item: Item, at: int, option: Option, setting: Setting, entered: Entered) -> str:
    ticked = entered.ticked(item.id, str(at))
    card = _card(kind, item.id, str(at), option.label, (ticked, _picture(option.picture, setting, "small")))
    if not option.other:
        return card
    name = f"{item.id}.other"
    box = (
        f"<p class=say><label for={_place(name)}>Please say what</label>"
        f'<input type=text name="{name}" id={_place(name)} value="{entered.value(name)}" '
        'placeholder=" " autocomplete=off></p>'
    )
    return f"<div class=with-other>{card}{box}</div>"


def _apart(kind: str, item: Item, name: str, entered: Entered) -> str:
    """Not applicable and prefer not to say, set apart from the answers proper."""
    cards = (
        _card(kind, name, code, label, (entered.ticked(name, code), ""))
        for code, label in missing_codes(item)
    )
    together = "".join(cards)
    return f'<div class="cards apart">{together}</div>' if together else ""


def _other_answers(item: Item, entered: Entered) -> str:
    """Boxes to tick instead of an answer, for kinds that are not chosen from radio buttons."""
    if item.kind in (Kind.SINGLE, Kind.RATING) or item.kind.is_grid:
        return ""
    return _apart("checkbox", item, f"{item.id}.missing", entered)


def _consent(item: Item, entered: Entered) -> str:
    if not item.quote_consent:
        return ""
    name = f"{item.id}.quote"
    words = "You may quote my words without saying who wrote them."
    return f"<div class=cards>{_card('checkbox', name, '1', words, (entered.ticked(name, '1'), ''))}</div>"


def _rating(item: Item, _setting: Setting, entered: Entered) -> str:
    return _points(item, item.id, entered) + _apart("radio", item, item.id, entered)


def _points(item: Item, name: str, entered: Entered) -> str:
    """The scale: buttons in two rows on a phone, with words at both ends."""
    assert item.scale is not None
    place, scale = _place(name), item.scale
    points = "".join(
        f'<label class=point><input type=radio name="{name}" value={point} id={place}-{point}'
        f"{entered.ticked(name, str(point))}>"
        f"<span>{point}{_end_words(scale.low, scale.high, point, scale.points())}</span></label>"
        for point in scale.points()
    )
    low, high = _end(scale.start, scale.low), _end(scale.end, scale.high)
    ends = f"<p class=ends aria-hidden=true>{low}{high}</p>" if low or high else ""
    return f'<div class="scale s{len(scale.points())}">{points}</div>{ends}'


def _end(point: int, words: str) -> str:
    return f"<span><b>{point}</b> = {escape(words)}</span>" if words else ""


def _end_words(low: str, high: str, point: int, points: range) -> str:
    """What a screen reader adds to the number at either end."""
    words = low if point == points[0] else high if point == points[-1] else ""
    return f"<span class=sr>, {escape(words)}</span>" if words else ""


def _number(item: Item, _setting: Setting, entered: Entered) -> str:
    place = field_id(item.id)
    whole = item.minimum is not None and item.minimum >= 0
    unit = f"<span class=unit aria-hidden=true>{escape(item.unit)}</span>" if item.unit else ""
    return (
        f'<p class=number><input type=text inputmode={"decimal" if whole else "text"} name="{item.id}" '
        f'id={place} value="{entered.value(item.id)}" autocomplete=off {_described(item, entered)}>{unit}</p>'
    )


def _text(item: Item, _setting: Setting, entered: Entered) -> str:
    place = field_id(item.id)
    return (
        f'<textarea name="{item.id}" id={place} rows=6 {_described(item, entered)}>\n'
        f"{entered.value(item.id)}</textarea>"
    )


def _described(item: Item, entered: Entered) -> str:
    place = field_id(item.id)
    fault = f" {place}-fault' aria-invalid='true" if entered.fault else ""
    return f"aria-describedby='{place}-hint{fault}'"


def _ranking(item: Item, setting: Setting, entered: Entered) -> str:
    """A list to choose from for each place: no dragging, nothing to aim at."""
    lists = "".join(_place_list(item, place, entered) for place in range(places(item)))
    return f"{_gallery(item, setting)}{lists}"


def _place_list(item: Item, place: int, entered: Entered) -> str:
    name = f"{item.id}.p{place}"
    options = "".join(
        f"<option value={at}{entered.chosen(name, str(at))}>{escape(option.label)}</option>"
        for at, option in enumerate(item.options)
    )
    word = PLACES[place] if place < len(PLACES) else f"Place {place + 1}"
    return (
        f"<p class=place><label for={_place(name)}>{word}</label>"
        f'<select name="{name}" id={_place(name)}><option value="">Not chosen</option>{options}</select></p>'
    )


def _gallery(item: Item, setting: Setting) -> str:
    """The pictures of a ranking's options, which a list cannot show."""
    shown = [(option.label, option.picture) for option in item.options if option.picture]
    figures = (
        f"<figure>{_picture(picture, setting, 'small')}<figcaption>{escape(label)}</figcaption></figure>"
        for label, picture in shown
    )
    return f"<div class=gallery>{''.join(figures)}</div>" if shown else ""


def _grid(item: Item, setting: Setting, entered: Entered) -> str:
    """Rows stacked under one another, each a question of its own."""
    below = "h3" if setting.heading == "h2" else "h2"
    return "".join(
        f"<fieldset class=row><legend><{below}>{escape(row.label)}</{below}></legend>"
        f"{_picture(row.picture, setting, 'small')}{_cells(item, f'{item.id}.r{at}', entered)}</fieldset>"
        for at, row in enumerate(item.rows)
    )


def _cells(item: Item, name: str, entered: Entered) -> str:
    if item.kind is Kind.GRID_RATING:
        return _points(item, name, entered) + _apart("radio", item, name, entered)
    return f'<div class="cards joined">{"".join(_lines(item, name, entered))}</div>'


def _lines(item: Item, name: str, entered: Entered) -> Iterable[str]:
    for at, option in enumerate(item.options):
        yield _card("radio", name, str(at), option.label, (entered.ticked(name, str(at)), ""))
    for code, label in missing_codes(item):
        yield _card("radio", name, code, label, (entered.ticked(name, code), ""))


_FIELDS: dict[Kind, Callable[[Item, Setting, Entered], str]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.RATING: _rating,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.RANKING: _ranking,
    Kind.GRID_RATING: _grid,
    Kind.GRID_SINGLE: _grid,
}


def first_field(item: Item) -> str:
    """The id of the field that an error summary leads to."""
    place = field_id(item.id)
    if item.kind in _LABELLED:
        return place
    if item.kind is Kind.RANKING:
        return f"{place}-p0"
    if item.kind.is_grid:
        return f"{place}-r0-{item.scale.start if item.scale else 0}"
    return f"{place}-{item.scale.start if item.kind is Kind.RATING and item.scale else 0}"
