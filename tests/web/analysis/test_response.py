"""The Response page: how many answered what, over a period, with signed notes."""

import csv
import json
import re
from io import BytesIO, StringIO

import openpyxl
import pytest
from tests.unit.polls.conftest import HOUR, NOON

from canvass.analysis import responding
from canvass.analysis.models import ResponseNote
from canvass.analysis.responding import Period
from canvass.analysis.services import close_and_count
from canvass.tables.disclosure import Audience
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PAGE = "/desk/workers/response"
EARLIER = {
    "first_day_day": "1",
    "first_day_month": "1",
    "first_day_year": "2020",
    "last_day_day": "31",
    "last_day_month": "1",
    "last_day_year": "2020",
    "category": "",
}


def page_of(response, status=200) -> str:
    assert response.status_code == status, response
    return " ".join(response.content.decode().split())


def test_before_anything_is_counted_the_page_says_what_it_is_for(desk, answered):
    answered()

    assert "Nothing has been counted yet" in page_of(desk.get(PAGE))


def test_the_lead_is_true_of_the_questions(desk, counted):
    """60 of 100 said every week and were asked why; 60 answered that. So 160 of 160 showings."""
    counted(yes=60, no=40)

    page = page_of(desk.get(PAGE))

    assert "2 questions in 1 poll: 80 people answered on average." in page
    assert "The most were 100 of 100 asked" in page
    assert "the fewest 60 of 60 asked" in page
    assert "Of all 160 showings 100% were answered." in page


def test_the_public_is_told_of_no_question_that_few_were_asked(counted):
    """7 of 100 said every week and were asked why."""
    poll = counted(yes=7, no=93).poll
    period = Period(poll.opens.date(), poll.opens.date())

    told = responding.analytics(poll.panel, period, Audience.PUBLIC)

    assert [str(one.asked) for one in told.questions] == ["100", "[c]"]
    assert [str(one.answered) for one in told.questions] == ["100", "[c]"]
    assert responding.lead(told).startswith("1 question in 1 poll: 100 people answered on average.")
    assert [one.answered for one in responding.analytics(poll.panel, period).questions] == [100, 7]


def test_a_grid_counts_who_answered_one_of_its_lines(desk, january):
    poll = january()
    close_and_count(poll, by=HOST, now=NOON + HOUR)

    page = page_of(desk.get(PAGE, EARLIER | {"first_day_year": "2022", "last_day_year": "2022"}))

    assert "135 took part" not in page
    assert "poll: " in page
    assert "of 135 asked" in page


def test_a_period_without_questions_says_so_and_offers_another(desk, counted):
    counted()

    page = page_of(desk.get(PAGE, EARLIER))

    assert "No question was asked from 1 January 2020 to 31 January 2020." in page
    assert "<details open>" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"last_day_year": "2019"}, "The period ends before it begins."),
        ({"first_day_day": "31", "first_day_month": "2"}, "Write a day such as"),
        ({"category": "nonsense"}, "There is a problem"),
    ],
)
def test_a_period_that_cannot_be_is_said_at_its_field(desk, counted, typed, sentence):
    counted()

    assert sentence in page_of(desk.get(PAGE, EARLIER | typed), 422)


def test_the_numbers_come_as_a_workbook(desk, counted):
    counted(yes=60, no=40)

    book = openpyxl.load_workbook(BytesIO(desk.get(PAGE, {"format": "xlsx"}).content))

    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {60, 100} <= set(cells)


def test_a_note_is_signed_with_the_role_shown_taken_back_and_brought_back(desk, counted):
    counted(yes=60, no=40)
    address = f"{PAGE}/hours/why"

    assert "60 of 60 to whom it was shown answered" in page_of(desk.get(address))
    desk.post(address, {"text": "It was asked  at Christmas."})

    page = page_of(desk.get(PAGE))
    (note,) = ResponseNote.objects.all()
    assert '“It was asked at Christmas.” <span class="muted">Owner, 23 November 2026' in page
    desk.post(f"{PAGE}/notes/{note.pk}")
    assert "Christmas" not in page_of(desk.get(PAGE)).split("toast")[0]
    desk.post(f"{PAGE}/notes/{note.pk}")
    assert "Christmas" in page_of(desk.get(PAGE))
    verbs = AuditEntry.objects.filter(verb__startswith="response.").order_by("pk")
    assert [entry.verb for entry in verbs] == [
        "response.noted",
        "response.note_taken_back",
        "response.note_brought_back",
    ]


NOVEMBER = (
    "first_day_day=1&first_day_month=11&first_day_year=2026"
    "&last_day_day=30&last_day_month=11&last_day_year=2026&category="
)


def test_a_note_leads_back_to_the_period_that_was_looked_at(desk, counted):
    counted()
    page = page_of(desk.get(f"{PAGE}?{NOVEMBER}&other=1"))
    say_why = re.search(r'href="([^"]*/hours/why[^"]*)"', page)[1].replace("&amp;", "&")

    answer = desk.post(say_why, {"text": "It was asked at Christmas."})

    assert answer.url == f"{PAGE}?{NOVEMBER}"
    (note,) = ResponseNote.objects.all()
    assert f'action="{PAGE}/notes/{note.pk}?{NOVEMBER}"'.replace("&", "&amp;") in page_of(
        desk.get(answer.url)
    )
    assert desk.post(f"{PAGE}/notes/{note.pk}?{NOVEMBER}").url == f"{PAGE}?{NOVEMBER}"


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_numbers_come_for_a_machine_too(desk, counted, kind):
    counted(yes=60, no=40)

    content = desk.get(PAGE, {"format": kind}).content.decode()

    if kind == "json":
        rows = json.loads(content)[0]["rows"]
        assert [(row["item"], row["asked"], row["answered"]) for row in rows] == [
            ("hours", 100, 100),
            ("why", 60, 60),
        ]
    else:
        rows = list(csv.DictReader(StringIO(content)))
        assert [(row["item"], row["asked"], row["low"] != "") for row in rows] == [
            ("hours", "100", True),
            ("why", "60", True),
        ]


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_a_note_that_cannot_be_kept_is_said(desk, counted, text):
    counted()

    page_of(desk.post(f"{PAGE}/hours/why", {"text": text}), 422)
    assert not ResponseNote.objects.exists()


def test_a_question_that_is_not_there_has_no_notes(desk, counted):
    counted()

    assert desk.get(f"{PAGE}/hours/nope").status_code == 404


def test_who_may_not_note_reads_only(as_role, counted):
    counted()
    coder = as_role(Role.CODER)

    assert "Say why" not in page_of(coder.get(PAGE))
    assert coder.get(f"{PAGE}/hours/why").status_code == 404
