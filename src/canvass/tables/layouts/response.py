"""Response analytics: what was asked when, how many answered, and what questions of one kind are like."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from canvass.tables import wording
from canvass.tables.layouts.funnel import conversion_cell
from canvass.tables.layouts.labels import cell_of
from canvass.tables.response import QuestionResponse, ResponseAnalytics, ResponseGroup
from canvass.tables.sheet import Cell, Column, Entry, Section, Sheet, SheetRow, Style, Words
from canvass.tables.values import Suppressed

_GROUPS = (
    "Questions",
    "Mean answers",
    "Highest",
    "Lowest",
    "Asked",
    "Answered",
    "Conversion",
    "Typical conversion",
    "Mean days open",
)
_QUESTIONS = ("Opened", "Category", "Topic", "Days open", "Asked", "Answered", "Conversion")


def response_sheets(found: ResponseAnalytics) -> tuple[Sheet, Sheet, Sheet]:
    """The groups, the best and worst questions, and every question in order."""
    period = wording.days(found.first_day, found.last_day)
    about = (f"Period: {period}", f"Questions: {len(found.questions)}", f"Polls: {found.all.polls}")
    groups = Sheet(
        name="response",
        title="How many answered, by category, month and season",
        bases=about,
        columns=tuple(map(Column, _GROUPS)),
        sections=(
            Section("All", (_group_row(found.all),)),
            *(
                Section(title, tuple(map(_group_row, told)))
                for title, told in (
                    ("Category", found.by_category),
                    ("Month", map(_with_month, found.by_month)),
                    ("Season", found.by_season),
                    ("Days open", found.by_days_open),
                )
            ),
        ),
        notes=(_EXPLAINED, _TOGETHER, *_left_out(found)),
    )
    ends = (
        Section("Highest conversion", _rows(found.best())),
        Section("Lowest conversion", _rows(found.worst())),
    )
    return (
        groups,
        _questions("best-and-worst", "The questions with the highest and the lowest conversion", about, ends),
        _questions("questions", "Every question", about, (Section("", _rows(found.questions)),)),
    )


_EXPLAINED = "Conversion: answered, of those to whom the question was shown. A dash: not measured."
_TOGETHER = (
    "The conversion of questions together is of all showings that were measured; the typical one is the "
    "median of the questions. The same people saw several questions, so neither has an interval."
)


def _left_out(found: ResponseAnalytics) -> tuple[str, ...]:
    """How many questions are in no group, because their numbers are not told."""
    count = len(found.withheld)
    few = "1 question is" if count == 1 else f"{count} questions are"
    return (f"{few} in no group: too few people answered.",) if count else ()


def _questions(name: str, title: str, bases: tuple[str, ...], sections: tuple[Section, ...]) -> Sheet:
    return Sheet(name, title, bases, tuple(map(Column, _QUESTIONS)), sections, (_EXPLAINED,))


def _group_row(one: ResponseGroup) -> SheetRow:
    return SheetRow(
        one.label,
        (
            Cell(one.questions, Style.COUNT),
            Cell(one.mean, Style.MEAN),
            Cell(one.highest, Style.COUNT),
            Cell(one.lowest, Style.COUNT),
            Cell(one.asked, Style.COUNT),
            Cell(one.answered, Style.COUNT),
            Cell(one.conversion, Style.SHARE),
            Cell(one.typical, Style.SHARE),
            Cell(one.days_open, Style.MEAN),
        ),
    )


def _with_month(one: ResponseGroup) -> ResponseGroup:
    """The group of a month by its name: "2021-03" is March 2021."""
    return replace(one, label=wording.month(date.fromisoformat(f"{one.label}-01")))


def _rows(questions: Sequence[QuestionResponse]) -> tuple[SheetRow, ...]:
    return tuple(SheetRow(one.text, _cells(one), "; ".join(_notes(one))) for one in questions)


def _cells(one: QuestionResponse) -> tuple[Entry, ...]:
    hidden = isinstance(one.answered, Suppressed)
    return (
        Words(wording.day(one.first_day)),
        Words(one.category),
        Words(one.topic),
        Cell(one.days_open, Style.COUNT),
        cell_of(one.asked, Style.COUNT),
        cell_of(one.answered, Style.COUNT),
        cell_of(one.answered, Style.SHARE) if hidden else conversion_cell(one.conversion),
    )


def _notes(one: QuestionResponse) -> Iterator[str]:
    """Why, in somebody's words."""
    for note in one.notes:
        yield f"{note.text} ({note.role}, {wording.day(note.written)})"
