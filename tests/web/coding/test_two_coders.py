"""Two coders on one sample, from the pages: blind, closed, compared, settled."""

import re

import pytest
from tests.unit.coding.conftest import NOON, answers_of, id_of

from canvass.coding import comparing, ledgers
from canvass.coding.models import Study
from canvass.coding.services import do
from canvass.panel.models import Letter
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.words.study import Level, acts

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def ann_(as_role):
    return as_role(Role.CODER)


@pytest.fixture
def ben(as_role):
    return as_role(Role.CODER, Role.POLL_AUTHOR)


@pytest.fixture
def study(studied) -> Study:
    made = studied([f"answer {number} on cases" for number in range(24)])
    for name in ("cases", "court"):
        do(made, acts.MakeNode(name, Level.CODE, name, f"What {name} means"), by=HOST, now=NOON)
    return made


def key(client) -> str:
    return f"staff:{client.session['_auth_user_id']}"


@pytest.fixture
def compared(study, ann_, ben) -> Study:
    form = {"first": key(ann_), "second": key(ben), "size": "", "seed": "7"}
    assert ann_.post(f"{study.get_absolute_url()}/coders/compare", form).status_code == 302
    return study


def passes(study: Study) -> list:
    with ledgers.opened(study) as room:
        return list(room.state.passes.values())


def codes(client, study: Study, in_pass: str, answer: str, code: str) -> None:
    fields = {"pass": in_pass, "do": "code", "code": code} if code else {"pass": in_pass, "do": "read"}
    assert client.post(f"{study.get_absolute_url()}/answers/{answer}", fields).status_code == 302


@pytest.fixture
def done(compared, ann_, ben) -> Study:
    """Both coded all 24; they differ on three answers."""
    for place, answer in enumerate(answers_of(compared)):
        for client, one in zip((ann_, ben), passes(compared), strict=True):
            code = ("cases", "court", "")[place % 3]
            if place < 3 and client is ben:
                code = "court" if place != 1 else "cases"
            codes(client, compared, one.id, answer, code)
    for client, one in zip((ann_, ben), passes(compared), strict=True):
        client.post(f"{compared.get_absolute_url()}/coders/close", {"pass": one.id})
    return compared


def test_both_get_the_same_sample_of_a_frozen_codebook(compared):
    first, second = passes(compared)

    assert first.answers == second.answers
    assert (len(first.answers), first.version, first.blind, first.seed, first.suggestions) == (
        24,
        1,
        True,
        7,
        False,
    )


def test_neither_sees_what_the_other_codes(compared, ann_, ben):
    first, second = passes(compared)
    codes(ann_, compared, first.id, first.answers[0], "cases")
    base = compared.get_absolute_url()

    seen = {
        "own": ann_.get(f"{base}?pass={first.id}").content.decode().count('class="chip"'),
        "ben's": ben.get(f"{base}?pass={second.id}").content.decode().count('class="chip"'),
        "ann's, by ben": ben.get(f"{base}?pass={first.id}").content.decode().count('class="chip"'),
        "all": ben.get(base).content.decode().count('class="chip"'),
        "codebook": ben.get(f"{base}/codebook").content.decode().count('<td class="num">1</td>'),
    }
    assert seen == {"own": 1, "ben's": 0, "ann's, by ben": 0, "all": 0, "codebook": 0}
    assert "Coded in a pass" in ben.get(f"{base}/history").content.decode()


def test_what_they_agree_on_is_told_when_both_are_done(done, ann_):
    page = ann_.get(f"{done.get_absolute_url()}/coders").content.decode()
    place = re.search(r'href="([^"]+/coders/[0-9a-f]+-[0-9a-f]+)"', page)[1]

    shown = ann_.get(place).content.decode()

    with ledgers.opened(done) as room:
        figures = comparing.agreed(room.state, comparing.comparisons(room.state)[0])
    assert figures.units == 24
    assert f"Alpha {figures.masi.estimate:.2f}" in shown
    assert "before discussion" in shown
    assert shown.count("<article") == 3


def test_a_comparison_that_is_open_is_not_told(compared, ann_):
    first, second = passes(compared)

    assert ann_.get(f"{compared.get_absolute_url()}/coders/{first.id}-{second.id}").status_code == 404


def test_a_disagreement_is_settled_with_a_reason(done, ann_):
    first, second = passes(done)
    place = f"{done.get_absolute_url()}/coders/{first.id}-{second.id}"
    with ledgers.opened(done) as room:
        answer = comparing.apart(room.state, comparing.comparisons(room.state)[0])[0].answer.id

    ann_.post(place, {"answer": answer, "codes": ["court"], "reason": ""})
    assert "Say why the answer is coded so." in ann_.get(place).content.decode()
    ann_.post(place, {"answer": answer, "codes": ["court", ""], "reason": "It is about court"})

    assert "court: It is about court" in ann_.get(place).content.decode()
    with ledgers.opened(done) as room:
        assert "court" in room.tally.of(answer)


def test_what_counts_after_a_comparison_stands_on_the_answers(done, ann_):
    differing, _one, _two, agreed = list(answers_of(done))[:4]

    def told(answer: str) -> bool:
        page = ann_.get(f"{done.get_absolute_url()}?state=coded").content.decode()
        line = page.partition(f'id="a-{answer}"')[2].partition('id="a-')[0]
        return "Two coders:" in line

    assert (told(agreed), told(differing)) == (True, False)
    settled = acts.Adjudicate(
        differing, tuple(one.id for one in passes(done)), ("court",), "It is about court"
    )
    do(done, settled, by=HOST, now=NOON)
    assert told(differing)


def test_a_fresh_sample_holds_nobody_who_was_compared(done, ann_, ben):
    form = {"first": key(ann_), "second": key(ben), "seed": "8"}

    response = ann_.post(f"{done.get_absolute_url()}/coders/compare", form)

    assert response.status_code == 422
    assert "No answer is left that nobody was compared on" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"second": "same"}, "Choose two different coders."),
        ({"second": "staff:999"}, "Select a valid choice"),
        ({"seed": ""}, "Fill in “Seed of the sample”."),
        ({"size": "x"}, "Enter a whole number"),
    ],
)
def test_a_comparison_that_cannot_be_is_refused(study, ann_, ben, change, sentence):
    form = {"first": key(ann_), "second": key(ben), "seed": "1"} | change
    form["second"] = form["first"] if form["second"] == "same" else form["second"]

    response = ann_.post(f"{study.get_absolute_url()}/coders/compare", form)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert passes(study) == []


def test_a_pass_is_closed_by_its_coder_alone(compared, ann_, ben):
    first, _second = passes(compared)

    assert ben.post(f"{compared.get_absolute_url()}/coders/close", {"pass": first.id}).status_code == 404


def test_a_reflexive_study_shows_no_figure_and_asks_for_a_memo(done, ann_):
    about = f"{done.get_absolute_url()}/about"
    ann_.post(about, {"do": "approach", "approach": "reflexive"})
    ann_.post(about, {"do": "memo", "memo": "I worked in such a team", "memo_kind": "reflexive"})
    first, second = passes(done)

    shown = ann_.get(f"{done.get_absolute_url()}/coders/{first.id}-{second.id}").content.decode()

    assert "no figure of agreement is shown" in shown
    assert "Alpha" not in shown
    assert "I worked in such a team" in ann_.get(about).content.decode()


def test_questions_title_and_contact_are_changed_on_the_page(study, ann_, written):
    written(["other"], slug="two")
    about = f"{study.get_absolute_url()}/about"
    assert "two" in ann_.get(about).content.decode()

    ann_.post(about, {"do": "add", "question": "two/why"})
    ann_.post(about, {"do": "describe", "title": "Late", "contact": "sam@example.org"})
    shown = ann_.get(about).content.decode()
    assert ("Late" in shown, "sam@example.org" in shown) == (True, True)
    ann_.post(about, {"do": "remove", "question": "two/why"})
    assert [row.name for row in study.questions.all()] == ["hours/why"]
    for bad in ({"do": "add", "question": "x"}, {"do": "describe", "title": ""}, {"do": "remove"}, {}):
        assert ann_.post(about, bad).status_code == 422


def test_a_concern_is_told_to_the_contact_without_what_was_written(study, ann_):
    described = {"do": "describe", "title": "Late", "contact": "sam@example.org"}
    ann_.post(f"{study.get_absolute_url()}/about", described)
    answer = id_of(study, "answer 3 on cases")

    ann_.post(f"{study.get_absolute_url()}/answers/{answer}", {"do": "flag"})
    ann_.post(f"{study.get_absolute_url()}/answers/{answer}", {"do": "unflag"})

    letter = Letter.objects.get(kind="concern")
    assert "answer 3" not in letter.text + letter.html + letter.subject
    assert f"{study.get_absolute_url()}?state=flagged" in letter.text
