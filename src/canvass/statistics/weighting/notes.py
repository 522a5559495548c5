"""What a weighting has to say about itself, in sentences."""

from collections.abc import Iterator, Sequence

from canvass.statistics.weighting.ceilings import Beyond
from canvass.statistics.weighting.margins import Margin
from canvass.statistics.weighting.standings import THIN_UNDER, Standing


def margin_notes(margins: Sequence[Margin], unknown: Sequence[int]) -> Iterator[str]:
    """Shares taken as rounded, and people whose category is unknown."""
    for margin, count in zip(margins, unknown, strict=True):
        if margin.note is not None:
            yield margin.note
        if count:
            yield f"{margin.name}: {people(count)} without a value keep the share that they have."


def thin_notes(standings: Sequence[Standing]) -> Iterator[str]:
    """Categories whose weight rests on too few."""
    for one in standings:
        if one.thin:
            yield (
                f"{one.variable}: {one.category} has {people(one.people)}, fewer than {THIN_UNDER}; "
                "join it to a neighbouring category."
            )


def trim_notes(trim: float, capped: int, beyond: Sequence[Beyond]) -> Iterator[str]:
    """Who was capped, and which targets the cap puts out of reach."""
    cap = f"the cap of {trim:g} times the mean weight"
    held = "1 respondent is" if capped == 1 else f"{capped:,} respondents are"
    yield f"{held} held at {cap}." if capped else f"Nobody reached {cap}."
    for one in beyond:
        yield (
            f"{one.variable}: the cap holds {one.category} at {_percent(one.reached)} of its target of "
            f"{_percent(one.wanted)}; join it to a neighbouring category."
        )


def missed_note(standings: Sequence[Standing], sweeps: int, *, capped: bool) -> str:
    """Where the weights stand furthest from a target when they could come no closer."""
    worst = max(standings, key=lambda one: abs(one.weighted / one.target - 1))
    return (
        f"After {sweeps:,} rounds the targets are not met: {worst.variable}, {worst.category} stands at "
        f"{_percent(worst.weighted)} for {_percent(worst.target)}. They contradict each other among these "
        f"respondents{' under this cap: raise it,' if capped else ':'} join thin categories or leave a "
        "variable out."
    )


def people(number: int) -> str:
    """A count: 1 respondent, 12 respondents."""
    return "1 respondent" if number == 1 else f"{number:,} respondents"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
