"""The public shelf: which polls are published, with what is searched in them. The pages are files (shelf)."""

from django.db import models

from canvass.polls.models import Poll
from canvass.team.models import Panel


class Publication(models.Model):
    """A published poll. Its columns repeat what its files say, so that lists need not open them."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="publications")
    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="publication")
    slug = models.SlugField(max_length=100, unique=True)
    title = models.TextField()
    category = models.TextField(blank=True)
    topic = models.TextField(blank=True)
    series = models.TextField(blank=True)
    participation = models.TextField()  # "1,237 mailed, 135 took part (10.9%)"
    first_day = models.DateField()
    last_day = models.DateField()
    lead = models.CharField(max_length=120)  # the address of the figure that speaks for the poll
    edition = models.CharField(max_length=64)  # the folder of its files
    files = models.JSONField()  # name -> SHA-256 of its content
    words = models.TextField()  # what the search looks through (searching.plain)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["panel", "-last_day", "-id"], name="library_by_day")]

    def __str__(self) -> str:
        return self.slug


class PublishedFigure(models.Model):
    """One figure of a published poll, under its permanent address."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="figures")
    place = models.PositiveSmallIntegerField()  # in the order asked
    address = models.CharField(max_length=120)
    bank = models.CharField(max_length=120, blank=True)  # "ons4.satisfied"; ties the waves of an item
    category = models.TextField(blank=True)  # the item's own, else the poll's
    title = models.TextField()
    question = models.TextField()
    words = models.TextField()

    class Meta:
        ordering = ["publication", "place"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "address"], name="one_figure_an_address")
        ]
        indexes = [models.Index(fields=["panel", "bank"], name="library_waves")]

    def __str__(self) -> str:
        return f"{self.publication}/{self.address}"
