"""The words of a crosstab and its numbers. What differs is said by the noise guard alone."""

from canvass.figures import caption
from canvass.figures.asked import scale_ends
from canvass.figures.crosstab_cells import BY_MEAN, Cell, Head, heads, lines
from canvass.figures.exhibits import CrosstabExhibit
from canvass.figures.numbers import DataTable
from canvass.tables import noise_guard, wording
from canvass.tables.noise_guard import Stamp
from canvass.tables.values import Figure, Reason, Suppressed

_STAMPS = {
    (Stamp.FOUND,): "Found, not planned",
    (Stamp.PLANNED,): "Planned",
    (Stamp.FOUND, Stamp.PLANNED): "Some comparisons planned, others found",
}
NO_CAUSE = "Does not show cause"


def title(exhibit: CrosstabExhibit) -> str:
    """The sentence that was given, else what stands by what, which compares nothing."""
    if exhibit.title.strip():
        return exhibit.title.strip()
    if len(exhibit.crosstabs) > 1:
        count = wording.small_number(len(exhibit.crosstabs))
        return wording.capital(f"{count} questions by {exhibit.by}")
    total = exhibit.crosstabs[0].total
    subject = total.row.label if total.row else total.item.topic or total.item.text
    return wording.capital(f"{subject.strip().rstrip('?.')}, by {exhibit.by}")


def question(exhibit: CrosstabExhibit) -> str:
    """What was asked, and what stands in the cells."""
    total = exhibit.crosstabs[0].total
    shown = f"{_statistic(exhibit)}, with {wording.limit(exhibit.level)} interval."
    if exhibit.question or len(exhibit.crosstabs) > 1:
        return " ".join(filter(None, (exhibit.question, shown)))
    ends = scale_ends(total.item)
    row = f"{total.row.label}." if total.row else ""
    return " ".join(filter(None, (total.item.text, row, f"{ends}." if ends else "", shown)))


def _statistic(exhibit: CrosstabExhibit) -> str:
    by_mean = exhibit.crosstabs[0].total.item.kind in BY_MEAN
    return "Mean answer" if by_mean else "Per cent of each group"


def marks(exhibit: CrosstabExhibit) -> tuple[str, ...]:
    """The team's marks, whether comparisons were planned, that nothing here shows a cause."""
    stamps = tuple(sorted({one.stamp for one in exhibit.judged}))
    return (*exhibit.marks, *((_STAMPS[stamps],) if stamps else ()), NO_CAUSE)


def in_sight(exhibit: CrosstabExhibit) -> tuple[str, ...]:
    """The first layer: base, fieldwork, why something is hidden, source."""
    base = f"{_base(exhibit)} {caption.fieldwork(exhibit)}"
    return (base, *_hidden(exhibit), *exhibit.notes, caption.source(exhibit))


def _base(exhibit: CrosstabExhibit) -> str:
    known = dict.fromkeys(caption.row_base(table.total) for table in exhibit.crosstabs)
    if len(known) > 1:
        return f"Base: {heads(exhibit)[0].people} people; groups as shown."
    unknown = "" if exhibit.crosstabs[0].total.asked is not None else " (the number asked is not known)"
    return f"Base: {next(iter(known))}{unknown}; groups as shown."


def _hidden(exhibit: CrosstabExhibit) -> tuple[str, ...]:
    """Each reason for which something is not shown, once."""
    reasons: dict[str, None] = {}
    for table in exhibit.crosstabs:
        for group in table.groups:
            found = [one.suppressed for one in group.figures if one.suppressed is not None]
            found += [group.base] if isinstance(group.base, Suppressed) else []
            reasons |= dict.fromkeys(
                f"{one} Not shown: {one.words}." for one in found if one.reason is not Reason.COUNTS_ONLY
            )
    return tuple(reasons)


def how_to_read(exhibit: CrosstabExhibit) -> tuple[str, ...]:
    """The second layer: intervals, tests, self-selection, small bases."""
    shown = [
        figure
        for table in exhibit.crosstabs
        for group in table.groups
        for figure in group.figures
        if isinstance(figure, Figure)
    ]
    names = {figure.interval for figure in shown if figure.interval}
    span = caption.interval("small range under a number", exhibit.level, names)
    tests = (
        noise_guard.note(exhibit.judged) if exhibit.judged else "Differences between groups are not tested."
    )
    return (
        f"{span} {caption.correction(exhibit)}",
        f"Each group is compared with all other groups together. {tests}" if exhibit.judged else tests,
        caption.self_selection(),
        caption.small_bases(),
    )


def table(exhibit: CrosstabExhibit) -> DataTable:
    """A row an answer, a column a group; people first."""
    groups, rows = heads(exhibit), lines(exhibit)
    tested = any(cell.p for line in rows for cell in line.cells)
    first = ("People", *(_people(head) for head in groups))
    cells = tuple((line.label, *(_cell(cell, tested=tested) for cell in line.cells)) for line in rows)
    head = ("Answer", *(head.label for head in groups))
    return DataTable(" ".join((question(exhibit), _base(exhibit))), head, (first, *cells))


def _people(head: Head) -> str:
    return ", ".join(filter(None, (head.people, head.mark)))


def _cell(cell: Cell, *, tested: bool) -> str:
    return f"{cell.words}; {cell.p}" if tested and cell.p else cell.words
