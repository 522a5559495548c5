"""The Trends page: questions asked again, linked persons, breaks of wording, events."""

import csv
import json
import re
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.unit.polls.conftest import HOUR, NOON

from canvass.analysis import events
from canvass.analysis.models import MarkedEvent, PollWeights
from canvass.analysis.services import close_and_count
from canvass.analysis.trends import all_series, tell
from canvass.fieldwork.models import Ballot
from canvass.panel.services.panels import make_panel
from canvass.polls.models import Poll
from canvass.tables.disclosure import Audience
from canvass.tables.noise_guard import Stamp
from canvass.tables.noise_guard.values import Obstacle
from canvass.tables.trend import HiddenChange
from canvass.tables.values import Reason, Suppressed
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PAGE = "/desk/workers/trends"
TEXT = """\
poll: {slug}
title: {title}
category: wellbeing
series: well
confidentiality: LEVEL
items:
  - {id: satisfied, bank: ons4.satisfied}
  - id: rested
    kind: single
    text: WORDS
    options: ["yes", "no"]
"""


def page_of(response) -> str:
    assert response.status_code == 200, response
    return " ".join(response.content.decode().split())


@pytest.fixture
def wave(poll):
    """Holds a poll: wave("one", [(person, satisfied, rested), …])."""

    def make(slug, answers, *, level="linked", words="Are you rested?", plan=""):
        text = TEXT.replace("LEVEL", level).replace("WORDS", words)
        text = text.replace("items:", f"plan: [{plan}]\nitems:") if plan else text
        held = poll(slug, state="open", text=text, title=f"Wave {slug}")
        Ballot.objects.bulk_create(
            Ballot(
                panel=held.panel_id,
                poll=held.pk,
                key=f"{person:032x}",
                version=1,
                answers={"satisfied": satisfied, "rested": rested},
                shown=["satisfied", "rested"],
                snapshot={},
            )
            for person, satisfied, rested in answers
        )
        close_and_count(held, by=HOST, now=NOON + HOUR)
        return held

    return make


@pytest.fixture
def two_waves(wave):
    """40 people in both, who all go up by 2; 20 in the first alone, 20 others in the second alone."""
    wave("one", [(n, 4 + n % 2, "yes") for n in range(60)])
    wave("two", [(n, 6 + n % 2, "yes" if n % 4 else "no") for n in range(20, 80)])


def test_before_a_question_is_asked_twice_the_page_says_what_makes_a_trend(desk, wave):
    wave("one", [(1, 5, "yes")])

    assert "No question was asked twice yet" in page_of(desk.get(PAGE))


def test_questions_asked_again_are_listed_with_whether_persons_are_known(desk, two_waves):
    page = page_of(desk.get(PAGE))

    assert page.count("known from poll to poll") == 2
    assert "?of=ons4.satisfied" in page
    assert "?of=well/rested" in page


def test_a_clear_change_is_said_with_both_numbers_bases_and_who_changed(desk, two_waves):
    page = page_of(desk.get(PAGE, {"of": "ons4.satisfied"}))

    assert "4.5" in page
    assert "6.5" in page
    assert "base 60" in page
    assert "The same people:" in page
    assert "40 people answered both times" in page


def test_a_change_that_the_plan_declared_is_stamped(wave, panel):
    wave("one", [(n, 4 + n % 2, "yes" if n % 3 else "no") for n in range(60)])
    wave("two", [(n, 6 + n % 3, "yes" if n % 4 else "no") for n in range(20, 80)], plan="rested by wave")

    satisfied, rested = (
        tell(all_series(panel), [], ("mean", None)),
        tell(all_series(panel), [], ("share", "yes")),
    )

    assert {one.since_previous.net.stamp for one in satisfied if one.since_previous} == {Stamp.FOUND}
    assert {one.since_previous.net.stamp for one in rested if one.since_previous} == {Stamp.PLANNED}


def test_linked_persons_keep_their_covariance(two_waves, panel):
    """All who answered twice changed by exactly 2, so the change is surer than of different people."""
    (satisfied, *_) = all_series(panel)

    (told,) = tell([satisfied], [], ("mean", None))

    change = told.trend.line("mean").since_previous[1]
    assert change.estimate == pytest.approx(2.0)
    assert change.overlap == 40
    apart = tell([satisfied], [], ("mean", None))[0].trend.line("mean")
    errors = [figure.standard_error for figure in apart.figures]
    assert change.standard_error < 0.8 * (errors[0] ** 2 + errors[1] ** 2) ** 0.5
    assert told.since_previous.pairs == 40
    assert told.since_previous.same.comparison.found.estimate == pytest.approx(2.0)


def test_the_public_sees_no_change_of_people_who_are_known_and_no_sentence_on_it(two_waves, panel):
    """Its interval would tell how many gave the same answer twice."""
    (satisfied, *_) = all_series(panel)

    (told,) = tell([satisfied], [], ("mean", None), Audience.PUBLIC)

    assert (
        told.trend.line("mean").figures == tell([satisfied], [], ("mean", None))[0].trend.line("mean").figures
    )
    assert told.trend.line("mean").since_previous[1] == HiddenChange(0, Suppressed(Reason.RESTS_ON_HIDDEN))
    assert told.since_previous.net.obstacle is Obstacle.HIDDEN
    assert told.since_previous.same is None


def test_confidential_waves_are_taken_as_different_people_and_it_is_said(desk, wave):
    wave("one", [(n, 5, "yes") for n in range(40)], level="confidential")
    wave("two", [(n, 6, "yes") for n in range(40)], level="confidential")

    page = page_of(desk.get(PAGE, {"of": "ons4.satisfied"}))

    assert "taken as different people" in page
    assert "The same people:" not in page


def test_where_the_wording_changed_nothing_is_compared(desk, wave):
    wave("one", [(n, 5, "yes") for n in range(40)])
    wave("two", [(n, 5, "no") for n in range(40)], words="Are you well rested?")

    page = page_of(desk.get(PAGE, {"of": "well/rested", "statistic": "share", "option": "yes"}))

    assert "The wording changed before the newest poll" in page
    assert "Are you well rested?" in page


def test_one_line_of_shares_is_told_at_a_time(desk, two_waves):
    every = page_of(desk.get(PAGE, {"of": "well/rested"}))
    one = page_of(desk.get(PAGE, {"of": "well/rested", "statistic": "share", "option": "no"}))

    assert "a change is told of one number at a time" in every
    assert "25%" in one
    assert "base 60" in one


@pytest.mark.parametrize("query", [{"statistic": "nonsense"}, {"statistic": "share", "option": "nonsense"}])
def test_a_line_that_is_not_there_gives_way_to_what_is(desk, two_waves, query):
    assert "<svg" in page_of(desk.get(PAGE, {"of": "well/rested"} | query))


def test_a_question_that_is_not_there_leads_back_with_one_sentence(desk, two_waves):
    page = page_of(desk.get(PAGE, {"of": "nope"}, follow=True))

    assert "No question “nope” was asked twice." in page


def test_a_decision_not_to_weight_leaves_the_trend_unweighted(desk, two_waves, panel):
    for poll in Poll.objects.filter(panel=panel):
        PollWeights.objects.create(panel=panel, poll=poll, fields=[], decided_at=NOON)

    page = page_of(desk.get(PAGE, {"of": "ons4.satisfied"}))

    assert "Unweighted." in page


def test_more_waves_take_no_more_queries(desk, two_waves, wave):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            page_of(desk.get(PAGE, {"of": "ons4.satisfied"}))
        return len(asked)

    queries()
    before = queries()
    wave("three", [(n, 6, "yes") for n in range(40)])

    assert queries() == before


def test_the_trend_comes_as_a_workbook(desk, two_waves):
    answer = desk.get(PAGE, {"of": "ons4.satisfied", "format": "xlsx"})

    book = openpyxl.load_workbook(BytesIO(answer.content))
    cells = [cell.value for row in book["satisfied"].iter_rows() for cell in row]
    assert any(value == pytest.approx(6.5) for value in cells if isinstance(value, float))


def test_the_trend_comes_for_a_machine_with_bases_intervals_and_changes(desk, two_waves):
    answer = desk.get(PAGE, {"of": "ons4", "format": "csv"})

    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    (newest,) = [
        one for one in rows if (one["item"], one["statistic"], one["wave"]) == ("satisfied", "mean", "1")
    ]
    assert newest["base"] == "60"
    assert float(newest["low"]) < 6.5 < float(newest["high"])
    assert float(newest["previous_estimate"]) == pytest.approx(2.0)
    told = json.loads(desk.get(PAGE, {"of": "ons4", "format": "json"}).content)
    assert told[0]["name"] == "ons4.satisfied"


@pytest.mark.parametrize(("kind", "opens"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_the_trend_comes_as_a_picture(desk, two_waves, kind, opens):
    assert desk.get(PAGE, {"of": "ons4.satisfied", "format": kind}).content.startswith(opens)
    assert desk.get(PAGE, {"of": "ons4.satisfied", "format": "pdf"}).status_code == 404


def test_an_event_is_marked_shown_taken_away_and_brought_back(desk, two_waves):
    day = {"first_day_day": "23", "first_day_month": "11", "first_day_year": "2026"}
    desk.post(f"{PAGE}/events", {"label": "Schools close", **day})

    (event,) = MarkedEvent.objects.all()
    assert event.first_day == date(2026, 11, 23)
    assert "Schools close" in page_of(desk.get(PAGE, {"of": "ons4.satisfied"}))

    desk.post(f"{PAGE}/events/{event.pk}")
    assert '<li class="row">23' not in page_of(desk.get(PAGE))
    desk.post(f"{PAGE}/events/{event.pk}")
    assert "Schools close" in page_of(desk.get(PAGE))
    verbs = AuditEntry.objects.filter(verb__startswith="event.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["event.marked", "event.taken_away", "event.brought_back"]


NOVEMBER = {"first_day_day": "23", "first_day_month": "11", "first_day_year": "2026"}
OF = "of=ons4.satisfied&statistic=mean"


def test_marking_an_event_leads_back_to_the_trend_that_was_looked_at(desk, two_waves):
    page = page_of(desk.get(f"{PAGE}?{OF}&other=1"))
    action = re.search(r'action="([^"]*/events[^"]*)"', page)[1].replace("&amp;", "&")

    answer = desk.post(action, {"label": "Schools close", **NOVEMBER})
    faulty = desk.post(action, {"label": "", **NOVEMBER})

    assert answer.url == f"{PAGE}?{OF}"
    assert faulty.status_code == 422
    assert "What changed" in faulty.content.decode()  # the trend is still there, and the fault is said


def test_an_event_is_changed_and_the_change_undone(desk, two_waves):
    desk.post(f"{PAGE}/events", {"label": "Schools close", **NOVEMBER})
    (event,) = MarkedEvent.objects.all()
    form = page_of(desk.get(f"{PAGE}/events/{event.pk}/change?{OF}"))
    assert 'value="Schools close"' in form
    assert 'value="23"' in form

    desk.post(f"{PAGE}/events/{event.pk}/change?{OF}", {"label": "Schools shut", **NOVEMBER})
    page = page_of(desk.get(f"{PAGE}?{OF}"))
    undo = re.search(r'action="([^"]*instead-of[^"]*)"', page)[1].replace("&amp;", "&")
    assert "Schools shut" in page
    assert [one.label for one in events.marked(event.panel)] == ["Schools shut"]

    assert desk.post(undo).url == f"{PAGE}?{OF}"
    assert [one.label for one in events.marked(event.panel)] == ["Schools close"]
    verbs = AuditEntry.objects.filter(verb__startswith="event.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["event.marked", "event.changed", "event.changed"]


def test_an_event_that_was_taken_away_or_is_another_panels_cannot_be_changed(desk, two_waves, panel):
    gone = events.mark(panel, "Strike", date(2026, 11, 1), None, name="Ann", by=HOST, now=NOON)
    events.take_away(gone, by=HOST, now=NOON)
    other = make_panel("others", "Others", by=HOST, now=NOON)
    theirs = events.mark(other, "Strike", date(2026, 11, 1), None, name="Ann", by=HOST, now=NOON)

    for event in (gone, theirs):
        assert desk.post(f"{PAGE}/events/{event.pk}/change", {"label": "x", **NOVEMBER}).status_code == 404
    assert desk.post(f"{PAGE}/events/{gone.pk}/instead-of/{theirs.pk}").status_code == 404


def test_every_number_of_a_trend_says_how_it_was_made(desk, two_waves):
    page = page_of(desk.get(PAGE, {"of": "ons4.satisfied"}))

    made = page[page.index("How was this made?") :]
    assert "SHA-256" in made
    assert "95% interval" in made
    assert "Overall, how satisfied" in made
    assert "Unweighted." in made


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label": ""}, "Say what happened."),
        ({"label": "x", "first_day_day": "31", "first_day_month": "2"}, "Write a day such as"),
        (
            {"label": "x", "last_day_day": "1", "last_day_month": "1", "last_day_year": "2026"},
            "The event ends before it begins.",
        ),
    ],
)
def test_an_event_that_cannot_be_is_said_at_its_field(desk, two_waves, typed, sentence):
    day = {"first_day_day": "23", "first_day_month": "11", "first_day_year": "2026"}

    answer = desk.post(f"{PAGE}/events", day | typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not MarkedEvent.objects.exists()


def test_who_may_not_mark_sees_the_trends_and_no_form(as_role, two_waves, panel):
    events.mark(panel, "Strike", date(2026, 11, 1), None, name="Ann", by=HOST, now=NOON)
    coder = as_role(Role.CODER)

    page = page_of(coder.get(PAGE))

    assert "Strike" in page
    assert "Mark an event" not in page
