"""Base pages, components, error pages and static files, as they leave the server."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from canvass.figures import tokens
from canvass.team.access import Role, panel_roles
from canvass.team.models import Membership, Panel, Staff
from canvass.web import assets, examples, navigation, sparkline

SOURCE = Path(assets.__file__).parents[1]
STATIC = SOURCE / "web" / "static" / "canvass"
NOON = datetime(2022, 1, 18, 12, tzinfo=UTC)


TABLE_FOR_OWNERS = {"team:people": panel_roles()}


def _drawn(source: str, **context) -> str:
    return Template(source).render(Context(context))


class Enquiry(forms.Form):
    email = forms.EmailField(label="E-mail address", help_text="We write seldom.")
    role = forms.ChoiceField(
        label="What do you do?", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")]
    )
    agree = forms.BooleanField(label="I agree")
    remarks = forms.CharField(label="Remarks", required=False)
    opens = forms.DateField(label="Opens on", widget=forms.SelectDateWidget(years=range(2022, 2024)))


# Tokens and stylesheet


def test_the_stylesheet_of_tokens_agrees_with_the_tokens():
    css = (STATIC / "tokens.css").read_text()

    assert css.partition("*/\n")[2] == tokens.stylesheet()


def test_every_custom_property_that_the_stylesheet_reads_exists():
    css = (STATIC / "canvass.css").read_text()
    known = set(re.findall(r"(--[\w-]+):", css + tokens.stylesheet()))

    assert set(re.findall(r"var\((--[\w-]+)\)", css)) <= known


def test_the_stylesheet_names_colours_by_token_only():
    css = (STATIC / "canvass.css").read_text()
    screen = css.partition("@layer paper {")[0]

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", screen) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"), ("ink", "tint"), ("muted", "paper"), ("muted", "tint"), ("primary", "paper"),
        ("primary", "tint"), ("on-primary", "primary"), ("accent", "paper"), ("on-accent", "accent"),
        ("paper", "ink"),
    ],
)  # fmt: skip
def test_text_can_be_read_on_its_ground(text, ground, theme):
    ratio = tokens.contrast(tokens.paint(text, theme), tokens.paint(ground, theme))

    assert ratio >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("edge", "ground"), [("line", "paper"), ("line", "tint"), ("mark", "paper"), ("soft", "paper")]
)
def test_edges_and_bars_can_be_seen_on_their_ground(edge, ground, theme):
    ratio = tokens.contrast(tokens.paint(edge, theme), tokens.paint(ground, theme))

    assert ratio >= 3


def test_no_template_of_the_product_styles_or_scripts_inside_the_page():
    pages = (page for page in SOURCE.glob("*/templates/**/*.html") if page.parent.name != "mail")

    offenders = [
        page.name for page in pages if re.search(r"\sstyle=|<style|<script>|\son\w+=", page.read_text())
    ]

    assert offenders == []


def test_every_class_that_a_page_names_is_styled_once_for_all():
    known = set(re.findall(r"\.([a-z][\w-]*)", (STATIC / "canvass.css").read_text()))
    rooms = ("team", "panel", "polls", "analysis", "library", "member", "web")
    pages = [page for room in rooms for page in (SOURCE / room).glob(f"templates/{room}/*.html")]

    unknown = {(page.name, name) for page in pages for name in _classes(page.read_text()) - known}

    assert len(pages) > 10
    assert unknown == set()


def _classes(page: str) -> set[str]:
    plain = re.sub(r"\{[%{].*?[%}]\}", " ", " ".join(re.findall(r'class="([^"]*)"', page)))
    return set(plain.split())


# Numbers and dates


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ 1237|number }}", "1,237"), ("{{ nothing|number }}", "–"), ("{{ 7.04|number }}", "7.0"),
        ("{{ 0.674|percent }}", "67%"), ("{{ 0.1091|percent:1 }}", "10.9%"), ("{{ nothing|percent }}", "–"),
        ("{{ born|day }}", "18 January 2022"), ("{{ nothing|day }}", "–"),
        ("{{ late|day }}", "18 July 2022"), ("{{ late|moment }}", "18 July 2022, 00:30"),
        ('{{ 1|counted:"answer,answers" }}', "1 answer"),
        ('{{ 1237|counted:"answer,answers" }}', "1,237 answers"),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_said_as_people_read_them(source, said):
    late = datetime(2022, 7, 17, 23, 30, tzinfo=UTC)  # summer time: half past midnight in London

    assert _drawn(source, nothing=None, born=date(2022, 1, 18), late=late) == said


# Forms


def test_a_field_binds_label_hint_and_control():
    html = _drawn("{% field form.email %}", form=Enquiry())

    assert '<label for="id_email">E-mail address</label>' in html
    assert 'aria-describedby="id_email_helptext"' in html
    assert " required" not in html


def test_a_faulty_field_says_its_error_and_keeps_what_was_typed():
    html = _drawn("{% field form.email %}", form=Enquiry({"email": "nobody <b>"}))

    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="nobody &lt;b&gt;"' in html


def test_what_was_typed_is_never_read_as_markup():
    typed = "<script>alert(1)</script>"

    html = _drawn("{% error_summary form %}{% fields form %}", form=Enquiry({"email": typed, "role": typed}))

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= 3


def test_choices_are_a_group_with_a_legend():
    html = _drawn("{% field form.role %}", form=Enquiry())

    assert "<legend>What do you do?</legend>" in html
    assert html.count('<label class="choice"') == 2


def test_a_field_that_may_stay_empty_says_so():
    html = _drawn("{% fields form %}", form=Enquiry())

    assert html.count("(optional)") == 1


def test_a_missing_answer_is_named_and_not_just_required():
    html = _drawn("{% error_summary form %}", form=Enquiry({"email": ""}))

    assert "Fill in “E-mail address”." in html
    assert "Answer “What do you do?”" in html
    assert "Tick “I agree”." in html
    assert "This field is required" not in html


def test_each_link_of_the_error_summary_leads_to_a_control():
    form = Enquiry({"email": ""})

    html = _drawn("{% error_summary form %}{% fields form %}", form=form)

    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["id_email", "id_role_0", "id_agree", "id_opens_day"]
    assert all(f'id="{target}"' in html for target in targets)


def test_the_error_summary_of_a_good_form_is_nothing():
    assert _drawn("{% error_summary form %}", form=Enquiry()).strip() == ""


def test_a_date_is_typed_in_three_parts_and_comes_back_as_typed():
    form = Enquiry({"opens_day": "31", "opens_month": "soon", "opens_year": "2022"})

    html = _drawn("{% field form.opens %}", form=form)

    assert re.findall(r'value="([^"]*)"', html) == ["31", "soon", "2022"]
    assert 'id="id_opens_day" name="opens_day"' in html


def test_a_typed_date_is_read():
    form = Enquiry({"opens_day": "18", "opens_month": "1", "opens_year": "2022"})

    form.is_valid()

    assert form.cleaned_data["opens"] == date(2022, 1, 18)


# Small parts


def test_a_sorted_column_says_its_order_and_turns_it_round():
    request = RequestFactory().get("/", {"state": "open", "sort": "opens", "page": "3"})

    html = _drawn('{% sort_head "opens" "Opens" %}{% sort_head "title" "Poll" %}', request=request)

    assert 'aria-sort="ascending"><a href="?state=open&amp;sort=-opens"' in html
    assert '<th scope="col"><a href="?state=open&amp;sort=title"' in html


def test_pages_of_a_list_keep_the_filters():
    page = Paginator(range(240), 20).page(4)
    request = RequestFactory().get("/", {"q": "a b", "page": "4"})

    html = _drawn("{% pagination page %}", page=page, request=request)

    assert 'href="?q=a+b&amp;page=5" rel="next"' in html
    assert 'aria-current="page"' in html


def test_a_list_of_one_page_needs_no_pagination():
    request = RequestFactory().get("/")

    html = _drawn("{% pagination page %}", page=Paginator([1], 20).page(1), request=request)

    assert html.strip() == ""


@pytest.mark.parametrize(
    ("tags", "offers"),
    [
        ("undo:/desk/x/undo", True),
        ("undo://evil.example", False),
        ("undo:https://evil.example", False),
        ("", False),
    ],
)
def test_a_toast_offers_undo_at_an_address_of_this_site_only(tags, offers):
    message = Message(constants.SUCCESS, "Poll <b> closed.", extra_tags=tags)

    html = _drawn("{% toast message %}", message=message)

    assert ("<form" in html) is offers
    assert "Poll &lt;b&gt; closed." in html


def test_a_sparkline_rises_with_its_values_and_breaks_where_one_is_missing():
    line = sparkline.draw([1, 2, None, 3])

    assert line == sparkline.Line(("4,28 44,16", "124,4 124,4"), (124.0, 4.0))


def test_a_sparkline_of_nothing_says_so():
    assert sparkline.draw([None, None]) is None
    assert "No values yet" in _drawn('{% sparkline_of values alt="" %}', values=[])


def test_faults_of_a_file_lead_to_their_lines():
    html = render_to_string("web/components/faults.html", {"faults": examples.FAULTS, "editor": "id_text"})

    assert "2 things need mending" in html
    assert '<a href="#id_text" data-line="5">Line 5</a>, <code>evenings</code>: The kind' in html


# Base pages


@pytest.mark.parametrize("page", ["web/desk.html", "web/public.html", "500.html"])
def test_a_page_can_be_drawn_without_a_request(page):
    html = render_to_string(page)

    assert html.count('<main id="main"') == 1
    assert '<html lang="en-GB">' in html
    assert '<a class="skip" href="#main">' in html


def test_the_title_of_a_page_with_a_fault_begins_with_error():
    html = render_to_string("web/public.html", {"form": Enquiry({})})

    assert "<title>Error: " in html


def test_the_demo_says_that_its_people_are_made_up(settings):
    settings.DEMO = True

    assert "made up" in render_to_string("web/desk.html")


def test_an_address_of_a_room_that_is_not_there_is_empty():
    assert navigation.address("nowhere:index") == ""


@pytest.fixture
def ada() -> Staff:
    return Staff.objects.create(email="ada@example.org", name="Ada", created_at=NOON)


def _panel(slug: str, staff: Staff, role: Role) -> Panel:
    panel = Panel.objects.create(slug=slug, name=slug.capitalize(), created_at=NOON)
    Membership.objects.create(panel=panel, staff=staff, role=role)
    return panel


@pytest.mark.django_db
def test_the_top_bar_shows_only_rooms_that_the_roles_may_open(ada, settings):
    panel = _panel("nurses", ada, Role.CODER)
    settings.POLICY_TABLE = "tests.web.test_components.TABLE_FOR_OWNERS"

    assert navigation.rooms(panel, {Role.CODER}, None) == []
    assert [room.label for room in navigation.rooms(panel, {Role.OWNER}, None)] == ["Team"]


@pytest.mark.django_db
def test_the_top_bar_offers_the_other_panels_of_the_visitor_alone(ada):
    nurses = _panel("nurses", ada, Role.OWNER)
    _panel("midwives", ada, Role.CODER)
    Panel.objects.create(slug="doctors", name="Doctors", created_at=NOON)
    request = RequestFactory().get("/")
    request.user = ada

    others = navigation.other_panels(nurses, request)

    assert [other.label for other in others] == ["Midwives"]


@pytest.mark.django_db
def test_the_room_we_are_in_is_marked(client, ada):
    _panel("nurses", ada, Role.OWNER)
    client.force_login(ada)

    page = client.get("/desk/nurses/team/").text

    assert re.findall(r'aria-current="true">(\w+)</a>', page) == ["Team"]


def test_there_are_no_rooms_without_a_panel():
    assert navigation.rooms(None, {Role.OWNER}, None) == ()


# Example pages


@pytest.mark.django_db
def test_the_example_pages_are_for_the_team(client: Client):
    response = client.get("/components/")

    assert response.status_code == 302
    assert response["Location"].startswith("/desk/log-in")


@pytest.mark.django_db
@pytest.mark.parametrize("name", examples.COMPONENTS)
def test_each_component_has_an_example_page(client: Client, ada, name):
    client.force_login(ada)

    response = client.get(f"/components/{name}/")

    assert response.status_code == 200
    assert f'id="about-{name}"' in response.text


@pytest.mark.django_db
def test_an_unknown_component_has_no_page(client: Client, ada):
    client.force_login(ada)

    assert client.get("/components/carousel/").status_code == 404
