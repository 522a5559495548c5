"""The Workforce tab: a published table written down, and the panel beside it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.panel.conftest import STORES

from canvass.panel import beside
from canvass.panel.models import Workforce
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(databases=STORES)
PAGE = "/desk/workers/panel/workforce"
SOURCE = {"source": "Register of the profession, 2025", "address": "https://example.org/register"}


def typed(**numbers: str) -> dict[str, str]:
    """The first options of role: Practitioner, Senior practitioner, Manager, Educator or researcher."""
    return SOURCE | {"numbers": "per_cents"} | {f"profile_{name}": value for name, value in numbers.items()}


def upload(text: str, name: str = "targets.csv") -> dict[str, object]:
    return SOURCE | {"from_file": "1", "file": SimpleUploadedFile(name, text.encode())}


def test_without_a_workforce_the_page_says_what_it_is_for_and_that_no_weights_are_honest(desk):
    page = desk.get(PAGE).content.decode()

    assert "compared with nobody yet" in page
    assert "do not weight" in page


def test_typed_per_cents_stand_beside_the_panel(desk, panel, member):
    member("alice", profile={"role": "Manager"})
    member("bob", profile={"role": "Practitioner"})

    sent = desk.post(PAGE, typed(role_0="75", role_2="25"))

    assert sent.status_code == 302
    held = beside.workforce_of(panel)
    assert held.shares == {"role": {"Practitioner": 0.75, "Manager": 0.25}}
    manager = beside.composition(panel, held.written_at.date()).field("role").parts[2]
    assert (manager.panel_share, manager.target_share, manager.panel_difference) == (0.5, 0.25, 0.25)
    page = desk.get(PAGE).content.decode()
    assert "+25" in page
    assert "Register of the profession, 2025" in page


def test_head_counts_become_shares(desk, panel):
    desk.post(PAGE, typed(role_0="32,000", role_2="8,000") | {"numbers": "people"})

    assert beside.workforce_of(panel).shares == {"role": {"Practitioner": 0.8, "Manager": 0.2}}


def test_published_per_cents_that_miss_a_hundred_by_rounding_are_taken_as_rounded(desk, panel):
    desk.post(PAGE, typed(role_0="66.7", role_1="33.4"))

    assert sum(beside.workforce_of(panel).shares["role"].values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"role_0": "60", "role_2": "30"}, "Role: the per cents add up to 90. Make them add up to 100."),
        ({"role_0": "many"}, "Role, Practitioner: &#x27;many&#x27; is not a per cent such as 12.5."),
        ({"role_0": "-5", "role_2": "105"}, "Role, Practitioner: &#x27;-5&#x27; is not a per cent"),
        ({"role_0": "nan", "role_2": "105"}, "Role, Practitioner: &#x27;nan&#x27; is not a per cent"),
        ({}, "Give the numbers of one profile field at least."),
    ],
)
def test_numbers_that_are_no_shares_get_one_sentence_and_are_kept(desk, numbers, sentence):
    sent = desk.post(PAGE, typed(**numbers))

    assert sent.status_code == 422
    page = sent.content.decode()
    assert sentence in page
    assert all(f'value="{value}"' in page for value in numbers.values())
    assert not Workforce.objects.exists()


def test_a_faulty_number_is_marked_where_it_stands(desk):
    page = desk.post(PAGE, typed(role_0="60", role_2="some")).content.decode()

    assert 'id="typed_profile_role_2_error"' in page
    assert 'href="#typed_profile_role_2"' in page
    assert page.count("aria-invalid") == 1


def test_a_table_without_its_source_is_refused(desk):
    sent = desk.post(PAGE, typed(role_0="100") | {"source": ""})

    assert "Say which table the numbers are from" in sent.content.decode()
    assert not Workforce.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "variable,category,share\nrole,Practitioner,0.75\nRole,manager,0.25\n",
        "variable,category,share\nrole,Practitioner,75\nrole,Manager,25\n",
        "category,people,variable\nPractitioner,300,role\nManager,100,profile/role\n",
    ],
)
def test_a_file_with_shares_per_cents_or_people_is_taken(desk, panel, text):
    sent = desk.post(PAGE, upload(text))

    assert sent.status_code == 302
    assert beside.workforce_of(panel).shares == {"role": {"Practitioner": 0.75, "Manager": 0.25}}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("variable,category\nrole,Manager\n", "needs the columns variable, category, and share or people"),
        (
            "variable,category,share\nrolle,Manager,1\n",
            "Row 2: this panel has no profile field &#x27;rolle&#x27;. Is role meant?",
        ),
        (
            "variable,category,share\nrole,Manger,1\n",
            "Row 2: Role has no option &#x27;Manger&#x27;. Is Manager meant?",
        ),
        ("variable,category,share\nrole,Manager,.5\nrole,manager,.5\n", "Row 3: Manager stands there twice."),
        ("variable,category,share\nrole,Manager,.5\n", "Role: the per cents add up to 50."),
        ("variable,category,share\nrole,Manager,lots\n", "Role, Manager: &#x27;lots&#x27; is not a per cent"),
    ],
)
def test_a_faulty_file_gets_one_sentence_with_its_place(desk, text, sentence):
    sent = desk.post(PAGE, upload(text))

    assert sent.status_code == 422
    assert sentence in sent.content.decode()
    assert not Workforce.objects.exists()


def test_no_file_is_said_at_its_field(desk):
    sent = desk.post(PAGE, SOURCE | {"from_file": "1"})

    assert "Choose a file." in sent.content.decode()


def test_new_numbers_are_a_new_version_and_the_old_ones_are_kept(desk, panel):
    desk.post(PAGE, typed(role_0="75", role_2="25"))
    desk.post(PAGE, typed(role_0="50", role_2="50"))
    desk.post(f"{PAGE}/take-away")

    versions = Workforce.objects.order_by("version").values_list("version", "shares__role__Manager")
    assert list(versions) == [(1, 0.25), (2, 0.5), (3, None)]
    assert beside.workforce_of(panel) is None
    verbs = AuditEntry.objects.filter(verb__startswith="panel.workforce").values_list("verb", flat=True)
    assert sorted(verbs) == ["panel.workforce_taken_away", *["panel.workforce_written"] * 2]


def test_numbers_taken_away_come_back_by_one_click_and_stay_in_the_list(desk, panel):
    desk.post(PAGE, typed(role_0="75", role_2="25"))
    desk.post(f"{PAGE}/take-away")
    page = desk.get(PAGE).content.decode()

    assert "The numbers from “Register of the profession, 2025” are kept." in page
    assert page.count(f'action="{PAGE}/1/bring-back"') == 2  # in the message and in the list
    assert "compared with nobody yet" not in page
    desk.post(f"{PAGE}/1/bring-back")

    assert beside.workforce_of(panel).shares == {"role": {"Practitioner": 0.75, "Manager": 0.25}}
    assert "Earlier numbers" not in desk.get(PAGE).content.decode()
    assert AuditEntry.objects.filter(verb="panel.workforce_brought_back").exists()


@pytest.mark.parametrize("version", [2, 9])
def test_numbers_that_are_not_there_cannot_come_back(desk, panel, version):
    desk.post(PAGE, typed(role_0="100"))
    desk.post(f"{PAGE}/take-away")

    desk.post(f"{PAGE}/{version}/bring-back")

    assert "These numbers of the workforce are not there." in desk.get(PAGE).content.decode()
    assert beside.workforce_of(panel) is None
