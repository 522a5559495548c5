"""Polls with answers, open or counted: answered(), counted()."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.conf import settings
from tests.unit.polls.conftest import HOUR, NOON, ann, panel, picture_home, poll  # noqa: F401

from canvass import formats
from canvass.analysis.models import Counted
from canvass.analysis.services import close_and_count
from canvass.fieldwork.importing import import_answers
from canvass.fieldwork.models import Ballot
from canvass.panel import profiles
from canvass.panel.models import ProfileField
from canvass.panel.services.workforce import write_workforce
from canvass.polls import drafts
from canvass.polls.models import Poll
from canvass.team.audit import HOST
from canvass.team.models import Panel

ROOT = Path(__file__).parents[3]
JANUARY = ROOT / "examples" / "working-hours-2022-01.yaml"
ANSWERS = ROOT / "tests" / "published" / "micro-2022-01.csv"
YES, NO = {"hours": "every week", "why": "Too many cases"}, {"hours": "never"}


@pytest.fixture(autouse=True)
def no_files_left():
    yield
    shutil.rmtree(settings.DATA.counted, ignore_errors=True)
    shutil.rmtree(settings.DATA.published, ignore_errors=True)


def cast(poll: Poll, answers: Sequence[dict], *, version: int = 1) -> None:  # noqa: F811
    """Put ballots into the box as fieldwork stores them."""
    there = Ballot.objects.filter(poll=poll.pk).count()
    Ballot.objects.bulk_create(
        Ballot(
            panel=poll.panel_id,
            poll=poll.pk,
            key=f"{there + place:032x}",
            version=version,
            answers=given,
            shown=["hours", "why"] if given.get("hours") == "every week" else ["hours"],
            snapshot={},
        )
        for place, given in enumerate(answers)
    )


@pytest.fixture
def fields(panel) -> Panel:  # noqa: F811
    """The panel with the profile fields that every new one has."""
    for position, (name, label, options, groups) in enumerate(profiles.DEFAULT_FIELDS):
        ProfileField.objects.create(
            panel=panel, name=name, label=label, position=position, options=list(options), groups=dict(groups)
        )
    return panel


def give_roles(poll: Poll, managers_of_yes: int, managers_of_no: int) -> None:  # noqa: F811
    """So many of those who said "every week", and of those who said "never", are managers."""
    for answer, managers in (("every week", managers_of_yes), ("never", managers_of_no)):
        for place, ballot in enumerate(Ballot.objects.filter(poll=poll.pk, answers__hours=answer)):
            role = "Manager" if place < managers else "Practitioner"
            Ballot.objects.filter(poll=poll.pk, key=ballot.key).update(snapshot={"role": role})


@pytest.fixture
def lopsided(answered, fields) -> Poll:
    """60 yes, 40 no; managers are 40 of the yes and 10 of the no: half of all, in the workforce a fifth."""
    made = answered(yes=60, no=40)
    give_roles(made, 40, 10)
    shares = {"role": {"Practitioner": 0.8, "Manager": 0.2}}
    write_workforce(made.panel, shares, source="Register, 2025", by=HOST, now=NOON)
    close_and_count(made, by=HOST, now=NOON + HOUR)
    made.refresh_from_db()
    return made


@pytest.fixture
def answered(poll) -> Callable[..., Poll]:  # noqa: F811
    """An open poll with so many "every week" and so many "never": answered(yes=60, no=40)."""

    def make(slug: str = "hours", *, yes: int = 60, no: int = 40, **more: str) -> Poll:
        made = poll(slug, state="open", **more)
        cast(made, [YES] * yes + [NO] * no)
        return made

    return make


@pytest.fixture
def counted(answered) -> Callable[..., Counted]:
    """The same, closed and counted an hour later."""

    def make(slug: str = "hours", **more: object) -> Counted:
        return close_and_count(answered(slug, **more), by=HOST, now=NOON + HOUR)

    return make


@pytest.fixture
def january(panel) -> Callable[..., Poll]:  # noqa: F811
    """The published poll of January 2022, its made-up answers imported: january(invited=1237)."""

    def make(invited: int | None = 1237) -> Poll:
        text = JANUARY.read_text("utf-8")
        draft = drafts.load_file(panel, text, name=JANUARY.name, by=HOST, now=NOON, shown={})
        table = formats.read(ANSWERS)
        return import_answers(draft, table, invited=invited, by=HOST, now=NOON).poll

    return make
