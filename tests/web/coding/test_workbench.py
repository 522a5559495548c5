"""The workbench's pages and forms, each state of them."""

import re

import pytest
from tests.unit.coding.conftest import NOON, answers_of, id_of

from canvass.coding import ledgers, services
from canvass.coding.models import Study, StudyAct
from canvass.coding.services import do
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.words.study import Level, acts

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
TAB = "/desk/workers/polls/hours/words"


@pytest.fixture
def study(studied) -> Study:
    return studied()


@pytest.fixture
def coder(as_role):
    return as_role(Role.CODER)


def page(client, study: Study, query: str = "") -> str:
    return client.get(f"{study.get_absolute_url()}{query}").content.decode()


def sends(client, study: Study, answer: str, **fields: str):
    return client.post(f"{study.get_absolute_url()}/answers/{answer}", fields)


def codes_of(study: Study, answer: str) -> list[str]:
    with ledgers.opened(study) as room:
        return [room.state.nodes[place.node].name for place in room.state.of_answer.get(answer, ())]


def test_the_tab_starts_a_study_of_the_questions_that_people_answered_in_words(coder, written):
    written()
    before = coder.get(TAB).content.decode()
    assert "Start a study" in before
    assert "How often do you work beyond your hours? (what was written beside “other”)" in before

    response = coder.post(f"{TAB}/start", {"title": "Late work", "questions": ["why"]})

    assert response.headers["Location"] == "/desk/workers/studies/late-work"
    assert "Late work" in coder.get(TAB).content.decode()


def test_a_study_without_a_question_is_refused_and_the_title_stays(coder, written):
    written()

    response = coder.post(f"{TAB}/start", {"title": "Late work"})

    assert response.status_code == 422
    assert 'value="Late work"' in response.content.decode()
    assert not Study.objects.exists()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "When the poll opens"),
        ("closed", "The poll is being counted"),
        ("withdrawn", "No question|When the poll opens"),
    ],
)
def test_the_tab_says_what_will_be_there(coder, poll, state, words):
    poll("hours", state=state)

    assert re.search(words, coder.get(TAB).content.decode())


def test_an_analyst_sees_the_codebook_and_no_answer(as_role, study, coder):
    analyst = as_role(Role.ANALYST)
    sends(coder, study, id_of(study, "Too many cases"), do="code", code="Caseload")

    assert "Too many cases" not in analyst.get(TAB).content.decode()
    assert analyst.get(study.get_absolute_url()).status_code == 404
    shown = analyst.get(f"{study.get_absolute_url()}/codebook").content.decode()
    assert "Caseload" in shown
    assert "Too many cases" not in shown
    assert "codebook/shape" not in shown


def test_a_code_is_made_by_typing_it_and_found_by_typing_it_again(coder, study):
    one, other = id_of(study, "Too many cases"), id_of(study, "Paperwork in the evenings")

    sends(coder, study, one, do="code", code="Caseload")
    response = sends(
        coder, study, other, do="code", code=" caseload ", next=f"{study.get_absolute_url()}?q=x"
    )

    assert response.headers["Location"] == f"{study.get_absolute_url()}?q=x#a-{other}"
    assert (codes_of(study, one), codes_of(study, other)) == (["Caseload"], ["Caseload"])
    assert StudyAct.objects.filter(kind="make_node").count() == 1


def test_words_that_are_copied_into_the_box_are_coded_alone(coder, study):
    answer = id_of(study, "Paperwork in the evenings")

    sends(coder, study, answer, do="code", code="Time", words="in the evenings")

    assert '<mark title="Time">in the evenings</mark>' in page(coder, study)
    refused = sends(coder, study, answer, do="code", code="Time", words="at dawn")
    assert "These words do not stand in the answer" in coder.get(refused.headers["Location"]).content.decode()


def test_a_line_comes_back_by_htmx_with_the_progress_and_the_codes(coder, study):
    answer = id_of(study, "Too many cases")

    response = coder.post(
        f"{study.get_absolute_url()}/answers/{answer}",
        {"do": "code", "code": "Caseload"},
        headers={"HX-Request": "true"},
    )

    body = response.content.decode()
    assert f'id="a-{answer}"' in body
    assert "1 of 5 answers read" in body
    assert body.count('hx-swap-oob="true"') == 3


@pytest.mark.parametrize(
    ("do", "query", "there"),
    [
        ("read", "?state=unread", False),
        ("aside", "?state=aside", True),
        ("flag", "?state=flagged", True),
    ],
)
def test_what_is_done_to_an_answer_can_be_filtered_by(coder, study, do, query, there):
    answer = id_of(study, "Too many cases")

    sends(coder, study, answer, do=do)

    assert (f'id="a-{answer}"' in page(coder, study, query)) is there


def test_search_looks_in_texts_and_codes(coder, study):
    answer = id_of(study, "Too many cases")
    sends(coder, study, answer, do="code", code="Workload")

    for words in ("many CASES", "workload cases"):
        assert re.findall(r'id="a-([^"]+)"', page(coder, study, f"?q={words}")) == [answer]
    assert "No answer matches" in page(coder, study, "?q=nothing")


def test_undo_and_redo_say_what_they_did_and_what_rests(coder, study):
    answer = id_of(study, "Too many cases")
    sends(coder, study, answer, do="code", code="Caseload")
    steps = f"{study.get_absolute_url()}/steps"

    coder.post(steps, {"do": "undo", "of": "1"})

    assert "Undone: Made the code “Caseload”. 1 later step rests until it is done again." in page(
        coder, study
    )
    history = coder.get(f"{study.get_absolute_url()}/history").content.decode()
    assert "1 step rests" in history
    coder.post(steps, {"do": "redo", "of": "1"})
    assert "1 step that rested counts again." in page(coder, study)
    assert codes_of(study, answer) == ["Caseload"]


@pytest.mark.parametrize("of", ["", "9", "x", "9" * 30])
def test_what_cannot_be_undone_is_said(coder, study, of):
    coder.post(f"{study.get_absolute_url()}/steps", {"do": "undo", "of": of})

    assert re.search("There is nothing of yours to undo|There is no step 9", page(coder, study))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"do": "dance"}, "That cannot be done to an answer"),
        ({"do": "code", "code": ""}, "Type a code, a known one or a new one"),
        ({"do": "code", "code": "x" * 200}, "The name has 200 characters"),
        ({"uncode": "a|b"}, "There is no such coding"),
        ({"do": "memo", "memo": " "}, "Write the memo first"),
        ({"do": "mask"}, "Select the words to be masked"),
        ({"do": "mask", "words": "cases", "replacement": ""}, "what stood there"),
        ({"do": "code", "code": "x", "start": "5", "end": "900"}, "The selected words lie outside"),
        ({"do": "move", "option": "never"}, "The question has no such option"),
    ],
)
def test_a_refusal_is_one_sentence_on_the_page(coder, study, fields, sentence):
    sends(coder, study, id_of(study, "Too many cases"), **fields)

    assert sentence in page(coder, study)


def test_an_answer_that_is_not_in_the_study_is_not_found(coder, study):
    assert sends(coder, study, "0" * 16, do="read").status_code == 404


def test_who_manages_the_panel_does_not_read_an_open_poll(as_role, studied):
    study = studied([f"text {number}" for number in range(10)], state="open")
    services.take_in(study, "hours/why", by=HOST, now=NOON)
    coder, owner = as_role(Role.CODER), as_role(Role.OWNER)
    both = as_role(Role.CODER, Role.PANEL_MANAGER)

    assert "text 3" in page(coder, study)
    for client in (owner, both):
        assert "text 3" not in page(client, study)
        assert "is read by a coder who does not manage the panel" in page(client, study)
        assert sends(client, study, id_of(study, "text 3"), do="read").status_code == 404


def test_new_answers_of_an_open_poll_are_taken_in_by_a_button(coder, studied):
    study = studied([f"text {number}" for number in range(12)], state="open")
    assert "10 new answers" in page(coder, study)

    coder.post(f"{study.get_absolute_url()}/take-in")

    assert "10 answers are taken in." in page(coder, study)


def test_masks_moves_and_memos_are_seen_on_the_line(coder, written, panel):
    made = written(["Priya Shah says so"], others=["twice a month"])
    study = services.start(panel, "Two", [(made, "why"), (made, "hours")], by=HOST, now=NOON)

    sends(
        coder, study, id_of(study, "Priya Shah says so"), do="mask", words="Priya Shah", replacement="manager"
    )
    sends(coder, study, id_of(study, "twice a month"), do="move", option="never")
    sends(coder, study, id_of(study, "twice a month"), do="memo", memo="Rarely?", memo_kind="analytic")

    shown = page(coder, study)
    assert "1 mask" in shown
    assert "counted as “never”" in shown
    assert "1 moved to an option" in shown
    assert "Rarely?" in shown


def test_profile_and_question_and_newest_first_are_in_the_filters(coder, studied, written, fields, panel):
    roles = [{"role": "Manager"}] * 10 + [{"role": "Practitioner"}] * 10
    study = studied([f"one {n}" for n in range(20)], snapshots=roles, slug="one")
    services.add_question(study, written(["later"], slug="two"), "why", by=HOST, now=NOON)

    shown = page(coder, study, "?profile=Role: Manager&order=newest")

    assert shown.count("data-line ") == 10
    assert page(coder, study, "?question=two/why").count("data-line ") == 1


def test_answers_that_are_alike_stand_together(coder, studied):
    study = studied(
        ["court report", "too many meetings", "court reports", "so many meetings", "a court report"]
    )

    shown = page(coder, study, "?order=alike")

    ids = answers_of(study)
    found = ["court" in ids[answer] for answer in re.findall(r'id="a-([^"]+)"', shown)]
    assert sorted([found, found[::-1]])[0] == [False, False, True, True, True]


def test_five_thousand_answers_are_shown_fifty_at_a_time(coder, studied):
    study = studied([f"answer number {n}" for n in range(5_000)])

    shown = page(coder, study, "?page=2")

    assert shown.count("data-line ") == 50
    assert "5,000 answers, 51 to 100 on this page" in shown
    assert len(answers_of(study)) == 5_000


def test_markup_in_an_answer_stays_text(coder, studied):
    study = studied(["<script>alert(1)</script> {{ 7*7 }}"])

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page(coder, study)


def test_the_codebook_puts_nodes_under_each_other_and_counts_answers(coder, study):
    shape = f"{study.get_absolute_url()}/codebook/shape"
    sends(coder, study, id_of(study, "Too many cases"), do="code", code="Caseload")
    coder.post(shape, {"do": "make", "level": "theme", "name": "Load"})
    with ledgers.opened(study) as room:
        code, theme = (
            next(node.id for node in room.state.nodes.values() if node.level is level)
            for level in (Level.CODE, Level.THEME)
        )

    coder.post(shape, {"do": "put", "node": code, "under": theme})
    coder.post(shape, {"do": "freeze"})

    shown = coder.get(f"{study.get_absolute_url()}/codebook").content.decode()
    assert re.search(r"depth-1[^>]*data-node=\"" + code, shown)
    assert shown.count('<td class="num">1</td>') == 2
    assert "n of 5" in shown
    assert "frozen as version 1" in shown
    coder.post(shape, {"do": "put", "node": theme, "under": code})
    assert (
        "A theme does not go under a code"
        in coder.get(f"{study.get_absolute_url()}/codebook").content.decode()
    )


def test_a_node_is_reworded_merged_split_and_retired_on_its_page(coder, study):
    for name in ("court", "paper"):
        do(study, acts.MakeNode(name, Level.CODE, name), by=HOST, now=NOON)
    answer = id_of(study, "Too many cases")
    do(study, acts.CodeSegment(answer, "paper"), by=HOST, now=NOON)
    place = f"{study.get_absolute_url()}/codebook/paper"

    coder.post(place, {"do": "reword", "name": "Paperwork", "definition": "Writing for others"})
    coder.post(place, {"do": "split", "name": "Cases", "answers": [answer]})
    coder.post(place, {"do": "memo", "memo": "Is this pay?", "memo_kind": "analytic"})
    coder.post(place, {"do": "retire"})
    coder.post(place, {"do": "bring_back"})
    shown = coder.get(place).content.decode()
    assert "Is this pay?" in shown
    assert "Writing for others" in shown
    assert "<strong>5</strong>" in shown

    coder.post(place, {"do": "merge", "into": "court"})
    assert "now part of “court”" in coder.get(place).content.decode()
    refused = coder.post(place, {"do": "split", "name": "x"})
    assert refused.status_code == 422
    assert "Choose answers that are coded" in refused.content.decode()


def test_every_kind_of_step_has_its_words(coder, study):
    from tests.unit.words.study.conftest import ANSWERS
    from tests.unit.words.study.day import fifty

    from canvass.coding.phrases import names_of, phrase
    from canvass.words.study import Answer, Corpus, Entry, Ledger

    assert isinstance(ANSWERS[0], Answer)
    entries = [Entry(seq, who, "", act) for seq, (who, act) in enumerate(fifty(), start=1)]
    ledger = Ledger(Corpus(ANSWERS), [*entries, Entry(len(entries) + 1, "ann", "", acts.Undo(1))])

    told = [phrase(entry, ledger.state, names_of(ledger.entries), "ann") for entry in ledger.entries]

    assert all(told)
    assert "Coded “Too many cases” as “time”" in told
    assert "Merged “court” into “paperwork”" in told
