"""Who the panel is and who took part: made-up counts of the published sizes, and hard ones."""

from datetime import date, timedelta

from canvass.figures import CompositionExhibit, FunnelExhibit, GrowthExhibit, WorkforceExhibit
from canvass.tables import CompositionOverTime, Event, FieldComposition, Funnel, Part, Step
from canvass.tables.disclosure import Audience, release
from canvass.tables.funnel import ItemCount

SOURCE = "the panel’s own records"
DAYS = {"first_day": date(2022, 1, 18), "last_day": date(2022, 2, 1)}
STEPS = (
    "Registered",
    "Can be mailed",
    "Mailed",
    "Accepted by the mail server",
    "Opened",
    "Answered a question",
    "Finished",
)


def public(table):
    """The table as readers see it."""
    return release([table], Audience.PUBLIC)[0]


def steps(*counts):
    return tuple(Step(label, count) for label, count in zip(STEPS, counts, strict=True))


ITEMS = (
    ItemCount(1, "How often do you work beyond your hours?", 201, 135),
    ItemCount(2, "Which of these can front-line staff use, and which can nobody use?", 135, 129),
    ItemCount(3, "What was your reason?", 9, 7),
)


def funnel() -> FunnelExhibit:
    found = Funnel("Working hours", steps(1298, 1250, 1237, 1229, 201, 135, 131), ITEMS, 2)
    return FunnelExhibit(funnel=public(found), source=SOURCE, **DAYS)


def funnel_open() -> FunnelExhibit:
    """An open poll, of which one step was not measured and nobody came to the last."""
    found = Funnel("Hours", steps(40, 38, 38, None, 5, 0, 0), (), 2, stepped=True)
    return FunnelExhibit(funnel=found, source=SOURCE, marks=("Still open",), **DAYS)


def funnel_of_nobody() -> FunnelExhibit:
    names = ("Donaudampfschifffahrtsgesellschaftskapitän", "ŵyn a thŷ ac ati", "עברית ועוד", "never " * 20)
    found = Funnel("x" * 60, tuple(Step(name, 0) for name in names), (ItemCount(1, "y" * 90, 0, 0),), 1)
    return FunnelExhibit(funnel=public(found), source=SOURCE, **DAYS)


def part(label, panel, base, target=None, answered=None, answered_base=135):
    share = None if answered is None else answered / answered_base
    low, high = (None, None) if share is None else (max(0.0, share - 0.07), share + 0.08)
    return Part(label, panel, answered, panel / base, share, target, low, high)


ROLES = (("Newly qualified", 120, 0.22), ("Social worker", 540, 0.49), ("Team manager", 230, 0.14),
         ("Senior practitioner or advanced practitioner", 190, 0.15), ("Academic", 6, None))  # fmt: skip
REGIONS = (("London", 300, 0.17), ("North East", 60, 0.06), ("South West", 420, 0.1), ("Wales", 0, 0.0))


def field(name, parts, **more):
    base = sum(panel for _, panel, _ in parts)
    found = tuple(part(label, panel, base, target) for label, panel, target in parts)
    return FieldComposition(name.lower(), name, found, base, None, source="Workforce return 2022", **more)


def workforce() -> WorkforceExhibit:
    fields = (field("Role", ROLES, panel_not_said=31), field("Region", REGIONS))
    return WorkforceExhibit(day=date(2022, 2, 1), fields=fields, source=SOURCE)


def workforce_answered() -> WorkforceExhibit:
    counts = (12, 60, 38, 24, 1)
    base = sum(panel for _, panel, _ in ROLES)
    found = tuple(
        part(label, panel, base, target, n) for (label, panel, target), n in zip(ROLES, counts, strict=True)
    )
    roles = FieldComposition("role", "Role", found, base, 135, 31, 2, "Workforce return 2022")
    return WorkforceExhibit(
        day=date(2022, 2, 1), fields=(roles,), answered="people who answered “Hours”", source=SOURCE
    )


def panel_alone() -> WorkforceExhibit:
    parts = tuple((f"{i} " + "a very long category that nobody says " * 3, 10 * i, None) for i in range(12))
    return WorkforceExhibit(day=date(2022, 2, 1), fields=(field("Setting", parts),), source=SOURCE)


def over_time(categories=("Newly qualified", "Social worker", "Manager"), count=8, targets=(0.22, 0.5, None)):
    days = tuple(date(2020, 7, 7) + timedelta(days=90 * i) for i in range(count))
    counts = tuple(
        tuple(40 * (c + 1) + (7 + 9 * c) * i for i in range(count)) for c in range(len(categories))
    )
    bases = tuple(map(sum, zip(*counts, strict=True)))
    return CompositionOverTime(
        "role", "Role", days, bases, categories, counts, targets, "Workforce return 2022"
    )


def composition() -> CompositionExhibit:
    events = (Event(date(2021, 3, 1), "Recruited at a conference"),)
    return CompositionExhibit(composition=over_time(), events=events, source=SOURCE)


def composition_of_many() -> CompositionExhibit:
    names = (*(f"{i} " + "a rather long category " * 2 for i in range(11)), "x" * 40)
    return CompositionExhibit(composition=over_time(names, 30, ()), source=SOURCE)


def composition_of_a_day() -> CompositionExhibit:
    found = CompositionOverTime("role", "Role", (date(2022, 1, 1),), (5,), ("Manager",), ((5,),), (0.4,))
    return CompositionExhibit(composition=public(found), source=SOURCE)


def growth() -> GrowthExhibit:
    days = tuple(date(2020, 7, 31) + timedelta(days=30 * i) for i in range(20))
    registered = tuple(815 + 22 * i + 40 * (i > 7) for i in range(20))
    mailable = tuple(n - 3 * i for i, n in enumerate(registered))
    active = tuple(round(n * min(i, 12) / 16) for i, n in enumerate(registered))
    lines = (("Registered", registered), ("Mailable", mailable), ("Active", active))
    return GrowthExhibit(days=days, lines=lines, notes=("Active: took part within a year.",), source=SOURCE)


def growth_of_a_day() -> GrowthExhibit:
    """One day, on which all lines end at one place."""
    lines = (("Registered and a long name", (0,)), ("Mailable", (0,)), ("Active", (0,)))
    return GrowthExhibit(days=(date(2022, 1, 1),), lines=lines, source=SOURCE)


SPECIMENS = {
    "growth": growth,
    "growth-of-a-day": growth_of_a_day,
    "funnel": funnel,
    "funnel-open": funnel_open,
    "funnel-of-nobody": funnel_of_nobody,
    "workforce": workforce,
    "workforce-answered": workforce_answered,
    "panel-alone": panel_alone,
    "composition": composition,
    "composition-of-many": composition_of_many,
    "composition-of-a-day": composition_of_a_day,
}
