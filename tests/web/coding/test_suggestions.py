"""Suggestions on the workbench: reasons, records, what became of them; none counts by itself."""

import re
from datetime import timedelta

import pytest
from tests.unit.coding.conftest import NOON, id_of
from tests.unit.coding.suggested import SALT, SAYS, STRANGE, TEXTS, about, code_some, uncoded

from canvass.coding import helping, ledgers, offering, services
from canvass.coding.models import Study, StudyAct
from canvass.coding.services import do
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.words.study import acts

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def coder(as_role):
    return as_role(Role.CODER)


@pytest.fixture
def study(studied) -> Study:
    """Twelve answers coded; nine and a strange one to go, some of the control slice."""
    made = studied([*TEXTS, STRANGE, "n/a"])
    Study.objects.filter(pk=made.pk).update(salt=SALT)
    made.refresh_from_db()
    code_some(made)
    return made


def line(client, study: Study, answer: str) -> str:
    """The row of an answer on the workbench."""
    page = client.get(study.get_absolute_url()).content.decode()
    return page[page.index(f'id="a-{answer}"') :].partition("</tr>")[0]


def offered(row: str) -> list[tuple[str, str]]:
    """(id, code) of the suggestions on a line."""
    return re.findall(r'name="accept" value="(\w+)".*?<span>(\w+)</span></button>', row)


def signed(row: str) -> str:
    return found[1] if (found := re.search(r'name="offered" value="([^"]+)"', row)) else ""


def sends(client, study: Study, answer: str, **fields: str):
    return client.post(f"{study.get_absolute_url()}/answers/{answer}", fields)


def suggestions(study: Study, answer: str):
    with ledgers.opened(study) as room:
        return offering.suggestions_for(room.state, answer)


def test_a_line_offers_codes_with_the_nearest_coded_answers_and_looking_stores_nothing(coder, study):
    answer, text = next((one, text) for one, text in uncoded(study).items() if text in TEXTS)
    before = StudyAct.objects.count()

    row = line(coder, study, answer)

    assert offered(row)[0][1] == about(text).capitalize()
    assert len(offered(row)) <= 3
    assert row.count(f"“{SAYS[about(text)]}") == 2
    assert "checked" not in row
    assert StudyAct.objects.count() == before


def test_nothing_is_offered_before_ten_answers_are_coded(coder, studied):
    study = studied(TEXTS)
    code_some(study, many=9)

    assert "data-offer>" not in coder.get(study.get_absolute_url()).content.decode()


def test_what_no_code_fits_is_left_alone_and_the_control_slice_too(coder, study):
    slice_ = [answer for answer, text in uncoded(study, control=True).items() if text in TEXTS]
    assert slice_

    assert not offered(line(coder, study, id_of(study, STRANGE)))
    assert [offered(line(coder, study, answer)) for answer in slice_] == [[]] * len(slice_)


def test_what_is_accepted_counts_and_is_kept_as_it_was_made_whatever_is_learnt_later(coder, study):
    answer, text = next((one, text) for one, text in uncoded(study).items() if text in TEXTS)
    row = line(coder, study, answer)
    first = offered(row)[0]
    with ledgers.opened(study) as room:
        record = room.learnt.record

    sends(coder, study, answer, accept=first[0], offered=signed(row))

    kept = suggestions(study, answer)
    assert (kept[0].decision, kept[0].offer.rank) == ("accepted", 1)
    assert (kept[0].offer.snapshot, kept[0].offer.model_version) == (record.snapshot, record.sha256)
    assert kept[0].offer.method == record.method
    assert kept[0].seconds >= 0
    for other in list(uncoded(study))[:3]:
        do(study, acts.CodeSegment(other, "court"), by=HOST, now=NOON)
    with ledgers.opened(study) as room:
        assert room.learnt.record.snapshot != record.snapshot
        (place,) = room.state.of_answer[answer]
        coding = room.state.codings[place]
        assert (place.node, coding.origin, coding.suggestion) == (
            about(text),
            "accepted_suggestion",
            first[0],
        )
    assert suggestions(study, answer) == kept


@pytest.mark.parametrize(
    ("fields", "decision"),
    [
        ({"do": "reject"}, "rejected"),
        ({"do": "read"}, "ignored"),
        ({"do": "aside"}, "ignored"),
        ({"do": "code", "code": "Something else"}, "changed"),
    ],
)
def test_what_was_decided_otherwise_is_kept_and_offered_no_more(coder, study, fields, decision):
    answer = next(one for one, text in uncoded(study).items() if text in TEXTS)
    row = line(coder, study, answer)

    sends(coder, study, answer, offered=signed(row), **fields)

    kept = suggestions(study, answer)
    assert [one.offer.id for one in kept] == [offer for offer, _code in offered(row)]
    assert {one.decision for one in kept} == {decision}
    assert not offered(line(coder, study, answer))


def test_a_code_that_was_typed_although_it_was_suggested_began_as_a_suggestion(coder, study):
    answer, text = next((one, text) for one, text in uncoded(study).items() if text in TEXTS)
    row = line(coder, study, answer)

    sends(coder, study, answer, do="code", code=about(text), offered=signed(row))

    assert suggestions(study, answer)[0].decision == "accepted"


def test_undo_takes_the_coding_back_and_not_the_record(coder, study):
    answer = next(one for one, text in uncoded(study).items() if text in TEXTS)
    row = line(coder, study, answer)
    sends(coder, study, answer, accept=offered(row)[0][0], offered=signed(row))

    coder.post(f"{study.get_absolute_url()}/steps", {"do": "undo"})

    assert answer in uncoded(study)
    assert suggestions(study, answer)[0].decision == ""
    assert offered(line(coder, study, answer)) == offered(row)


def test_suggestions_of_another_line_or_by_another_hand_are_refused(coder, study):
    first, second = [one for one, text in uncoded(study).items() if text in TEXTS][:2]
    row = line(coder, study, first)

    sends(coder, study, second, accept=offered(row)[0][0], offered=signed(row))
    sends(coder, study, first, accept=offered(row)[0][0], offered="made up")
    sends(coder, study, first, accept=offered(row)[0][0])

    assert not suggestions(study, first)
    assert {first, second} <= set(uncoded(study))


def test_who_has_a_blind_pass_to_finish_sees_none(coder, study):
    answer = next(one for one, text in uncoded(study).items() if text in TEXTS)
    assert offered(line(coder, study, answer))
    me = f"staff:{coder.session['_auth_user_id']}"
    with ledgers.opened(study) as room:
        version = max(room.state.frozen, default=0) + 1
    do(study, acts.FreezeCodebook(version), by=HOST, now=NOON)
    do(study, acts.OpenPass("p", me, (answer,), version, seed=1), by=HOST, now=NOON)

    assert "data-offer>" not in coder.get(study.get_absolute_url()).content.decode()
    assert "data-offer>" not in coder.get(f"{study.get_absolute_url()}?pass=p").content.decode()


def test_an_open_poll_is_neither_learnt_from_nor_offered_anything(coder, studied):
    study = studied(TEXTS, state="open")
    services.take_in(study, "hours/why", by=HOST, now=NOON)
    code_some(study)

    assert "data-offer>" not in coder.get(study.get_absolute_url()).content.decode()


def test_lines_of_an_open_page_are_told_what_is_learnt_by_now(coder, study):
    answer = next(one for one, text in uncoded(study).items() if text in TEXTS)

    page = coder.get(f"{study.get_absolute_url()}/offers?answer={answer}").content.decode()

    assert f'id="s-{answer}"' in page
    assert 'hx-swap-oob="true"' in page
    assert offered(page) == offered(line(coder, study, answer))
    assert coder.get(f"{study.get_absolute_url()}/offers?answer=gone").status_code == 404


def test_what_takes_long_is_learnt_beside_the_pages(study):
    with ledgers.opened(study) as room:
        at_once = room.learnt
        beside = helping.Help(room.reading, at_once=(0, 0))
        assert beside.learnt(room.state, room.ledger.last) is None
        beside.settle()  # placed
        assert beside.learnt(room.state, room.ledger.last) is None
        beside.settle()  # learnt
        found = beside.learnt(room.state, room.ledger.last)

    assert found.of == at_once.of
    assert found.record == at_once.record


def test_seconds_are_those_between_showing_and_acting(study):
    with ledgers.opened(study) as room:
        answer = next(one for one, text in uncoded(study).items() if text in TEXTS)
        shown = offering.on_show(room, answer, "staff:1", "", NOON)

    seen = offering.seen(shown.signed, answer, "staff:1", NOON + timedelta(seconds=4.25))

    assert seen.seconds == 4.2
    assert [one.id for one in seen.offers] == [one.id for one in shown.offered]


def test_about_tells_how_much_began_as_suggestions_with_the_control_slice_beside_it(coder, study):
    about_page = f"{study.get_absolute_url()}/about"
    assert "No coding began as a suggestion" in coder.get(about_page).content.decode()
    free = [one for one, text in uncoded(study).items() if text in TEXTS]
    for answer, how in zip(free, ("accept", "accept", "reject"), strict=False):
        row = line(coder, study, answer)
        does = {"accept": offered(row)[0][0]} if how == "accept" else {"do": "reject"}
        sends(coder, study, answer, offered=signed(row), **does)
    with ledgers.opened(study) as room:
        slice_ = [one for one in room.state.of_answer if offering.is_control(one, study.salt)]
    fresh = {one: text for one, text in uncoded(study, control=True).items() if text in TEXTS}
    for answer, text in fresh.items():
        do(study, acts.CodeSegment(answer, about(text)), by=HOST, now=NOON)

    page = " ".join(re.sub(r"<[^>]+>", " ", coder.get(about_page).content.decode()).split())

    control = len(slice_) + len(fresh)
    assert control
    assert f"2 of {14 + len(fresh)} codings" in page
    assert "2 of 3 answers with suggestions" in page
    assert f"{control} of {control} answer" in page


def test_what_may_say_nothing_is_filtered_and_set_aside_by_a_person(coder, study):
    nothing = id_of(study, "n/a")
    page = coder.get(f"{study.get_absolute_url()}?state=nothing").content.decode()
    assert re.findall(r'<tr id="a-(\S+)"', page) == [nothing]
    assert "may say nothing: not applicable" in page

    sends(coder, study, nothing, do="aside")

    assert "No answer matches" in coder.get(f"{study.get_absolute_url()}?state=nothing").content.decode()
    with ledgers.opened(study) as room:
        assert room.state.aside[nothing].why == "not applicable"


def test_a_codes_page_shows_what_may_belong_to_it_and_what_may_not(coder, study):
    odd = id_of(study, STRANGE)
    do(study, acts.CodeSegment(odd, "court"), by=HOST, now=NOON)
    address = f"{study.get_absolute_url()}/codebook/court"

    like, unlike = coder.get(address).content.decode().split("Coded answers least like it")

    near = re.findall(r'class="grow">([^<]+)<', like.partition("Uncoded answers most like this")[2])
    far = re.findall(r'class="grow">([^<]+)<', unlike)
    assert near[0].startswith(SAYS["court"])
    assert far[0] == STRANGE
    answer = id_of(study, near[0])
    sends(coder, study, answer, do="code", code="Court", next=address)
    coder.post(
        f"{study.get_absolute_url()}/answers/{odd}",
        {"uncode": re.search(rf"answers/{odd}.*?value=\"(court[^\"]+)\"", unlike)[1]},
    )
    with ledgers.opened(study) as room:
        assert room.state.of_answer[answer]
        assert not room.state.of_answer.get(odd)


def test_who_codes_blind_is_shown_no_answers_like_a_code(coder, study):
    me = f"staff:{coder.session['_auth_user_id']}"
    do(study, acts.FreezeCodebook(1), by=HOST, now=NOON)
    do(study, acts.OpenPass("p", me, (id_of(study, STRANGE),), 1, seed=1), by=HOST, now=NOON)

    page = coder.get(f"{study.get_absolute_url()}/codebook/court").content.decode()

    assert "most like this" not in page
    assert "least like it" not in page
