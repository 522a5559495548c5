"""Reading a file of members: what each row would do, and every fault with its row and column.

Nothing here writes. A plan without faults is carried out whole by services.importing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from canvass.formats import Columns
from canvass.panel import addresses, cipher, exports, profiles
from canvass.panel.models import Address, Member, ProfileField, Suppression
from canvass.panel.refusals import PanelRefusal
from canvass.team.models import Panel

ADDRESS_HEADINGS = frozenset({"address", "email", "e-mail", "e-mail address", "email address"})
OWN_HEADINGS = frozenset({"joined", "source", "consent"})
LONGEST_BASIS = 200
EARLIEST = date(1900, 1, 1)  # the panel's growth is shown month by month from the first who joined
MOST_ROWS = 10_000  # an import holds the desk's store while it writes: some seconds
ROWS_NAMED = 6  # rows that a fault names which stands in many
EXPORTED_ONLY = frozenset({"key", "standing", "confirmed", "paused_until", "left", "linked"})


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing that is wrong with the file: where, what, and what to do."""

    row: int
    column: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"Row {self.row}, column {self.column}" if self.row else f"Column {self.column}"
        return f"{place}: {self.problem} {self.remedy}"


@dataclass(frozen=True, slots=True)
class NewMember:
    """One row that would become a member."""

    address: str
    profile: dict[str, str]
    source: str
    joined: str  # ISO day, or empty: today
    basis: str

    def joined_at(self, now: datetime) -> datetime:
        """Noon of the day they joined, never later than now."""
        if not self.joined:
            return now
        return min(datetime.combine(date.fromisoformat(self.joined), time(12), UTC), now)


@dataclass(slots=True)
class Plan:
    """What an import would do. Only a plan without faults can be carried out."""

    new: list[NewMember] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)  # duplicates and people who left, in sentences
    notes: list[str] = field(default_factory=list)


def gathered(faults: Sequence[RowFault]) -> list[str]:
    """The faults as sentences in order; the same fault in many rows is one, naming the first few."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    for fault in faults:
        rows.setdefault((fault.column, fault.problem, fault.remedy), []).append(fault.row)
    return [_gathered(*what, where) for what, where in rows.items()]


def _gathered(column: str, problem: str, remedy: str, rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return str(RowFault(rows[0], column, problem, remedy))
    named = ", ".join(map(str, rows[:ROWS_NAMED]))
    more = f" and {len(rows) - ROWS_NAMED:,} more" if len(rows) > ROWS_NAMED else ""
    return f"Rows {named}{more}, column {column}: {problem} {remedy}"


def plan(panel: Panel, table: Columns, *, today: date, basis: str = "") -> Plan:
    """What importing this table would do. `basis`: how those agreed whose row does not say it."""
    made = Plan(notes=list(table.notes))
    fields = profiles.fields_of(panel)
    columns = _columns(table.headings, fields, made)
    if "address" not in columns:
        made.faults.append(
            RowFault(0, "address", "There is no such column.", "Name the column with the addresses: address.")
        )
        return made
    if len(table.numbers) > MOST_ROWS:
        problem, remedy = (
            "The file goes on after this row.",
            f"Split it into files of at most {MOST_ROWS:,} rows.",
        )
        made.faults.append(RowFault(table.numbers[MOST_ROWS - 1], "address", problem, remedy))
        return made
    known, suppressed = _known(panel), _suppressed(panel)
    seen: dict[str, int] = {}
    for number, cells in zip(table.numbers, table.rows, strict=True):
        row = {name: exports.plain(cells[place]).strip() for name, place in columns.items()}
        if any(row.values()):
            new = _new_member(number, row, basis, fields, made.faults, today=today)
            if new and not _passed_over(number, cipher.lookup(new.address), made, known, suppressed, seen):
                made.new.append(new)
    return made


def still_new(panel: Panel, rows: Sequence[NewMember]) -> list[NewMember]:
    """The rows of a plan whose people have neither joined nor left since it was made."""
    barred = _known(panel) | _suppressed(panel)
    return [row for row in rows if cipher.lookup(row.address) not in barred]


def _columns(headings: Iterable[str], fields: Iterable[ProfileField], made: Plan) -> dict[str, int]:
    """Where each thing stands: "address", "joined", "profile/role" -> place in the row."""
    names = {name: f"profile/{one.name}" for one in fields for name in _names_of(one)}
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        plain = heading.strip().casefold()
        name = "address" if plain in ADDRESS_HEADINGS else names.get(plain, plain)
        if plain in EXPORTED_ONLY or not plain:
            made.notes.append(f"Column {heading!r} is not imported.")
        elif name in places:
            made.faults.append(RowFault(0, heading, "There are two of it.", "Keep one."))
        elif name == "address" or name in OWN_HEADINGS or name in names.values():
            places[name] = place
        else:
            made.faults.append(
                RowFault(
                    0, heading, "This panel does not know it.", "Remove the column or add a profile field."
                )
            )
    return places


def _names_of(one: ProfileField) -> tuple[str, str, str]:
    return one.name, f"profile/{one.name}", one.label.casefold()


def _new_member(
    number: int,
    row: Mapping[str, str],
    basis: str,
    fields: Iterable[ProfileField],
    made: list[RowFault],
    *,
    today: date,
) -> NewMember | None:
    """The member that a row describes, or None with its faults noted."""
    faults: list[RowFault] = []
    new = NewMember(
        _address(number, row["address"], faults),
        _profile(number, row, fields, faults),
        _source(number, row.get("source", ""), faults),
        _day(number, row.get("joined", ""), faults, today=today),
        _consent(number, row.get("consent", "") or basis, faults),
    )
    made += faults
    return None if faults else new


def _passed_over(
    number: int, hashed: str, made: Plan, known: set[str], suppressed: set[str], seen: dict[str, int]
) -> bool:
    """Whether this person is not imported, saying why without saying who."""
    first = seen.setdefault(hashed, number)
    if first != number:
        made.skipped.append(f"Row {number}: the same address as row {first}.")
    elif hashed in known:
        made.skipped.append(f"Row {number}: in this panel already.")
    elif hashed in suppressed:
        made.skipped.append(
            f"Row {number}: left this panel or asked to be erased, so they are not mailed again."
        )
    else:
        return False
    return True


def _address(number: int, text: str, faults: list[RowFault]) -> str:
    try:
        return addresses.checked(text)
    except PanelRefusal:
        problem = f"{text!r} is not an e-mail address." if text else "There is no address."
        faults.append(RowFault(number, "address", problem, "Write one such as ann@example.org."))
        return ""


def _profile(
    number: int, row: Mapping[str, str], fields: Iterable[ProfileField], faults: list[RowFault]
) -> dict[str, str]:
    """Options matched after trimming and case-folding."""
    profile = {}
    for one in fields:
        text = row.get(f"profile/{one.name}", "")
        options = {option.casefold(): option for option in one.options}
        if text and text.casefold() in options:
            profile[one.name] = options[text.casefold()]
        elif text:
            remedy = f"Use one of: {'; '.join(one.options)}."
            faults.append(RowFault(number, one.name, f"{text!r} is not an option.", remedy))
    return profile


def _source(number: int, text: str, faults: list[RowFault]) -> str:
    code = addresses.source_code(text)
    if text and not code:
        remedy = "Use a-z, 0-9 and hyphens, at most 40."
        faults.append(RowFault(number, "source", f"{text!r} is not a code.", remedy))
    return code


def _consent(number: int, text: str, faults: list[RowFault]) -> str:
    if not text:
        problem = "It does not say how this person agreed."
        faults.append(RowFault(number, "consent", problem, "Say it in this column, or once for all rows."))
    elif len(text) > LONGEST_BASIS or "\0" in text:
        problem = f"It is longer than {LONGEST_BASIS} characters, or holds one that cannot be kept."
        faults.append(RowFault(number, "consent", problem, "Say it in fewer words."))
    return text


def _day(number: int, text: str, faults: list[RowFault], *, today: date) -> str:
    """The day as ISO text; a spreadsheet's may come with a time of day."""
    if not text:
        return ""
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError:
        faults.append(RowFault(number, "joined", f"{text!r} is not a day.", "Write it as 2026-01-31."))
        return ""
    if day < EARLIEST:
        faults.append(RowFault(number, "joined", f"{text!r} is too long ago.", "Check the year."))
    if day > today:
        faults.append(RowFault(number, "joined", f"{text!r} is still to come.", "Write a day that has been."))
    return day.isoformat()


def _known(panel: Panel) -> set[str]:
    """Hashes of addresses whose member exists; what a broken import left behind does not count."""
    keys = set(Member.objects.filter(panel=panel).values_list("key", flat=True))
    held = Address.objects.filter(panel_id=panel.pk).values_list("member", "lookup")
    return {hashed for member, hashed in held if member in keys}


def _suppressed(panel: Panel) -> set[str]:
    return set(Suppression.objects.filter(panel_id=panel.pk).values_list("lookup", flat=True))
