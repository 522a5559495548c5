"""What a browser's form says, through the fields of each kind and the checking table, and back again."""

from pathlib import Path

import pytest

from canvass import instrument
from canvass.fieldwork.fields import filled_fields
from canvass.fieldwork.formdata import FormFault, decode_form
from canvass.fieldwork.journey import Journey
from canvass.fieldwork.reading import page_answers

KINDS = Path(__file__).parents[2] / "browser" / "kinds.yaml"
JOURNEY = Journey.of(instrument.load(KINDS.read_text()))
PAGE = {item: number for number, (item,) in enumerate(JOURNEY.pages)}

GOOD = [
    ("often", {"often": ["1"]}, "Once a fortnight"),
    ("often", {"often": ["5"], "often.other": ["at night"]}, {"other": "at night"}),
    ("often", {"often.other": ["at night"]}, {"other": "at night"}),
    ("often", {"often": ["pns"]}, {"missing": "prefer_not_to_say"}),
    ("flexible", {"flexible": ["0", "1"]}, ["TOIL", "Flexitime"]),
    ("flexible", {"flexible.missing": ["na"]}, {"missing": "not_applicable"}),
    ("satisfied", {"satisfied": ["7"]}, 7),
    ("satisfied", {"satisfied": ["na"]}, {"missing": "not_applicable"}),
    ("helps", {"helps.r0": ["1"], "helps.r2": ["na"]}, None),
    ("challenges", {"challenges.r1": ["10"]}, {"geo": 10}),
    (
        "priorities",
        {"priorities.p0": ["2"], "priorities.p1": [""], "priorities.p2": ["0"]},
        ["Caseload", "Pay"],
    ),
    ("caseload", {"caseload": ["19"]}, 19),
    ("caseload", {"caseload": [""], "caseload.missing": ["pns"]}, {"missing": "prefer_not_to_say"}),
    ("why", {"why": ["More\r\ntime"]}, "More\ntime"),
]


@pytest.mark.parametrize(("item", "form", "stored"), GOOD)
def test_a_form_becomes_the_stored_answer_and_shows_it_again(item, form, stored):
    found = page_answers(JOURNEY, (PAGE[item],), form)

    assert found.faults == {}
    assert stored is None or found.answers[item] == stored
    again = page_answers(JOURNEY, (PAGE[item],), filled_fields(JOURNEY.items[item], found.answers))
    assert again.answers == found.answers


BAD = [
    ("often", {"often": ["0"], "often.other": ["words"]}),
    ("often", {"often": ["99"]}),
    ("often", {"often": ["na"]}),
    ("flexible", {"flexible": ["0", "2"]}),
    ("flexible", {"flexible": ["0"], "flexible.missing": ["na"]}),
    ("satisfied", {"satisfied": ["11"]}),
    ("helps", {"helps.r0": ["x"]}),
    ("priorities", {"priorities.p0": ["0"], "priorities.p1": ["0"]}),
    ("caseload", {"caseload": ["many"]}),
    ("caseload", {"caseload": ["5"], "caseload.missing": ["pns"]}),
    ("why", {"why": ["x" * 501]}),
    ("why", {"why": ["nul \0 byte"]}),
]


@pytest.mark.parametrize(("item", "form"), BAD)
def test_what_cannot_be_stored_is_told_in_one_sentence(item, form):
    found = page_answers(JOURNEY, (PAGE[item],), form)

    assert list(found.faults) == [item]
    assert found.faults[item].endswith(".")
    assert found.answers == {}


def test_an_empty_form_answers_nothing():
    assert page_answers(JOURNEY, range(len(JOURNEY.pages)), {}).answers == {}


def test_consent_stands_beside_the_text():
    found = page_answers(JOURNEY, (PAGE["why"],), {"why": ["x"], "why.quote": ["1"]})

    assert found.answers == {"why": "x", "why/quote_consent": True}


def test_the_decoder_reads_what_browsers_send():
    assert decode_form(b"a=1&a=2&b=caf%C3%A9+x&c=") == {"a": ["1", "2"], "b": ["café x"], "c": [""]}


@pytest.mark.parametrize("body", [b"a=%ff", b"a=\xff", b"&" * 6000])
def test_the_decoder_refuses_what_no_browser_sends(body):
    with pytest.raises(FormFault):
        decode_form(body)
