"""Cubes as rows of the desk store give the numbers that they gave before, for every kind of item."""

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import instrument, tables, warehouse
from canvass.analysis import cubes

POLL = """\
poll: every-kind
title: Every kind
category: practice
items:
  - {id: one, kind: single, text: One?, options: [a, b, c], prefer_not_to_say: Rather not}
  - {id: many, kind: multiple, text: Many?, options: [a, b, {label: none, exclusive: true}]}
  - {id: rated, kind: rating, text: Rated?, not_applicable: Not mine}
  - {id: grid, kind: grid_rating, text: Grid?, rows: [x, y], scale: {from: 1, to: 5}}
  - {id: lines, kind: grid_single, text: Lines?, rows: [x, y], options: [up, down]}
  - {id: order, kind: ranking, text: Order?, options: [a, b, c], choose: 2}
  - {id: many_children, kind: number, text: How many?, min: 0, max: 50}
  - {id: words, kind: text, text: Why?}
"""
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "one": st.sampled_from(["a", "b", "c", {"missing": "prefer_not_to_say"}]),
        "many": st.sampled_from([["a"], ["a", "b"], ["none"], []]),
        "rated": st.one_of(st.integers(0, 10), st.just({"missing": "not_applicable"})),
        "grid": st.fixed_dictionaries({"x": st.integers(1, 5)}, optional={"y": st.integers(1, 5)}),
        "lines": st.fixed_dictionaries({"x": st.sampled_from(["up", "down"])}),
        "order": st.sampled_from([["a", "b"], ["c", "a"], ["b", "c"]]),
        "many_children": st.integers(0, 50),
        "words": st.just("Because"),
    },
)


@cache
def poll() -> instrument.Instrument:
    return instrument.load(POLL, name="every-kind.yaml")


@settings(max_examples=25, deadline=None)
@given(st.lists(ANSWERS, max_size=12))
def test_a_cube_out_of_the_store_gives_the_topline_of_the_cube_put_in(given_answers):
    shown = [item.id for item in poll()]
    with TemporaryDirectory() as folder:
        ballots = [warehouse.Ballot(answers, shown) for answers in given_answers]
        manifest = warehouse.write(Path(folder), poll(), ballots)
        made = warehouse.count(Path(folder), manifest, poll())

    kept = json.loads(json.dumps({name: cubes.dump(found) for name, found in made.items()}))

    again = {name: cubes.restore(poll().item(name), values) for name, values in kept.items()}
    assert tables.toplines(poll(), again) == tables.toplines(poll(), made)


def test_a_number_that_stands_for_none_is_null_in_the_store():
    with TemporaryDirectory() as folder:
        manifest = warehouse.write(Path(folder), poll(), [warehouse.Ballot({"rated": 7}, ["rated"])])
        made = warehouse.count(Path(folder), manifest, poll())

    (kept,) = cubes.dump(made["rated"])

    assert kept["values"] == [*range(11), None]
    assert np.isnan(cubes.restore(poll().item("rated"), [kept])[0].cells.values[-1])
