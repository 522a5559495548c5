"""Polls that people answered in their own words, and studies of them: written(), studied()."""

import pytest
from tests.unit.analysis.conftest import answered, counted, fields, no_files_left  # noqa: F401
from tests.unit.polls.conftest import HOUR, NOON, ann, panel, picture_home, poll  # noqa: F401

from canvass.analysis.services import close_and_count
from canvass.coding import ledgers, services
from canvass.coding.models import Study
from canvass.fieldwork.models import Ballot
from canvass.polls.models import Poll
from canvass.team.audit import HOST

TEXTS = ("Too many cases", "No comment", "Paperwork in the evenings", "Court reports", "Court reports")
TEXT = """\
poll: {slug}
title: {title}
category: practice
items:
  - id: hours
    kind: single
    text: How often do you work beyond your hours?
    options: [every week, never, {label: something else, other: true}]
  - id: why
    kind: text
    text: Why?
  - id: rested
    kind: rating
    text: How rested are you?
"""


@pytest.fixture
def written(poll):  # noqa: F811
    """A poll with so many ballots that hold these texts: written(["Too many cases", …], state="closed")."""

    def make(
        texts=TEXTS, slug: str = "hours", *, state: str = "closed", others=(), snapshots=None, more=()
    ) -> Poll:
        made = poll(slug, state="open", text=TEXT)
        given = [{"hours": "every week", "why": text} for text in texts]
        given += [{"hours": {"other": text}} for text in others]
        given += more  # whole ballots
        cast(made, given, snapshots or [{}] * len(given))
        if state == "closed":
            close_and_count(made, by=HOST, now=NOON + HOUR)
            made.refresh_from_db()
        return made

    return make


def cast(poll: Poll, given, snapshots) -> None:  # noqa: F811
    """Put ballots into the box as fieldwork stores them."""
    there = Ballot.objects.filter(poll=poll.pk).count()
    Ballot.objects.bulk_create(
        Ballot(
            panel=poll.panel_id,
            poll=poll.pk,
            key=f"{there + place:032x}",
            version=1,
            answers=answers,
            shown=["hours", "why", *(["rested"] if "rested" in answers else [])],
            snapshot=snapshot,
        )
        for place, (answers, snapshot) in enumerate(zip(given, snapshots, strict=True))
    )


@pytest.fixture
def studied(panel, written):  # noqa: F811
    """A study of one poll's texts: studied(["Too many cases", …])."""

    def make(texts=TEXTS, *, title: str = "Why people work late", **more) -> Study:
        made = written(texts, **more)
        return services.start(panel, title, [(made, "why")], by=HOST, now=NOON)

    return make


def answers_of(study: Study) -> dict[str, str]:
    """id -> text, in the study's order."""
    with ledgers.opened(study) as room:
        return {answer.id: answer.text for answer in room.reading.corpus}


def id_of(study: Study, text: str) -> str:
    return next(answer for answer, words in answers_of(study).items() if words == text)
