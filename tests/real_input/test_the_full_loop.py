"""Real input by the real commands, in a fresh data folder: staff add, poll load, answers import, poll close,
poll publish, report. What a reader then sees, on the page as served and in the report's one file."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import unescape
from pathlib import Path

import httpx
import pytest
from tests.ports import free_port
from tests.real_input.counting import HERE, ROOT, THANKSGIVING
from tests.waiting import PATIENCE, wait_until

from canvass import instrument

JANUARY = ROOT / "examples/working-hours-2022-01.yaml"
PRINTED = json.loads((HERE / "poll-2022-01.json").read_text("utf-8"))["questions"]
FIGURE = re.compile(r'<figure class="figure">.*?</figure>', re.DOTALL)
CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
ROW = re.compile(
    r'<tr><th scope="row"[^>]*>([^<]*)</th><td class="num">([\d,]+)</td><td class="num">(\d+)%</td>'
)


def line(folder: Path, *words: object) -> list[str]:
    return [str(Path(sys.executable).parent / "canvass"), "--data", str(folder), *map(str, words)]


def surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("CANVASS_")}


def canvass(folder: Path, *words: object) -> str:
    """What the command prints; it must succeed."""
    done = subprocess.run(
        line(folder, *words), env=surroundings(), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen(line(folder, "serve", "--port", port), env=surroundings())
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=PATIENCE)


def patiently(address: str) -> str:
    """The page, as soon as the server answers."""
    pages: list[str] = []

    def answers() -> list[str]:
        with suppress(httpx.TransportError):
            pages.append(httpx.get(address, timeout=30).raise_for_status().text)
        return pages

    wait_until(answers, lambda: f"{address} did not answer")
    return pages[0]


def loop(folder: Path, poll: Path, slug: str, answers: Path, *more: object) -> dict[str, str]:
    """The whole loop; the published page and the report."""
    canvass(folder, "staff", "add", "ann@example.org", "--panel-name", "Workers")
    canvass(folder, "poll", "load", poll)
    canvass(folder, "answers", "import", slug, answers, *more)
    canvass(folder, "poll", "close", slug)
    canvass(folder, "poll", "publish", slug)
    canvass(folder, "report", slug, "--out", folder / "reports", "--formats", "html")
    with serving(folder) as address:
        page = patiently(f"{address}/library/workers/{slug}/")
    return {"page": page, "report": (folder / "reports" / f"{slug}.html").read_text("utf-8")}


def figures(page: str) -> dict[str, str]:
    """Each figure's HTML by the caption of its table: the question, then its base."""
    return {unescape(CAPTION.search(one)[1]): one for one in FIGURE.findall(page)}


def figure(page: str, poll: Path, item: str) -> str:
    text = instrument.load(poll.read_text("utf-8")).item(item).text
    (found,) = [one for caption, one in figures(page).items() if caption.startswith(text)]
    return found


def people(one: str) -> dict[str, int]:
    return {unescape(label): int(number.replace(",", "")) for label, number, _ in ROW.findall(one)}


@pytest.fixture(scope="module")
def january(tmp_path_factory) -> dict[str, str]:
    answers = HERE / "micro-2022-01.csv"
    folder = tmp_path_factory.mktemp("january")
    return loop(folder, JANUARY, "working-hours-2022-01", answers, "--invited", 1237)


@pytest.fixture(scope="module")
def thanksgiving(tmp_path_factory) -> dict[str, str]:
    if not THANKSGIVING.exists():
        pytest.fail(f"This test reads the thanksgiving poll's answers at {THANKSGIVING}; they are not there.")
    poll, mapping = HERE / "thanksgiving.yaml", HERE / "thanksgiving-map.csv"
    folder = tmp_path_factory.mktemp("thanksgiving")
    return loop(folder, poll, "thanksgiving-2015", THANKSGIVING, "--map", mapping)


@pytest.mark.parametrize("where", ["page", "report"])
@pytest.mark.parametrize("question", PRINTED, ids=lambda one: one["id"])
def test_each_printed_percentage_and_its_own_base_is_there(january, where, question):
    one = figure(january[where], JANUARY, question["id"])
    printed = {label: share for label, share in question["percent"].items() if share is not None}

    percents = {unescape(label): int(percent) for label, _people, percent in ROW.findall(one)}

    assert {label: percents[label] for label in printed} == printed
    assert f"Base: {question['base']} of 135 asked." in one


@pytest.mark.parametrize("where", ["page", "report"])
def test_the_follow_up_has_its_own_base_and_not_the_slip_that_was_printed(january, where):
    assert "Base: 21 of 21 asked." in january[where]
    assert "Base: 23" not in january[where]


def test_the_page_says_how_many_were_mailed_and_took_part(january):
    assert "1,237 mailed, 135 took part (10.9%)" in january["page"]


@pytest.mark.parametrize("where", ["page", "report"])
@pytest.mark.parametrize(
    ("item", "counts", "base"),
    [
        ("celebrates", {"yes": 980, "no": 78}, "Base: 1,058 of 1,058 asked."),
        ("main_dish", {"turkey": 859, "ham/pork": 29, "tofurkey": 20}, "Base: 974 of 980 asked."),
        ("sides", {"mashed potatoes": 817, "rolls": 766, "green beans": 686}, " of 980 asked."),
        ("pie", {"pumpkin": 729, "apple": 514, "pecan": 342, "none": 40}, "Base: 964 of 980 asked."),
    ],
)
def test_the_counts_of_the_thanksgiving_poll_come_out(thanksgiving, where, item, counts, base):
    one = figure(thanksgiving[where], HERE / "thanksgiving.yaml", item)

    assert counts.items() <= people(one).items()
    assert base in one


def test_nobody_is_said_to_have_been_mailed_where_no_number_was_given(thanksgiving):
    assert "1,058 took part" in thanksgiving["page"]
    assert "mailed, 1,058" not in thanksgiving["page"]
