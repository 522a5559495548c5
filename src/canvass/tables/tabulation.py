"""Any data file into tables: what `canvass tabulate` does, as a function of a table of text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from canvass import statistics, warehouse
from canvass.formats import Columns
from canvass.instrument import Instrument, Item, Kind
from canvass.instrument.answers_file import read_answers
from canvass.tables.crosstab import crosstab
from canvass.tables.design_columns import TabulationRefused, design_of, meant
from canvass.tables.json_form import DesignUsed, Table
from canvass.tables.targets import PROFILE, fitted_to
from canvass.tables.topline import options_of, topline
from canvass.tables.values import Net
from canvass.tables.waves import official_bands
from canvass.warehouse import CodedItem, Groups
from canvass.warehouse.inference import KINDS, NPS, ColumnUnfit, infer, item_names

RESPONDENT = "respondent"
MEASURED = (Kind.RATING.value, Kind.GRID_RATING.value, Kind.NUMBER.value, NPS)  # of numbers, not labels
MOST_GROUPS = 50


@dataclass(frozen=True, slots=True)
class Request:
    """What to count, by the names of columns. Nothing chosen: every item, for all."""

    items: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    weight: str | None = None
    strata: str | None = None
    cluster: str | None = None
    population: str | None = None  # a number, or a column
    level: float = 0.95
    nets: Mapping[str, tuple[Net, ...]] = field(default_factory=dict)  # by item; options by id or label
    fitted_to: tuple[str, ...] = ()  # columns that the weights were raked to: errors allow for it

    def __post_init__(self) -> None:
        """Raises TabulationRefused: a name where several stand would be taken for its letters."""
        for name in ("items", "by", "fitted_to"):
            told = getattr(self, name)
            if isinstance(told, str):
                raise TabulationRefused(f'{name} takes several names; write {name}=("{told}",).')
        if not isinstance(self.level, int | float) or not 0 < self.level < 1:
            raise TabulationRefused("The level of the intervals lies between 0 and 1, such as 0.95.")

    @property
    def reserved(self) -> set[str]:
        """Columns that are not items unless they are named as such."""
        named = {self.weight, self.strata, self.cluster, self.population, *self.by} - {None}
        return {RESPONDENT} | {name for name in named if name is not None}


@dataclass(frozen=True, slots=True)
class Tabulation:
    """Every table that was asked for, and the design behind them."""

    tables: tuple[Table, ...]
    design: DesignUsed
    level: float
    notes: tuple[str, ...] = ()


def tabulate(
    data: Columns,
    request: Request,
    poll: Instrument | None = None,
    *,
    say: Callable[[int, int], None] = lambda _done, _of: None,
) -> Tabulation:
    """Count a data file. say: told after each item how many are counted, of how many.

    Raises TabulationRefused, a DesignError, a ColumnUnfit or an AnswersFileError: sentences for a person.
    """
    source, items, design, used = _prepared(data, request, poll)
    tables: list[Table] = []
    for done, coded in enumerate(items):
        say(done, len(items))
        tables += _tables(coded, source, design)
    notes = (*data.notes, *_one_cluster(design), *source.notes)
    return Tabulation(tuple(tables), used, request.level, notes)


def item_cubes(
    data: Columns, request: Request, poll: Instrument | None = None
) -> dict[str, tuple[warehouse.ItemCube, ...]]:
    """The cubes behind the tables for all, by item, a grid row by row: what `waves.trend` is made from.

    Raises what `tabulate` raises.
    """
    _, items, design, _ = _prepared(data, request, poll)
    by_item = groupby(warehouse.count_items(items, design), key=lambda one: one.item.id)
    return {name: tuple(found) for name, found in by_item}


type _Prepared = tuple["_Source", list[CodedItem], statistics.Design, DesignUsed]


def _prepared(data: Columns, request: Request, poll: Instrument | None) -> _Prepared:
    """What is counted, and under which design."""
    if not isinstance(data, Columns):
        raise TabulationRefused(
            "Give the table as formats.read(path) or formats.from_columns(frame) makes it."
        )
    if data.height == 0:
        raise TabulationRefused("The file has headings and no rows, so there is nothing to count.")
    design, used = design_of(data, request.weight, request.strata, request.cluster, request.population)
    if request.fitted_to:
        design = fitted_to(design, data, request.fitted_to)
    source = _Source(data, request, poll)
    items = [coded for name in source.chosen() for coded in source.coded(name)]
    if not items:
        raise TabulationRefused("No column is left to count; name one with --item.")
    return source, items, design, used


def _one_cluster(design: statistics.Design) -> tuple[str, ...]:
    if design.cluster is None or design.units.sum() > 1 or design.population is not None:
        return ()
    return ("There is one cluster, so no standard errors and intervals can be known; leave --cluster out.",)


def _nameless(data: Columns) -> tuple[str, ...]:
    places = [place for place, heading in enumerate(data.headings, start=1) if not heading]
    return tuple(f"Column {place} has no heading and is left out." for place in places)


def _tables(coded: CodedItem, source: "_Source", design: statistics.Design) -> Iterator[Table]:
    level, nps = source.request.level, source.request.kinds.get(coded.item.id) == NPS
    nets = source.nets(coded.item)
    if not source.request.by:
        (counted,) = warehouse.count_items([coded], design)
        yield topline(counted, level=level, nps=nps, nets=nets)
    for name in source.request.by:
        groups = source.groups(name)
        (counted,) = warehouse.count_items([coded], design, groups)
        yield crosstab(counted, name, groups.labels, level=level, nps=nps, nets=nets)


class _Source:
    """The items of a data file: from the poll file where there is one, else inferred column by column."""

    def __init__(self, data: Columns, request: Request, poll: Instrument | None) -> None:
        self.request = request
        self.notes = _nameless(data) if poll is None else ()
        self._data = data
        self._poll = poll
        self._names = item_names(data.headings)
        self._groups: dict[str, Groups] = {}
        self._refuse_unknown_kinds()
        self._of_poll = {} if poll is None else self._read_poll(poll)

    def chosen(self) -> list[str]:
        """The items to count, in the order asked for, else all in that of the poll or the file."""
        known = list(self._of_poll) if self._poll is not None else list(self._names)
        for name in self.request.items:
            if name not in known and name not in self._names:
                raise TabulationRefused(_unknown(name, "item", [*known, *self._names]))
        itself = next((name for name in self.request.items if name in self.request.by), None)
        if itself is not None:
            raise TabulationRefused(
                f"--by {itself}: an item is not compared by itself; choose another column."
            )
        if self.request.items:
            return list(dict.fromkeys(self.request.items))
        reserved = self.request.reserved
        return [
            name for name in known if name and name not in reserved and not f"{name}/".startswith(PROFILE)
        ]

    def coded(self, name: str) -> tuple[CodedItem, ...]:
        """One item, a grid row by row."""
        if name in self._of_poll:
            return self._of_poll[name]
        headings = self._names[name]
        twice = [heading for heading in headings if headings.count(heading) > 1]
        if twice:
            raise TabulationRefused(
                f"The heading {twice[0]} occurs twice; name each apart, or choose others with --item."
            )
        kind = self.request.kinds.get(name)
        cells = self._data.measured if kind in MEASURED else self._data.column
        found = infer(name, {heading: cells(heading) for heading in headings}, self._data.numbers, kind)
        notes = _half_labelled(name, headings, self._data) if kind is None else ()
        self.notes = tuple(dict.fromkeys((*self.notes, *(notes or found.notes))))
        return warehouse.coded_items([found.item], found.columns)

    def groups(self, name: str) -> Groups:
        """The groups of people that a column, or an item with one answer, divides them into."""
        if name not in self._groups:
            self._groups[name] = _groups(name, self._grouping(name))
        return self._groups[name]

    def nets(self, item: Item) -> tuple[Net, ...]:
        """The official bands of an item, then the nets asked for, their options by id."""
        asked = tuple(_net_of(item, net) for net in self.request.nets.get(item.id, ()))
        return (*official_bands(item), *asked)

    def _grouping(self, name: str) -> CodedItem:
        if name in self._of_poll:
            found = self._of_poll[name]
        elif name in self._names:
            if self._names[name] == [name]:
                _refuse_too_many_groups(name, _distinct(self._data.column(name)))
            found = self.coded(name)
        else:
            heading = next((one for one in (name, PROFILE + name) if one in self._data.headings), None)
            if heading is None:
                raise TabulationRefused(_unknown(name, "column", self._data.headings))
            cells = self._data.column(heading)
            _refuse_too_many_groups(name, _distinct(cells))
            inferred = infer(name, {name: cells}, self._data.numbers)
            found = warehouse.coded_items([inferred.item], inferred.columns)
        if len(found) > 1 or found[0].item.kind not in (Kind.SINGLE, Kind.RATING, Kind.NUMBER):
            raise TabulationRefused(
                f"--by {name}: people have several answers or a text there. Choose one with a value each."
            )
        return found[0]

    def _read_poll(self, poll: Instrument) -> dict[str, tuple[CodedItem, ...]]:
        """The poll's items through the same checks as an import; other columns are left alone."""
        ids = {item.id for item in poll}
        kept = [
            place
            for place, heading in enumerate(self._data.headings)
            if heading.partition("/")[0] in ids and heading not in self.request.reserved - ids
        ]
        headings = [RESPONDENT, *(self._data.headings[place] for place in kept)]
        rows = zip(
            (str(number) for number in self._data.numbers),
            *(self._poll_cells(poll, place) for place in kept),
            strict=True,
        )
        read = read_answers(poll, headings, rows, numbers=self._data.numbers)
        self.notes = read.notes
        ballots = [warehouse.Ballot(row.answers, shown=ids) for row in read.rows]
        coded = warehouse.coded_items(poll, warehouse.code(poll, ballots))
        return {name: tuple(rows) for name, rows in groupby(coded, key=lambda one: one.item.id)}

    def _poll_cells(self, poll: Instrument, place: int) -> tuple[str, ...]:
        """The cells of a column; where the item measures, numbers for labels that are no kind of missing."""
        heading, cells = self._data.headings[place], self._data.cells[place]
        item = poll.item(heading.partition("/")[0])
        if item.kind.value not in MEASURED:
            return cells
        missing = {label.casefold() for label in (item.not_applicable, item.prefer_not_to_say) if label}
        pairs = zip(cells, self._data.codes.get(heading, cells), strict=True)
        return tuple(cell if cell.strip().casefold() in missing else code for cell, code in pairs)

    def _refuse_unknown_kinds(self) -> None:
        for name, kind in self.request.kinds.items():
            if kind not in KINDS:
                raise TabulationRefused(
                    f"--kind {name}={kind}: there is no such kind. Use {', '.join(KINDS)}."
                )
            if self._poll is not None and kind != NPS:
                raise TabulationRefused(f"--kind {name}={kind}: the poll file says its kind; leave this out.")
        for name in (*self.request.kinds, *self.request.nets):
            if name not in self._names:
                raise TabulationRefused(_unknown(name, "item", list(self._names)))


def _half_labelled(name: str, headings: Sequence[str], data: Columns) -> tuple[str, ...]:
    """A note on a column of which some numbers have labels, such as the two ends of a scale."""
    for heading in headings:
        pairs = set(zip(data.column(heading), data.measured(heading), strict=True)) - {("", "")}
        labelled = next((f"{code} is {label}" for label, code in sorted(pairs) if label != code), None)
        if labelled is not None and any(label == code for label, code in pairs):
            return (
                f"{name}: some of its numbers have labels ({labelled}), others none, so it is counted as a "
                f"choice of labels. With --kind {name}=rating its numbers are counted.",
            )
    return ()


def _net_of(item: Item, net: Net) -> Net:
    """The net with each option by its id, found by id or label. Raises TabulationRefused."""
    known = {label: id_ for id_, label in options_of(item)} | {id_: id_ for id_, _ in options_of(item)}
    if not known or item.kind is Kind.RANKING:
        raise TabulationRefused(f"--net {item.id}: only answers with shares can be added together.")
    for option in net.options:
        if option not in known:
            raise TabulationRefused(
                f"--net {item.id}: there is no answer {option}.{meant(option, list(known))}"
            )
    return Net(net.label, tuple(known[option] for option in net.options))


def _groups(name: str, coded: CodedItem) -> Groups:
    """Only the values that occur, in poll order, else in alphabetical or numeric order."""
    labels = _labels(coded.item, coded)
    codes = np.where(coded.codes < len(labels), coded.codes, -1)
    occurring = np.unique(codes[codes >= 0])
    if len(occurring) == 0:
        raise TabulationRefused(f"--by {name}: nobody has a value there; choose another column.")
    _refuse_too_many_groups(name, len(occurring))
    place = np.full(len(labels) + 1, -1)
    place[occurring] = np.arange(len(occurring))
    return Groups(place[codes], tuple(labels[one] for one in occurring))


def _distinct(cells: Sequence[str]) -> int:
    return len({cell.strip() for cell in set(cells)} - {""})


def _refuse_too_many_groups(name: str, values: int) -> None:
    if values > MOST_GROUPS:
        raise TabulationRefused(
            f"--by {name}: has {values:,} values; at most {MOST_GROUPS} groups are compared."
        )


def _labels(item: Item, coded: CodedItem) -> list[str]:
    if item.kind is Kind.NUMBER:
        return [f"{value:.15g}" for value in coded.cells.values if np.isfinite(value)]
    return [id_ for id_, _ in options_of(item)]


def _unknown(name: str, what: str, known: Sequence[str]) -> str:
    return f"There is no {what} {name} in the file.{meant(name, list(dict.fromkeys(known)))}"


__all__ = ["ColumnUnfit", "Request", "Tabulation", "TabulationRefused", "item_cubes", "tabulate"]
