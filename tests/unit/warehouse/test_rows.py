"""The rows of a closed poll, divided by profile, by another answer, by several; persons of linked polls."""

import numpy as np
import pytest

from canvass import instrument, warehouse
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
