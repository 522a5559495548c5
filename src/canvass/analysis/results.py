"""The results of a counted poll, as an audience may see them: each item an exhibit, from its cubes alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from canvass import figures, tables
from canvass.analysis import cubes, keeping, weighting
from canvass.analysis.models import Counted, FigureTitle, PollWeights
from canvass.analysis.wordings import Version, Wording, wordings
from canvass.figures import Exhibit, caption
from canvass.instrument import Instrument, Item, Kind, restore
from canvass.polls import queries
from canvass.polls.models import Poll
from canvass.tables import disclosure
from canvass.tables import wording as words
from canvass.tables.disclosure import Audience
from canvass.tables.values import HiddenTopline, Reason, ReleasedTopline, Topline
from canvass.warehouse import Manifest

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
        bases = [topline.base for topline in self.exhibit.toplines if isinstance(topline, Topline)]
        hidden = [caption.answered(line) for line in self.exhibit.toplines if not isinstance(line, Topline)]
        if hidden and bases:
            return f"{hidden[0]} to {words.whole(max(bases))} answered each line of this question"
        if hidden:
            return f"{hidden[0]} answered this question"
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
    weights: PollWeights | None = None  # where the poll is weighted

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


def results(poll: Poll, audience: Audience = Audience.PUBLIC) -> Results:
    """Everything counted of a poll, as this audience may see it. Raises Counted.DoesNotExist."""
    counted = Counted.objects.get(panel=poll.panel_id, poll=poll)
    frozen = queries.versions(poll)
    versions = [Version(one.version, restore(one.instrument), one.meaning_changed) for one in frozen]
    found = wordings(versions, Manifest.restore(counted.manifest).versions)
    titles = _titles(poll)
    newest = versions[-1].instrument
    limits = disclosure.of_poll(sensitive=newest.sensitive)
    weights = weighting.in_force(poll)
    toplines = {wording.address: _toplines(counted, wording, weights) for wording in found}
    public = _released(toplines, Audience.PUBLIC, limits)
    shown = _released(toplines, audience, limits)
    every = tuple(
        _result(poll, counted, weights, wording, shown[wording.address], titles.get(wording.address))
        for wording in found
    )
    every = tuple(replace(one, withheld=_withheld(public[one.address])) for one in every)
    return Results(poll, counted, newest, len(versions), every, weights)


def find_results(poll: Poll, audience: Audience = Audience.PUBLIC) -> Results | None:
    """The results of a poll, or None where it is not counted."""
    try:
        return results(poll, audience)
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


def unweighted(counted: Counted, wording: Wording) -> tuple[Topline, ...]:
    """One figure's toplines as every ballot counts once."""
    kept: list[dict[str, Any]] = counted.cubes[wording.address]
    return tuple(
        tables.topline(cube, population=counted.population, level=LEVEL, nets=figures.nets(wording.item))
        for cube in cubes.restore(wording.item, kept)
    )


def _toplines(counted: Counted, wording: Wording, weights: PollWeights | None) -> tuple[Topline, ...]:
    if weights is None:
        return unweighted(counted, wording)
    return keeping.restore(wording.item, weights.toplines[wording.address])


type _ByAddress = dict[str, tuple[ReleasedTopline, ...]]


def _released(
    toplines: Mapping[str, tuple[Topline, ...]], audience: Audience, limits: disclosure.Limits
) -> _ByAddress:
    """All toplines of the poll through the one door together, and back to their addresses."""
    every = [topline for of_figure in toplines.values() for topline in of_figure]
    released = iter(disclosure.release(every, audience, limits=limits))
    return {address: tuple(islice(released, len(held))) for address, held in toplines.items()}


def _result(
    poll: Poll,
    counted: Counted,
    weights: PollWeights | None,
    wording: Wording,
    toplines: tuple[ReleasedTopline, ...],
    worded: FigureTitle | None,
) -> Result:
    exhibit = Exhibit(
        key=f"{poll.slug}/{wording.address}",
        toplines=toplines,
        source=poll.source_line,
        first_day=_day(poll.opens),
        last_day=_day(poll.closes),
        mode="collected elsewhere and imported" if poll.collected_elsewhere else "online",
        marks=_marks(wording),
        weighted=weights is not None,
        population=counted.population,
        level=LEVEL,
        brand=poll.panel.name,
    )
    drafted = figures.finding(exhibit)
    # A title in the team's words may tell what is hidden from the public.
    told = worded is not None and any(isinstance(topline, Topline) for topline in toplines)
    return Result(wording, replace(exhibit, title=worded.title if worded and told else ""), drafted, worded)


def _day(moment: datetime | None) -> date:
    assert moment is not None  # a constraint of the desk store: a closed poll has both
    return moment.date()


def _marks(wording: Wording) -> tuple[str, ...]:
    if wording.parts == 1:
        return ()
    place = "Until" if wording.part == 1 else "After"
    return (f"{place} the wording changed its meaning; not comparable",)


def _withheld(public: tuple[ReleasedTopline, ...]) -> str:
    """Why a figure of a sensitive poll is not published at all; "" where it is."""
    for topline in public:
        if isinstance(topline, HiddenTopline) and topline.suppressed.reason is Reason.FEW_OF_SENSITIVE:
            return f"Not shown: {topline.suppressed.words}."
    return ""
