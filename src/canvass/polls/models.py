"""Polls, their frozen versions, and what fieldwork may know of them."""

from django.db import models


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
    version = models.IntegerField()  # the version that new ballots begin on
    oldest_link_key = models.IntegerField(default=1)  # links made with an older key id are revoked

    class Meta:
        db_table = "poll_window"

    def __str__(self) -> str:
        return f"{self.slug} {self.state}"


class FrozenVersion(models.Model):
    """One version of an instrument as members see it. Never changed once written."""

    poll_id = models.BigIntegerField()
    version = models.IntegerField()
    instrument = models.JSONField()  # instrument.dump()

    class Meta:
        db_table = "poll_version"
        constraints = [models.UniqueConstraint(fields=["poll_id", "version"], name="one_frozen_version")]

    def __str__(self) -> str:
        return f"{self.poll_id} v{self.version}"
