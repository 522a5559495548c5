"""The published poll of January 2022, imported, closed, published: each printed number is on the page."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from canvass.analysis.report import report
from canvass.analysis.results import results
from canvass.documents import html
from canvass.polls.models import Poll

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PRINTED = json.loads((Path(__file__).parents[2] / "published" / "poll-2022-01.json").read_text())["questions"]
ROW = re.compile(
    r'<tr><th scope="row"[^>]*>([^<]*)</th><td class="num">(\d+)</td><td class="num">(\d+)%</td>'
)


def figures(page: str) -> dict[str, str]:
    """The HTML of each figure by its question, from a page that holds many."""
    found = re.findall(r'<figure class="figure">.*?</figure>', page, re.DOTALL)
    return {unescape(re.search(r"<caption[^>]*>(.*?)</caption>", one, re.DOTALL)[1]): one for one in found}


@pytest.fixture
def question_texts(published_january) -> dict[str, str]:
    found = results(Poll.objects.get())
    return {one.address: one.item.text for one in found.all}


@pytest.fixture
def public_page(client, published_january) -> str:
    return client.get("/library/workers/working-hours-2022-01/").content.decode()


@pytest.fixture
def report_page(published_january) -> str:
    return html.page(report(results(Poll.objects.get()))).decode()


@pytest.mark.parametrize("kind", ["public_page", "report_page"])
def test_each_printed_percentage_and_base_is_there_and_each_base_is_that_items_own(
    kind, request, question_texts
):
    shown = figures(request.getfixturevalue(kind))

    for question in PRINTED:
        (one,) = [html for text, html in shown.items() if text.startswith(question_texts[question["id"]])]
        percents = {unescape(label): int(percent) for label, _people, percent in ROW.findall(one)}
        printed = {label: share for label, share in question["percent"].items() if share is not None}
        assert {label: percents[label] for label in printed} == printed
        assert f"Base: {question['base']} of 135 asked." in one


def test_the_follow_up_counts_its_own_21_and_never_the_23_that_a_slip_printed(public_page):
    assert "21 people wrote an answer in their own words" in public_page
    assert "Base: 21 of 21 asked." in public_page
    assert "23 people wrote" not in public_page


def test_who_took_part_is_said_with_each_question(public_page):
    assert public_page.count("1,237 mailed, 135 took part (10.9%), 135 answered this question.") == 7
    assert "1,237 mailed, 135 took part (10.9%), 129 answered this question." in public_page


def test_the_questionnaire_has_all_options_in_the_order_asked_and_who_was_asked(public_page):
    asked = public_page.partition("The questions as asked</h2>")[2]

    listed = re.findall(r"<li>([^<]*)</li>", asked)
    offer = listed.index("paid overtime")
    assert listed[offer + 1 : offer + 3] == [
        "TOIL easy to take and encouraged",
        "TOIL not easy to take, overtime accepted as part of the role",
    ]
    assert "Asked only if question 11 (“Have you at any time worked through an agency?”)" in unescape(asked)


def test_an_option_that_nobody_chose_is_there_with_none(public_page):
    assert ("paid overtime", "0", "0") in ROW.findall(public_page)


def test_the_page_travels_in_under_150_kilobytes(client, published_january):
    page = client.get("/library/workers/working-hours-2022-01/", headers={"Accept-Encoding": "gzip"})
    without_pictures = re.sub(
        rb"<svg.*?</svg>", b"", client.get(page.request["PATH_INFO"]).content, flags=re.DOTALL
    )

    assert len(page.content) < 150_000
    assert len(without_pictures) < 150_000


def test_no_page_speaks_of_a_response_rate_or_a_profession(public_page):
    text = re.sub(r"<[^>]+>", " ", public_page).casefold()

    assert "response rate" not in text
    assert "social workers think" not in text
