"""The builder: faults at their lines, nothing typed is lost, drafts are saved as they are."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Upload
from tests.unit.polls.conftest import NOON

from canvass.polls import drafts
from canvass.polls.models import Poll, WorkingText
from canvass.team.access import Role
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])
ROOM = "/desk/workers/polls/hours/"
FAULTY = "poll: hours\ntitle: T\ncategory: practice\nitems:\n  - {id: a, kind: singel, text: What is it}\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)


def post(desk, verb: str, **fields):
    return desk.post(ROOM + verb, {"revision": 1, **fields}, follow=True)


def test_the_builder_shows_the_text_its_cost_and_the_preview(desk, poll):
    draft = poll()

    page = desk.get(ROOM).text

    assert "How often do you work beyond your hours?" in page
    assert "2 questions, about" in page
    assert 'src="/desk/workers/polls/hours/preview"' in page
    assert draft.title in page


def test_check_says_each_fault_with_its_line_and_keeps_the_draft(desk, poll):
    draft = poll()

    page = post(desk, "check", text=FAULTY).text

    assert 'data-line="5">Line 5</a>' in page
    assert "There is no kind" in page
    assert "kind: singel" in page
    assert "You have unsaved text" in page
    assert Poll.objects.get().text == draft.text


def test_check_by_script_gets_the_checked_part_alone(desk, poll):
    poll()

    page = desk.post(ROOM + "check", {"text": FAULTY, "revision": 1}, headers={"HX-Request": "true"}).text

    assert page.lstrip().startswith('<div class="stack" id="check">')
    assert "Line 5" in page


def test_save_keeps_a_faulty_draft_and_says_what_that_means(desk, poll):
    poll()

    page = post(desk, "save", text=FAULTY.replace("\n", "\r\n")).text

    assert "Saved with 1 fault: the poll cannot be scheduled before it is mended." in page
    assert Poll.objects.get().text == FAULTY
    assert not WorkingText.objects.exists()
    assert "polls/hours/schedule" not in page


def test_a_text_saved_by_somebody_else_meanwhile_is_not_overwritten(desk, poll):
    draft = poll()
    theirs = drafts.save_text(draft, draft.text + "# theirs\n", revision=1, by=HOST, now=NOON)

    page = post(desk, "save", text=draft.text + "# mine\n").text

    assert "Somebody else has saved" in page
    assert "# mine" in page
    assert Poll.objects.get().text == theirs.text


def test_after_the_warning_ones_own_text_can_be_saved_over_theirs(desk, poll):
    draft = poll()
    drafts.save_text(draft, draft.text + "# theirs\n", revision=1, by=HOST, now=NOON)
    post(desk, "save", text=draft.text + "# mine\n")

    post(desk, "save", text=draft.text + "# mine\n", revision=2)

    assert Poll.objects.get().text.endswith("# mine\n")


def test_unsaved_text_can_be_thrown_away(desk, poll):
    poll()
    post(desk, "check", text=FAULTY)

    page = post(desk, "discard").text

    assert "kind: singel" not in page


def test_a_skeleton_is_added_to_what_is_typed(desk, poll):
    draft = poll()

    page = post(desk, "insert", text=draft.text, kind="rating").text

    assert "id: rating_1" in page
    assert "3 questions" in page


def test_earlier_texts_are_listed_and_brought_back(desk, poll):
    draft = poll()
    post(desk, "save", text=FAULTY)

    listed = desk.get(ROOM + "earlier").text
    desk.post(ROOM + "earlier/1")

    assert "Bring text 1 back" in listed
    assert "+  - {id: a, kind: singel" in listed
    assert Poll.objects.get().text == draft.text


@pytest.mark.parametrize("verb", ["save", "check", "insert"])
def test_an_empty_or_broken_form_is_a_sentence_and_changes_nothing(desk, poll, verb):
    draft = poll()

    page = post(desk, verb, text="").text

    assert "toast error" in page
    assert Poll.objects.get().text == draft.text


def test_pictures_are_added_and_what_is_none_is_refused(desk, poll):
    poll()

    added = post(desk, "pictures", pictures=[Upload("a.png", PNG)]).text
    refused = post(desk, "pictures", pictures=[Upload("b.svg", b"<svg onload=alert(1)>")]).text

    assert "Added: a.png." in added
    assert "Drawings in SVG are not taken" in refused


def test_the_poll_file_can_be_downloaded(desk, poll):
    draft = poll()

    response = desk.get(ROOM + "file")

    assert response.text == draft.text
    assert response["Content-Disposition"] == 'attachment; filename="hours.yaml"'


def test_script_in_a_text_is_shown_and_never_run(desk, poll):
    poll()

    page = post(
        desk, "check", text="poll: hours\ntitle: '</textarea><script>alert(1)</script>'\nitems: 3\n"
    ).text

    assert "<script>alert" not in page


def test_who_does_not_write_polls_reads_the_questionnaire(as_role, poll):
    poll()
    analyst = as_role(Role.ANALYST)

    page = analyst.get(ROOM).text

    assert "<textarea" not in page
    assert "Asked of those who answered “every week”" in page
    assert analyst.post(ROOM + "save", {"text": FAULTY, "revision": 1}).status_code == 404


def test_a_poll_of_another_panel_does_not_exist_here(desk):
    assert desk.get(ROOM).status_code == 404
