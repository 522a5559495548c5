"""Our estimates against R's survey package, number by number (README.md beside this file)."""

import numpy as np
import pytest
from tests.golden.reading import Case

from canvass import statistics

INTERVALS = {"logit": "logit", "korn-graubard": "beta"}


def same(ours, theirs, tolerance):
    assert ours == pytest.approx(theirs, rel=tolerance)


def check_share(share, record, tolerance):
    same(share.estimate, record["estimate"], tolerance)
    same(share.standard_error, record["se"], tolerance)
    assert share.df == record["df"]
    same([share.low, share.high], record["ci95"][INTERVALS[share.interval]], tolerance)


def check_every_interval(share, record, tolerance):
    facts = (share.estimate, share.standard_error, share.df)
    effective = share.estimate * (1 - share.estimate) / share.standard_error**2
    same(statistics.logit(*facts)[:2], record["ci95"]["logit"], tolerance)
    edge = statistics.korn_graubard(share.estimate, effective, share.base, share.df)
    same(edge[:2], record["ci95"]["beta"], tolerance)
    same(
        statistics.wilson(share.estimate, effective, share.df)[:2], record["ci95"]["wilson_neff_t"], tolerance
    )


def test_an_unweighted_single_choice():
    case = Case("01_unweighted_single_choice")
    cube, labels, _ = case.cube("q1")

    shares = statistics.shares(cube, np.eye(len(labels), dtype=bool))

    for label, share in zip(labels, shares, strict=True):
        record = case.records[f"q1/{label}"]
        assert (share.base, share.n) == (record["base"], record["count"])
        check_share(share, record, case.tolerance)
        check_every_interval(share, record, case.tolerance)


def test_a_weighted_single_choice():
    case = Case("02_weighted_single_choice")
    cube, labels, _ = case.cube("q", weight="w")

    shares = statistics.shares(cube, np.eye(3, dtype=bool))

    for label, share in zip(labels, shares, strict=True):
        check_share(share, case.records[f"q/{label}"], case.tolerance)
        check_every_interval(share, case.records[f"q/{label}"], case.tolerance)
        same(share.design_effect, case.records[f"deff_wr/{label}"]["deff"], case.tolerance)


def test_kish_and_the_weighted_base():
    case = Case("02_weighted_single_choice")
    cube, _, _ = case.cube("q", weight="w")
    record = case.records["kish/q answered"]

    same(cube.effective(cube.everyone), record["n_eff"], case.tolerance)
    same(cube.people(cube.everyone) / cube.effective(cube.everyone), record["deff_kish"], case.tolerance)
    same(cube.weight(cube.everyone), record["weighted_base"], case.tolerance)


def test_weighted_totals():
    case = Case("02_weighted_single_choice")
    cube, labels, _ = case.cube("q", weight="w")

    for label, total in zip(labels, statistics.totals(cube, np.eye(3, dtype=bool)), strict=True):
        record = case.records[f"total/q{label}"]
        same([total.estimate, total.standard_error], [record["estimate"], record["se"]], case.tolerance)
        same([total.low, total.high], record["ci95_t"], case.tolerance)


OPTIONS = (
    "toil",
    "flexible_hours",
    "buy_leave",
    "part_time",
    "compressed",
    "secondment",
    "sabbatical",
    "none",
)


@pytest.fixture
def choose_all():
    """The case, the cube of the patterns chosen, by role, and which pattern holds which option."""
    case = Case("05_choose_all")
    answered = np.array([bool(cell) for cell in case.columns["toil"]])
    flags = np.array([[cell == "1" for cell in case.columns[option]] for option in OPTIONS]).T
    patterns, inverse = np.unique(flags[answered], axis=0, return_inverse=True)
    codes = np.full(case.size, -1)
    codes[answered] = inverse.ravel()
    roles, labels = case.codes("role")
    design = statistics.design(case.size, weight=case.numbers("w"))
    cube = statistics.count(codes, cells=len(patterns), design=design, group=roles, groups=len(labels))
    return case, cube, patterns.T, labels


def test_a_choose_all_item(choose_all):
    case, cube, chosen, _ = choose_all

    shares = statistics.shares(cube, chosen)
    responses = statistics.share_of_responses(cube, chosen)

    for option, share, response in zip(OPTIONS, shares, responses, strict=True):
        record = case.records[f"pct_of_respondents/{option}"]
        assert (share.base, share.n) == (129, record["count"])
        check_share(share, record, case.tolerance)
        same(response, case.records[f"pct_of_responses/{option}"]["estimate"], case.tolerance)


def test_two_options_share_their_people(choose_all):
    case, cube, chosen, _ = choose_all
    expected = case.records["covariance"]

    spread = statistics.covariance(cube, chosen[:4])
    pairs = {(one.a, one.b): one for one in statistics.between_options(cube, chosen)}
    difference = pairs[1, 2]

    same(spread.ravel(), np.array(expected["vcov"]).ravel(), case.tolerance)
    record = case.records["difference/flexible_hours - buy_leave (same people, with covariance)"]
    same([difference.estimate, difference.standard_error], [record["estimate"], record["se"]], case.tolerance)
    same([difference.low, difference.high], record["ci95_t"], case.tolerance)


@pytest.mark.parametrize("option", ["toil", "buy_leave", "sabbatical"])
def test_an_option_by_groups(choose_all, option):
    case, cube, patterns, roles = choose_all
    chosen = patterns[OPTIONS.index(option)]

    test = statistics.rao_scott(cube, np.stack([chosen, ~chosen]), df=cube.degrees(cube.everyone))

    for index, role in enumerate(roles):
        (share,) = statistics.shares(cube, chosen[None], domain=cube.group(index))
        record = case.records[f"by role/{option}/{role}"]
        same([share.estimate, share.standard_error], [record["estimate"], record["se"]], case.tolerance)
        assert share.base == record["base"]
    record = case.records[f"rao_scott/{option} x role"]
    same([test.statistic, test.df1, test.df2], [record["F"], record["ndf"], record["ddf"]], case.tolerance)
    same(test.p, record["p"], case.tolerance)


@pytest.mark.parametrize(
    ("record", "group", "stratum"),
    [
        ("q x role/F", "role", None),
        ("q x region/F", "region", None),
        ("stratified by region: q x role/F", "role", "region"),
    ],
)
def test_answers_against_groups(record, group, stratum):
    case = Case("06_rao_scott")
    cube, _, _ = case.cube("q", by=group, weight="w", stratum=stratum)
    expected = case.records[record]

    test = statistics.rao_scott(cube, np.eye(3, dtype=bool), df=int(cube.units.sum()) - len(cube.units))

    same([test.statistic, test.df1, test.df2, test.p], _flat(expected), case.tolerance)


def _flat(record):
    return [record["statistic"], *record["parameter"], record["p"]]


def test_the_answerers_as_the_whole_sample_give_the_other_convention():
    case = Case("06_rao_scott")
    answered = np.array([bool(cell) for cell in case.columns["q"]])
    codes, roles = case.codes("q")[0][answered], case.codes("role")[0][answered]
    design = statistics.design(int(answered.sum()), weight=case.numbers("w")[answered])

    cube = statistics.count(codes, cells=3, design=design, group=roles, groups=4)
    test = statistics.rao_scott(cube, np.eye(3, dtype=bool), df=design.df)

    expected = case.records["answerers only as the whole sample: q x role/F"]
    same([test.statistic, test.df1, test.df2, test.p], _flat(expected), case.tolerance)


def test_shares_within_groups():
    case = Case("06_rao_scott")
    cube, answers, roles = case.cube("q", by="role", weight="w")

    for index, role in enumerate(roles):
        shares = statistics.shares(cube, np.eye(3, dtype=bool), domain=cube.group(index))
        for answer, share in zip(answers, shares, strict=True):
            record = case.records[f"col%/{answer}|{role}"]
            same([share.estimate, share.standard_error], [record["estimate"], record["se"]], case.tolerance)


@pytest.mark.parametrize("column", ["q", "rating"])
def test_means_with_weights_taken_as_fixed(column):
    case = Case("07_raked")
    weights = np.array(case.records["raked weights"]["weights"])
    cube, labels, _ = case.cube(column, weight=weights)

    mean = statistics.mean(cube, np.array(labels, dtype=float))

    record = case.records[f"fixed-weight SE/{column}"]
    same([mean.estimate, mean.standard_error], [record["estimate"], record["se"]], case.tolerance)
    same([mean.low, mean.high], record["ci95_t"], case.tolerance)
    assert mean.df == record["df"]


@pytest.mark.parametrize("column", ["satisfied", "exhausted"])
def test_people_in_two_waves_are_clusters(column):
    case = Case("13_two_waves_overlapping")
    cube, labels, _ = case.cube(column, by="wave", weight="w", cluster="id")

    (first_minus_second,) = statistics.pairwise(cube, np.array(labels, dtype=float))

    record = case.records[f"{column}/change, same panel (person = cluster)"]
    same([first_minus_second.estimate], [-record["estimate"]], case.tolerance)
    same([first_minus_second.standard_error], [record["se"]], case.tolerance)
    same([-first_minus_second.high, -first_minus_second.low], record["ci95_t"], case.tolerance)
    same(first_minus_second.p, record["p"], case.tolerance)
    assert first_minus_second.df == record["df"]


def test_waves_as_strata_are_taken_as_different_people():
    case = Case("13_two_waves_overlapping")
    cube, labels, _ = case.cube("satisfied", by="wave", weight="w", stratum="wave")

    (difference,) = statistics.pairwise(cube, np.array(labels, dtype=float))

    record = case.records["satisfied/change, as if independent waves (strata = wave)"]
    same(difference.standard_error, record["se"], case.tolerance)
    assert difference.df == record["df"]
