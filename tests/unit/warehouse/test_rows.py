"""The rows of a closed poll, divided by profile, by another answer, by several; persons of linked polls."""

from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvass import instrument, tables, warehouse
from canvass.statistics import design
from canvass.warehouse import Ballot

TEXT = """
poll: small
title: Small
category: practice
confidentiality: {level}
items:
  - {{id: hours, kind: single, text: Hours, options: [many, few, none], not_applicable: Not for me}}
  - {{id: happy, kind: rating, text: Happy, scale: {{from: 0, to: 2, low: no, high: "yes"}}}}
  - {{id: ways, kind: multiple, text: Ways, options: [x, y]}}
"""
POLL = instrument.load(TEXT.format(level="confidential"))
LINKED = instrument.load(TEXT.format(level="linked"))
SHOWN = ("hours", "happy", "ways")
BALLOTS = [
    Ballot({"hours": "many", "happy": 0}, SHOWN, 1, {"role": "Worker", "region": "North"}, "p1"),
    Ballot({"hours": "few", "happy": 2}, SHOWN, 1, {"role": "Manager", "region": "North"}, "p2"),
    Ballot({"hours": {"missing": "not_applicable"}, "happy": 2}, SHOWN, 1, {"role": "Worker"}, "p3"),
    Ballot({"happy": 1, "ways": ["x"]}, SHOWN, 2, {"role": "Worker", "region": "South"}, "p4"),
]


def rows_of(folder, poll=POLL, ballots=BALLOTS, **choices):
    manifest = warehouse.write(folder, poll, ballots)
    return warehouse.read_rows(folder, manifest, poll, **choices)


def people(cube):
    return cube.n[0].sum(axis=1).tolist()


def test_groups_of_a_field_stand_in_the_order_of_the_team(tmp_path):
    rows = rows_of(tmp_path)

    assert rows.by_field("role").labels == ("Manager", "Worker")
    assert rows.by_field("role", order=["Worker", "Trainee", "Manager"]).labels == ("Worker", "Manager")


def test_an_item_divides_people_by_its_options_and_leaves_out_who_gave_none(tmp_path):
    rows = rows_of(tmp_path)

    hours = rows.by_item("hours")
    (happy,) = rows.count(hours, items=["happy"])

    assert hours.labels == ("many", "few", "none")
    assert people(happy.cube) == [1, 1, 0, 2]  # the last two: not applicable, and no answer


def test_a_rating_divides_people_by_its_points(tmp_path):
    assert rows_of(tmp_path).by_item("happy").labels == ("0", "1", "2")


def test_what_people_choose_several_of_divides_nobody(tmp_path):
    with pytest.raises(ValueError, match="divide nobody"):
        rows_of(tmp_path).by_item("ways")


def test_an_unknown_item_or_field_is_a_key_error(tmp_path):
    rows = rows_of(tmp_path)

    with pytest.raises(KeyError):
        rows.by_item("hourz")
    with pytest.raises(KeyError):
        rows.by_field("rolle")


def test_several_divisions_cross_in_their_occupied_cells(tmp_path):
    rows = rows_of(tmp_path)

    crossed = rows.by_several([rows.by_field("region"), rows.by_field("role")])

    assert crossed.labels == ("North · Manager", "North · Worker", "South · Worker")
    assert sorted(crossed.codes.tolist()) == [-1, 0, 1, 2]  # who told no region is in none


def test_weights_are_counted_with_the_people(tmp_path):
    rows = rows_of(tmp_path)

    (happy,) = rows.under(design(4, weight=np.full(4, 2.0))).count(items=["happy"])

    assert happy.cube.weight(happy.cube.everyone) == 8.0


def test_versions_keep_their_own_rows(tmp_path):
    rows = rows_of(tmp_path, versions={2})

    assert (rows.rows, rows.profiles["region"].texts()) == (1, ["South"])


def test_only_a_linked_poll_knows_persons(tmp_path):
    assert rows_of(tmp_path / "a").persons is None
    assert sorted(rows_of(tmp_path / "b", LINKED).persons) == ["p1", "p2", "p3", "p4"]


def test_persons_stand_beside_their_own_answers(tmp_path):
    rows = rows_of(tmp_path, LINKED)

    regions = dict(zip(rows.persons, rows.profiles["region"].texts(), strict=True))

    assert regions == {"p1": "North", "p2": "North", "p3": "", "p4": "South"}


def test_persons_who_answered_alike_give_the_same_bytes_in_any_order(tmp_path):
    twins = [Ballot({"happy": 1}, SHOWN, 1, {}, person) for person in ("p9", "p8")]

    assert warehouse.write(tmp_path, LINKED, twins) == warehouse.write(tmp_path, LINKED, twins[::-1])


def test_groups_that_are_put_together_stand_where_the_first_stood(tmp_path):
    hours = rows_of(tmp_path).by_item("hours")

    merged = hours.merged([("some", ["few", "many"])])

    assert merged.labels == ("some", "none")
    assert sorted(merged.codes.tolist()) == [-1, -1, 0, 0]


def test_some_people_are_a_domain_of_everybody(tmp_path):
    """Workers are the first, the third and the fourth; of them one said many and one had no such hours."""
    rows = rows_of(tmp_path)
    role = rows.by_field("role")
    workers = role.codes == role.labels.index("Worker")

    hours, happy, _ = rows.among(workers).count()

    assert hours.asked == 3
    assert hours.cube.people(hours.cube.everyone) == 2
    assert happy.cube.people(happy.cube.everyone) == 3
    (everybody,) = rows.count(items=["hours"])
    assert everybody.cube.units.tolist() == hours.cube.units.tolist()


ANSWERS = st.lists(
    st.tuples(st.sampled_from(["many", "few", "none"]), st.integers(0, 2), st.sampled_from("ABC")),
    min_size=12,
    max_size=60,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANSWERS, st.integers(1, 1000))
def test_a_group_by_itself_has_the_numbers_of_its_column(tmp_path, answers, seed):
    """Estimates and standard errors of people looked at alone are those that they have beside the others;
    degrees of freedom are their own."""
    ballots = [
        Ballot({"hours": hours, "happy": happy}, SHOWN, 1, {"role": role}, f"p{place}")
        for place, (hours, happy, role) in enumerate(answers)
    ]
    rows = rows_of(tmp_path / uuid4().hex, ballots=ballots)
    rows = rows.under(design(rows.rows, weight=np.random.default_rng(seed).uniform(0.5, 2, len(answers))))
    role = rows.by_field("role")

    for place, label in enumerate(role.labels):
        alone = rows.among(role.codes == place).count(items=["hours", "happy"])
        for one, whole in zip(alone, rows.count(role, items=["hours", "happy"]), strict=True):
            found = tables.topline(one)
            column = tables.crosstab(whole, "role", role.labels).groups[place]
            assert found.base == column.base == sum(of == label for *_, of in answers)
            for own, beside in zip(found.figures, column.figures, strict=True):
                assert own.estimate == pytest.approx(beside.estimate)
                if own.statistic != "median":
                    assert own.standard_error == pytest.approx(beside.standard_error)


def test_people_are_divided_by_what_they_answered_before(tmp_path):
    """p1 and p3 answered both; p4 comes new and is in no group."""
    first = rows_of(tmp_path / "first", LINKED, BALLOTS[:3])
    later = [BALLOTS[2], BALLOTS[0], BALLOTS[3]]
    second = rows_of(tmp_path / "second", LINKED, later)

    before = second.by_earlier(first, first.by_item("happy"))

    assert before.labels == ("0", "1", "2")
    assert dict(zip(second.persons, before.codes, strict=True)) == {"p3": 2, "p1": 0, "p4": -1}


def test_what_was_answered_before_divides_only_people_who_are_known(tmp_path):
    first, second = rows_of(tmp_path / "first", LINKED), rows_of(tmp_path / "second", POLL)

    with pytest.raises(ValueError, match="linked polls only"):
        second.by_earlier(first, first.by_item("happy"))
