"""Answers collected elsewhere: whole or not at all, changed and never doubled."""

from datetime import UTC, datetime

import pytest

from canvass.fieldwork.importing import Imported, import_answers
from canvass.fieldwork.models import Ballot
from canvass.fieldwork.poll_counts import poll_counts
from canvass.formats import Columns
from canvass.instrument.answers_file import AnswersFileError
from canvass.polls import drafts, due, services
from canvass.polls.models import Poll
from canvass.polls.states import PollRefused, State
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry, Panel

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXT = """\
poll: hours
title: Working hours
category: practice
opens: 2022-01-18T09:00
closes: 2022-02-01T17:00
items:
  - id: hours
    kind: single
    text: How often do you work beyond your hours?
    options: [every week, never]
  - id: why
    kind: text
    text: Why?
    ask_if: hours == "every week"
"""
HEADINGS = ("respondent", "hours", "why", "profile/role")


@pytest.fixture
def panel() -> Panel:
    return Panel.objects.create(slug="workers", name="Workers' Panel", created_at=NOON)


@pytest.fixture
def draft(panel) -> Poll:
    return drafts.create(panel, slug="hours", title="Working hours", text=TEXT, by=HOST, now=NOON)


def table(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Columns:
    numbers = tuple(range(2, len(rows) + 2))
    return Columns(headings, tuple(zip(*rows, strict=True)), numbers)


THREE = table(
    ("r1", "every week", "Too many forms", "worker"),
    ("r2", "never", "", "manager"),
    ("r3", "", "", ""),
)


def taken(poll: Poll, answers: Columns = THREE, **options) -> Imported:
    return import_answers(poll, answers, by=HOST, now=NOON, **options)


def test_a_draft_opens_as_version_1_and_takes_every_row(draft):
    done = taken(draft)

    assert (done.new, done.changed) == (3, 0)
    assert (done.poll.state, done.poll.version, done.poll.collected_elsewhere) == (State.OPEN, 1, True)
    assert Ballot.objects.filter(poll=draft.pk).count() == 3


def test_a_second_import_corrects_profiles_and_keeps_what_it_does_not_speak_of(draft):
    poll = taken(draft).poll
    again = table(("r1", "never", "", "chief"), ("r2", "never", "", ""))
    without = table(("r3", "never"), headings=("respondent", "hours"))

    taken(poll, again)
    taken(poll, without)

    snapshots = Ballot.objects.filter(poll=draft.pk).values_list("snapshot", flat=True)
    assert sorted(one["role"] for one in snapshots) == ["", "", "chief"]


def test_a_ballot_holds_answers_what_was_asked_and_the_profile_and_no_name(draft):
    taken(draft)

    ballot = Ballot.objects.get(poll=draft.pk, snapshot__role="worker")
    assert ballot.answers == {"hours": "every week", "why": "Too many forms"}
    assert ballot.shown == ["hours", "why"]
    assert not Ballot.objects.filter(key__contains="r1").exists()


def test_those_who_were_not_asked_why_are_not_in_its_asked(draft):
    taken(draft)

    shown = sorted(ballot.shown for ballot in Ballot.objects.filter(poll=draft.pk))
    assert shown == [["hours"], ["hours"], ["hours", "why"]]


def test_the_same_file_again_changes_nothing_and_doubles_nothing(draft):
    before = taken(draft).poll
    ballots = sorted(Ballot.objects.values_list("key", "answers__hours"))

    again = taken(before)

    assert (again.new, again.changed) == (0, 3)
    assert sorted(Ballot.objects.values_list("key", "answers__hours")) == ballots


def test_a_corrected_row_replaces_the_whole_of_the_earlier_one(draft):
    poll = taken(draft).poll

    taken(poll, table(("r1", "never", "", "worker")))

    [ballot] = Ballot.objects.filter(poll=poll.pk, snapshot__role="worker")
    assert ballot.answers == {"hours": "never"}


def test_the_number_invited_counts_as_mailed_and_is_kept_by_a_later_import(draft):
    poll = taken(draft, invited=1237).poll
    taken(poll)

    count = poll_counts(poll.panel, [poll.pk])[poll.pk]

    assert (count.mailed, count.took_part) == (1237, 3)


def test_without_a_number_invited_nothing_is_said_to_be_mailed(draft):
    poll = taken(draft).poll

    assert poll_counts(poll.panel, [poll.pk])[poll.pk].mailed is None


def test_fewer_invited_than_took_part_is_refused_and_nothing_is_changed(draft):
    with pytest.raises(PollRefused, match="2 invited, but 3 took part"):
        taken(draft, invited=2)

    assert Poll.objects.get().state == State.DRAFT
    assert not Ballot.objects.exists()


def test_one_wrong_cell_leaves_the_draft_as_it_was(draft):
    with pytest.raises(AnswersFileError, match="row 3, column hours"):
        taken(draft, table(("r1", "never", "", ""), ("r2", "sometimes", "", "")))

    assert Poll.objects.get().state == State.DRAFT
    assert not Ballot.objects.exists()


def test_a_poll_that_members_answer_takes_no_file(draft):
    poll = services.open_now(draft, closes=datetime(2026, 12, 1, tzinfo=UTC), by=HOST, now=NOON)

    with pytest.raises(PollRefused, match="hours is open"):
        taken(poll)


def test_a_closed_poll_takes_no_file(draft):
    poll = services.close(taken(draft).poll, by=HOST, now=NOON)

    with pytest.raises(PollRefused, match="hours is closed"):
        taken(poll)


def test_it_is_never_closed_by_the_clock_though_its_dates_are_over(draft):
    taken(draft)

    due.close_due(datetime(2030, 1, 1, tzinfo=UTC))

    assert Poll.objects.get().state == State.OPEN


def test_foreign_headings_are_read_with_a_map(draft):
    mapping = table(
        ("Id", "respondent", "", ""),
        ("Overtime?", "hours", "every week", "Y"),
        ("Overtime?", "hours", "never", "N"),
        headings=("column", "item", "option", "value"),
    )

    taken(draft, table(("7", "Y"), ("8", "N"), headings=("Id", "Overtime?")), mapping=mapping)

    assert sorted(Ballot.objects.values_list("answers__hours", flat=True)) == ["every week", "never"]


def test_a_map_with_other_headings_is_refused(draft):
    with pytest.raises(PollRefused, match="column,item,option,value"):
        taken(draft, mapping=table(("a", "b"), headings=("from", "to")))


def test_a_draft_with_faults_says_the_first_of_them(panel):
    text = TEXT.replace("kind: text", "kind: essay")
    poll = drafts.create(panel, slug="hours", title="Working hours", text=text, by=HOST, now=NOON)

    with pytest.raises(PollRefused, match="has faults"):
        taken(poll)


def test_the_import_is_in_the_audit_log_with_its_size(draft):
    taken(draft)

    entry = AuditEntry.objects.get(verb="answers.imported")
    assert (entry.subject, entry.facts) == ("hours", {"rows": 3, "new": 3})
