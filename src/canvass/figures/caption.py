"""The words under a figure, in two layers, made from the numbers and never typed.

Always in sight: marks, base, fieldwork, source. Under "How to read this": interval, correction,
self-selection.
"""

from canvass.figures.exhibit import Exhibit, caution, shown_figures, shows_counts, shows_shares, worst
from canvass.figures.setting import PollSetting, Setting
from canvass.instrument.model import Kind
from canvass.tables import wording
from canvass.tables.values import Caution, HiddenTopline, ReleasedTopline, Suppressed, Topline

_CAUTIONS = {
    Caution.SMALL: "Small base: 50 to 99 people",
    Caution.VERY_SMALL: "[u] Very small base: 30 to 49 people",
    Caution.COUNTS_ONLY: "[u] Counts only: 10 to 29 people",
    Caution.NO_FIGURE: "[u] Fewer than 10 people: readers see no figure",
}
_SHORT = {
    Caution.SMALL: "small base",
    Caution.VERY_SMALL: "[u] very small base",
    Caution.COUNTS_ONLY: "[u] counts only",
    Caution.NO_FIGURE: "[u] fewer than 10",
}
_BY_MEAN = (Kind.RATING, Kind.GRID_RATING)


def _mark(exhibit: Exhibit) -> str:
    """The strictest mark in full; "" where every base is 100 or more."""
    withheld = [line.suppressed for line in exhibit.toplines if isinstance(line, HiddenTopline)]
    if withheld:
        return f"{withheld[0]} Not shown: {withheld[0].words}"
    found = worst(exhibit)
    return _CAUTIONS[found] if found else ""


def short_mark(topline: ReleasedTopline) -> str:
    """The mark beside one line of a grid; "" where its base is 100 or more."""
    if isinstance(topline, HiddenTopline):
        return f"{topline.suppressed} not shown"
    return short_caution(caution(topline))


def short_caution(found: Caution | None) -> str:
    """How far a number can be read in a few words; "" from a base of 100 on."""
    return _SHORT[found] if found else ""


def marks(exhibit: Exhibit) -> tuple[str, ...]:
    """Everything that changes how the picture is read: the team's marks, then the small base."""
    small = _mark(exhibit)
    if small and len({caution(topline) for topline in exhibit.toplines}) > 1:
        small = "Small bases are marked"
    return (*exhibit.marks, small) if small else exhibit.marks


def answered(topline: ReleasedTopline) -> str:
    """How many answered: "134", or "fewer than 10" where nothing may be shown."""
    return wording.whole(topline.base) if isinstance(topline, Topline) else topline.base.instead


def row_base(topline: ReleasedTopline) -> str:
    """The base of one line: "134 of 135 asked"; of so few asked it says no number."""
    if topline.asked is None:
        return answered(topline)
    if isinstance(topline.asked, Suppressed):
        return f"{topline.asked.instead} asked"
    return f"{answered(topline)} of {wording.whole(topline.asked)} asked"


def bases_differ(exhibit: Exhibit) -> bool:
    return len({row_base(topline) for topline in exhibit.toplines}) > 1


def line_note(exhibit: Exhibit, topline: ReleasedTopline) -> str:
    """Base and small-base mark of one line of a grid, where the lines differ; else ""."""
    known = row_base(topline) if topline.asked is not None else f"{answered(topline)} answered"
    base = known if bases_differ(exhibit) else ""
    mark = short_mark(topline) if len({caution(line) for line in exhibit.toplines}) > 1 else ""
    return ", ".join(part for part in (base, mark) if part)


def base(exhibit: Exhibit) -> str:
    """ "Base: 134 of 135 asked", and what belongs to that number."""
    if bases_differ(exhibit):
        return f"Base: {_varying_base(exhibit)}{_base_remarks(exhibit)}"
    first = exhibit.toplines[0]
    unknown = " (the number asked is not known)" if first.asked is None else ""
    return f"Base: {row_base(first)}{unknown}.{_base_remarks(exhibit)}"


def _varying_base(exhibit: Exhibit) -> str:
    bases = [topline.base for topline in exhibit.toplines if shows_counts(topline)]
    if len(bases) < len(exhibit.toplines):
        return "as shown for each line."
    spread = f"{wording.whole(min(bases))} to {wording.whole(max(bases))}"
    asked = {topline.asked for topline in exhibit.toplines}
    whole = asked.pop() if len(asked) == 1 else None
    known = f" of {wording.whole(whole)} asked" if isinstance(whole, int) else ""
    return f"{spread}{known}, as shown for each line."


def _base_remarks(exhibit: Exhibit) -> str:
    if not any(shows_counts(topline) for topline in exhibit.toplines):
        return ""
    return _several_answers(exhibit) + _not_applicable(exhibit) + _own_scale(exhibit)


def _several_answers(exhibit: Exhibit) -> str:
    if exhibit.kind is not Kind.MULTIPLE:
        return ""
    shown = all(shows_shares(topline) for topline in exhibit.toplines)
    adds = "percentages add to more than 100" if shown else "the counts add to more than the base"
    return f" People could choose several answers, so {adds}."


def _not_applicable(exhibit: Exhibit) -> str:
    chosen = any(line.not_applicable for line in exhibit.toplines if shows_counts(line))
    if not exhibit.item.not_applicable or not chosen:
        return ""
    label = exhibit.item.not_applicable
    if exhibit.kind in _BY_MEAN:
        return f" Means are of the {_those_it_applies_to(exhibit)}; “{label}” counts in the per cents."
    if exhibit.kind is Kind.NUMBER:
        return f" The numbers are of the {_those_it_applies_to(exhibit)}."
    return f" “{label}” is counted in it."


def _those_it_applies_to(exhibit: Exhibit) -> str:
    bases = [topline.applies_base or 0 for topline in exhibit.toplines if shows_counts(topline)]
    low, high = wording.whole(min(bases)), wording.people(max(bases))
    whom = high if min(bases) == max(bases) else f"{low} to {high}"
    return f"{whom} to whom it applies"


def _own_scale(exhibit: Exhibit) -> str:
    """A choose-all or rated line is of its own; shares of one grid line are of that line’s base."""
    shown = exhibit.kind is Kind.GRID_SINGLE and any(map(shows_shares, exhibit.toplines))
    return " Per cents are of each line’s own base." if shown else ""


def fieldwork(setting: PollSetting) -> str:
    """ "Fieldwork: 18 January to 1 February 2022, online. Unweighted." """
    return (
        f"Fieldwork: {wording.days(setting.first_day, setting.last_day)}, {setting.mode}. "
        f"{weighting(weighted=setting.weighted)}"
    )


def weighting(*, weighted: bool) -> str:
    return "Weighted; people are counted unweighted." if weighted else "Unweighted."


def in_sight(exhibit: Exhibit) -> tuple[str, ...]:
    """The first layer under the picture, a paragraph each."""
    return (f"{base(exhibit)} {fieldwork(exhibit)}", *exhibit.notes, source(exhibit))


def source(setting: Setting) -> str:
    return f"Source: {setting.source}"


def how_to_read(exhibit: Exhibit) -> tuple[str, ...]:
    """The second layer, a paragraph each: interval, correction, self-selection, small bases."""
    shown = [topline for topline in exhibit.toplines if shows_shares(topline)]
    if exhibit.kind is Kind.TEXT or not shown:
        return (small_bases(),) if worst(exhibit) else ()
    names = {line.interval for topline in shown for line in shown_figures(topline) if line.interval}
    first = f"{interval('interval', exhibit.level, names)} {correction(exhibit)}"
    paragraphs = (first, _tests(exhibit), self_selection(), small_bases())
    return paragraphs if worst(exhibit) else paragraphs[:3]


def interval(drawn: str, level: float, names: set[str]) -> str:
    """What a drawn line or band stands for, and the methods by which it was computed."""
    method = f" Method: {wording.listed(_methods(names))}." if names else ""
    return (
        f"The {drawn} is the {wording.limit(level)} interval, if those who answered were a random part of "
        f"the panel.{method}"
    )


def _methods(names: set[str]) -> list[str]:
    words = {
        "logit": "logit with t",
        "korn-graubard": "Korn-Graubard near 0% and 100%",
        "t": "t for means",
        "woodruff": "Woodruff for medians",
    }
    return [words[name] for name in words if name in names]


def correction(setting: PollSetting) -> str:
    """Whether the finite population correction was made, and with which number."""
    if setting.population is None:
        return "No finite population correction, because the number mailed is not known."
    return f"Finite population correction on the {wording.people(setting.population)} mailed."


def _tests(exhibit: Exhibit) -> str:
    lines = "lines" if exhibit.kind.is_grid else "answers"
    return f"Differences between {lines} are not tested."


def self_selection() -> str:
    """Why there is no margin of error: said in our own words after AAPOR on opt-in surveys."""
    return (
        "People chose for themselves to join this panel and to answer. So nobody can say how far these "
        "numbers lie from those of the whole profession, and no margin of sampling error is given "
        "(American Association for Public Opinion Research, on opt-in surveys)."
    )


def small_bases() -> str:
    return (
        "Small bases: under 10 people nothing is shown; from 10 to 29 only counts; from 30 to 49 the mark "
        "[u], of low reliability; from 50 to 99 “small base”."
    )
