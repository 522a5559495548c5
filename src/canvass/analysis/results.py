"""The results of a counted poll: every item as an exhibit, from its cubes alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from canvass import figures, tables
from canvass.analysis import cubes
from canvass.analysis.models import Counted, FigureTitle
from canvass.analysis.wordings import Version, Wording, wordings
from canvass.figures import Exhibit
from canvass.instrument import Instrument, Item, Kind, restore
from canvass.polls import queries
from canvass.polls.models import Poll
from canvass.tables import wording as words
from canvass.warehouse import Manifest

SENSITIVE_UNDER = 30  # people; of a sensitive poll nothing is published of an item with a smaller base
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: an item in one wording, with its numbers and its title."""

    wording: Wording
    exhibit: Exhibit
    drafted: str  # the finding as the numbers say it
    worded: FigureTitle | None  # the team's title, where it has one
    withheld: str = ""  # why the public does not see it; "" where it does

    @property
    def address(self) -> str:
        return self.wording.address

    @property
    def item(self) -> Item:
        return self.wording.item

    @property
    def title(self) -> str:
        return self.exhibit.title or self.drafted

    @property
    def is_text(self) -> bool:
        return self.item.kind is Kind.TEXT

    @property
    def answered(self) -> str:
        """ "135 answered this question", "129 to 134 answered each line", "fewer than 10 …"."""
        bases = [topline.base for topline in self.exhibit.toplines]
        if min(bases) < 10:
            return "fewer than 10 answered this question"
        if len(set(bases)) == 1:
            return f"{words.whole(bases[0])} answered this question"
        return f"{words.whole(min(bases))} to {words.whole(max(bases))} answered each line of this question"


@dataclass(frozen=True, slots=True)
class Results:
    """A counted poll with everything that may be said of it."""

    poll: Poll
    counted: Counted
    instrument: Instrument
    versions: int
    all: tuple[Result, ...]

    @property
    def manifest(self) -> Manifest:
        return Manifest.restore(self.counted.manifest)

    @property
    def participation(self) -> str:
        return words.participation(self.counted.mailed, self.counted.took_part)

    @property
    def public(self) -> tuple[Result, ...]:
        return tuple(result for result in self.all if not result.withheld)

    def at(self, address: str) -> Result:
        """The figure of this address. Raises KeyError."""
        for result in self.all:
            if result.address == address:
                return result
        raise KeyError(address)


def is_counted(poll: Poll) -> bool:
    return Counted.objects.filter(panel=poll.panel_id, poll=poll).exists()


def results(poll: Poll) -> Results:
    """Everything counted of a poll. Raises Counted.DoesNotExist."""
    counted = Counted.objects.get(panel=poll.panel_id, poll=poll)
    frozen = queries.versions(poll)
    versions = [Version(one.version, restore(one.instrument), one.meaning_changed) for one in frozen]
    found = wordings(versions, Manifest.restore(counted.manifest).versions)
    titles = _titles(poll)
    every = tuple(_result(poll, counted, wording, titles.get(wording.address)) for wording in found)
    newest = versions[-1].instrument
    if newest.sensitive:
        every = tuple(_guarded(result) for result in every)
    return Results(poll, counted, newest, len(versions), every)


def find_results(poll: Poll) -> Results | None:
    """The results of a poll, or None where it is not counted."""
    try:
        return results(poll)
    except Counted.DoesNotExist:
        return None


def earlier_titles(poll: Poll) -> Mapping[str, list[FigureTitle]]:
    """Every wording of each figure's title, the newest first."""
    history: dict[str, list[FigureTitle]] = {}
    for worded in FigureTitle.objects.filter(panel=poll.panel_id, poll=poll).order_by("-pk"):
        history.setdefault(worded.figure, []).append(worded)
    return history


def _titles(poll: Poll) -> dict[str, FigureTitle]:
    return {figure: history[0] for figure, history in earlier_titles(poll).items() if history[0].title}


def _result(poll: Poll, counted: Counted, wording: Wording, worded: FigureTitle | None) -> Result:
    kept: list[dict[str, Any]] = counted.cubes[wording.address]
    toplines = tuple(
        tables.topline(cube, population=counted.population, level=LEVEL)
        for cube in cubes.restore(wording.item, kept)
    )
    exhibit = Exhibit(
        key=f"{poll.slug}/{wording.address}",
        toplines=toplines,
        source=source_of(poll),
        first_day=_day(poll.opens),
        last_day=_day(poll.closes),
        mode="collected elsewhere and imported" if poll.collected_elsewhere else "online",
        marks=_marks(wording),
        population=counted.population,
        level=LEVEL,
        brand=poll.panel.name,
    )
    drafted = figures.finding(exhibit)
    return Result(wording, replace(exhibit, title=worded.title if worded else ""), drafted, worded)


def source_of(poll: Poll) -> str:
    """ "Workers' Panel, poll for the Independent Review"."""
    return f"{poll.panel.source_line}, poll “{poll.title}”" + (
        f", for {poll.sponsor}" if poll.sponsor else ""
    )


def _day(moment: datetime | None) -> date:
    assert moment is not None  # a constraint of the desk store: a closed poll has both
    return moment.date()


def _marks(wording: Wording) -> tuple[str, ...]:
    if wording.parts == 1:
        return ()
    place = "Until" if wording.part == 1 else "After"
    return (f"{place} the wording changed its meaning; not comparable",)


def _guarded(result: Result) -> Result:
    if all(topline.base >= SENSITIVE_UNDER for topline in result.exhibit.toplines):
        return result
    reason = f"Not shown: this poll is sensitive and fewer than {SENSITIVE_UNDER} people answered."
    return replace(result, withheld=reason)
