"""A figure as a value: what is shown, of whom, and from where. Drawing it is a last step."""

from dataclasses import dataclass
from typing import TypeGuard

from canvass.figures.asked import scale_ends
from canvass.figures.setting import PollSetting
from canvass.instrument.model import Item, Kind, Missing
from canvass.tables.values import (
    Caution,
    Figure,
    HiddenTopline,
    ReleasedFigure,
    ReleasedTopline,
    Topline,
    strictest,
    strictest_caution,
)


@dataclass(frozen=True, slots=True)
class Exhibit(PollSetting):
    """One item's results with everything that a caption must say.

    `toplines` holds one topline, or one for each row of a grid in poll order, as `disclosure.release` gave
    them. Shares are 0 to 1.
    """

    key: str  # permanent: poll and item, as in the address of the finding
    toplines: tuple[ReleasedTopline, ...]

    def __post_init__(self) -> None:
        if not self.toplines:
            raise ValueError(f"{self.key}: an exhibit needs at least one topline.")
        if len(self.toplines) > 1 and not self.item.kind.is_grid:
            raise ValueError(f"{self.key}: only a grid has more than one topline.")

    @property
    def item(self) -> Item:
        return self.toplines[0].item

    @property
    def kind(self) -> Kind:
        return self.item.kind

    @property
    def question(self) -> str:
        """The question as put, with what the ends of its scale mean."""
        ends = scale_ends(self.item)
        return f"{self.item.text} {ends}." if ends else self.item.text


def row_label(topline: ReleasedTopline) -> str:
    """What a line of the figure is called: the grid's row, else the item."""
    return topline.row.label if topline.row else topline.item.text


def caution(topline: ReleasedTopline) -> Caution | None:
    """How far this topline can be read: the strictest of its own caution and that of its leading number."""
    return strictest_caution(topline)


def worst(exhibit: Exhibit) -> Caution | None:
    return strictest(caution(topline) for topline in exhibit.toplines)


def shows_shares(topline: ReleasedTopline) -> TypeGuard[Topline]:
    """Whether per cents and means may be drawn: 30 people or more."""
    return caution(topline) not in (Caution.COUNTS_ONLY, Caution.NO_FIGURE)


def shows_counts(topline: ReleasedTopline) -> TypeGuard[Topline]:
    """Whether the numbers are there at all: they are not where they were withheld."""
    return not isinstance(topline, HiddenTopline)


def is_not_applicable(figure: ReleasedFigure) -> bool:
    return figure.option == Missing.NOT_APPLICABLE


def share_lines(topline: ReleasedTopline) -> tuple[ReleasedFigure, ...]:
    """The share of each option in poll order, hidden ones too, then that of "not applicable" where somebody
    chose it."""
    found = tuple(f for f in topline.figures if f.statistic == "share")
    if isinstance(topline, HiddenTopline) or not _adds_not_applicable(topline, found):
        return found
    rest = max(0.0, 1.0 - sum(f.estimate or 0.0 for f in found if isinstance(f, Figure)))
    label = topline.item.not_applicable
    return (*found, Figure("share", Missing.NOT_APPLICABLE, label, topline.not_applicable, rest))


def shares(topline: ReleasedTopline) -> tuple[Figure, ...]:
    """Those of the shares that are shown; of a hidden topline none."""
    return tuple(line for line in share_lines(topline) if isinstance(line, Figure))


def _adds_not_applicable(topline: Topline, found: tuple[ReleasedFigure, ...]) -> bool:
    """Shares of choices are of the base with "not applicable" in it; means and ranks are not."""
    chosen = topline.item.kind in (Kind.SINGLE, Kind.GRID_SINGLE)
    return chosen and topline.not_applicable > 0 and not any(is_not_applicable(f) for f in found)


def single_figure(topline: ReleasedTopline, statistic: str) -> Figure | None:
    """The row that speaks of the whole item, or None where it was not computed or is not shown."""
    return next((f for f in shown_figures(topline) if f.statistic == statistic and f.option is None), None)


def quantile(topline: ReleasedTopline, q: float) -> float | None:
    """The value below which this part of the answers lies, or None."""
    found = (f.estimate for f in shown_figures(topline) if f.statistic == "quantile" and f.q == q)
    return next(found, None)


def shown_figures(topline: ReleasedTopline) -> tuple[Figure, ...]:
    """The rows that are shown."""
    return tuple(line for line in topline.figures if isinstance(line, Figure))
