"""Five yearly waves of one profession as a series: the counts of the published pages, and the trends.

The answers are under ODbL and are read where they lie, in ../shared/data, beside the pages that were
published of them. Every question was optional; the pages' percentages are of all who handed in, ours of
those who answered.
"""

import csv
import html
import re
from dataclasses import dataclass
from datetime import date
from math import sqrt

import pytest
from tests.real_input.counting import ROOT

from canvass import formats, instrument, statistics, tables
from canvass.tables import noise_guard

FOLDER = ROOT.parent / "shared/data/haskell"
YEARS = (2018, 2019, 2020, 2021, 2022)
ROWS = dict(zip(YEARS, (1361, 1211, 1348, 1152, 1038), strict=True))

LEVELS = ["Beginner", "Intermediate", "Advanced", "Expert", "Master"]
SENTENCES = [
    "I can't write or read Haskell",
    "I can write simple programs in Haskell",
    "I can write useful, production-ready code but it is a struggle",
    "I am productive writing Haskell",
    "I'm an expert",
]
AT_WORK = ["Yes, most of the time", "Yes, some of the time", "No, but my company does"]
AGREE = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]


@dataclass(frozen=True)
class Question:
    """A question of the survey: where its answers lie, and what could be answered from which year on."""

    kind: str
    text: str  # as the pages head it, from the first year on
    columns: tuple[str, str]  # the heading of 2018 and 2019; that of 2020 to 2022
    options: dict[int, list[str]]


QUESTIONS = {
    "uses": Question(
        "single",
        "Do you use Haskell?",
        ("Do you use Haskell?", "s0q1"),
        {2018: ["Yes", "No, but I used to", "No, I never have"]},
    ),
    "frequency": Question(
        "single",
        "How frequently do you use Haskell?",
        ("How frequently do you use Haskell?", "s0q5"),
        {2018: ["Daily", "Weekly", "Monthly", "Yearly", "Rarely"]},
    ),
    "proficiency": Question(
        "single",
        "How would you rate your proficiency in Haskell?",
        ("How would you rate your proficiency in Haskell?", "s0q6"),
        {2018: LEVELS, 2021: SENTENCES},
    ),
    "where": Question(
        "multiple",
        "Where do you use Haskell?",
        ("Where do you use Haskell?", "s0q7"),
        {2018: ["Home", "Work", "School"], 2020: ["Home", "Industry", "Academia", "School"]},
    ),
    "at_work": Question(
        "single",
        "Do you use Haskell at work?",
        ("Do you use Haskell at work?", "s0q8"),
        {2018: [*AT_WORK, "No"], 2019: [*AT_WORK, "No, but I'd like to", "No, and I don't want to"]},
    ),
    "welcome": Question(
        "single",
        "I feel welcome in the Haskell community.",
        ("I feel welcome in the Haskell community.", "s6q0"),
        {2018: AGREE},
    ),
}


def options_in(question: Question, year: int) -> list[str]:
    return question.options[max(since for since in question.options if since <= year)]


def poll_of(year: int) -> instrument.Instrument:
    items = "".join(
        f"  - id: {name}\n    kind: {question.kind}\n    text: {question.text}\n    options:\n"
        + "".join(f'      - "{option}"\n' for option in options_in(question, year))
        for name, question in QUESTIONS.items()
    )
    return instrument.load(
        f"poll: haskell-{year}\ntitle: State of Haskell {year}\ncategory: practice\nseries: haskell\n"
        f"opens: {year}-11-01T00:00\ncloses: {year}-11-16T00:00\nitems:\n{items}"
    )


def answers_of(year: int) -> formats.Columns:
    """The columns of the questions, as an answers file has them."""
    read = formats.read(FOLDER / f"{year}.csv")
    columns = {
        name: tuple(as_cell(cell, question) for cell in read.column(question.columns[year > 2019]))
        for name, question in QUESTIONS.items()
    }
    return formats.Columns(tuple(columns), tuple(columns.values()), read.numbers)


def as_cell(cell: str, question: Question) -> str:
    """Several answers are joined by commas in the source; "n/a" stands where a question was passed over."""
    trimmed = cell.strip()
    if trimmed == "n/a":
        return ""
    return trimmed.replace(",", ";") if question.kind == "multiple" else trimmed


@pytest.fixture(scope="module")
def polls() -> dict[int, instrument.Instrument]:
    return {year: poll_of(year) for year in YEARS}


@pytest.fixture(scope="module")
def cubes(polls) -> dict[int, dict]:
    if not FOLDER.exists():
        pytest.fail(f"This test reads five years of answers in {FOLDER}; they are not there.")
    return {year: tables.item_cubes(answers_of(year), tables.Request(), polls[year]) for year in YEARS}


@pytest.fixture(scope="module")
def trends(polls, cubes) -> dict[str, tables.Trend]:
    return {
        name: tables.trend(
            name,
            [
                tables.Asking(
                    one.poll.slug,
                    one.poll.title,
                    one.poll.opens.date(),
                    one.poll.closes.date(),
                    cubes[one.poll.opens.year][one.item.id][0],
                    one.wording,
                )
                for one in tied
            ],
        )
        for name, tied in tables.series_of(polls.values()).items()
    }


def published(year: int) -> dict[str, dict[str, int]]:
    """The counts of a published page: by question, then by answer. Its mark-up changed twice."""
    page = (FOLDER / f"published-{year}.html").read_text(encoding="utf-8")
    if year == 2018:
        head, row = r"<h2 id='question-\d+'>", r"<tr><td>(.*?)</td><td>(\d+)</td>"
    else:
        head = r"<h3 id=['\"]s\d+q\d+['\"]>"
        row = r"<div class=['\"]count['\"]>\s*(\d+)\s*</div>\s*<div class=['\"]choice['\"]>\s*(.*?)\s*</div>"
    found = {}
    for part in re.split(head, page)[1:]:
        title, _, body = part.partition("</h")
        title = re.sub(r"\((?:single|multiple) select\)", "", plain(title)).strip(" #^")
        counts = [pair if year > 2018 else pair[::-1] for pair in re.findall(row, body, re.DOTALL)]
        found.setdefault(title, {plain(choice): int(count) for count, choice in counts})
    return found


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", "", markup)).split())


def counted(cube) -> dict[str, int]:
    figures = tables.topline(cube).figures
    return {figure.label: figure.n for figure in figures if figure.statistic == "share"}


@pytest.mark.parametrize("year", YEARS)
def test_every_row_is_taken_that_holds_an_answer(cubes, year):
    """Eight of 2019 hold nothing at all, and the reader says so."""
    asked = ROWS[year] - 8 if year == 2019 else ROWS[year]

    assert {cube.asked for found in cubes[year].values() for cube in found} == {asked}


def test_rows_that_hold_nothing_are_told():
    (note,) = formats.read(FOLDER / "2019.csv").notes

    assert note.startswith("8 empty rows are left out")


# The page of 2020 gives two counts for answers of several choices and is not read for them.
PAIRS = [(year, name) for year in YEARS for name in QUESTIONS if (year, name) != (2020, "where")]


@pytest.mark.parametrize(("year", "name"), PAIRS)
def test_the_published_counts_come_out(cubes, year, name):
    printed = published(year)[QUESTIONS[name].text]

    found = counted(cubes[year][name][0])

    assert {option: printed[option] for option in found} == found


def test_where_haskell_was_used_in_2020_is_counted_as_the_file_has_it(cubes):
    with (FOLDER / "2020.csv").open(encoding="utf-8", newline="") as file:
        cells = [row["s0q7"].split(",") for row in csv.DictReader(file)]

    counts = {
        option: sum(option in cell for cell in cells) for option in options_in(QUESTIONS["where"], 2020)
    }

    assert counted(cubes[2020]["where"][0]) == counts


def test_the_shares_of_2022_are_those_of_its_reference(cubes):
    """Published percentages are of all 1,038; 879 of them say yes."""
    uses = counted(cubes[2022]["uses"][0])

    assert [round(100 * count / ROWS[2022], 2) for count in uses.values()] == [84.68, 11.66, 2.22]


def test_home_and_industry_alone_and_together_in_2022(cubes):
    cube = cubes[2022]["where"][0]
    people = cube.cube.n.sum(axis=(0, 1))

    def exactly(*places: int) -> int:
        pattern = [place in places for place in range(4)]
        return int(people[(pattern == cube.cells.chosen.T).all(axis=1)].sum())

    assert (exactly(0, 1), exactly(0), exactly(1)) == (292, 336, 137)


def test_five_waves_stand_in_a_row_and_break_where_the_answers_changed(trends):
    breaks = {name.partition("/")[2]: trend.breaks for name, trend in trends.items()}

    assert all(len(trend.waves) == 5 for trend in trends.values())
    assert {name: places for name, places in breaks.items() if places} == {
        "proficiency": (3,),
        "where": (2,),
        "at_work": (1,),
    }


def test_the_change_of_use_from_the_first_to_the_last_year_by_hand(trends):
    line = trends["haskell/uses"].line("share", "Yes")
    (p, n), (q, m) = (1202 / 1350, 1350), (879 / 1023, 1023)

    change = line.since_first[4]

    assert [figure.n for figure in line.figures] == [1202, 1075, 1155, 986, 879]
    assert [wave.base for wave in trends["haskell/uses"].waves] == [1350, 1202, 1333, 1141, 1023]
    assert change.estimate == pytest.approx(q - p)
    # A row without an answer is in its wave's design: n/(n-1) is that of all rows.
    first, last = p * (1 - p) / n * 1361 / 1360, q * (1 - q) / m * 1038 / 1037
    assert change.standard_error == pytest.approx(sqrt(first + last))
    assert (change.df, change.overlap) == (1350 + 1023 - 2, None)


def test_changes_are_judged_after_correction(trends):
    line = trends["haskell/uses"].line("share", "Yes")
    comparisons = noise_guard.between_waves(trends["haskell/uses"], line)

    judged = noise_guard.judge(comparisons)

    by_hand = statistics.benjamini_hochberg([one.found.p for one in comparisons])
    assert [one.is_clear for one in judged] == [p < 0.05 for p in by_hand]
    assert all(one.sentence for one in judged)


def test_the_trend_prints_with_its_break_and_says_that_people_are_not_known(trends):
    sheet = tables.trend_sheet(trends["haskell/proficiency"])

    printed = tables.as_text([sheet], ())

    assert [(one.label, one.columns) for one in sheet.spanners] == [("Wording 1", 3), ("Wording 2", 2)]
    assert "from November 2021 on; numbers before and after are not compared" in printed
    assert "taken as different people" in printed


def test_the_first_and_last_day_are_those_of_the_poll(trends):
    wave = trends["haskell/uses"].waves[0]

    assert (wave.first_day, wave.last_day) == (date(2018, 11, 1), date(2018, 11, 16))
