"""The workbench in a real browser: by keyboard alone, wide and narrow, light and dark."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import overflow, violations
from tests.unit.analysis.conftest import fields, no_files_left  # noqa: F401
from tests.unit.coding.conftest import id_of, studied, written  # noqa: F401
from tests.unit.coding.suggested import SALT, TEXTS, about, code_some, uncoded
from tests.unit.polls.conftest import NOON, ann, panel, picture_home, poll  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401

from canvass.coding import ledgers
from canvass.coding.models import Study, StudyAct
from canvass.coding.services import do
from canvass.team.audit import HOST
from canvass.words import study as words
from canvass.words.study import Level, acts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]
REASONS = ("caseload", "paperwork", "court", "meetings", "emergencies")
LEEDS = "Ask Priya in Leeds, or anybody in leeds"
SIXTY_FIVE = [f"It is mostly {REASONS[number % 5]}, week after week ({number})" for number in range(65)]


@pytest.fixture
def worked_on(studied) -> Study:  # noqa: F811
    """A study with themes, segments, a memo, a concern and everything else that a page may show."""
    study = studied(["Too many cases and meetings", "n/a", "Court reports", "Paperwork at night", LEEDS])

    def does(act: words.Act) -> None:
        do(study, act, by=HOST, now=NOON)

    for name, level in (("Caseload", Level.CODE), ("Court", Level.CODE), ("Load", Level.THEME)):
        does(acts.MakeNode(name.lower(), level, name, "What people carry", colour="teal"))
    does(acts.MakeNode("work", Level.ORGANISING, "Workforce"))
    does(acts.MakeNode("strain", Level.OVERARCHING, "Strain over the year"))
    does(acts.PutNode("caseload", "load"))
    does(acts.PutNode("load", "work"))
    does(acts.PutNode("load", "strain", reason="In both polls"))
    cases = id_of(study, "Too many cases and meetings")
    does(acts.CodeSegment(cases, "caseload", 0, 14, words.seal("Too many cases")))
    does(acts.CodeSegment(id_of(study, "Court reports"), "court"))
    does(acts.WriteMemo("m1", f"answer:{cases}", "analytic", "Two things at once?"))
    does(acts.WriteMemo("m2", "node:court", "method", "Only of one’s own cases"))
    does(acts.SetAside(id_of(study, "n/a"), why="no answer"))
    does(acts.FlagConcern(cases))
    does(acts.MakeNode("gone", Level.CODE, "Gone"))
    does(acts.CodeSegment(cases, "gone"))
    does(acts.Undo(StudyAct.objects.get(said__node="gone", kind="make_node").seq))
    return study


def pages_of(study: Study) -> list[str]:
    base = study.get_absolute_url()
    ends = (
        "",
        "?state=flagged&q=cases",
        "?q=nothing+like+it",
        "/masking",
        "/codebook",
        "/codebook/court",
        "/codebook/load",
    )
    return [*(f"{base}{end}" for end in (*ends, "/history")), "/desk/workers/polls/hours/words"]


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (320, "light"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(open_page, worked_on, width, scheme):
    found = {}
    for path in pages_of(worked_on):
        page = open_page(path, width=width, color_scheme=scheme, team=True)
        found[path] = [*violations(page), *([f"{overflow(page)} pixels over"] if overflow(page) else [])]
        page.close()

    assert {path: faults for path, faults in found.items() if faults} == {}


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def coded(study: Study) -> int:
    return StudyAct.objects.filter(study=study, kind="code_segment").count()


def test_sixty_five_answers_are_coded_by_keyboard_alone(open_page, studied):  # noqa: F811
    """Codes are made by typing, known ones written out after three letters; the table spans two pages."""
    study = studied(SIXTY_FIVE)
    page = open_page(study.get_absolute_url(), team=True)
    page.locator("[data-line][tabindex='0']").focus()
    known: set[str] = set()
    for lines in (50, 15):
        for place in range(lines):
            text = page.locator("[data-line]:focus [data-words]").inner_text()
            reason = next(reason for reason in REASONS if reason in text)
            press(page, "c")
            page.keyboard.type(reason[:3] if reason in known else reason)
            press(page, "Enter")
            known.add(reason)
            expect(page.locator("[data-line]:focus .chip")).to_contain_text(reason)
            if place + 1 < lines:
                press(page, "j")
        if lines == 50:
            press(page, "j")
            expect(page.locator("[data-line]")).to_have_count(15)
            expect(page.locator("[data-line]:focus")).to_have_count(1)

    expect(page.locator("#progress")).to_contain_text("65 coded")
    with ledgers.opened(study) as room:
        names = {room.state.nodes[node].name: count for node, count in room.tally.counts.items()}
    assert names == dict.fromkeys(REASONS, 13)


def test_keys_mark_set_aside_flag_and_undo(open_page, studied):  # noqa: F811
    study = studied(["first", "second", "third"])
    page = open_page(study.get_absolute_url(), team=True)
    line = page.locator("[data-line]:focus")
    page.locator("[data-line][tabindex='0']").focus()

    press(page, "r")
    expect(page.locator("#progress")).to_contain_text("1 of 3 answers read")
    press(page, "n")
    expect(line.locator(".tag")).to_have_text("no answer")
    press(page, "f")
    expect(line.locator(".tag.warning")).to_have_text("concern")
    with page.expect_navigation():
        press(page, "u")
    expect(page.locator(".toast")).to_contain_text("Undone: Flagged a concern")
    expect(line).to_have_count(1)
    expect(page.locator(".tag.warning")).to_have_count(0)
    with page.expect_navigation():
        press(page, "U")
    expect(page.locator(".tag.warning")).to_have_count(1)


@pytest.fixture
def suggesting(studied) -> Study:  # noqa: F811
    """A study of which a dozen answers are coded, so that others have suggestions."""
    study = studied(TEXTS)
    Study.objects.filter(pk=study.pk).update(salt=SALT)
    study.refresh_from_db()
    code_some(study)
    return study


def test_a_suggestion_is_accepted_by_one_key_and_the_other_lines_learn_from_it(open_page, suggesting):
    answer, text = next(iter(uncoded(suggesting).items()))
    page = open_page(f"{suggesting.get_absolute_url()}#a-{answer}", team=True)
    line = page.locator(f"#a-{answer}")
    expect(line).to_be_focused()
    expect(line.locator(".offer").first).to_contain_text(about(text).capitalize())

    with page.expect_response(lambda response: "/offers?" in response.url) as learnt:
        press(page, "1")

    expect(line.locator(".chip")).to_have_text(f"{about(text).capitalize()}×")
    expect(line).to_be_focused()
    assert learnt.value.ok
    assert StudyAct.objects.get(study=suggesting, kind="show_offers").said["answer"] == answer
    with page.expect_navigation():
        press(page, "u")
    expect(line.locator(".chip")).to_have_count(0)
    expect(line.locator(".offer").first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_where_codes_are_suggested(open_page, suggesting, width, scheme):
    for end in ("", "/about", "/codebook/court"):
        page = open_page(f"{suggesting.get_absolute_url()}{end}", width=width, color_scheme=scheme, team=True)
        assert not violations(page)
        assert not overflow(page)


def test_single_letters_do_nothing_outside_the_table_and_are_letters_in_a_box(open_page, studied):  # noqa: F811
    study = studied(["first"])
    page = open_page(study.get_absolute_url(), team=True)
    press(page, "r", "n", "f")
    page.locator("[data-line][tabindex='0']").focus()
    press(page, "c")
    page.keyboard.type("run")

    expect(page.locator("[data-code]")).to_have_value("run")
    assert not StudyAct.objects.filter(study=study).exists()


def test_selected_words_are_coded_as_a_segment_by_code_points(open_page, studied):  # noqa: F811
    study = studied(["🙂🙂 too many cases"])
    page = open_page(study.get_absolute_url(), team=True)
    page.evaluate(
        """() => {
          const text = document.querySelector("[data-words]").firstChild;
          document.getSelection().setBaseAndExtent(text, 5, text, 13);
        }"""
    )
    expect(page.locator("[data-selected]")).to_have_text("Only “too many”")
    page.locator("[data-code]").fill("a lot")
    page.get_by_role("button", name="Add", exact=True).click()

    expect(page.locator(".bench mark")).to_have_text("too many")
    act = StudyAct.objects.get(study=study, kind="code_segment")
    assert (act.said["start"], act.said["end"]) == (3, 11)


def test_words_are_masked_where_they_stand(open_page, studied):  # noqa: F811
    study = studied(["Priya Shah says so"])
    page = open_page(study.get_absolute_url(), team=True)
    page.locator(".bench").get_by_text("More", exact=True).click()
    page.locator("[data-quote]").fill("Priya Shah")
    page.get_by_label("What stood there").fill("manager")
    page.get_by_role("button", name="Mask").click()

    expect(page.locator(".bench .facts")).to_contain_text("1 mask")
    assert StudyAct.objects.get(study=study).said["replacement"] == "manager"


def test_a_code_is_dragged_under_a_theme_and_moved_by_keyboard(open_page, worked_on):
    page = open_page(f"{worked_on.get_absolute_url()}/codebook", team=True)

    with page.expect_navigation():
        page.locator("[data-node=court]").drag_to(page.locator("[data-node=load]"))
    expect(page.locator("[data-node=court].depth-2")).to_have_count(1)

    with page.expect_navigation():
        page.locator("#n-court").focus()
        page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#n-court")).to_be_focused()
    with ledgers.opened(worked_on) as room:
        assert room.state.children["load"] == ("court", "caseload")


def test_a_suggestion_is_accepted_without_script(open_page, suggesting):
    answer = next(iter(uncoded(suggesting)))
    page = open_page(suggesting.get_absolute_url(), team=True, java_script_enabled=False)
    page.locator(f"#a-{answer} .offer").first.click()

    expect(page.locator(f"#a-{answer} .chip")).to_have_count(1)


def test_everything_works_without_script(open_page, studied):  # noqa: F811
    study = studied(["too many cases", "second"])
    page = open_page(study.get_absolute_url(), team=True, java_script_enabled=False)
    line = page.locator("[data-line]").first
    line.get_by_text("More", exact=True).click()
    line.locator("[data-quote]").fill(line.locator("[data-words]").inner_text()[:4])
    line.locator("[data-code]").fill("Caseload")
    line.get_by_role("button", name="Add", exact=True).click()

    expect(page.locator(".bench .chip")).to_contain_text("Caseload")
    expect(page.locator(".bench mark")).to_have_count(1)
    page.get_by_role("button", name="Take away Caseload").click()
    expect(page.locator(".bench .chip")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".bench .chip")).to_have_count(1)
    assert coded(study) == 1
