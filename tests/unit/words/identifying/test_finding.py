"""What could name somebody, in sentences of our own: [kind: words] is to be found, nothing else."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.words.identifying import REPLACEMENTS, Hit, find
from canvass.words.identifying.hits import apart
from canvass.words.identifying.patterns import is_nhs_number

MARKED = re.compile(r"\[(\w+): ([^\]]+)\]")

SENTENCES = """
My manager [person: Priya Sharma] in [place: Tower Hamlets] let us use WhatsApp.
I left [organisation: Leeds City Council] after [person: Sue] retired.
Call me on [contact: 07700 900123] or write to [contact: jo.bloggs@example.org].
[person: Dr Okafor] at [organisation: St Mary's Hospital] told [person: Mark] so.
[organisation: Barnardo's] took our service over from [place: Essex].
My NHS number is [number: 943 476 5919], and my case is [number: ref 2023/4456].
spoke to [person: priya] in [place: leeds] about it
I would rather stay in [place: Reading] than move.
Ofsted and MASH came to [place: Wolverhampton] in March.
I live at [place: 12 Sycamore Road], [place: BN1 4GH].
We train people from the [organisation: University of Derby] here.
Our head of service is [person: Mr Adeyemi-Holt], who came in May.
My registration is [number: SW123456] and my NI number [number: QQ 12 34 56 C].
She was [number: born on 03/04/2011], which I should not write here.
Look at [contact: www.example.org/rota] or ask [contact: @rota_bot].
A colleague named [person: Grace] cried in the car park.
[person: Kwame]'s caseload is double mine.
I trained at [organisation: Westfield Academy] before this.
The council took [person: Fatima Noor Ali]'s laptop away.
[person: Cllr Brown] asked about it, then [person: Judge Hale] did.
""".strip().splitlines()

CLEAN = """
Too many cases and no time with children.
Grace under pressure is what the job asks of us.
Reading reports takes all day, and a sandwich at the desk is lunch.
In March the team changed, in May it changed again, and by August nobody was left.
The Council will not pay, and the School will not answer.
I will be frank: the harm is in the rush, and I hope for better.
Zoom and Teams meetings fill the week; CAMHS never comes.
HR SAID NO AND THE UNION SAID NOTHING
Section 47 enquiries, then Section 20, then court.
1,237 people, 12.5% of them tired, 09:30 to 17:00, 2021-22.
Maybe a bill, a mark and a penny would help, or a tip from a peer.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_names_somebody_is_found_whole_and_nothing_else(sentence):
    text = MARKED.sub(lambda found: found[2], sentence)
    wanted = [(found[1], found[2]) for found in MARKED.finditer(sentence)]
    assert [(hit.kind, text[hit.start : hit.end]) for hit in find(text)] == wanted


@pytest.mark.parametrize("sentence", CLEAN)
def test_words_that_name_nobody_are_left_alone(sentence):
    assert [sentence[hit.start : hit.end] for hit in find(sentence)] == []


def test_the_panels_own_names_are_found_in_any_case():
    text = "okonkwo-blythe said so, and VAN DER BERG too, but vans and berg did not"
    hits = find(text, names=["Okonkwo-Blythe", "van der Berg"])
    assert [text[hit.start : hit.end] for hit in hits] == ["okonkwo-blythe", "VAN DER BERG"]
    assert {hit.why for hit in hits} == {"is a name of this panel"}


def test_of_two_that_overlap_the_longer_stays():
    short, long, other = Hit(3, 8, "person", "a"), Hit(0, 12, "organisation", "b"), Hit(12, 15, "place", "c")
    assert apart([short, long, other]) == (long, other)


@pytest.mark.parametrize(
    ("digits", "holds"), [("9434765919", True), ("9434765918", False), ("1234567890", False)]
)
def test_an_nhs_number_has_its_check_digit(digits, holds):
    assert is_nhs_number(digits) is holds


def test_every_kind_has_what_stands_in_its_place():
    assert find("Ask Priya.")[0].proposed == "name"
    assert {hit.kind for sentence in SENTENCES for hit in find(sentence)} <= set(REPLACEMENTS)


@given(st.text(max_size=200))
@settings(max_examples=80)
def test_any_text_gives_hits_in_order_that_do_not_overlap(text):
    hits = find(text, names=["Priya"])
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


@pytest.mark.parametrize("text", ["a" * 50_000, "A " * 25_000, "0" * 50_000, "Aa " * 16_000, "@" * 50_000])
def test_a_text_of_fifty_thousand_characters_is_no_trouble(text):
    assert isinstance(find(text), tuple)
