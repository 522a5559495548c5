"""The crosstab explorer: picked by search, shaded by a test, hatched with a reason, asked how it was made."""

import csv
import json
import re
from io import BytesIO, StringIO
from urllib.parse import urlencode

import openpyxl
import pytest
from tests.unit.analysis.conftest import give_roles
from tests.unit.polls.conftest import HOUR, NOON

from canvass.analysis.services import close_and_count
from canvass.fieldwork.models import Ballot
from canvass.polls.models import Poll
from canvass.polls.queries import instrument_of
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PAGE = "/desk/workers/polls/hours/figures/crosstabs"
BY_ROLE = {"row": "hours", "by": "role"}


def page_of(response) -> str:
    assert response.status_code == 200, response
    return " ".join(response.content.decode().split())


def bases(page: str) -> list[str]:
    """Of all people and of each group, in the first table."""
    return re.findall(r'ask=0\.b\.\d#made">(\d+)<', page)


def test_an_empty_page_says_what_it_is_for_and_offers_a_first_table(desk, lopsided):
    page = page_of(desk.get(PAGE))

    assert "Pick a question and what divides people" in page
    assert "row=hours&amp;by=role" in page


def test_each_group_has_its_base_and_its_share(desk, lopsided):
    """20 of 50 practitioners and 40 of 50 managers said every week."""
    page = page_of(desk.get(PAGE, BY_ROLE))

    assert bases(page) == ["100", "50", "50"]  # the bases
    assert ">40%<" in page
    assert ">80%<" in page
    assert "Base: 100 of 100 asked" in page
    assert "does not show cause" in page


def test_a_clear_difference_is_shaded_and_said_in_words(desk, lopsided):
    page = page_of(desk.get(PAGE, BY_ROLE))

    assert page.count('class="num up"') == 2  # managers, every week; practitioners, never
    assert page.count('class="num down"') == 2
    assert "(above the others)" in page


def test_no_difference_is_not_shaded(desk, answered, fields):
    poll = answered(yes=60, no=40)
    give_roles(poll, 30, 20)
    close_and_count(poll, by=HOST, now=NOON + HOUR)

    page = page_of(desk.get(PAGE, BY_ROLE))

    assert "num up" not in page
    assert "num down" not in page


def test_small_groups_have_no_figure_and_say_why(desk, answered, fields):
    poll = answered(yes=60, no=40)
    give_roles(poll, 4, 3)
    close_and_count(poll, by=HOST, now=NOON + HOUR)

    page = page_of(desk.get(PAGE, BY_ROLE))

    assert re.search(r'class="num hidden" id="n[.\d]*" title="\[u\] base under 10: no figure"', page)
    assert "[u] under 10: fewer than 10 people, so there is no figure." in page


def test_the_public_view_hides_what_would_give_a_small_group_away(desk, answered, fields):
    poll = answered(yes=60, no=40)
    give_roles(poll, 4, 3)
    close_and_count(poll, by=HOST, now=NOON + HOUR)

    page = page_of(desk.get(PAGE, BY_ROLE | {"audience": "public"}))

    assert "num hidden" in page
    assert ">93<" not in page  # the other group: all but the seven


def test_the_public_view_offers_the_merge_after_which_no_group_is_hidden(desk, answered, fields):
    poll = answered(yes=60, no=40)
    for role, first, last in (("Manager", 0, 6), ("Assistant", 6, 26), ("Practitioner", 26, 100)):
        keys = list(Ballot.objects.filter(poll=poll.pk).order_by("key").values_list("key", flat=True))
        Ballot.objects.filter(poll=poll.pk, key__in=keys[first:last]).update(snapshot={"role": role})
    close_and_count(poll, by=HOST, now=NOON + HOUR)

    page = page_of(desk.get(PAGE, BY_ROLE | {"audience": "public"}))
    found = re.search(r'href="\?([^"]*merge=[^"]*)">“Manager” with “Assistant”|'
                      r'href="\?([^"]*merge=[^"]*)">“Assistant” with “Manager”', page)  # fmt: skip

    assert found, page
    query = (found[1] or found[2]).replace("&amp;", "&")
    merged = page_of(desk.get(f"{PAGE}?{query}"))
    assert "so that no group is hidden" not in merged
    assert "26" in bases(merged)


def test_a_question_divides_people_too(desk, january):
    poll = january()
    close_and_count(poll, by=HOST, now=NOON + HOUR)
    single = [item.id for item in instrument_of(poll) if item.kind == "single"][:2]

    page = page_of(
        desk.get(
            f"/desk/workers/polls/{poll.slug}/figures/crosstabs",
            {"row": single[1], "by": f"item:{single[0]}"},
        )
    )

    assert all(option.label in page for option in instrument_of(poll).item(single[0]).options)


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ({"add_row": "How often do you work beyond your hours?"}, "row=hours"),
        ({"add_row": "beyond your"}, "row=hours"),
        ({"add_by": "Role"}, "by=role"),
        ({"add_by": "role", "row": "hours"}, "row=hours&by=role"),
        ({"add_by": "role", "by": "role"}, "by=role"),
    ],
)
def test_what_is_typed_becomes_an_address_to_be_shared(desk, lopsided, typed, leads_to):
    answer = desk.get(PAGE, typed)

    assert answer.status_code == 302
    assert answer.url == f"{PAGE}?{leads_to}"


def test_what_is_not_there_is_said_at_its_box_with_what_can_be_picked(desk, lopsided):
    answer = desk.get(PAGE, {"row": "hours", "add_by": "Rolle", "add_row": "zzz"})

    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert "There is no profile field or question “Rolle” in this poll. Do you mean “Role”?" in page
    assert f'href="?{urlencode({"row": "hours", "by": "role"})}"'.replace("&", "&amp;") in page
    assert "There is no question “zzz” in this poll. You can pick “How often do you work beyond" in page
    assert 'value="Rolle"' in page
    assert 'value="zzz"' in page


@pytest.mark.parametrize(
    ("broken", "rest"),
    [
        ({"row": "nope"}, "?by=role"),
        ({"merge": "role:Manager"}, "?by=role"),
        ({"merge": "role:Manager|Nobody"}, "?by=role"),
        ({"row": "hours", "net": "hours:every week|nope"}, "?row=hours&by=role"),
        ({"among": "role:Nobody"}, "?by=role"),
        ({"net": "nope:a|b"}, "?by=role"),
    ],
)
def test_a_broken_part_of_an_address_is_dropped_with_one_sentence(desk, lopsided, broken, rest):
    answer = desk.get(PAGE, {"by": "role"} | broken, follow=True)

    assert answer.redirect_chain == [(f"{PAGE}{rest}", 302)]
    assert 'class="toast error"' in page_of(answer)


def test_groups_can_be_put_together(desk, lopsided):
    page = page_of(desk.get(PAGE, BY_ROLE | {"merge": "role:Practitioner|Manager"}))

    assert "Practitioner + Manager" in page


def test_letters_tests_and_people_are_shown_on_demand(desk, lopsided):
    plain = page_of(desk.get(PAGE, BY_ROLE))
    full = page_of(desk.get(PAGE, BY_ROLE | {"show": ["letters", "p", "counts"]}))

    assert "Rao-Scott" not in plain
    assert "<small>n 40</small>" not in plain
    assert '<span class="letter">A</span>' in full
    assert "Rao-Scott F, p &lt; 0.001" in full
    assert "<small>n 40</small>" in full


def test_a_number_is_asked_how_it_was_made_and_leads_back_to_its_place(desk, lopsided):
    page = page_of(desk.get(PAGE, BY_ROLE | {"ask": "0.0.2"}))

    assert "How was this number made?" in page
    assert "50 people: Manager (Role)" in page
    assert "is clearly" in page or "clear" in page
    assert "SHA-256" in page
    assert 'href="?row=hours&amp;by=role#n0.0.2"' in page
    assert 'id="n0.0.2"' in page


def test_a_base_is_asked_too(desk, lopsided):
    page = page_of(desk.get(PAGE, BY_ROLE | {"ask": "0.b.2"}))

    assert "Base, Manager: 50" in page
    assert "50 to 99 people, so read it with care" in page
    assert "SHA-256" in page


def test_marks_and_letters_are_explained_under_their_table(desk, lopsided):
    page = page_of(desk.get(PAGE, BY_ROLE | {"show": "letters"}))

    assert "small base: 50 to 99 people" in page
    assert "A letter after a number names a column" in page


@pytest.mark.parametrize("ask", ["9.9.9", "0.0", "x", "-1.0.0", "0.0.-1", "0.b.9", "0.b", "b.b.b"])
def test_asking_for_a_number_that_is_not_there_asks_nothing(desk, lopsided, ask):
    assert "How was this number made?" not in page_of(desk.get(PAGE, BY_ROLE | {"ask": ask}))


FULL = BY_ROLE | {"among": "role:Manager", "show": ["letters", "nets"]}


def test_the_tables_come_as_a_workbook(desk, lopsided):
    answer = desk.get(PAGE, BY_ROLE | {"format": "xlsx"})

    book = openpyxl.load_workbook(BytesIO(answer.content))
    cells = [cell.value for row in book["hours"].iter_rows() for cell in row]
    assert any(value == pytest.approx(0.8) for value in cells if isinstance(value, float))
    assert any("Manager" in str(value) for value in cells)


def test_the_tables_come_as_csv_with_bases_intervals_letters_and_tests(desk, lopsided):
    answer = desk.get(PAGE, BY_ROLE | {"format": "csv"})

    lines = list(csv.DictReader(StringIO(answer.content.decode())))
    (weekly,) = [one for one in lines if (one["group"], one["option"]) == ("Manager", "every week")]
    assert (weekly["base"], weekly["group_base"], weekly["n"]) == ("100", "50", "40")
    assert float(weekly["estimate"]) == pytest.approx(0.8)
    assert float(weekly["low"]) < 0.8 < float(weekly["high"])
    assert weekly["higher_than"] == "Practitioner"
    assert weekly["verdict"] == "up"
    assert float(weekly["p_against_rest"]) < 0.001
    assert weekly["question"] == "How often do you work beyond your hours?"


def test_the_tables_come_as_json_with_what_they_are_about(desk, lopsided):
    told = json.loads(desk.get(PAGE, FULL | {"format": "json"}).content)

    assert told["poll"] == "hours"
    assert told["among"] == ["Role: Manager"]
    assert told["tables"][0]["base"] == 50
    assert any("Only Role: Manager." in note for note in told["notes"])


@pytest.mark.parametrize(("kind", "opens"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_table_comes_as_a_picture(desk, lopsided, kind, opens):
    answer = desk.get(PAGE, BY_ROLE | {"format": kind, "picture": "0.0"})

    assert answer.content.startswith(opens)
    assert answer["Content-Disposition"] == f'attachment; filename="hours-crosstabs.{kind}"'


@pytest.mark.parametrize("query", [{"format": "pdf"}, {"format": "svg", "picture": "3.0"}])
def test_a_file_that_is_not_offered_is_not_there(desk, lopsided, query):
    assert desk.get(PAGE, BY_ROLE | query).status_code == 404


def test_only_some_people_are_looked_at(desk, lopsided):
    """Of 50 managers 40 said every week."""
    page = page_of(desk.get(PAGE, {"row": "hours", "by": "role", "among": "role:Manager"}))

    assert "Base: 50 of 50 asked. Only Role: Manager." in page
    assert bases(page) == ["50", "0", "50"]  # all, practitioners, managers
    assert page.count(">80%<") == 2


def test_the_public_view_of_some_people_hides_what_would_tell_of_the_few_others(desk, answered, fields):
    poll = answered(yes=60, no=40)
    give_roles(poll, 4, 3)
    close_and_count(poll, by=HOST, now=NOON + HOUR)

    query = {"row": "hours", "by": "role", "among": "role:Practitioner"}
    team = page_of(desk.get(PAGE, query))
    public = page_of(desk.get(PAGE, query | {"audience": "public"}))

    assert ">93<" in team
    assert ">93<" not in public  # all but seven people


def test_answers_are_put_in_order_of_size(desk, lopsided):
    def answers(**more):
        return re.findall(
            r'<tr><th scope="row">([^<]*)</th><td class="num', page_of(desk.get(PAGE, BY_ROLE | more))
        )

    assert answers()[-2:] == answers(sort="role:Manager")[-2:]
    assert answers(sort="role:Practitioner")[-2:] == answers()[-2:][::-1]
    assert 'aria-sort="descending"' in page_of(desk.get(PAGE, BY_ROLE | {"sort": "All"}))


def test_a_row_that_goes_takes_its_sums_with_it(desk, lopsided):
    query = {
        "row": ["hours"],
        "by": "role",
        "net": "hours:every week|never",
        "merge": "role:Practitioner|Manager",
    }

    page = page_of(desk.get(PAGE, query))

    assert 'href="?by=role&amp;merge=role%3APractitioner%7CManager"><span>How often' in page
    assert 'href="?row=hours&amp;net=hours%3Aevery+week%7Cnever"><span>Role' in page


def test_answers_are_added_together(desk, lopsided):
    answer = desk.get(PAGE, BY_ROLE | {"net_of": "hours", "answer": ["every week", "never"]})

    assert answer.url == f"{PAGE}?row=hours&by=role&net=hours%3Aevery+week%7Cnever"
    page = page_of(desk.get(answer.url))
    assert '<tr class="net"><th scope="row">every week + never' in page
    assert page.count(">100%<") == 3


def test_groups_are_ticked_to_be_put_together(desk, lopsided):
    two = desk.get(PAGE, BY_ROLE | {"merge_of": "role", "group": ["Practitioner", "Manager"]})
    one = desk.get(PAGE, BY_ROLE | {"merge_of": "role", "group": ["Manager"]})

    assert two.url.endswith("merge=role%3APractitioner%7CManager")
    assert one.status_code == 422
    assert "Tick two groups or more to put them together." in one.content.decode()


def test_rows_and_columns_are_swapped(desk, january):
    poll = january()
    close_and_count(poll, by=HOST, now=NOON + HOUR)
    one, two = [item.id for item in instrument_of(poll) if item.kind == "single"][:2]
    page = f"/desk/workers/polls/{poll.slug}/figures/crosstabs"

    found = re.search(
        r'href="\?([^"]*)">Swap rows and columns', page_of(desk.get(page, {"row": one, "by": f"item:{two}"}))
    )

    assert found
    assert found[1].replace("&amp;", "&") == urlencode({"row": two, "by": f"item:{one}"})


def test_a_weighted_poll_is_explored_under_its_weights(desk, lopsided):
    desk.post("/desk/workers/polls/hours/figures/weights", {"by": "role", "trim": "none"})

    page = page_of(desk.get(PAGE, {"row": "hours", "by": "role"}))

    assert ">48%<" in page  # of all: 0.8 x 40% + 0.2 x 80%
    assert "worth" in page


def test_a_poll_that_is_not_counted_has_no_crosstabs(desk, answered):
    answered()

    assert desk.get(PAGE).status_code == 404


def test_the_wider_groups_of_a_field_are_one_press_away(desk, answered, fields):
    poll = answered(yes=30, no=30)
    for place, ballot in enumerate(Ballot.objects.filter(poll=poll.pk)):
        region = ("North East", "North West", "Yorkshire and the Humber", "London")[place % 4]
        Ballot.objects.filter(poll=poll.pk, key=ballot.key).update(snapshot={"region": region})
    close_and_count(poll, by=HOST, now=NOON + HOUR)

    page = page_of(desk.get(PAGE, {"row": "hours", "by": "region"}))
    offered = re.search(r'href="(\?[^"]*)">Region in its wider groups', page)[1].replace("&amp;", "&")

    heads = re.findall(r'<th scope="col" class="num"><a [^>]*>([^<]*)</a>', page_of(desk.get(PAGE + offered)))
    assert heads == ["All", "North of England", "London and South East"]


EARLIER = """\
poll: {slug}
title: {slug}
category: wellbeing
series: well
confidentiality: linked
items:
  - {{id: rested, kind: single, text: Are you rested?, options: ["yes", "no"]}}
"""


def test_people_are_divided_by_what_they_answered_in_an_earlier_linked_poll(desk, poll):
    """Of 40 people 30 said yes before, of whom 20 say so now; 10 said no before and still do."""
    for slug, opened, said in (
        ("march", NOON - 10 * HOUR, ["yes"] * 30 + ["no"] * 10),
        ("may", NOON, ["yes"] * 20 + ["no"] * 20),
    ):
        held = poll(slug, state="open", text=EARLIER.format(slug=slug), title=slug.capitalize())
        Ballot.objects.bulk_create(
            Ballot(
                panel=held.panel_id,
                poll=held.pk,
                key=f"{person:032x}",
                version=1,
                answers={"rested": answer},
                shown=["rested"],
                snapshot={},
            )
            for person, answer in enumerate(said)
        )
        close_and_count(held, by=HOST, now=opened + HOUR)
        Poll.objects.filter(pk=held.pk).update(opens_at=opened, closes_at=opened + HOUR)

    explorer = "/desk/workers/polls/may/figures/crosstabs"
    found = desk.get(explorer, {"add_row": "rested", "add_by": "Are you rested? (before, in “March”)"})
    page = page_of(desk.get(found.url))

    assert found.url == f"{explorer}?row=rested&by=before%3Amarch%2Frested%2F"
    assert bases(page) == ["40", "30", "10"]
    assert ">67%<" in page
