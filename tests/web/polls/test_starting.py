"""Starting a poll: from a ready text, from an earlier poll, from a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Upload
from tests.unit.polls.conftest import TEXT

from canvass.polls.models import Poll

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])
NEW, LOAD = "/desk/workers/polls/new", "/desk/workers/polls/load"
FILE = TEXT.replace("{slug}", "hours").replace("{title}", "Hours")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)


@pytest.mark.parametrize("start", ["each_kind", "wellbeing", "one_question"])
def test_a_new_poll_starts_without_faults(desk, picture_home, start):
    response = desk.post(NEW, {"title": "Winter", "slug": "winter", "start": start})

    poll = Poll.objects.get()
    assert response["Location"] == "/desk/workers/polls/winter/"
    assert (poll.title, poll.faults, poll.state) == ("Winter", 0, "draft")


def test_an_address_left_empty_is_made_from_the_title(desk, picture_home):
    title = "Overtime, and _time back_: how it goes! " + "On and on " * 9

    response = desk.post(NEW, {"title": title, "slug": "", "start": "one_question"})

    assert response["Location"].startswith("/desk/workers/polls/overtime-and-time-back-how-it-goes-on")
    assert len(Poll.objects.get().slug) <= 60


def test_a_copy_of_an_earlier_poll_is_offered_and_made(desk, poll):
    poll(title="Hours", state="closed")
    chosen = desk.get(NEW + "?copy=hours").text

    desk.post(NEW, {"title": "Hours again", "slug": "again", "start": "copy", "copy_of": "hours"})

    assert '<option value="hours" selected>Hours</option>' in chosen
    made = Poll.objects.get(slug="again")
    assert (made.title, made.faults, "opens:" in made.text) == ("Hours again", 0, False)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"slug": "A b"}, "Use only a-z, 0-9 and hyphens"),
        ({"slug": "hours"}, "There is already a poll with the address hours"),
        ({"title": ""}, "Write a title."),
        ({"start": "copy"}, "Choose the poll to copy."),
        ({"slug": "", "title": "Hours"}, "There is already a poll with the address hours"),
        ({"slug": "", "title": "時間"}, "No address can be made from this title"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(desk, poll, change, sentence):
    poll()

    response = desk.post(NEW, {"title": "Winter", "slug": "winter", "start": "one_question", **change})

    assert response.status_code == 422
    assert sentence in response.text
    assert Poll.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"text": FILE},
        {"file": Upload("hours.yaml", b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())},
    ],
)
def test_a_file_uploaded_or_pasted_becomes_a_draft(desk, picture_home, fields):
    desk.post(LOAD, fields)

    assert Poll.objects.get().text == FILE


def test_a_file_with_faults_is_loaded_to_be_mended_here(desk, picture_home):
    page = desk.post(LOAD, {"text": "poll: hours\ntitle: Hours\n"}, follow=True).text

    assert "things need mending" in page
    assert Poll.objects.get().faults > 0


def test_pictures_come_along(desk, picture_home):
    text = FILE.replace("kind: text", "kind: text\n    picture: {file: a.png, alt: A sign}")

    desk.post(LOAD, {"text": text, "pictures": [Upload("a.png", PNG)]})

    assert Poll.objects.get().faults == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a poll file or paste its text."),
        ({"file": Upload("a.yaml", b"\xff\xfe\x00p")}, "This is not a text file in UTF-8"),
        ({"file": Upload("a.yaml", b"")}, "That file is empty."),
        ({"text": "title: no name"}, "does not say which poll it is"),
        ({"text": "poll: hours\n\x00"}, "Null characters are not allowed."),
        ({"text": FILE, "pictures": [Upload("a.png", b"no")]}, "not a PNG, JPEG, GIF or WebP picture"),
    ],
)
def test_what_cannot_be_loaded_is_a_sentence_and_leaves_nothing(desk, picture_home, fields, sentence):
    response = desk.post(LOAD, fields)

    assert response.status_code == 422
    assert sentence in response.text
    assert not Poll.objects.exists()
