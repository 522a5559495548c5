"""The desk's pages of the panel: empty, full, and when something is wrong."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from canvass.panel.models import Address, ConsentWording, Letter, Member, ProfileField, Standing
from canvass.panel.services import membership
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry, Membership, Staff

from .conftest import NOON, STORES

pytestmark = pytest.mark.django_db(databases=STORES)
PANEL = "/desk/workers/panel/"
PAGES = ["", "growth", "sign-up", "consent", "profile", "profile/new", "profile/role/", "import"]


def upload(desk: Client, content: bytes, name: str = "members.csv", basis: str = "paper form"):
    file = SimpleUploadedFile(name, content)
    return desk.post(PANEL + "import", {"file": file, "basis": basis})


def test_growth_is_a_figure_and_a_field_over_time_is_chosen_in_the_address(desk, member):
    member("alice", now=NOON - timedelta(days=70), profile={"role": "Manager"})

    by_role, by_region = (
        desk.get(PANEL + f"growth?field={name}").content.decode() for name in ("", "region")
    )

    assert "1 registered in November 2026" in by_role
    assert "The panel by role, " in by_role
    assert "The panel by region, " in by_region
    assert 'href="?field=region#over-time" aria-current="true"' in by_region


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_an_empty_panel(page, desk):
    assert desk.get(PANEL + page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_an_address_that_nobody_asked_for(page, desk, alice):
    text = desk.get(PANEL + page).text

    assert "alice@example.org" not in text


def test_an_empty_panel_offers_the_first_step(desk):
    page = desk.get(PANEL).text

    assert "Nobody has joined yet" in page
    assert 'href="/desk/workers/panel/sign-up"' in page


def test_members_are_listed_by_key_and_narrowed_by_the_address_of_the_page(desk, alice, member):
    bob = member("bob", profile={"role": "Practitioner"})

    everybody = desk.get(PANEL).text
    managers = desk.get(PANEL + "?role=Manager").text

    assert alice.key[:8] in everybody
    assert bob.key[:8] in everybody
    assert bob.key[:8] not in managers
    assert "Nobody fits" in desk.get(PANEL + "?state=left").text


@pytest.mark.parametrize("query", ["?state=nonsense", "?page=99", "?page=x", "?role=%00", "?role=<script>"])
def test_an_address_with_nonsense_in_it_is_a_page_all_the_same(query, desk, alice):
    assert desk.get(PANEL + query).status_code == 200


def test_the_page_says_how_many_confirmed_within_a_year_and_that_the_question_is_switched_off(
    desk, alice, panel
):
    assert "<b>1</b><span>confirmed within a year</span>" in desk.get(PANEL).text
    assert "switched off" not in desk.get(PANEL).text
    settings = {"name": "Workers", "people": "workers", "time_zone": "Europe/London"}

    desk.post("/desk/workers/team/settings", settings)  # a box without its tick is not sent

    panel.refresh_from_db()
    assert panel.asks_yearly is False
    assert "The yearly question is switched off under Team, Settings." in desk.get(PANEL).text


def test_members_who_were_asked_twice_in_vain_are_counted(desk, alice):
    Member.objects.update(asked_in_vain=2, ask_again_at=NOON)

    assert "1 member was asked twice and did not answer" in desk.get(PANEL).text


def test_an_address_is_shown_on_request_and_the_look_is_on_record(desk, alice):
    one = f"{PANEL}member/{alice.key}/"
    assert "alice@example.org" not in desk.get(one).text

    page = desk.post(one + "address")

    assert "alice@example.org" in page.text
    assert "no-store" in page["Cache-Control"]
    assert AuditEntry.objects.filter(verb="member.address_shown", subject=alice.key).count() == 1


def test_an_address_that_was_erased_is_told_so(desk, alice):
    membership.erase(alice, by=HOST, now=NOON)

    page = desk.post(f"{PANEL}member/{alice.key}/address", follow=True).text

    assert "No address is held for this member." in page


def test_a_member_is_mailed_their_link_again(desk, alice):
    Letter.objects.all().delete()

    desk.post(f"{PANEL}member/{alice.key}/link")

    assert (Letter.objects.get().kind, Letter.objects.get().member) == ("link", alice.key)


def test_an_analyst_opens_none_of_the_pages_of_members(panel, alice):
    ann = Staff.objects.create(email="analyst@example.org", name="An Analyst", created_at=NOON)
    Membership.objects.create(panel=panel, staff=ann, role=Role.ANALYST)
    browser = Client()
    browser.force_login(ann)

    pages = [*PAGES, f"member/{alice.key}/"]

    assert {browser.get(PANEL + page).status_code for page in pages} == {404}


def test_a_file_is_previewed_before_anything_is_imported(desk):
    page = upload(desk, b"address,role\nbob@example.org,Manager\n")

    assert "Import 1 member" in page.text
    assert "bob@example.org" in page.text
    assert not Member.objects.exists()
    assert not Address.objects.exists()


def test_the_page_names_the_columns_of_this_panel(desk):
    assert "<code>source</code>, <code>role</code>" in desk.get(PANEL + "import").text


def test_the_same_fault_in_many_rows_is_said_once(desk):
    rows = "".join(f"a{n}@example.org,Wizard\n" for n in range(20))

    page = upload(desk, f"address,role\n{rows}a@example.org,Witch\n".encode()).text

    assert "21 things need mending; nothing is imported" in page
    assert page.count("<li>Rows 2, 3, 4, 5, 6, 7 and 14 more, column role: &#x27;Wizard&#x27; is not") == 1
    assert page.count("<li>Row 22, column role: &#x27;Witch&#x27; is not") == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"address\n", "The file has no rows under its column names"),
        (b"address\n\x00\xff\xfe", "people.csv: this is not a text file."),
        (b"address,role\ncaf\xe9@example.org,\n", "people.csv is not UTF-8"),
    ],
)
def test_a_file_with_nothing_in_it_is_named_and_explained(desk, content, sentence):
    assert sentence in upload(desk, content, name="people.csv").text


def test_a_previewed_import_is_carried_out_once_however_often_it_is_sent(desk):
    page = upload(desk, b"address,role\nbob@example.org,Manager\ncat@example.org,\n").text
    carried = page.split('name="carried" value="')[1].split('"')[0]

    for _ in range(2):
        answer = desk.post(PANEL + "import/apply", {"carried": carried}, follow=True)

    assert answer.status_code == 200
    assert Member.objects.count() == Standing.objects.count() == Address.objects.count() == 2


@pytest.mark.parametrize("carried", ["", "nonsense", "AAEC"])
def test_a_preview_that_is_not_ours_imports_nothing(carried, desk):
    page = desk.post(PANEL + "import/apply", {"carried": carried}, follow=True).text

    assert "That preview is not one of yours. Choose the file again." in page
    assert not Member.objects.exists()


def test_each_fault_of_a_file_is_told_with_its_row_and_shown_as_text(desk):
    page = upload(desk, b"address,role\n<script>alert(1)</script>,\nbob@example.org,Queen\n")

    assert page.status_code == 422
    assert "2 things need mending; nothing is imported" in page.text
    assert "Row 3, column role" in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("members.xlsx", b"no workbook"),
        ("members.csv", b""),
        ("members.exe", b"MZ"),
        ("wide.csv", b"address" + b",x" * 100_000 + b"\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_its_field(name, content, desk):
    page = upload(desk, content, name=name)

    assert page.status_code == 422
    assert "error-summary" in page.text
    assert not Member.objects.exists()


def test_without_a_word_on_how_they_agreed_no_preview_is_made(desk):
    page = upload(desk, b"address\nbob@example.org\n", basis="")

    assert page.status_code == 422
    assert "Without their consent they cannot be imported." in page.text


def test_an_export_is_a_file_and_on_record(desk, alice):
    response = desk.post(PANEL + "export")

    assert response["Content-Disposition"] == 'attachment; filename="workers-2026-11-23.csv"'
    assert b"alice@example.org,active" in response.content
    assert AuditEntry.objects.filter(verb="panel.exported").count() == 1


def test_looking_at_the_export_address_exports_nothing(desk, alice):
    assert desk.get(PANEL + "export").status_code == 405


def test_a_new_wording_is_a_new_version_and_the_same_words_are_refused(desk):
    desk.post(PANEL + "consent", {"kind": "linking", "text": "Other words."})
    again = desk.post(PANEL + "consent", {"kind": "linking", "text": "Other words."})

    assert again.status_code == 422
    assert "This is the wording in force." in again.text
    assert list(ConsentWording.objects.filter(kind="linking").values_list("version", flat=True)) == [1, 2]


def test_a_field_is_added_asked_at_sign_up_and_removed(desk, client):
    desk.post(PANEL + "profile/new", {"label": "Setting", "options": "Town\nCountry | Away"})
    assert "Setting" in client.get("/join/workers/").text

    desk.post(PANEL + "profile/setting/remove")

    assert not ProfileField.objects.filter(name="setting").exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"label": "", "options": "a\nb"}, "Write what the field asks for."),
        ({"label": "Setting", "options": "one"}, "Write two to 60 options, one a line."),
        ({"label": "Setting", "options": "Town\ntown"}, "Two options read the same."),
        ({"label": "Role", "options": "a\nb"}, "There is a field &#x27;Role&#x27; already."),
        ({"label": "日本", "options": "a\nb"}, "with some of the letters a to z"),
    ],
)
def test_a_field_that_cannot_be_is_said_at_its_place(sent, sentence, desk):
    page = desk.post(PANEL + "profile/new", sent)

    assert page.status_code == 422
    assert sentence in page.text


def test_an_option_that_members_hold_stays_and_so_does_its_field(desk, alice):
    changed = desk.post(PANEL + "profile/role/", {"label": "Role", "options": "Boss\nWorker"})
    removed = desk.post(PANEL + "profile/role/remove")

    assert "1 member has the option &#x27;Manager&#x27;" in changed.text
    assert "1 member has told you this" in removed.text


def test_the_sign_up_link_carries_the_code_of_an_event(desk, client):
    page = desk.get(PANEL + "sign-up?code=Spring Conference!").text

    assert "/join/workers/?from=spring-conference" in page
    assert "<svg" in page


def test_kept_mails_can_be_read_and_their_html_stands_in_a_closed_frame(desk, alice):
    letter = Letter.objects.get(kind="welcome")
    mails = "/desk/workers/team/mails/"

    html = desk.get(f"{mails}{letter.pk}/html")

    assert "Welcome to" in desk.get(mails).text
    assert "/me/" in desk.get(f"{mails}{letter.pk}/").text
    assert "default-src 'none'" in html["Content-Security-Policy"]


def test_with_a_mail_server_set_mails_belong_to_their_readers(desk, alice, settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    letter = Letter.objects.get(kind="welcome")

    assert "Welcome to" not in desk.get("/desk/workers/team/mails/").text
    assert desk.get(f"/desk/workers/team/mails/{letter.pk}/").status_code == 404


@pytest.mark.parametrize(("to", "mailable"), [("bounced", False), ("lapsed", False), ("left", False)])
def test_what_the_team_heard_moves_a_member_in_both_stores(to, mailable, desk, alice):
    desk.post(f"{PANEL}member/{alice.key}/standing", {"to": to})

    assert Member.objects.get().state == Standing.objects.get().state == to
    assert Standing.objects.get().mailable is mailable
    assert AuditEntry.objects.filter(verb=f"member.{to}", actor_kind="staff").count() == 1


def test_who_bounced_is_mailed_again_but_a_pause_is_the_members_own(desk, alice):
    place = f"{PANEL}member/{alice.key}/standing"
    desk.post(place, {"to": "bounced"})
    desk.post(place, {"to": "active"})
    assert Member.objects.get().state == "active"

    membership.pause(Member.objects.get(), until=NOON.date() + timedelta(days=9), by=HOST, now=NOON)
    page = desk.post(place, {"to": "active"}, follow=True).text

    assert "Only a member who bounced or lapsed can be mailed again from here." in page
    assert Member.objects.get().state == "paused"


def test_a_slip_about_who_bounced_is_undone_by_one_click(desk, alice):
    page = desk.post(f"{PANEL}member/{alice.key}/standing", {"to": "bounced"}, follow=True).text
    toast = page.partition('<li class="toast')[2]
    undo = toast.partition('action="')[2].partition('"')[0]

    desk.post(undo)

    assert undo == f"{PANEL}member/{alice.key}/standing?to=active"
    assert Member.objects.get().state == "active"


def test_leaving_asks_once_and_says_what_is_lost(desk, alice):
    place = f"{PANEL}member/{alice.key}/standing"

    asked = desk.get(place).text
    told = desk.post(place, {"to": "left"}, follow=True).text

    assert "In 14 days their address and details are forgotten" in asked
    assert "Standing: left." in told
    assert "Undo" not in told
    assert "There is nothing more to do." in desk.get(place).text


def test_a_standing_that_is_none_is_not_found(desk, alice):
    assert desk.post(f"{PANEL}member/{alice.key}/standing", {"to": "erased"}).status_code == 404
