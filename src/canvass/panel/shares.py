"""Targets as they are typed or uploaded: per cents or head counts by option, checked whole."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from math import isfinite

from canvass.formats import Columns
from canvass.panel.models import ProfileField
from canvass.panel.refusals import PanelRefusal

ROUNDING = 1.0  # points that published per cents may miss 100 by
HEADINGS = ("variable", "category")
SHARE, PEOPLE = "share", "people"


def shares(field: ProfileField, typed: Mapping[str, str], *, counts: bool) -> dict[str, float]:
    """The share of 1 of each option that has a number, in the team's order; {} where none has.

    typed:  by option; "" where the table says nothing of it.
    counts: the numbers are people, not per cents.

    Published per cents that miss 100 by rounding are divided by their sum. Raises PanelRefusal at the field,
    or at the place of its option: "role_2".
    """
    numbers = {
        option: _number(field, option, typed[option], counts)
        for option in field.options
        if typed.get(option, "").strip()
    }
    if not numbers:
        return {}
    total = sum(numbers.values())
    if counts and total <= 0:
        raise PanelRefusal(f"{field.label}: nobody is counted. Write how many people there are.", field.name)
    if not counts and abs(total - 100) > ROUNDING:
        raise PanelRefusal(
            f"{field.label}: the per cents add up to {total:g}. Make them add up to 100.", field.name
        )
    return {option: number / total for option, number in numbers.items()}


def _number(field: ProfileField, option: str, typed: str, counts: bool) -> float:
    plain = typed.strip().removesuffix("%").strip()
    plain = plain.replace(",", "") if counts else plain
    try:
        number = float(plain)
    except ValueError:
        number = -1.0
    if not isfinite(number) or number < 0:
        what = "a number of people such as 32,502" if counts else "a per cent such as 12.5"
        at = f"{field.name}_{field.options.index(option)}"
        raise PanelRefusal(f"{field.label}, {option}: {typed.strip()!r} is not {what}.", at)
    return number


def from_table(fields: Sequence[ProfileField], table: Columns) -> tuple[dict[str, dict[str, str]], bool]:
    """What a file says: field name -> option -> number as written, and whether the numbers are people.

    The file has a row for each category: variable, category, and share (per cents, or of 1) or people.
    Raises PanelRefusal with row and remedy.
    """
    headings = [heading.strip().casefold() for heading in table.headings]
    wanted = next((name for name in (PEOPLE, SHARE) if name in headings), None)
    if wanted is None or any(heading not in headings for heading in HEADINGS):
        raise PanelRefusal("The file needs the columns variable, category, and share or people.", "file")
    places = [headings.index(name) for name in (*HEADINGS, wanted)]
    found: dict[str, dict[str, str]] = {}
    for number, cells in zip(table.numbers, table.rows, strict=True):
        variable, category, value = (cells[place].strip() for place in places)
        if variable or category or value:
            field = _field(fields, variable, number)
            option = _option(field, category, number)
            options = found.setdefault(field.name, {})
            if option in options:
                raise PanelRefusal(f"Row {number}: {option} stands there twice. Keep one.", "file")
            options[option] = value
    return {name: _as_per_cents(options, wanted) for name, options in found.items()}, wanted == PEOPLE


def _as_per_cents(options: dict[str, str], wanted: str) -> dict[str, str]:
    """Shares of 1 become per cents; what is no number is left for `shares` to refuse."""
    try:
        of_one = wanted == SHARE and sum(float(value) for value in options.values()) <= 1 + ROUNDING / 100
    except ValueError:
        return options
    return {one: repr(100 * float(value)) for one, value in options.items()} if of_one else options


def _field(fields: Sequence[ProfileField], variable: str, row: int) -> ProfileField:
    for field in fields:
        if variable.casefold() in (field.name, field.label.casefold(), f"profile/{field.name}"):
            return field
    hint = _nearest(variable, [field.name for field in fields])
    raise PanelRefusal(f"Row {row}: this panel has no profile field {variable!r}.{hint}", "file")


def _option(field: ProfileField, category: str, row: int) -> str:
    for option in field.options:
        if category.casefold() == option.casefold():
            return str(option)
    hint = _nearest(category, field.options)
    raise PanelRefusal(f"Row {row}: {field.label} has no option {category!r}.{hint}", "file")


def _nearest(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f" Is {near[0]} meant?" if near else f" It has: {'; '.join(known)}."
