"""A mailing is what the team decided: whom to mail, and when. The outbox is what became of it, mail by mail.

The mailing lies in the desk store; the outbox in the ballots store, beside what decides whether a mail may
go.
"""

from enum import IntEnum, StrEnum

from django.db import models

from canvass.polls.models import Poll
from canvass.team.models import Panel


class Round(IntEnum):
    """Which mail of a poll; together with poll and member the key of the outbox."""

    INVITATION = 1
    REMINDER = 2


class MailState(StrEnum):
    QUEUED = "queued"
    LEASED = "leased"  # a pump holds it until `lease`
    ATTEMPTING = "attempting"  # committed before the mail server is given anything
    ACCEPTED = "accepted"
    KEPT = "kept"  # no mail server is set; it can be read under Team
    DEFERRED = "deferred"  # again when `due`
    REFUSED = "refused"
    UNKNOWN = "unknown"  # given to the server without a reply; sent again under the same Message-ID
    SKIPPED = "skipped"  # `reply` says why


MAILED = (
    MailState.ATTEMPTING,
    MailState.ACCEPTED,
    MailState.KEPT,
    MailState.DEFERRED,
    MailState.REFUSED,
    MailState.UNKNOWN,
)
ARRIVED = (MailState.ACCEPTED, MailState.KEPT)


class Mailing(models.Model):
    """One round of mail to a poll's members, planned or begun."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="mailings")
    round = models.PositiveSmallIntegerField()
    part = models.JSONField(default=dict)  # profile field -> options; empty: all who can be mailed
    at = models.DateTimeField(null=True)  # not before this moment; None: when the poll opens
    planned_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    queued = models.PositiveIntegerField(default=0)  # mails that it put into the outbox

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "round"],
                condition=models.Q(begun_at=None),
                name="one_plan_a_round",
            ),
            models.UniqueConstraint(
                fields=["poll"], condition=models.Q(round=Round.REMINDER.value), name="one_reminder_a_poll"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.round} of {self.poll_id}"


class Outbox(models.Model):
    """One mail to one member. Its key makes a second one impossible. Times are seconds since 1970."""

    pk = models.CompositePrimaryKey("poll", "member", "round")
    panel = models.BigIntegerField()
    poll = models.BigIntegerField()
    member = models.CharField(max_length=32)
    round = models.SmallIntegerField()
    state = models.CharField(max_length=10, default=MailState.QUEUED.value)
    due = models.BigIntegerField()
    lease = models.BigIntegerField(default=0)  # until when the pump named in `worker` holds it
    worker = models.CharField(max_length=40, default="")
    tries = models.SmallIntegerField(default=0)
    reply = models.CharField(max_length=200, default="")  # what the mail server said, or why it was skipped

    class Meta:
        db_table = "outbox"
        indexes = [
            models.Index(fields=["state", "due"], name="outbox_due"),
            models.Index(fields=["panel", "poll", "state"], name="outbox_by_poll"),
        ]

    def __str__(self) -> str:
        return f"{self.poll} {self.member[:8]} round {self.round} ({self.state})"
