"""Polls, their texts, their frozen versions, and what fieldwork may know of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from canvass.polls.states import State
from canvass.team.models import Panel, Staff

_LEVELS = ("confidential", "anonymous", "linked")
# Plain text, so that a migration does not import today's enum.
_BEFORE = (State.DRAFT.value, State.SCHEDULED.value)
_AFTER = (State.CLOSED.value, State.PUBLISHED.value)
_FREE = (State.DRAFT.value, State.WITHDRAWN.value)


class Poll(models.Model):
    """One instrument put to the panel over one period. The columns above `text` repeat what the text says,
    so that lists can be filtered; they are written together with it."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="polls")
    slug = models.SlugField(max_length=100, unique=True)
    title = models.TextField()
    category = models.TextField(blank=True)
    topic = models.TextField(blank=True)
    series = models.TextField(blank=True)
    sponsor = models.TextField(blank=True)
    confidentiality = models.CharField(max_length=12, default="confidential")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    text = models.TextField()  # the poll file as written
    faults = models.PositiveIntegerField(default=0)  # how many the text had when it was saved
    revision = models.PositiveIntegerField(default=1)  # raised by each saved text; settles two editors
    state = models.CharField(max_length=12, default=State.DRAFT.value)
    version = models.PositiveIntegerField(default=0)  # the frozen version new ballots begin on; 0: none yet
    collected_elsewhere = models.BooleanField(default=False)  # answers are imported; never closed by itself
    sealed_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["panel", "state", "-opens_at"], name="polls_by_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="poll_has_slug"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="poll_state_known"
            ),
            models.CheckConstraint(condition=Q(confidentiality__in=_LEVELS), name="poll_level_known"),
            models.CheckConstraint(
                condition=(
                    Q(state__in=_BEFORE, version=0)
                    | Q(state__in=(State.OPEN.value, *_AFTER), version__gte=1)
                    | Q(state=State.WITHDRAWN.value)
                ),
                name="poll_frozen_from_opening_on",
            ),
            models.CheckConstraint(
                condition=Q(faults=0) | Q(state__in=_FREE),
                name="poll_with_faults_stays_draft",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=_FREE) | Q(opens_at__isnull=False, closes_at__isnull=False)),
                name="poll_has_window",
            ),
            models.CheckConstraint(
                condition=(
                    Q(opens_at=None)
                    | Q(closes_at=None)
                    | Q(state=State.WITHDRAWN.value)
                    | Q(closes_at__gte=F("opens_at"))
                ),
                name="poll_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(sealed_on=None) | Q(state__in=_AFTER),
                name="poll_sealed_after_closing",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("polls:room", args=[self.panel.slug, self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.panel.time_zone)

    @property
    def source_line(self) -> str:
        """ "Workers' Panel, poll “Hours”, for the Independent Review": the source of its figures."""
        sponsor = f", for {self.sponsor}" if self.sponsor else ""
        return f"{self.panel.source_line}, poll “{self.title}”{sponsor}"

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment in the panel's time zone."""
        return moment.astimezone(self.zone) if moment else None

    @property
    def opens(self) -> datetime | None:
        return self.local(self.opens_at)

    @property
    def closes(self) -> datetime | None:
        return self.local(self.closes_at)


class SavedText(models.Model):
    """An earlier text of a draft, kept when another took its place."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="saved_texts")
    revision = models.PositiveIntegerField()
    text = models.TextField()
    faults = models.PositiveIntegerField(default=0)
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "revision"], name="one_text_a_revision")]

    def __str__(self) -> str:
        return f"{self.poll_id} r{self.revision}"


class WorkingText(models.Model):
    """What one author has typed and not yet saved, so that a closed window loses nothing."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="working_texts")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()  # the saved text it began from
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "staff"], name="one_working_text_each")]

    def __str__(self) -> str:
        return f"{self.poll_id} by {self.staff_id}"


class PollWindow(models.Model):
    """What fieldwork may know of a poll, in the ballots store, so that a hand-in can be decided in one
    transaction. Written by polls/ only, before anything in the desk store."""

    poll_id = models.BigIntegerField(primary_key=True)
    panel_id = models.BigIntegerField()
    panel = models.CharField(max_length=60)  # slug, for the names of keys
    panel_name = models.CharField(max_length=120)
    slug = models.CharField(max_length=100)
    state = models.CharField(max_length=12)  # scheduled open closed withdrawn
    confidentiality = models.CharField(max_length=12)
    opens = models.BigIntegerField()  # seconds since 1970, UTC
    closes = models.BigIntegerField()
    version = models.IntegerField()  # the version that new ballots begin on; 0 before opening
    oldest_link_key = models.IntegerField(default=1)  # links made with an older key id are revoked

    class Meta:
        db_table = "poll_window"

    def __str__(self) -> str:
        return f"{self.slug} {self.state}"


class FrozenVersion(models.Model):
    """One version of an instrument as members see it. Never changed once written.

    It carries its text as well, so that the desk can be brought to agree after a fault between the stores."""

    panel_id = models.BigIntegerField()
    poll_id = models.BigIntegerField()
    version = models.IntegerField()
    instrument = models.JSONField()  # instrument.dump()
    text = models.TextField(db_default="")
    meaning_changed = models.BooleanField(db_default=False)  # against the version before
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "poll_version"
        constraints = [models.UniqueConstraint(fields=["poll_id", "version"], name="one_frozen_version")]

    def __str__(self) -> str:
        return f"{self.poll_id} v{self.version}"
