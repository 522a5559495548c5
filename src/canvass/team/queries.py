"""What the team's pages read."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from canvass.team.access import Role
from canvass.team.models import AuditEntry, Membership, Panel, Staff

ENTRIES_A_PAGE = 50

ROLE_TEXTS = {
    Role.OWNER: ("Owner", "everything, and who is in the team"),
    Role.PANEL_MANAGER: ("Panel manager", "members, sign-up, import and export"),
    Role.POLL_AUTHOR: ("Poll author", "writes polls, opens and closes them, sends the mails"),
    Role.ANALYST: ("Analyst", "figures and tables"),
    Role.CODER: ("Coder", "reads and codes what people wrote"),
    Role.PUBLISHER: ("Publisher", "approves and publishes"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """One of the team, with the roles held in one panel."""

    staff: Staff
    roles: tuple[Role, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(ROLE_TEXTS[role][0] for role in self.roles)

    @property
    def warning(self) -> str:
        return separation_warning(self.roles)


def separation_warning(roles: Collection[Role]) -> str:
    """Why these roles should not lie in one hand; empty where they may."""
    both = Role.PANEL_MANAGER in roles and not {Role.ANALYST, Role.CODER}.isdisjoint(roles)
    if not both:
        return ""
    return (
        "A panel manager knows who the members are; an analyst or coder reads what was answered. "
        "Give these roles to two people where you can."
    )


def panels_of(staff: Staff) -> QuerySet[Panel]:
    return Panel.objects.filter(memberships__staff=staff).distinct().order_by("name", "slug")


def people(panel: Panel) -> list[Person]:
    """The team of a panel by name, each once."""
    held: dict[Staff, list[Role]] = {}
    memberships = Membership.objects.filter(panel=panel).select_related("staff")
    for membership in memberships.order_by("staff__name", "staff_id"):
        held.setdefault(membership.staff, []).append(Role(membership.role))
    return [Person(staff, tuple(role for role in Role if role in roles)) for staff, roles in held.items()]


def person(panel: Panel, staff_id: int) -> Person | None:
    """One of the panel's team; None for anybody else, who does not exist here."""
    return next((one for one in people(panel) if one.staff.pk == staff_id), None)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry as a person reads it. `route` leads to a member's or a poll's page; empty where none does."""

    entry: AuditEntry
    who: str
    subject: str
    route: str = ""

    @property
    def what(self) -> str:
        return verb_in_words(self.entry.verb)

    @property
    def facts(self) -> str:
        return "; ".join(f"{_spaced(name)}: {_plain(fact)}" for name, fact in self.entry.facts.items())


def verb_in_words(verb: str) -> str:
    """poll.text_saved -> Poll: text saved."""
    about, _, done = verb.partition(".")
    return f"{about.capitalize()}: {_spaced(done)}"


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _plain(fact: object) -> str:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, dict):
        fact = [f"{_spaced(name)} {_plain(value)}" for name, value in fact.items()]
    if isinstance(fact, list):
        return ", ".join(map(_plain, fact)) or "–"
    return "–" if fact is None else str(fact)


def verbs(panel: Panel) -> list[tuple[str, str]]:
    """(verb, in words) of what was done in a panel."""
    entries = AuditEntry.objects.filter(panel=panel)
    done = entries.order_by("verb").values_list("verb", flat=True).distinct()
    return [(verb, verb_in_words(verb)) for verb in done]


def audit_page(panel: Panel, *, verb: str = "", actor: str = "", page: str = "1") -> Page:
    """Entries of a panel, newest first; `actor` is "staff:3", "host", "member", "system" or empty."""
    entries = AuditEntry.objects.filter(panel=panel).order_by("-at", "-pk")
    if verb:
        entries = entries.filter(verb=verb)
    kind, _, key = actor.partition(":")
    if kind:
        entries = entries.filter(actor_kind=kind)
    if key:
        entries = entries.filter(actor=key)
    return Paginator(entries, ENTRIES_A_PAGE).get_page(page)


def audit_lines(entries: list[AuditEntry]) -> list[AuditLine]:
    """Entries with the names of those who acted and of those it was done to."""
    keys = {entry.actor for entry in entries if entry.actor_kind == "staff"}
    keys |= {entry.subject for entry in entries if _is_about(entry, "staff") and entry.subject.isdecimal()}
    names = {str(staff.pk): staff.name for staff in Staff.objects.filter(pk__in=keys)}
    return [_line(entry, names) for entry in entries]


def _is_about(entry: AuditEntry, thing: str) -> bool:
    return entry.verb.startswith(f"{thing}.")


def _line(entry: AuditEntry, names: dict[str, str]) -> AuditLine:
    who, subject = _who(entry, names), entry.subject
    if _is_about(entry, "staff"):
        return AuditLine(entry, who, names.get(subject, subject))
    if _is_about(entry, "member") and subject.isalnum():  # else an address that nobody knows
        return AuditLine(entry, who, f"member {subject[:8]}", "panel:member")
    if _is_about(entry, "poll") or _is_about(entry, "mailing"):
        return AuditLine(entry, who, subject, "polls:room")
    if _is_about(entry, "study"):
        return AuditLine(entry, who, subject, "coding:study")
    return AuditLine(entry, who, subject)


def _who(entry: AuditEntry, names: dict[str, str]) -> str:
    texts = {
        "staff": names.get(entry.actor, "a former colleague"),
        "member": f"member {entry.actor[:8]}",
        "visitor": "a visitor",
        "host": "the command line",
        "system": "Canvass",
    }
    return texts.get(entry.actor_kind, entry.actor_kind)
