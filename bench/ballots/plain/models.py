"""The same poll as an ordinary Django project would model it."""

from django.db import models


class Poll(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    intro = models.TextField()
    one_page = models.BooleanField()


class Question(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="questions")
    number = models.IntegerField()
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        unique_together = [("poll", "number")]


class Option(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.IntegerField()
    label = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]


class Member(models.Model):
    token = models.CharField(max_length=48, unique=True)
    active = models.BooleanField(default=True)


class Ballot(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE)
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    finished = models.BooleanField(default=False)

    class Meta:
        unique_together = [("poll", "member")]


class Answer(models.Model):
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE)
    value = models.TextField()

    class Meta:
        unique_together = [("ballot", "question")]
