"""What the desk store keeps of a closed poll: its count, its weights, titles of its figures, and events."""

from django.db import models
from django.db.models import F, Q

from canvass.panel.models import Workforce
from canvass.polls.models import Poll
from canvass.team.models import Panel


class Counted(models.Model):
    """A poll that has been counted. This row alone says that the files of its manifest are complete."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="counted")
    manifest = models.JSONField()  # warehouse.Manifest.dump()
    cubes = models.JSONField()  # the address of a figure -> its cubes (analysis.cubes)
    mailed = models.PositiveIntegerField(null=True)  # None where it is not known
    took_part = models.PositiveIntegerField()
    ballots = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()  # before counting
    forgotten = models.PositiveIntegerField(default=0)  # withdrawn since, and taken out of the files
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(took_part=F("ballots") + F("withdrawn")), name="counts_add_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll}: {self.ballots} ballots"

    @property
    def knows_persons(self) -> bool:
        """Whether persons are known from this poll to others."""
        return any(stored["kind"] == "persons" for stored in self.manifest["files"])

    @property
    def population(self) -> int | None:
        """The number behind the finite population correction: those mailed, where it can be that."""
        if self.mailed is None or self.mailed < self.took_part:
            return None
        return self.mailed


class PollWeights(models.Model):
    """What the team decided about weighting a poll. The newest decision holds; without fields: do not weight.

    Numbers never change once decided: the weighted toplines are kept here, as the cubes are in `Counted`.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="weights")
    workforce = models.ForeignKey(Workforce, on_delete=models.PROTECT, null=True, related_name="+")
    fields = models.JSONField(default=list)  # profile fields, "region/groups" in its wider groups
    trim = models.FloatField(null=True)  # the cap, in mean weights; None: none
    diagnostics = models.JSONField(default=dict)
    toplines = models.JSONField(default=dict)  # the address of a figure -> its toplines (analysis.keeping)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)  # a name, for the team's eyes

    class Meta:
        indexes = [models.Index(fields=["poll", "-id"], name="analysis_newest_weights")]

    def __str__(self) -> str:
        return f"{self.poll}: {' and '.join(self.fields) or 'not weighted'}"


class MarkedEvent(models.Model):
    """What happened outside, marked on every trend of the panel. Taken away, it is kept in history."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)  # None: a day
    label = models.CharField(max_length=80)
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=120, blank=True)  # a name, for the team's eyes
    taken_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="event_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day}: {self.label}"


class ResponseNote(models.Model):
    """Why a question got many or few answers, in somebody's words. Added and taken back, never changed."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="response_notes")
    item = models.CharField(max_length=120)
    text = models.TextField()
    role = models.CharField(max_length=40)  # of the author, which is shown
    written_by = models.CharField(max_length=120, blank=True)  # a name, for the team's eyes
    written_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["panel", "poll", "item"], name="analysis_response_notes")]

    def __str__(self) -> str:
        return f"{self.poll}/{self.item}: {self.text[:40]}"


class FigureTitle(models.Model):
    """One wording of a figure's title. The newest holds; an empty one goes back to the drafted finding."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="figure_titles")
    figure = models.CharField(max_length=120)  # its address within the poll
    title = models.TextField(blank=True)
    worded_at = models.DateTimeField()
    worded_by = models.CharField(max_length=120, blank=True)  # a name, for the team's eyes

    class Meta:
        indexes = [models.Index(fields=["poll", "figure", "-id"], name="analysis_newest_title")]

    def __str__(self) -> str:
        return f"{self.poll}/{self.figure}: {self.title}"
