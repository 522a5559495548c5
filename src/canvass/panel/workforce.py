"""How the profession divides, from a table that somebody else published: the targets of weights."""

from django.db import models

from canvass.team.models import Panel


class Workforce(models.Model):
    """One version of a panel's targets. Never changed: new numbers are a new version; none are no targets."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    source = models.CharField(max_length=200, blank=True)  # as it is cited: name and year
    address = models.URLField(max_length=500, blank=True)  # where the table stands
    shares = models.JSONField()  # profile field -> option -> share of 1, in the team's order
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "version"], name="one_workforce_a_version")]

    def __str__(self) -> str:
        return f"workforce v{self.version} of {self.panel}"
