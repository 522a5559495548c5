"""A figure as a value: what is shown, of whom, and from where. Drawing it is a last step."""

from dataclasses import dataclass

from canvass.figures.setting import PollSetting
from canvass.instrument.model import Item, Kind, Missing
from canvass.statistics.small_bases import NO_FIGURE_UNDER
from canvass.tables.values import Caution, Figure, Topline

_SEVERITY = (None, Caution.SMALL, Caution.VERY_SMALL, Caution.COUNTS_ONLY, Caution.NO_FIGURE)


@dataclass(frozen=True, slots=True)
class Exhibit(PollSetting):
    """One item's results with everything that a caption must say.

    `toplines` holds one topline, or one for each row of a grid in poll order. Shares are 0 to 1.
    """

    key: str  # permanent: poll and item, as in the address of the finding
    toplines: tuple[Topline, ...]

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
        scale = self.item.scale
        if scale is None or not (scale.low or scale.high):
            return self.item.text
        ends = ((scale.start, scale.low), (scale.end, scale.high))
        return f"{self.item.text} {', '.join(f'{point} = {words}' for point, words in ends if words)}."


def row_label(topline: Topline) -> str:
    """What a line of the figure is called: the grid's row, else the item."""
    return topline.row.label if topline.row else topline.item.text


def caution(topline: Topline) -> Caution | None:
    """How far this topline can be read: the strictest of its own caution and that of its leading number."""
    leading = [f.caution for f in topline.figures if f.statistic in ("mean", "median") and f.option is None]
    return max((topline.caution, *leading), key=_SEVERITY.index)


def worst(exhibit: Exhibit) -> Caution | None:
    return max((caution(topline) for topline in exhibit.toplines), key=_SEVERITY.index)


def shows_shares(topline: Topline) -> bool:
    """Whether per cents and means may be shown: 30 people or more."""
    return caution(topline) not in (Caution.COUNTS_ONLY, Caution.NO_FIGURE)


def shows_counts(topline: Topline) -> bool:
    """Whether anything may be shown: 10 people or more."""
    return caution(topline) is not Caution.NO_FIGURE


def shows_asked(topline: Topline) -> bool:
    """Whether the number asked may be shown. Under 10 it is how many gave one answer to the item before."""
    return topline.asked is not None and topline.asked >= NO_FIGURE_UNDER


def is_not_applicable(figure: Figure) -> bool:
    return figure.option == Missing.NOT_APPLICABLE


def shares(topline: Topline) -> tuple[Figure, ...]:
    """The share of each option in poll order, then that of "not applicable" where somebody chose it."""
    found = tuple(f for f in topline.figures if f.statistic == "share")
    if not _adds_not_applicable(topline, found):
        return found
    rest = max(0.0, 1.0 - sum(f.estimate or 0.0 for f in found))
    label = topline.item.not_applicable
    return (*found, Figure("share", Missing.NOT_APPLICABLE, label, topline.not_applicable, rest))


def _adds_not_applicable(topline: Topline, found: tuple[Figure, ...]) -> bool:
    """Shares of choices are of the base with "not applicable" in it; means and ranks are not."""
    chosen = topline.item.kind in (Kind.SINGLE, Kind.GRID_SINGLE)
    return chosen and topline.not_applicable > 0 and not any(is_not_applicable(f) for f in found)


def single_figure(topline: Topline, statistic: str) -> Figure | None:
    """The row that speaks of the whole item, or None where it was not computed."""
    return next((f for f in topline.figures if f.statistic == statistic and f.option is None), None)


def quantile(topline: Topline, q: float) -> float | None:
    """The value below which this part of the answers lies, or None."""
    found = (f.estimate for f in topline.figures if f.statistic == "quantile" and f.q == q)
    return next(found, None)
