"""Weights, and the standard errors that know of them, against R's survey package."""

import numpy as np
import pytest
from tests.golden.reading import Case

from canvass import statistics


def same(ours, theirs, tolerance):
    assert ours == pytest.approx(theirs, rel=tolerance)


def cube_of(case, column, design, by=None):
    codes, labels = case.codes(column)
    group, groups = case.codes(by) if by else (None, [])
    cube = statistics.count(codes, cells=len(labels), design=design, group=group, groups=len(groups))
    return cube, labels, groups


def mean_of(case, column, design):
    cube, labels, _ = cube_of(case, column, design)
    return statistics.mean(cube, np.array(labels, dtype=float))


@pytest.fixture(scope="module")
def raked():
    case = Case("07_raked")
    targets = case.records["targets"]["targets"]
    margins = [statistics.margin(name, case.columns[name], shares) for name, shares in targets.items()]
    return case, statistics.rake(statistics.design(case.size), margins, total=1237)


def test_raked_weights(raked):
    case, outcome = raked
    summary = case.records["weight summary"]
    found = outcome.diagnostics

    same(outcome.weight, case.records["raked weights"]["weights"], 1e-9)
    same([found.min, found.max, found.ratio], [summary[key] for key in ("min", "max", "ratio")], 1e-7)
    same([found.effective_base, found.design_effect], [summary["n_eff_kish"], summary["deff_kish"]], 1e-7)


@pytest.mark.parametrize("column", ["q", "rating"])
def test_standard_errors_after_raking(raked, column):
    case, outcome = raked
    calibrated, fixed = (mean_of(case, column, design) for design in (outcome.design, outcome.fixed))

    record = case.records[f"calibrated SE/{column}"]
    same([calibrated.estimate, calibrated.standard_error], [record["estimate"], record["se"]], case.tolerance)
    same([calibrated.low, calibrated.high], record["ci95_t"], case.tolerance)
    assert calibrated.df == record["df"]
    same(fixed.standard_error, case.records[f"fixed-weight SE/{column}"]["se"], 1e-7)


def test_standard_errors_of_groups_after_raking(raked):
    case, outcome = raked
    cube, labels, roles = cube_of(case, "rating", outcome.design, by="role")

    for place, role in enumerate(roles):
        found = statistics.mean(cube, np.array(labels, dtype=float), domain=cube.group(place))
        record = case.records[f"calibrated domain/{role}"]
        same([found.estimate, found.standard_error], [record["estimate"], record["se"]], case.tolerance)
