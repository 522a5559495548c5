"""Weights, and the standard errors that know of them, against R's survey package."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.golden.reading import Case

from canvass import statistics
from canvass.cli.main import main

GOLDEN = Path(__file__).parent


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


def test_a_file_weighted_and_tabulated_by_the_commands(tmp_path, capsys):
    case = Case("07_raked")
    targets, weighted = tmp_path / "targets.csv", tmp_path / "weighted.parquet"
    lines = [
        f"{variable},{category},{share}"
        for variable, shares in case.records["targets"]["targets"].items()
        for category, share in shares.items()
    ]
    targets.write_text("\n".join(["variable,category,share", *lines]))
    fitted = [word for variable in ("role", "region", "years") for word in ("--fitted-to", variable)]
    commands = (
        ["weight", GOLDEN / "07_raked/data.csv", "--targets", targets, "--out", weighted, "--format", "json"],
        ["tabulate", weighted, "--item", "rating", "--weight", "weight", *fitted, "--format", "json"],
    )

    found = []
    for command in commands:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in command])
        assert ended.value.code == 0
        found.append(json.loads(capsys.readouterr().out))

    summary, record = case.records["weight summary"], case.records["calibrated SE/rating"]
    same(
        [found[0]["effective_base"], found[0]["design_effect"]],
        [summary["n_eff_kish"], summary["deff_kish"]],
        1e-7,
    )
    mean = found[1]["tables"][0]["rows"][0]
    same([mean["estimate"], mean["standard_error"]], [record["estimate"], record["se"]], case.tolerance)


def check_design(case, id_, design):
    """Everything that R says of one weighted design, from our cubes of it."""
    records, tolerance = case.records, case.tolerance
    same(design.weight, records[f"{id_}/weights"]["weights"], 1e-7)
    answers, options, roles = cube_of(case, "q", design, by="role")
    for option, share in zip(options, statistics.shares(answers, np.eye(3, dtype=bool)), strict=True):
        record = records[f"{id_}/share/{option}"]
        same([share.estimate, share.standard_error], [record["estimate"], record["se"]], tolerance)
    total = statistics.totals(answers, np.eye(3, dtype=bool))[options.index("yes")]
    record = records[f"{id_}/total"]
    same([total.estimate, total.standard_error], [record["estimate"], record["se"]], tolerance)
    test = statistics.rao_scott(answers, np.eye(3, dtype=bool), df=design.df)
    record = records[f"{id_}/rao-scott"]
    ours = [test.statistic, test.df1, test.df2, test.p]
    same(ours, [record[key] for key in ("statistic", "df1", "df2", "p")], tolerance)
    check_ratings(case, id_, design, roles)


def check_ratings(case, id_, design, roles):
    cube, labels, _ = cube_of(case, "rating", design, by="role")
    values, groups = np.array(labels, dtype=float), range(len(roles))
    found = {
        "mean": statistics.mean(cube, values),
        "at most 6": statistics.shares(cube, (values <= 6)[None])[0],
        **{f"group/{roles[one]}": statistics.mean(cube, values, domain=cube.group(one)) for one in groups},
        "difference": next(
            one
            for one in statistics.pairwise(cube, values)
            if (roles[one.a], roles[one.b]) == ("social_worker", "team_manager")
        ),
    }
    for name, ours in found.items():
        record = case.records[f"{id_}/{name}"]
        same([ours.estimate, ours.standard_error], [record["estimate"], record["se"]], case.tolerance)


def design_of(case, weight, *, strata=None, clusters=None, population=None):
    return statistics.design(
        case.size,
        weight=weight,
        stratum=case.codes(strata)[0] if strata else None,
        cluster=case.codes(clusters)[0] if clusters else None,
        population=population,
    )


def margins_of(case):
    targets = case.records["margins"]["margins"]
    return [statistics.margin(name, case.columns[name], shares) for name, shares in targets.items()]


@pytest.mark.parametrize(
    ("id_", "columns"),
    [
        ("calibrate", {}),
        ("clusters", {"strata": "type", "clusters": "org"}),
        ("finite", {"strata": "type", "population": np.array([700.0, 900.0])}),
    ],
)
def test_raking_from_own_weights_with_people_of_no_region(id_, columns):
    case = Case("41_raked_own_weights")
    design = design_of(case, case.numbers("w"), **columns)

    outcome = statistics.rake(design, margins_of(case))

    assert outcome.converged
    check_design(case, id_, outcome.design)


def test_the_errors_of_rake_leave_own_weights_out_of_the_regression():
    case = Case("41_raked_own_weights")
    outcome = statistics.rake(design_of(case, case.numbers("w")), margins_of(case))

    check_design(case, "rake", statistics.calibrated(outcome.fixed, margins_of(case)))


def test_raking_under_a_cap():
    case = Case("42_raked_under_a_cap")
    base = case.numbers("w") * 300 / case.numbers("w").sum()

    outcome = statistics.rake(design_of(case, base), margins_of(case), trim=1.9)

    assert outcome.capped == case.records["capped/weights"]["capped"] > 0
    check_design(case, "capped", outcome.design)


@pytest.mark.parametrize(
    ("id_", "columns"), [("simple", {}), ("clusters", {"strata": "type", "clusters": "org"})]
)
def test_post_stratification(id_, columns):
    case = Case("43_post_stratified")
    targets = {tuple(cell.split()): share for cell, share in case.records["cells"]["cells"].items()}
    length = ["long" if years == "11+" else "short" for years in case.columns["years"]]
    cells = statistics.margin("cells", list(zip(case.columns["type"], length, strict=True)), targets)
    design = design_of(case, case.numbers("w"), **columns)

    check_design(case, id_, statistics.post_stratify(design, cells, total=1200).design)


@pytest.mark.parametrize(
    ("id_", "columns", "options"),
    [
        ("linear", {}, {}),
        ("linear, clusters", {"strata": "type", "clusters": "org"}, {}),
        ("linear, bounded", {}, {"bounds": (0.7, 1.4)}),
        ("logit", {}, {"distance": "logit", "bounds": (0.6, 1.6)}),
        ("raking", {}, {"distance": "raking"}),
    ],
)
def test_calibration_to_a_margin_and_a_total(id_, columns, options):
    case = Case("44_calibrated")
    record = case.records["totals"]
    role = statistics.margin("role", case.columns["role"], record["margin"])
    caseload = statistics.KnownTotal("caseload", case.numbers("caseload"), record["caseload"])
    base = case.numbers("w") * record["N"] / case.numbers("w").sum()
    design = design_of(case, base, **columns)

    outcome = statistics.calibrate(design, [*statistics.known_totals(role, record["N"]), caseload], **options)

    check_design(case, id_, outcome.design)


def check_replicates(case, id_, replicates, *, around_estimate=False):
    ratings, loads = case.numbers("rating"), case.numbers("caseload")
    yes, roles = np.array(case.columns["q"]) == "yes", np.array(case.columns["role"])

    def numbers(weight):
        groups = [
            statistics.row_means(ratings, roles == one)(weight) for one in ("social_worker", "team_manager")
        ]
        both = statistics.row_means(np.stack([yes, ratings], axis=1))(weight)
        return np.concatenate([both, *groups, [weight @ ratings / (weight @ loads)]])

    found = statistics.replicated(replicates, numbers, around_estimate=around_estimate)
    record = case.records[id_]
    same(found.estimates[:2], record["estimates"], 1e-7)
    same(found.covariance[:2, :2].ravel(), record["covariance"], case.tolerance)
    if (
        getattr(replicates, "reweight", None) is None
    ):  # R takes the rank of the replicates' matrix, which fitting changes
        assert found.df == record["df"]
    difference, ratio = found.contrast(np.array([0, 0, 1, -1, 0])), found.each()[4]
    for name, ours in (("difference", difference), ("ratio", ratio)):
        record = case.records[f"{id_}/{name}"]
        same([ours.estimate, ours.standard_error], [record["estimate"], record["se"]], case.tolerance)


JACKKNIVES = {
    "JK1, rows": {},
    "JK1, clusters": {"clusters": "org"},
    "JKn, clusters in strata": {"strata": "type", "clusters": "org"},
    "JKn, finite": {"strata": "type", "clusters": "org", "population": np.array([20.0, 24.0])},
}


@pytest.mark.parametrize("id_", JACKKNIVES)
def test_jackknife(id_):
    case = Case("45_jackknife")

    check_replicates(case, id_, statistics.jackknife(design_of(case, case.numbers("w"), **JACKKNIVES[id_])))


def test_a_jackknife_around_the_estimate():
    case = Case("45_jackknife")
    replicates = statistics.jackknife(design_of(case, case.numbers("w"), clusters="org"))

    check_replicates(case, "JK1, around the estimate", replicates, around_estimate=True)


@pytest.mark.parametrize(
    ("id_", "which"),
    [
        ("JK1, rows, raked", ("role", "years")),
        ("JKn, clusters in strata, raked", ("role", "years")),
        ("JKn, clusters in strata, post-stratified", ("years",)),
    ],
)
def test_a_jackknife_that_weights_again_in_every_replicate(id_, which):
    case = Case("45_jackknife")
    margins = [one for one in margins_of(case) if one.name in which]
    design = design_of(case, case.numbers("w"), **JACKKNIVES[id_.rpartition(", ")[0]])

    replicates = statistics.jackknife(design, reweight=lambda base: statistics.raked_weights(base, margins))

    check_replicates(case, id_, replicates)


REPLICATES = {
    "BRR": ("brr", 1 / 16),
    "Fay": ("fay", 1 / (16 * 0.7**2)),
    "bootstrap": ("boot", 1 / 19),
    "bootstrap, around the estimate": ("boot", 1 / 19),
    "JKn": ("jkn", np.full(24, 0.5)),
}


@pytest.mark.parametrize("id_", REPLICATES)
def test_replicate_weights_that_came_with_the_file(id_):
    case = Case("46_replicate_weights")
    prefix, scales = REPLICATES[id_]
    columns = [case.numbers(one) for one in case.columns if one.startswith(prefix)]
    replicates = statistics.given_replicates(case.numbers("w"), np.stack(columns, axis=1), scales=scales)
    yes, ratings = np.array(case.columns["q"]) == "yes", case.numbers("rating")
    managers, loads = case.numbers("manager") == 1, case.numbers("caseload")

    def numbers(weight):
        both = statistics.row_means(np.stack([yes, ratings], axis=1))(weight)
        groups = [statistics.row_means(ratings, one)(weight) for one in (~managers, managers)]
        return np.concatenate([both, *groups, [weight @ ratings / (weight @ loads)]])

    around = id_.endswith("the estimate")
    found = statistics.replicated(replicates, numbers, around_estimate=around)

    record, tolerance = case.records[id_], case.tolerance
    same(found.estimates[:2], record["estimates"], tolerance)
    same(found.covariance[:2, :2].ravel(), record["covariance"], tolerance)
    assert found.df == record["df"]
    same([*found.each()[1][3:5]], case.records[f"{id_}/rating"]["ci95_t"], tolerance)
    difference, ratio = found.contrast(np.array([0, 0, -1, 1, 0])), found.each()[4]
    for name, ours in (("difference", difference), ("ratio", ratio)):
        record = case.records[f"{id_}/{name}"]
        same([ours.estimate, ours.standard_error], [record["estimate"], record["se"]], tolerance)
