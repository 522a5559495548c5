"""Exhibits made by hand from published percentages; counts and intervals are worked out here."""

import json
from dataclasses import replace
from datetime import date
from math import exp, log, sqrt
from pathlib import Path

from canvass.figures.exhibit import Exhibit
from canvass.figures.likert import nets
from canvass.instrument.model import Item, Kind, Option, Row, Scale
from canvass.tables.disclosure import Audience, release
from canvass.tables.values import Caution, Figure, Topline

PUBLISHED = Path(__file__).parents[2] / "published"
SOURCE = "special poll 6 for the independent review"


def published(poll: str, question: str) -> dict:
    poll_file = json.loads((PUBLISHED / f"poll-{poll}.json").read_text())
    return next(q for q in poll_file["questions"] if q["id"] == question)


def caution_of(base: int) -> Caution | None:
    limits = (
        (10, Caution.NO_FIGURE),
        (30, Caution.COUNTS_ONLY),
        (50, Caution.VERY_SMALL),
        (100, Caution.SMALL),
    )
    return next((caution for limit, caution in limits if base < limit), None)


def share(option: str, n: int, base: int, label: str = "") -> Figure:
    p = n / base if base else 0.0
    caution = caution_of(base)
    if not 0 < p < 1:
        return Figure(
            "share", option, label or option, n, p, 0.0, base - 1, p, p, "korn-graubard", 1.0, caution
        )
    reach = 1.98 / sqrt(base * p * (1 - p))
    middle = log(p / (1 - p))
    low, high = (1 / (1 + exp(-(middle + sign * reach))) for sign in (-1, 1))
    return Figure(
        "share",
        option,
        label or option,
        n,
        p,
        sqrt(p * (1 - p) / base),
        base - 1,
        low,
        high,
        "logit",
        1.0,
        caution,
    )


def mean(value: float, base: int, reach: float = 0.3, statistic: str = "mean") -> Figure:
    method = "t" if statistic == "mean" else "woodruff"
    return Figure(
        statistic,
        None,
        statistic,
        base,
        value,
        reach / 2,
        base - 1,
        value - reach,
        value + reach,
        method,
        1.0,
        caution_of(base),
    )


def topline(item: Item, counts: dict[str, int], base: int, asked: int | None = 135, row: Row | None = None, *,
            not_applicable: int = 0, more: tuple[Figure, ...] = ()) -> Topline:  # fmt: skip
    labels = {option.id: option.label for option in item.options}
    figures = tuple(share(option, n, base, labels.get(option, option)) for option, n in counts.items())
    applies = base - not_applicable if item.not_applicable else None
    return Topline(
        item,
        row,
        asked,
        base,
        applies,
        float(base),
        float(base),
        1.0,
        caution_of(base),
        (*more, *figures),
        not_applicable,
    )


def exhibit(*toplines: Topline, key: str = "", **changes) -> Exhibit:
    facts = {
        "source": SOURCE,
        "first_day": date(2022, 1, 18),
        "last_day": date(2022, 2, 1),
        "population": 1237,
        **changes,
    }
    public = release(toplines, Audience.PUBLIC)
    return Exhibit(key or f"review-special-6/{toplines[0].item.id}", public, **facts)


def options(*labels: str, exclusive: str = "") -> tuple[Option, ...]:
    return tuple(Option(label, label, exclusive=label == exclusive) for label in labels)


def counts_of(question: dict) -> dict[str, int]:
    return {label: round(p * question["base"] / 100) for label, p in question["percent"].items()}


def single(base: int = 135, **changes) -> Exhibit:
    question = published("2022-01", "overtime_frequency")
    counts = {label: round(p * base / 100) for label, p in question["percent"].items()}
    item = Item(
        "overtime_frequency",
        Kind.SINGLE,
        "How often do you work beyond your hours?",
        options=options(*counts),
    )
    return exhibit(topline(item, counts, base), **changes)


def single_not_applicable() -> Exhibit:
    counts = counts_of(published("2022-01", "peer_supervision_frequency"))
    absent = counts.pop("not applicable")
    item = Item("peer_supervision_frequency", Kind.SINGLE, "How often do you have peer supervision?",
                options=options(*counts), not_applicable="not applicable")  # fmt: skip
    return exhibit(topline(item, counts, 134, not_applicable=absent))


def choose_all(base: int = 129) -> Exhibit:
    question = published("2022-01", "flexible_options")
    counts = {label: round(p * base / 100) for label, p in question["percent"].items()} | {
        "none of these": round(base / 64)
    }
    item = Item("flexible_options", Kind.MULTIPLE, "Which of these can front-line staff use?",
                options=options(*counts, exclusive="none of these"))  # fmt: skip
    return exhibit(topline(item, counts, base))


def likert_single() -> Exhibit:
    counts = counts_of(published("2022-01", "leaders_understand_practice"))
    item = Item("leaders_understand_practice", Kind.SINGLE,
                "How confident are you that senior leaders understand practice?",
                options=options(*counts), likert=True)  # fmt: skip
    return exhibit(topline(item, counts, 135))


LIKERT_ROWS = {
    "supervision_cases": "How to progress your cases",
    "supervision_wellbeing": "Your personal wellbeing",
    "supervision_learning": "Learning and development",
}


def likert_grid() -> Exhibit:
    questions = {key: published("2022-01", key) for key in LIKERT_ROWS}
    rows = tuple(Row(key, label) for key, label in LIKERT_ROWS.items())
    offered = options(*questions["supervision_cases"]["percent"])
    wording = "How effective is supervision in helping you with these?"
    item = Item("supervision", Kind.GRID_SINGLE, wording, options=offered, rows=rows, likert=True)
    pairs = zip(rows, questions.values(), strict=True)
    lines = (with_net(topline(item, counts_of(q), q["base"], row=row)) for row, q in pairs)
    return exhibit(*lines)


def with_net(line: Topline) -> Topline:
    """The line with the net of its positive side, as it is counted for an opinion scale."""
    (net,) = nets(line.item)
    n = sum(figure.n for figure in line.figures if figure.option in net.options)
    return replace(line, figures=(*line.figures, share(net.label, n, line.base)._replace(statistic="net")))


def grid_single() -> Exhibit:
    """Shares of "too much", "about right" and "not enough" where printed; the others are made up."""
    shares = {
        "preparing for inspection": (69, 11, 10), "travelling": (46, 42, 6), "line management": (9, 45, 9),
        "CPD": (6, 47, 42), "speaking to other professionals": (0, 69, 31),
    }  # fmt: skip
    names = ("too much", "about right", "not enough")
    item = Item("activity_time", Kind.GRID_SINGLE, "How much time do you spend on each of these?",
                options=options(*names), rows=tuple(Row(label, label) for label in shares),
                not_applicable="Not part of my role")  # fmt: skip
    lines = []
    for row in item.rows:
        counts = {name: round(p * 196 / 100) for name, p in zip(names, shares[row.id], strict=True)}
        absent = 196 - sum(counts.values())
        lines.append(topline(item, counts, 196, None, row, not_applicable=absent))
    return exhibit(*lines, source="special poll 2 for the independent review", population=None,
                   first_day=date(2021, 8, 9), last_day=date(2021, 8, 30))  # fmt: skip


def point_counts(value: float, base: int) -> dict[str, int]:
    """A made-up spread of answers around a mean on 0 to 10."""
    weights = [exp(-((point - value) ** 2) / 9) for point in range(11)]
    return {str(point): round(base * w / sum(weights)) for point, w in enumerate(weights)}


def grid_rating() -> Exhibit:
    question = published("2021-08", "placement_challenges")
    rows = tuple(Row(label, label) for label in question["mean"])
    item = Item("placement_challenges", Kind.GRID_RATING,
                "How significant are these challenges when finding a placement?", rows=rows,
                scale=Scale(0, 10, "not an issue I encounter", "very significant"))  # fmt: skip
    lines = (
        topline(
            item,
            point_counts(value, 197),
            197,
            None,
            Row(label, label),
            more=(mean(value, 197), mean(round(value), 197, 1, "median")),
        )
        for label, value in question["mean"].items()
    )
    return exhibit(*lines, source="special poll 2 for the independent review", population=None)


def rating(base: int = 135) -> Exhibit:
    item = Item("satisfied", Kind.RATING, "Overall, how satisfied are you with your life nowadays?",
                scale=Scale(0, 10, "not at all", "completely"))  # fmt: skip
    return exhibit(
        topline(item, point_counts(6.6, base), base, more=(mean(6.6, base), mean(7, base, 1, "median")))
    )


def rating_not_applicable() -> Exhibit:
    """As counted: "not applicable" has a share of the base, after those of the points."""
    item = Item("supervision_value", Kind.RATING, "How useful is supervision?",
                scale=Scale(0, 10, "not at all", "completely"), not_applicable="I have none")  # fmt: skip
    counts = point_counts(7.2, 110) | {"not_applicable": 25}
    return exhibit(topline(item, counts, 135, not_applicable=25, more=(mean(7.2, 110),)))


def promoters(base: int = 160) -> Exhibit:
    """A likelihood to recommend; of the made-up answers the score is -12.5 or near it."""
    item = Item("recommend", Kind.RATING, "How likely are you to recommend your employer to a friend?",
                scale=Scale(0, 10, "not at all likely", "extremely likely"))  # fmt: skip
    people = dict(enumerate((4, 2, 3, 5, 6, 14, 26, 24, 36, 22, 18)))
    counts = {str(point): n * base // 160 for point, n in people.items()}
    score = 100 * (counts["9"] + counts["10"] - sum(counts[str(point)] for point in range(7))) / base
    more = (mean(6.8, base), mean(score, base, 12.0, "nps"))
    return exhibit(topline(item, counts, base, base + 4, more=more))


def number(base: int = 120) -> Exhibit:
    item = Item(
        "caseload",
        Kind.NUMBER,
        "How many children are on your caseload?",
        minimum=0,
        maximum=200,
        unit="children",
    )
    marks = ((0.1, 9.0), (0.25, 14.0), (0.75, 24.0), (0.9, 31.0))
    spots = tuple(Figure("quantile", None, f"q{q}", base, at, q=q) for q, at in marks)
    return exhibit(
        topline(item, {}, base, more=(mean(19.3, base, 1.4), mean(18.0, base, 1.0, "median"), *spots))
    )


def ranking(base: int = 110) -> Exhibit:
    first = {"smaller caseloads": 52, "less paperwork": 31, "better supervision": 18, "higher pay": 9}
    item = Item(
        "priorities", Kind.RANKING, "Put the three most urgent in order.", options=options(*first), choose=3
    )
    further = []
    for place, (option, n) in enumerate(first.items()):
        further.append(Figure("top", option, option, n + 30, (n + 30) / base))
        further.append(Figure("mean", option, option, base, 1.6 + 0.6 * place))
    return exhibit(topline(item, {k: n * base // 110 for k, n in first.items()}, base, more=tuple(further)))


def text(base: int = 63) -> Exhibit:
    item = Item("agency_motivation", Kind.TEXT, "What was your reason?")
    return exhibit(topline(item, {}, base))


def many_columns() -> Exhibit:
    names = [f"answer {letter}" for letter in "abcdefgh"]
    item = Item("uses", Kind.GRID_SINGLE, "Which of these fits each of them best?", options=options(*names),
                rows=(Row("one", "The first thing"), Row("two", "The second thing")))  # fmt: skip
    lines = (
        topline(item, {name: 5 + 5 * i for i, name in enumerate(names)}, 180, 200, row) for row in item.rows
    )
    return exhibit(*lines)


SPECIMENS = {
    "single": single,
    "single-not-applicable": single_not_applicable,
    "choose-all": choose_all,
    "likert-single": likert_single,
    "likert-grid": likert_grid,
    "grid-single": grid_single,
    "grid-many-columns": many_columns,
    "grid-rating": grid_rating,
    "rating": rating,
    "rating-not-applicable": rating_not_applicable,
    "promoters": promoters,
    "number": number,
    "ranking": ranking,
    "text": text,
    "small": lambda: single(80),
    "very-small": lambda: choose_all(40),
    "counts-only": lambda: single(23),
    "counts-only-rating": lambda: rating(18),
    "no-figure": lambda: single(7),
}
