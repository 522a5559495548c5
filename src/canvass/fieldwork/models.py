"""What fieldwork keeps. The ballot path writes these tables by SQL of its own (store.py); others read here.

A ballot never holds its member, a participation never its ballot's key, and neither a time of day.
"""

from django.db import models

from canvass.fieldwork.mailings import Mailing, Outbox
from canvass.polls.models import Poll
from canvass.team.models import Panel

__all__ = [
    "Ballot",
    "ClosingBreakdowns",
    "CollectedElsewhere",
    "Mailing",
    "Outbox",
    "Participation",
    "Withdrawal",
]


class Ballot(models.Model):
    """One person's answers to one poll, in stored form, under a key that names nobody."""

    pk = models.CompositePrimaryKey("poll", "key")
    panel = models.BigIntegerField()
    poll = models.BigIntegerField()
    key = models.CharField(max_length=32)
    version = models.IntegerField()  # the version it began on
    answers = models.JSONField()
    shown = models.JSONField()  # ids of the items that were asked, in the poll's order
    snapshot = models.JSONField()  # banded attributes at the first hand-in

    class Meta:
        db_table = "ballot"

    def __str__(self) -> str:
        return f"{self.poll} {self.key[:8]}"


class Participation(models.Model):
    """Whether a member took part in a poll: days only, never an answer."""

    pk = models.CompositePrimaryKey("poll", "member")
    panel = models.BigIntegerField()
    poll = models.BigIntegerField()
    member = models.CharField(max_length=32)
    opened = models.DateField(null=True)  # the first hand-in
    answered = models.DateField(null=True)  # the first hand-in with an answer
    finished = models.DateField(null=True)  # the last page handed in

    class Meta:
        db_table = "participation"

    def __str__(self) -> str:
        return f"{self.poll} {self.member[:8]}"


class Withdrawal(models.Model):
    """How many ballots of a poll were withdrawn. Took part = ballots + withdrawn."""

    poll = models.BigIntegerField(primary_key=True)
    panel = models.BigIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        db_table = "withdrawal"

    def __str__(self) -> str:
        return f"{self.poll}: {self.count}"


class CollectedElsewhere(models.Model):
    """A poll whose answers were imported, and how many people were invited there, where that is known."""

    poll = models.BigIntegerField(primary_key=True)
    panel = models.BigIntegerField()
    invited = models.IntegerField(null=True)

    class Meta:
        db_table = "collected_elsewhere"

    def __str__(self) -> str:
        return f"{self.poll}: {self.invited} invited"


class ClosingBreakdowns(models.Model):
    """Mailed and took part by role and region as told when a poll was counted. Told anew each day, they would
    show by one member's change of role, or erasure, whether that member took part."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    poll = models.OneToOneField(Poll, on_delete=models.CASCADE, related_name="+")
    told = models.JSONField()  # [[label, [[group, mailed, took part], …]], …], null where withheld

    def __str__(self) -> str:
        return f"breakdowns of {self.poll_id}"
