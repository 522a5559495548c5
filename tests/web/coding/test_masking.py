"""The page on which masks are decided: place by place, together, undone, and who sees what."""

import re

import pytest
from tests.unit.coding.conftest import NOON, id_of

from canvass.coding import ledgers, services
from canvass.coding.models import Study, StudyAct
from canvass.panel import addresses
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.words.study import masked

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PRIYA = "My manager Priya Sharma in Leeds said so"
AGAIN = "Nobody asked priya sharma or Vongripp"
TEXTS = (PRIYA, AGAIN, "Too many cases")


@pytest.fixture
def study(studied, panel) -> Study:
    addresses.keep(panel, "m1", "vongripp.office@example.org", now=NOON)
    return studied(TEXTS)


@pytest.fixture
def coder(as_role):
    return as_role(Role.CODER)


def page(client, study: Study) -> str:
    return client.get(f"{study.get_absolute_url()}/masking").content.decode()


def marks(html: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", html)


def decides(client, study: Study, text: str, words: str, do: str, **more: str) -> str:
    start = text.index(words)
    sent = {"answer": id_of(study, text), "start": start, "end": start + len(words), "do": do, **more}
    sent["next"] = f"{study.get_absolute_url()}/masking"
    response = client.post(f"{study.get_absolute_url()}/masking/decide", sent, follow=True)
    return response.content.decode()


def quoted(study: Study, text: str) -> str:
    with ledgers.opened(study) as room:
        answer = id_of(study, text)
        return masked(room.state.corpus.answer(answer), room.state.masks.get(answer, ())).text


def test_every_place_stands_in_its_words_with_what_is_proposed_and_not_why(coder, study):
    html = page(coder, study)

    assert sorted(marks(html)) == ["Leeds", "Priya Sharma", "Vongripp", "priya"]
    assert "0 of 4 places decided" in html
    assert "My manager <mark>Priya Sharma</mark>" in html
    assert "[name]" in html
    assert "of this panel" not in html
    assert "office@" not in html


def test_a_place_is_masked_left_or_described_otherwise(coder, study):
    assert "Masked as [place]" in decides(coder, study, PRIYA, "Leeds", "mask")
    assert "It may stand" in decides(coder, study, AGAIN, "Vongripp", "stand")
    html = decides(coder, study, PRIYA, "Priya Sharma", "other", replacement="[team  manager]")

    assert "3 of 4 places decided" in html
    assert quoted(study, PRIYA) == "My manager [team manager] in [place] said so"
    assert quoted(study, AGAIN) == AGAIN


def test_a_description_that_was_typed_counts_whichever_button_the_enter_key_finds(coder, study):
    decides(coder, study, PRIYA, "Leeds", "mask", replacement="city")

    assert quoted(study, PRIYA).endswith("in [city] said so")


def test_the_last_decision_is_undone_by_one_press_and_the_place_is_back(coder, study):
    decides(coder, study, PRIYA, "Leeds", "mask")

    coder.post(f"{study.get_absolute_url()}/steps", {"do": "undo"})

    assert "Leeds" in marks(page(coder, study))
    assert quoted(study, PRIYA) == PRIYA


def test_the_same_words_are_decided_together_and_only_on_request(studied, coder):
    texts = ("Leeds is far", "I love leeds", "From Leeds, too")
    study = studied(texts)
    assert "2 other places have these words" in page(coder, study)

    html = decides(coder, study, texts[0], "Leeds", "mask", together="on")

    assert "in 3 places" in html
    assert "Every place is decided" in html
    assert StudyAct.objects.filter(study=study, kind="mask_span").count() == 3
    assert quoted(study, texts[1]) == "I love [place]"


@pytest.mark.parametrize(
    ("words", "do", "said"),
    [("Leeds", "other", "Write what stood there"), ("said so", "mask", "These words are decided by now")],
)
def test_what_cannot_be_done_is_said_and_nothing_is_stored(coder, study, words, do, said):
    assert said in decides(coder, study, PRIYA, words, do)
    assert not StudyAct.objects.filter(study=study).exists()


def test_the_page_says_where_nothing_is_found(coder, studied):
    assert "Nothing was found" in page(coder, studied(("Too many cases",)))


def test_a_member_who_joins_is_looked_for_at_once(coder, study, panel):
    page(coder, study)

    addresses.keep(panel, "m2", "sharma@example.org", now=NOON)

    assert {"priya", "sharma"} <= set(marks(page(coder, study)))


def test_who_manages_the_panel_sees_no_place_of_an_open_poll(as_role, studied):
    study = studied((PRIYA,) * 10, state="open")
    services.take_in(study, "hours/why", by=HOST, now=NOON)

    assert "Priya" in page(as_role(Role.CODER), study)
    owner = as_role(Role.OWNER)
    assert "Priya" not in page(owner, study)
    assert "decided by now" in decides(owner, study, PRIYA, "Leeds", "mask")


def test_an_analyst_does_not_come_in(as_role, study):
    assert as_role(Role.ANALYST).get(f"{study.get_absolute_url()}/masking").status_code in (403, 404)
