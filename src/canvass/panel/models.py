"""Members, what they agreed to, and where they stand."""

from django.db import models


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
