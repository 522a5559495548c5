"""Members, what they agreed to, and where they stand."""

import hashlib

from django.db import models

from canvass.panel.identity import Address, AddressChange, Letter, Suppression
from canvass.panel.workforce import Workforce
from canvass.team.models import Panel

__all__ = [
    "Address",
    "AddressChange",
    "ConsentRecord",
    "ConsentWording",
    "Letter",
    "Member",
    "ProfileField",
    "Standing",
    "StandingEvent",
    "Suppression",
    "Workforce",
]


class Standing(models.Model):
    """What fieldwork may know of a member, in the ballots store, so that a hand-in can be decided in one
    transaction. Written by panel/ only, before anything in the desk store."""

    member = models.CharField(max_length=32, primary_key=True)  # random key, 32 hex digits
    panel_id = models.BigIntegerField()
    state = models.CharField(max_length=12)  # pending active paused bounced lapsed left
    mailable = models.BooleanField(default=False)
    linked = models.BooleanField(default=False)  # agreed to linking over polls
    profile = models.JSONField(default=dict)  # banded attributes: {"role": "…", "region": "…"}

    class Meta:
        db_table = "standing"
        indexes = [models.Index(fields=["panel_id", "state"], name="standing_by_panel")]

    def __str__(self) -> str:
        return f"{self.member[:8]} {self.state}"


class Member(models.Model):
    """One of the panel, known here by a random key alone. The address lies in the identity store."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    key = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=12)  # follows Standing.state
    linked = models.BooleanField(default=False)
    profile = models.JSONField(default=dict)
    source = models.CharField(max_length=40, blank=True)  # of recruitment: the code in the sign-up link
    joined_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    reaffirmed_at = models.DateTimeField(
        null=True
    )  # when they last said that they still work in the profession
    ask_again_at = models.DateTimeField(null=True)  # when that is asked next; None: a year after confirming
    asked_in_vain = models.PositiveSmallIntegerField(
        default=0, db_default=0
    )  # since they last said something
    paused_until = models.DateField(null=True)
    left_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["panel", "state", "-joined_at"], name="member_by_state"),
            models.Index(fields=["panel", "-joined_at"], name="member_by_joining"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="left", left_at__isnull=False)
                | (~models.Q(state="left") & models.Q(left_at=None)),
                name="left_members_have_a_date",
            ),
            models.CheckConstraint(
                condition=models.Q(state="paused", paused_until__isnull=False)
                | (~models.Q(state="paused") & models.Q(paused_until=None)),
                name="paused_members_have_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(state="left", profile={}),
                name="erased_members_hold_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.key[:8]}"


class StandingEvent(models.Model):
    """One change of one member's standing. Only ever added, so that any past date can be counted."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["panel", "at"], name="event_by_panel"),
            models.Index(fields=["member", "at"], name="event_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.state} at {self.at:%Y-%m-%d}"


class ProfileField(models.Model):
    """One thing that the team asks of every member, with fixed options."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="profile_fields")
    name = models.SlugField(max_length=40)  # the key in Member.profile: organisation_type
    label = models.CharField(max_length=80)
    position = models.IntegerField()
    options = models.JSONField()  # labels in order
    groups = models.JSONField(default=dict)  # option -> the wider group it merges into

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["panel", "name"], name="one_field_a_name")]

    def __str__(self) -> str:
        return self.label


class ConsentWording(models.Model):
    """One version of what members agree to. Never changed: a new wording is a new version."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="wordings")
    kind = models.CharField(max_length=12)  # membership linking
    version = models.IntegerField()
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "kind", "version"], name="one_wording_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


class ConsentRecord(models.Model):
    """That one member agreed, to which wording, when and how. Only its withdrawal is ever added."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=12)
    version = models.IntegerField()
    digest = models.CharField(max_length=64)  # of the wording's text
    channel = models.CharField(max_length=20)  # sign-up page, member's page, import
    basis = models.CharField(max_length=200, blank=True)  # for imports: how consent was given
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=models.Q(withdrawn_at=None),
                name="one_open_consent_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version} of {self.member}"
