"""What the desk store keeps of a study: its questions and its acts. The texts stay where the answers lie."""

from django.db import models
from django.urls import reverse

from canvass.polls.models import Poll
from canvass.team.models import Panel


class Study(models.Model):
    """The coding of what people wrote to one or several questions of one or several polls."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="studies")
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)  # who is told of a safeguarding concern
    salt = models.CharField(max_length=32)  # makes the ids of answers, so that they say nothing elsewhere
    last = models.PositiveIntegerField(default=0)  # the number of the newest act
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "studies"
        constraints = [
            models.UniqueConstraint(fields=["panel", "slug"], name="one_study_an_address"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="study_has_slug"),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("coding:study", args=[self.panel.slug, self.slug])


class StudyQuestion(models.Model):
    """One question of a study: a text item of a poll, or what was written beside "other"."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="questions")
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    taken_in = models.JSONField(default=list)  # ids of the answers that were read while the poll was open

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "poll", "item"], name="one_question_once_a_study")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What answers call it: "poll/item"."""
        return f"{self.poll.slug}/{self.item}"


class StudyAct(models.Model):
    """One line of a study's log (canvass.words.study.acts). Added, never changed, never deleted."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="acts")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    said = models.JSONField()
    by = models.CharField(max_length=60)  # "staff:3"
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "seq"], name="one_act_a_number"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="acts_begin_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.seq}: {self.kind}"
