"""The identity store: who the members are. Nothing else in Canvass names a person of the panel."""

from django.db import models

from canvass.panel.cipher import EncryptedTextField


class Address(models.Model):
    """Where one member gets mail."""

    panel_id = models.BigIntegerField()
    member = models.CharField(max_length=32, unique=True)
    lookup = models.CharField(max_length=64)  # cipher.lookup(address)
    address = EncryptedTextField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)  # when it took the place of another one

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel_id", "lookup"], name="one_address_a_panel")]

    def __str__(self) -> str:
        return f"address of {self.member[:8]}"


class AddressChange(models.Model):
    """A member's wish to get mail elsewhere. Nothing follows from it before a button is pressed on the page
    behind a link mailed there. One a member; forgotten after 14 days."""

    key = models.CharField(max_length=32, primary_key=True)  # random, 32 hex digits; the link names it
    panel_id = models.BigIntegerField()
    member = models.CharField(max_length=32, unique=True)
    lookup = models.CharField(max_length=64)  # cipher.lookup(address)
    address = EncryptedTextField()
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"new address of {self.member[:8]}"


class Suppression(models.Model):
    """An address that must not be mailed again. Outlives erasure, and only ever holds the keyed hash."""

    panel_id = models.BigIntegerField()
    lookup = models.CharField(max_length=64)
    reason = models.CharField(max_length=20)  # left erased moved
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel_id", "lookup"], name="one_suppression_a_panel")]

    def __str__(self) -> str:
        return f"suppression ({self.reason})"


class Letter(models.Model):
    """One mail to one member: queued for the mail pump, or kept for reading where there is no mail server.

    `kind` is a word such as confirm, link, welcome, answers. `member` finds the address, unless it is written
    here: one that is not the member's yet, or no longer.
    """

    panel_id = models.BigIntegerField()
    member = models.CharField(max_length=32)
    kind = models.CharField(max_length=20)
    address = EncryptedTextField(null=True)
    subject = EncryptedTextField()
    text = EncryptedTextField()
    html = EncryptedTextField()
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=10)  # queued kept sent refused
    tries = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    reply = models.CharField(max_length=200, blank=True)  # what the mail server said last
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="letter_due"),
            models.Index(fields=["panel_id", "-created_at"], name="letter_by_panel"),
            models.Index(fields=["member"], name="letter_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.member[:8]} ({self.state})"
