"""`canvass tabulate --format json` against R's survey package: every row, test and difference."""

import pytest
from tests.golden import tabulated

from canvass.tables import TabulationRefused

CASES = (
    "21_stratified_finite_population",
    "22_persons_with_several_rows",
    "23_clusters_in_strata",
    "24_quantiles",
    "25_ratings_and_nps",
    "26_grids",
    "27_tiny_and_extreme",
    "28_groups_compared",
    "29_choose_all_by_group",
    "30_unweighted_population",
    "31_one_unit_in_a_stratum",
)
# An error that is 0 in exact arithmetic is a rounding error in R or in ours.
NOTHING = 1e-12


@pytest.fixture(params=CASES, scope="module")
def case(request):
    """R's records beside the tables of the command, and the tolerance."""
    expected = tabulated.read(request.param)
    pairs = [
        (found, tabulated.run(request.param, expected["design"], item, by))
        for (item, by), found in tabulated.records(expected).items()
    ]
    return pairs, expected["rel_tolerance"]


def test_a_stratum_with_one_unit_is_refused_as_r_fails():
    record = tabulated.read("31_one_unit_in_a_stratum")["results"][0]

    with pytest.raises(TabulationRefused, match="has one person, so its variance is unknown"):
        tabulated.run("31_one_unit_in_a_stratum", {"strata": "region"}, "x", None)

    assert record["r_survey.lonely.psu_fail"] == "fails"


def same(ours, theirs, tolerance, where):
    if ours is None or theirs is None:
        assert ours == theirs, where
    else:
        assert ours == pytest.approx(theirs, rel=tolerance, abs=NOTHING), where


def test_every_row(case):
    pairs, tolerance = case

    for records, tables in pairs:
        ours = tabulated.rows(tables)
        for record in (one for one in records if "kind" not in one):
            check_row(ours.pop(tabulated.place(record, tabulated.PLACE)), record, tolerance)
        assert {row["group_base"] for row in ours.values()} <= {0}, sorted(ours, key=str)


def check_row(row, record, tolerance):
    bases, shown = record["bases"], record["shown"]
    low, high = (record["limits"].get(shown) or (None, None)) if shown else (None, None)
    assert (row["n"], row["df"]) == (record["n"], record["df"]), record["id"]
    assert row["interval"] == shown, record["id"]
    same(row["estimate"], record["estimate"], tolerance, record["id"])
    same(row["standard_error"], record["se"], tolerance, record["id"])
    same(row["low"], low, tolerance, record["id"])
    same(row["high"], high, tolerance, record["id"])
    if "deff" in record:
        same(row["design_effect"], record["deff"], tolerance, record["id"])
    if row["statistic"] != "mean":
        check_bases(row, bases, tolerance)


def check_bases(row, bases, tolerance):
    """ "Not applicable" is in a group's base and out of its median's."""
    assert row["group_base"] >= bases["base"]
    if row["group_base"] == bases["base"]:
        same(row["group_effective_base"], bases["effective_base"], tolerance, "effective base")


def test_every_test_of_independence(case):
    pairs, tolerance = case

    for records, tables in pairs:
        ours = tabulated.tests_of(tables)
        for record in (one for one in records if one.get("kind") == "test"):
            test = ours[record["row"], record["option"]]
            for name, theirs in (("statistic", "F"), ("df1", "df1"), ("df2", "df2"), ("p", "p")):
                same(test[name], record[theirs], tolerance, record["id"])
            same(test["p_adjusted"], record["p_adjusted"], tolerance, record["id"])


def test_every_difference_of_groups(case):
    pairs, tolerance = case

    for records, tables in pairs:
        ours = tabulated.differences(tables)
        for record in (one for one in records if one.get("kind") == "difference"):
            one = ours[tabulated.place(record, tabulated.PAIR)]
            assert one["df"] == record["df"]
            same([one["low"], one["high"]], record["limits"], tolerance, record["id"])
            for name, theirs in (("estimate", "estimate"), ("standard_error", "se"), ("p", "p")):
                same(one[name], record[theirs], tolerance, record["id"])
            same(one["p_adjusted"], record["p_adjusted"], tolerance, record["id"])
