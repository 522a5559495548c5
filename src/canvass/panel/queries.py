"""What is read of a panel: members, standing on any date, addresses for sending, letters."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from canvass.panel import participation, wordings
from canvass.panel.models import (
    Address,
    AddressChange,
    ConsentRecord,
    ConsentWording,
    Letter,
    Member,
    Standing,
    StandingEvent,
    Suppression,
)
from canvass.panel.states import MAILABLE, REGISTERED, State
from canvass.team.models import Panel

MEMBERS_A_PAGE = 50
YEAR = timedelta(days=365)


# Who


def member_of(panel: Panel, key: str) -> Member | None:
    return Member.objects.filter(panel=panel, key=key).select_related("panel").first()


def member_by_key(key: str) -> Member | None:
    """The member behind a signed link, which names no panel."""
    return Member.objects.filter(key=key).select_related("panel").first()


def members(panel: Panel, *, state: str = "", profile: Mapping[str, str] | None = None) -> QuerySet[Member]:
    """Members by standing and profile, the newest first. `state` may be "registered"."""
    found = Member.objects.filter(panel=panel).order_by("-joined_at", "-pk")
    if state == "registered":
        found = found.filter(state__in=REGISTERED)
    elif state:
        found = found.filter(state=state)
    for name, value in (profile or {}).items():
        found = found.filter(**{f"profile__{name}": value})
    return found


def members_page(found: QuerySet[Member], page: str) -> "Page[Member]":
    return Paginator(found, MEMBERS_A_PAGE).get_page(page)


def mailable(panel: Panel, profile: Mapping[str, str] | None = None) -> list[str]:
    """Keys of those who can be mailed now, from the ballots store, in order of key."""
    rows = Standing.objects.filter(panel_id=panel.pk, mailable=True)
    for name, value in (profile or {}).items():
        rows = rows.filter(**{f"profile__{name}": value})
    return list(rows.order_by("member").values_list("member", flat=True))


def address_of(panel: Panel, member: str) -> str | None:
    """Where to send mail for a member; None where no address is held. For sending only: show_address is
    the verb by which people look."""
    held = Address.objects.filter(panel_id=panel.pk, member=member).first()
    return None if held is None else held.address


def addresses_of(panel: Panel, members: Sequence[str]) -> dict[str, Address]:
    """Addresses of many members at once, by key; those without one, or with one not to be mailed, are left
    out."""
    barred = Suppression.objects.filter(panel_id=panel.pk).values("lookup")
    held = Address.objects.filter(panel_id=panel.pk, member__in=members).exclude(lookup__in=barred)
    return {address.member: address for address in held}


def outdated(member: str, made: datetime) -> bool:
    """Whether a link made at this second went to an address that the member has since changed."""
    changes = Address.objects.filter(member=member).values_list("changed_at", flat=True)
    changed_at = changes.first()
    return changed_at is not None and made < changed_at.replace(microsecond=0)


def wish_of(key: str) -> AddressChange | None:
    """The wish for a new address that a link names."""
    return AddressChange.objects.filter(key=key).first()


def member_who_wishes(key: str) -> Member | None:
    wish = wish_of(key)
    return None if wish is None else member_by_key(wish.member)


# How many, on any date


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many stood where at the end of a day."""

    day: date
    registered: int
    mailable: int


def standing_on(panel: Panel, day: date) -> Headcount:
    """Registered and mailable at the end of a day in the panel's time zone."""
    return standing_over(panel, [day])[0]


def standing_over(panel: Panel, days: Sequence[date]) -> list[Headcount]:
    """The same for several days, in order, by one pass over the history."""
    counts = []
    for day, states in zip(days, _states_at(panel, days), strict=True):
        held = Counter(states.values())
        counts.append(
            Headcount(day, sum(held[state] for state in REGISTERED), sum(held[state] for state in MAILABLE))
        )
    return counts


def active_on(panel: Panel, day: date) -> int:
    """How many of those registered at the end of a day took part in a poll within the year before it."""
    return active_over(panel, [day])[0]


def active_over(panel: Panel, days: Sequence[date]) -> list[int]:
    """The same for several days, in order. A day's own hand-ins count from the next day on, so that nobody
    can watch the number move with one member's answer."""
    took_part = iter(participation.days(panel))
    one = next(took_part, None)
    latest: dict[str, date] = {}
    counts = []
    for day, states in zip(days, _states_at(panel, days), strict=True):
        while one is not None and one[0] < day:
            latest[one[1]] = one[0]
            one = next(took_part, None)
        counts.append(sum(on >= day - YEAR and states.get(who) in REGISTERED for who, on in latest.items()))
    return counts


def _states_at(panel: Panel, days: Iterable[date]) -> Iterator[dict[str, str]]:
    """Each member's last standing at the end of each day; the dictionary is the same one, moving on."""
    zone = ZoneInfo(panel.time_zone)
    history = (
        StandingEvent.objects.filter(panel=panel)
        .order_by("at", "pk")
        .values_list("at", "member__key", "state")
    )
    events = iter(history)
    event = next(events, None)
    states: dict[str, str] = {}
    for day in days:
        end = datetime.combine(day + timedelta(days=1), time(), zone)
        while event is not None and event[0] < end:
            states[event[1]] = event[2]
            event = next(events, None)
        yield states


def month_ends(panel: Panel, today: date) -> list[date]:
    """The last day of each month since the first sign-up, and today."""
    first = StandingEvent.objects.filter(panel=panel).order_by("at").values_list("at", flat=True).first()
    days: list[date] = []
    if first is not None:
        month = first.astimezone(ZoneInfo(panel.time_zone)).date().replace(day=1)
        while (following := (month + timedelta(days=32)).replace(day=1)) <= today:
            days.append(following - timedelta(days=1))
            month = following
    return [*days, today]


def by_state(panel: Panel) -> dict[State, int]:
    """How many members stand where now."""
    rows = Member.objects.filter(panel=panel).values_list("state").annotate(n=Count("pk"))
    held = dict(rows.order_by())
    return {state: held.get(state.value, 0) for state in State}


def by_source(panel: Panel) -> list[tuple[str, int]]:
    """Confirmed members by the code of the link that brought them, the largest first."""
    rows = Member.objects.filter(panel=panel, confirmed_at__isnull=False).exclude(source="")
    return list(rows.values_list("source").annotate(n=Count("pk")).order_by("-n", "source"))


def composition(panel: Panel, field: str, options: Sequence[str]) -> list[tuple[str, int]]:
    """Registered members by option of a profile field, in the team's order, then those who did not say."""
    profiles = Member.objects.filter(panel=panel, state__in=REGISTERED).values_list("profile", flat=True)
    held = Counter(profile.get(field, "") for profile in profiles)
    return [*((option, held[option]) for option in options), ("Not said", held[""])]


def composition_over(
    panel: Panel, field: str, options: Sequence[str], days: Sequence[date]
) -> list[tuple[int, ...]]:
    """Registered members by option at the end of each day, by the profiles as they stand now."""
    told = dict(Member.objects.filter(panel=panel).values_list("key", "profile"))
    said = {member: profile.get(field, "") for member, profile in told.items()}
    counts = []
    for states in _states_at(panel, days):
        held = Counter(said.get(member, "") for member, state in states.items() if state in REGISTERED)
        counts.append(tuple(held[option] for option in options))
    return counts


# What is held about one member


def history(member: Member) -> list[StandingEvent]:
    return list(StandingEvent.objects.filter(member=member).order_by("at", "pk"))


def consents(member: Member) -> list[tuple[ConsentRecord, str]]:
    """A member's consents with the words agreed to, oldest first."""
    texts = {
        (wording.kind, wording.version): wording.text
        for wording in ConsentWording.objects.filter(panel_id=member.panel_id)
    }
    records = ConsentRecord.objects.filter(member=member).order_by("given_at", "pk")
    return [(record, texts[record.kind, record.version]) for record in records]


def held_about(member: Member) -> dict[str, object]:
    """What the panel holds about a member, as plain data. Answers lie apart, under other keys.

    The mail to an address that is not theirs yet is left out: whether it was written tells who is a member.
    """
    asked = AddressChange.objects.filter(member=member.key, done_at=None).first()
    return {
        "panel": member.panel.name,
        "member": member.key,
        "address": address_of(member.panel, member.key),
        "new_address_asked_for": asked.address if asked else None,
        "standing": member.state,
        "joined": member.joined_at.isoformat(),
        "confirmed": member.confirmed_at.isoformat() if member.confirmed_at else None,
        "still_in_the_profession": member.reaffirmed_at.isoformat() if member.reaffirmed_at else None,
        "paused_until": member.paused_until.isoformat() if member.paused_until else None,
        "left": member.left_at.isoformat() if member.left_at else None,
        "came_by": member.source or None,
        "profile": member.profile,
        "linked_polls": member.linked,
        "took_part_on": [day.isoformat() for day, _ in participation.days(member.panel, member.key)],
        "consents": [
            {
                "kind": record.kind,
                "version": record.version,
                "text": text,
                "given": record.given_at.isoformat(),
                "by": record.channel,
                "basis": record.basis or None,
                "withdrawn": record.withdrawn_at.isoformat() if record.withdrawn_at else None,
            }
            for record, text in consents(member)
        ],
        "standing_history": [
            {"standing": event.state, "at": event.at.isoformat()} for event in history(member)
        ],
        "mails": [
            {"kind": letter.kind, "subject": letter.subject, "at": letter.created_at.isoformat()}
            for letter in Letter.objects.filter(member=member.key).order_by("created_at", "pk")
            if letter.kind != "new_address"
        ],
    }


# Wordings and letters


def versions(panel: Panel) -> dict[str, list[ConsentWording]]:
    """Every wording by kind, the one in force first."""
    kept = ConsentWording.objects.filter(panel=panel).order_by("-version")
    return {
        kind: [one for one in kept if one.kind == kind] for kind in (wordings.MEMBERSHIP, wordings.LINKING)
    }


def letters_page(panel: Panel, *, kind: str = "", page: str = "1") -> "Page[Letter]":
    """Letters of a panel, the newest first."""
    found = Letter.objects.filter(panel_id=panel.pk).order_by("-created_at", "-pk")
    return Paginator(found.filter(kind=kind) if kind else found, MEMBERS_A_PAGE).get_page(page)


def letter(panel: Panel, pk: int) -> Letter | None:
    return Letter.objects.filter(panel_id=panel.pk, pk=pk).first()


def letter_kinds(panel: Panel) -> list[str]:
    kinds = Letter.objects.filter(panel_id=panel.pk).order_by("kind")
    return list(kinds.values_list("kind", flat=True).distinct())
