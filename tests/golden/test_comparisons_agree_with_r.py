"""Groups against the rest, options, nets, ONS4, corrections, exact tests and power against R."""

import numpy as np
import pytest
from tests.golden.reading import Case

from canvass import statistics
from canvass.statistics import power
from canvass.statistics.power import Overlap, Planned

LIMITS = {"logit": "logit", "korn-graubard": "beta"}


def same(found, record, tolerance):
    close = {"rel": tolerance, "abs": 1e-12}
    assert found.df == record["df"]
    assert found.estimate == pytest.approx(record["estimate"], **close)
    assert found.standard_error == pytest.approx(record["se"], **close)
    assert [found.low, found.high] == pytest.approx(record["limits"], **close)
    if "p" in record:
        assert found.p == pytest.approx(record["p"], **close)


def same_share(share, record, tolerance):
    limits = record["ci95"][LIMITS[share.interval]]
    same(share, {**record, "limits": limits}, tolerance)


@pytest.mark.parametrize("plan", ["plain", "stratified", "finite"])
@pytest.mark.parametrize("measure", ["better", "rate", "nps"])
def test_a_group_against_the_rest(plan, measure):
    case = Case("52_group_against_rest")
    column = "q" if measure == "better" else "rate"
    codes, labels = case.codes(column)
    regions, _ = case.codes("region")
    design = statistics.design(
        case.size,
        weight=case.numbers("w"),
        stratum=None if plan == "plain" else regions,
        population=4.0 * np.bincount(regions) if plan == "finite" else None,
    )
    roles, names = case.codes("role")
    cube = statistics.count(codes, cells=len(labels), design=design, group=roles, groups=len(names))
    points = np.array(labels) == "better" if measure == "better" else np.array(labels, dtype=float)
    values = statistics.net_promoter_values(points) if measure == "nps" else points

    found = statistics.against_rest(cube, values)

    assert [(one.a, one.b) for one in found] == [(index, statistics.REST) for index in range(len(names))]
    for one in found:
        same(one, case.records[f"{plan} / {measure} / {names[one.a]}"], case.tolerance)


OPTIONS = ("toil", "hours", "leave", "none")


@pytest.mark.parametrize("who", ["all", "social_worker"])
def test_options_and_nets_of_one_item(who):
    case = Case("53_options_and_nets")
    answered = np.array([bool(cell) for cell in case.columns["toil"]])
    flags = np.array([[cell == "1" for cell in case.columns[option]] for option in OPTIONS]).T
    patterns, inverse = np.unique(flags[answered], axis=0, return_inverse=True)
    codes = np.full(case.size, -1)
    codes[answered] = inverse.ravel()
    roles, names = case.codes("role")
    design = statistics.design(case.size, weight=case.numbers("w"))
    cube = statistics.count(codes, cells=len(patterns), design=design, group=roles, groups=len(names))
    domain = cube.everyone if who == "all" else cube.group(names.index(who))

    found = statistics.between_options(cube, patterns.T, domain=domain)
    (net,) = statistics.shares(cube, statistics.net(patterns.T, (0, 1))[None], domain=domain)

    assert len(found) == 6
    for one in found:
        same(one, case.records[f"{who} {OPTIONS[one.a]} minus {OPTIONS[one.b]}"], case.tolerance)
    same_share(net, case.records[f"{who} toil or hours"], case.tolerance)


def test_boxes_and_a_net_score():
    case = Case("53_options_and_nets")
    cube, labels, _ = case.cube("likert", weight="w")
    points = np.array(labels, dtype=float)
    top, bottom = statistics.top_box(points, 4), statistics.bottom_box(points, 2)

    shares = statistics.shares(cube, np.stack([top, bottom]))
    score = statistics.mean(cube, statistics.net_score_values(bottom, top))

    for share, name in zip(shares, ("top", "bottom"), strict=True):
        same_share(share, case.records[f"likert {name} two"], case.tolerance)
    record = case.records["net score"]
    same(score, {**record, "limits": record["ci95_t"]}, case.tolerance)


@pytest.mark.parametrize("item", ["satisfied", "worthwhile", "happy", "anxious"])
def test_well_being(item):
    case = Case("54_well_being")
    codes, labels = case.codes(item)
    roles, names = case.codes("role")
    design = statistics.design(case.size, weight=case.numbers("w"), population=1237)
    cube = statistics.count(codes, cells=len(labels), design=design, group=roles, groups=len(names))
    points = np.array(labels, dtype=float)
    bands = statistics.ANXIETY if item == "anxious" else statistics.WELL_BEING
    rows = statistics.bands(points, bands)
    pair = (names.index("social_worker"), names.index("team_manager"))

    mean = statistics.mean(cube, points)
    differences = [
        next(one for one in found if (one.a, one.b) == pair) for found in statistics.pairwise_each(cube, rows)
    ]

    same(
        mean,
        {**case.records[f"{item}/mean"], "limits": case.records[f"{item}/mean"]["ci95_t"]},
        case.tolerance,
    )
    for band, share, difference in zip(bands, statistics.shares(cube, rows), differences, strict=True):
        same_share(share, case.records[f"{item}/{band.name}"], case.tolerance)
        assert share.n == case.records[f"{item}/{band.name}"]["count"]
        record = case.records[f"{item}/{band.name}/social workers minus team managers"]
        same(difference, record, case.tolerance)


FORMULAS = Case.expected("55_corrections_and_power")


def records(kind):
    return [record for name, record in FORMULAS.items() if name.split()[0] == kind]


@pytest.mark.parametrize("name", ["p", "ties"])
def test_corrections(name):
    record = FORMULAS[name]

    assert statistics.holm(record["values"]) == pytest.approx(record["holm"])
    found = statistics.benjamini_hochberg(record["values"])
    assert found == pytest.approx(record["benjamini_hochberg"])


@pytest.mark.parametrize("record", records("fisher"), ids=lambda record: record["id"])
def test_fishers_exact_test(record):
    assert statistics.fisher(*record["counts"]) == pytest.approx(record["p"])


def test_a_permutation_test():
    """Within four standard errors of R's own simulation."""
    record = FORMULAS["permutation"]

    p = statistics.permutation(np.array(record["counts"]), np.random.default_rng(1), draws=40_000)

    assert p == pytest.approx(record["p_chi"], abs=4 * (record["p_chi"] / 40_000) ** 0.5)


@pytest.mark.parametrize("record", records("power"), ids=lambda record: record["id"])
def test_power(record):
    side = Planned(record["n"], record["deviation"])
    error = power.error_of_difference(side, side)

    found = power.power(record["difference"], error, 2 * record["n"] - 2, level=record["level"])

    assert found == pytest.approx(record["power"], rel=1e-9)


@pytest.mark.parametrize("record", records("answers"), ids=lambda record: record["id"])
def test_answers_for_a_difference(record):
    found = power.answers_for_difference(record["difference"], record["deviation"], wanted=record["power"])

    assert found == record["n"]


def test_the_smallest_difference_that_can_be_seen():
    record = FORMULAS["detectable"]
    side = Planned(record["n"], record["deviation"])

    found = power.detectable(power.error_of_difference(side, side), 2 * record["n"] - 2)

    assert found == pytest.approx(record["difference"], rel=1e-8)


@pytest.mark.parametrize("record", records("reach"), ids=lambda record: record["id"])
def test_the_reach_of_an_interval(record):
    population = record["population"] or float("inf")
    deviation = power.deviation_of_share(record["share"])

    assert power.reach(record["n"], deviation, population=population) == pytest.approx(record["reach"])
    assert power.answers_for_reach(record["reach"] + 1e-12, deviation, population=population) == record["n"]


@pytest.mark.parametrize("record", records("change"), ids=lambda record: record["id"])
def test_the_error_of_a_change(record):
    population = record["population"] or float("inf")
    first = Planned(record["n1"], record["s1"], population)
    second = Planned(record["n2"], record["s2"], population)
    overlap = Overlap(record["both"] / min(record["n1"], record["n2"]), record["correlation"])

    error = power.error_of_change(first, second, overlap)

    assert error == pytest.approx(record["se"])
    assert power.power(0.5, error, record["df"]) == pytest.approx(record["power"])


def cube_of_totals(case, plan, column):
    """The cube of a column by role in one of the designs, its labels and the roles."""
    regions, _ = case.codes("region")
    design = statistics.design(
        case.size,
        weight=case.numbers("w"),
        stratum=None if plan == "plain" else case.columns["region"],
        cluster=case.columns["org"] if plan == "clustered" else None,
        population=3.0 * np.bincount(regions) if plan == "finite" else None,
    )
    (codes, labels), (roles, names) = case.codes(column), case.codes("role")
    return (
        statistics.count(codes, cells=len(labels), design=design, group=roles, groups=len(names)),
        labels,
        names,
    )


@pytest.mark.parametrize("plan", ["plain", "finite", "clustered"])
@pytest.mark.parametrize("measure", ["yes", "hours"])
def test_totals_of_all_and_of_groups(plan, measure):
    case = Case("56_totals")
    cube, labels, names = cube_of_totals(case, plan, "q" if measure == "yes" else "hours")
    values = np.array(labels) == "yes" if measure == "yes" else np.array(labels, dtype=float)

    for place, name in enumerate(["all", *names]):
        domain = cube.group(place - 1) if place else None
        (found,) = statistics.totals(cube, values, domain=domain)
        record = dict(case.records[f"{plan} / {measure} / {name}"])
        record.pop("p", None)  # whether a total is 0 is no question
        same(found, record, case.tolerance)


@pytest.mark.parametrize("plan", ["plain", "finite", "clustered"])
def test_a_share_of_those_to_whom_a_question_applies(plan):
    case = Case("56_totals")
    cube, labels, _ = cube_of_totals(case, plan, "q")
    applies, yes = cube.only(np.array(labels) != "not for me"), np.array(labels) == "yes"

    (found,) = statistics.shares(cube, yes, domain=applies)

    record = case.records[f"{plan} / yes / of those to whom it applies"]
    same(found, {**record, "limits": record["ci95"]["logit"]}, case.tolerance)
