"""Growth of the panel as a small picture: registered, mailable and active, each named at its end."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from canvass.panel.queries import Headcount

WIDE, PHONE, HEIGHT = 720, 358, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 92, 14, 28
STEPS = (10, 12, 15, 20, 30, 40, 50, 60, 80)
NAMES_APART = 16  # pixels between the names of two lines that end close to each other
NAMES, WIDTHS, DASHES = ("registered", "mailable", "active"), (2.5, 2, 2), ("none", "5 4", "1.5 4")
LINE = '<polyline points="{}" fill="none" stroke="currentColor" stroke-width="{}" stroke-dasharray="{}"/>'


def growth(months: Sequence[Headcount], active: Sequence[int], width: int) -> SafeString:
    """An SVG drawing in the colour of the text around it, with the numbers said in its label."""
    end = width - RIGHT
    top = _round_up(max(month.registered for month in months))
    counts = ([month.registered for month in months], [month.mailable for month in months], active)
    lines = [[_up(count, top) for count in line] for line in counts]
    return format_html(
        '<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" fill="currentColor" font-size="13" '
        'aria-label="Registered grew from {a} to {b}; today {c} are mailable and {d} active">'
        "{grid}{days}{lines}{names}</svg>",
        w=width,
        h=HEIGHT,
        a=months[0].registered,
        b=months[-1].registered,
        c=months[-1].mailable,
        d=active[-1],
        grid=_grid(top, end),
        days=_days(months, end),
        lines=format_html_join(
            "", LINE, zip((_points(line, end) for line in lines), WIDTHS, DASHES, strict=True)
        ),
        names=_names([line[-1] for line in lines], end),
    )


def _round_up(value: int) -> int:
    """The next round number with a round half, and at least 10."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= value:
                return step * power
        power *= 10


def _up(value: int, top: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top


def _across(place: int, count: int, end: int) -> float:
    return LEFT + (end - LEFT) * (place / (count - 1) if count > 1 else 1)


def _points(heights: Sequence[float], end: int) -> str:
    return " ".join(f"{_across(i, len(heights), end):.1f},{height:.1f}" for i, height in enumerate(heights))


def _grid(top: int, end: int) -> SafeString:
    rows = ((_up(value, top), _up(value, top) + 4, f"{value:,}") for value in (0, top // 2, top))
    return format_html_join(
        "",
        f'<line x1="{LEFT}" x2="{end}" y1="{{0}}" y2="{{0}}" stroke="currentColor" opacity="0.25"/>'
        f'<text x="{LEFT - 6}" y="{{1}}" text-anchor="end">{{2}}</text>',
        rows,
    )


def _days(months: Sequence[Headcount], end: int) -> SafeString:
    """The first and the last month, which is all that a reader needs for the scale."""
    ends = ((LEFT, "start", months[0].day), (end, "end", months[-1].day))
    return format_html_join(
        "",
        f'<text x="{{}}" y="{HEIGHT - 8}" text-anchor="{{}}">{{}}</text>',
        ((x, anchor, f"{day:%b %Y}") for x, anchor, day in ends),
    )


def _names(heights: Sequence[float], end: int) -> SafeString:
    """Each line's name at its end, from the top down, never closer than NAMES_APART."""
    placed: list[tuple[float, str]] = []
    for height, name in sorted(zip(heights, NAMES, strict=True)):
        placed.append((max(height, placed[-1][0] + NAMES_APART) if placed else height, name))
    return format_html_join(
        "",
        f'<text x="{end + 6}" y="{{}}">{{}}</text>',
        ((f"{place + 4:.1f}", name) for place, name in placed),
    )
