"""Setting up a panel: its first wording and fields, and what the team changes of them later."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from canvass.panel import profiles, wordings
from canvass.panel.models import ConsentWording, Member, ProfileField
from canvass.panel.refusals import PanelRefusal
from canvass.team import audit
from canvass.team.audit import Actor
from canvass.team.models import Panel

MAX_OPTIONS = 60


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a profile field; `group` is the wider one that it merges into where it is rare."""

    label: str
    group: str = ""


@transaction.atomic
def make_panel(slug: str, name: str, *, by: Actor, now: datetime, people: str = "people") -> Panel:
    """A new panel with the first consent wordings and the usual profile fields."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,58}", slug):
        raise PanelRefusal(f"{slug!r} cannot be part of an address. Use a-z, 0-9 and hyphens.", field="slug")
    if Panel.objects.filter(slug=slug).exists():
        raise PanelRefusal(f"There is a panel {slug!r} already. Choose another short name.", field="slug")
    panel = Panel.objects.create(slug=slug, name=name, people=people, created_at=now)
    for kind, text in wordings.FIRST_WORDINGS.items():
        ConsentWording.objects.create(panel=panel, kind=kind, version=1, text=text, created_at=now)
    for position, (field, label, options, groups) in enumerate(profiles.DEFAULT_FIELDS):
        ProfileField.objects.create(
            panel=panel,
            name=field,
            label=label,
            position=position,
            options=list(options),
            groups=dict(groups),
        )
    audit.record("panel.made", slug, panel=panel, by=by, now=now)
    return panel


@transaction.atomic
def write_wording(panel: Panel, kind: str, text: str, *, by: Actor, now: datetime) -> ConsentWording:
    """A new version of what members agree to. Those who agreed to an earlier one keep that agreement."""
    newest = wordings.in_force(panel, kind)
    text = text.strip()
    if not text:
        raise PanelRefusal("Write what members agree to.", field="text")
    if text == newest.text:
        raise PanelRefusal("This is the wording in force. Change it first.", field="text")
    wording = ConsentWording.objects.create(
        panel=panel, kind=kind, version=newest.version + 1, text=text, created_at=now
    )
    audit.record(
        "panel.wording_written",
        kind,
        panel=panel,
        by=by,
        now=now,
        version=wording.version,
        digest=wording.digest,
    )
    return wording


@transaction.atomic
def save_field(
    panel: Panel, name: str, label: str, options: Sequence[Option], *, by: Actor, now: datetime
) -> ProfileField:
    """Make a profile field (`name` empty) or change one. An option that members hold cannot be taken away."""
    label = label.strip()
    labels = _checked_options(label, options)
    groups = {option.label: option.group for option in options if option.group}
    if name:
        field = ProfileField.objects.get(panel=panel, name=name)
        _keep_options_in_use(field, labels)
        field.label, field.options, field.groups = label, labels, groups
        field.save(update_fields=["label", "options", "groups"])
    else:
        field = _add_field(panel, label, labels, groups)
    audit.record("panel.field_saved", field.name, panel=panel, by=by, now=now, options=len(labels))
    return field


def _checked_options(label: str, options: Sequence[Option]) -> list[str]:
    labels = [option.label for option in options]
    if not label:
        raise PanelRefusal("Write what the field asks for.", field="label")
    if not 2 <= len(labels) <= MAX_OPTIONS:
        raise PanelRefusal(f"Write two to {MAX_OPTIONS} options, one a line.", field="options")
    if len({one.casefold() for one in labels}) < len(labels):
        raise PanelRefusal("Two options read the same. Keep one of them.", field="options")
    return labels


def _keep_options_in_use(field: ProfileField, labels: Iterable[str]) -> None:
    for gone in sorted(set(field.options) - set(labels)):
        held = Member.objects.filter(panel=field.panel, **{f"profile__{field.name}": gone}).count()
        if held:
            members = "1 member has" if held == 1 else f"{held:,} members have"
            raise PanelRefusal(f"{members} the option {gone!r}. Keep it in the list.", field="options")


def _add_field(panel: Panel, label: str, labels: list[str], groups: dict[str, str]) -> ProfileField:
    name = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:40]
    if not name:
        raise PanelRefusal("Write the field's name with some of the letters a to z.", field="label")
    if ProfileField.objects.filter(panel=panel, name=name).exists():
        raise PanelRefusal(f"There is a field {label!r} already. Change that one.", field="label")
    last = ProfileField.objects.filter(panel=panel).aggregate(last=Max("position"))["last"]
    return ProfileField.objects.create(
        panel=panel, name=name, label=label, position=(last or 0) + 1, options=labels, groups=groups
    )


@transaction.atomic
def remove_field(panel: Panel, name: str, *, by: Actor, now: datetime) -> None:
    """Ask for it no longer. Refused while members hold a value, since snapshots of ballots read it."""
    held = Member.objects.filter(panel=panel, **{f"profile__{name}__isnull": False}).count()
    if held:
        members = "1 member has" if held == 1 else f"{held:,} members have"
        raise PanelRefusal(f"{members} told you this. It can be removed while nobody has.")
    ProfileField.objects.filter(panel=panel, name=name).delete()
    audit.record("panel.field_removed", name, panel=panel, by=by, now=now)
