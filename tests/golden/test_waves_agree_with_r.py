"""Changes between waves against R's survey package: net, matched, split, averages and a straight line."""

import numpy as np
import pytest
from tests.golden import tabulated
from tests.golden.reading import Case

from canvass import statistics

CASE = Case("51_linked_waves")
SUMS = {
    "change 1 to 2": {0: -1.0, 1: 1.0},
    "last against the average before": {0: -0.2, 1: -0.2, 2: -0.2, 3: -0.2, 4: -0.2, 5: 1.0},
}
MONTHS = (1, 2, 3, 4, 6, 9)
PARTS = ("net", "same", "different", "joined", "left", "reweighted")


def person_cube(plan, column):
    stratum = "region" if plan == "stratified" else None
    cube, labels, _ = CASE.cube(column, by="wave", weight="w", cluster="id", stratum=stratum)
    points = np.array(labels, dtype=float)
    return cube, points == 1 if column == "exhausted" else points


def same(found, record):
    close = {"rel": CASE.tolerance, "abs": 1e-12}
    assert found.df == record["df"]
    assert found.estimate == pytest.approx(record["estimate"], **close)
    assert found.standard_error == pytest.approx(record["se"], **close)
    assert [found.low, found.high] == pytest.approx(record["limits"], **close)
    assert found.p == pytest.approx(record["p"], **close)


@pytest.fixture(params=["plain", "stratified"])
def plan(request):
    return request.param


@pytest.fixture(params=["satisfied", "exhausted"])
def column(request):
    return request.param


def test_sums_of_waves(plan, column):
    cube, values = person_cube(plan, column)
    name = f"{plan} {column}"

    waves = statistics.linked_waves(cube, values)

    expected = CASE.records[f"{name}/waves"]
    assert waves.estimates == pytest.approx(expected["estimates"], rel=CASE.tolerance)
    assert waves.covariance == pytest.approx(np.array(expected["vcov"]), rel=CASE.tolerance)
    for sum_, coefficients in SUMS.items():
        same(statistics.contrast_of(waves, coefficients), CASE.records[f"{name}/{sum_}"])
    same(statistics.average_change(waves, (0, 1, 2), (3, 4, 5)), CASE.records[f"{name}/quarters"])
    same(statistics.slope(waves, MONTHS), CASE.records[f"{name}/slope"])


def test_the_split_of_a_change(plan, column):
    cube, values = person_cube(plan, column)

    split = statistics.split_change(cube, values, cube.group(0), cube.group(5))

    for part in PARTS:
        same(getattr(split, part), CASE.records[f"{plan} {column}/{part}"])
    assert split.pairs == CASE.records[f"{plan} {column}/same"]["pairs"]


@pytest.mark.parametrize("column", ["satisfied", "exhausted"])
def test_two_waves(column):
    case = Case("13_two_waves_overlapping")
    cube, labels, _ = case.cube(column, by="wave", weight="w", cluster="id")
    values = np.array(labels, dtype=float)

    waves = statistics.linked_waves(cube, values)
    change = statistics.change(waves, 0, 1)
    matched = statistics.matched_change(cube, values, cube.group(0), cube.group(1))

    net = case.records[f"{column}/change, same panel (person = cluster)"]
    pairs = case.records[f"{column}/change, matched members only (wave-2 weight)"]
    assert waves.covariance[0, 1] == pytest.approx(net["covariance"], rel=case.tolerance)
    assert waves.both(0, 1) == pairs["pairs"]
    for found, record in ((change, net), (matched, pairs)):
        assert found.df == record["df"]
        assert found.estimate == pytest.approx(record["estimate"], rel=case.tolerance)
        assert found.standard_error == pytest.approx(record["se"], rel=case.tolerance)
        assert [found.low, found.high] == pytest.approx(record["ci95_t"], rel=case.tolerance)


def test_waves_of_different_people():
    """A cube a wave, as polls that are not linked leave them."""
    case = Case("13_two_waves_overlapping")
    codes, labels = case.codes("satisfied")
    cubes = []
    for wave in (1, 2):
        rows = case.numbers("wave") == wave
        design = statistics.design(int(rows.sum()), weight=case.numbers("w")[rows])
        cubes.append(statistics.count(codes[rows], cells=len(labels), design=design))

    waves = statistics.separate_waves(cubes, [np.array(labels, dtype=float)] * 2)
    found = statistics.change(waves, 0, 1)

    record = case.records["satisfied/change, as if independent waves (strata = wave)"]
    assert (found.df, waves.both(0, 1)) == (record["df"], None)
    assert [found.estimate, found.standard_error] == pytest.approx([record["estimate"], record["se"]])


@pytest.mark.parametrize("column", ["satisfied", "exhausted"])
def test_a_change_by_the_command(column):
    """`--by wave --cluster id`: the earlier wave minus the later, with the person as cluster."""
    record = Case("13_two_waves_overlapping").records[f"{column}/change, same panel (person = cluster)"]
    design = {"weight": "w", "cluster": "id"}

    (table,) = tabulated.run("13_two_waves_overlapping", design, column, "wave")

    (found,) = (one for one in table["differences"] if one["statistic"] == "mean")
    assert (found["a"], found["b"], found["df"]) == ("1", "2", record["df"])
    ours = [-found["estimate"], found["standard_error"], -found["high"], -found["low"], found["p"]]
    theirs = [record["estimate"], record["se"], *record["ci95_t"], record["p"]]
    assert ours == pytest.approx(theirs, rel=1e-7)
