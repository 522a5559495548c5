"""Panels, the staff who run them, the roles they hold, and what everybody did."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Panel(models.Model):
    """One profession's standing group. Every other table carries its panel."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    people = models.CharField(max_length=60, default="people")  # what members are called: "social workers"
    source = models.CharField(max_length=120, blank=True)  # the source line of figures; the name when blank
    time_zone = models.CharField(max_length=60, default="Europe/London")
    asks_yearly = models.BooleanField(
        default=True, db_default=True
    )  # whether members still work in the profession
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(slug=""), name="panel_has_slug")]

    def __str__(self) -> str:
        return self.name

    @property
    def source_line(self) -> str:
        return self.source or self.name


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(email__iexact=username)


class Staff(AbstractBaseUser):
    """A person of the team. Members of the panel are not staff and have no password."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[StaffManager] = StaffManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one panel."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="memberships")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "staff", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.staff} is {self.role} of {self.panel}"


class PasswordLink(models.Model):
    """A link that sets a password once. Only its hash is kept."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="password_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"password link of {self.staff}"


class AttemptCount(models.Model):
    """How often one key tried one thing in one window of time (see limits.py)."""

    name = models.CharField(max_length=40)
    key = models.CharField(max_length=64)  # keyed hash
    window = models.BigIntegerField()
    times = models.IntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key", "window"], name="one_count_a_window")]

    def __str__(self) -> str:
        return f"{self.name}: {self.times}"


class AuditEntry(models.Model):
    """Who did what to what, and when. Never an answer, never an address."""

    panel = models.ForeignKey(Panel, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["panel", "-at"], name="audit_by_panel")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.subject}"
