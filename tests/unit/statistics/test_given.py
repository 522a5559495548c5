"""What is handed to the room in Python: lists and columns are taken like arrays, the rest is one sentence."""

import numpy as np
import pandas as pd
import pytest

from canvass import statistics as st

NAN = float("nan")


def four(**columns):
    return st.design(4, **columns)


def cube(design=None):
    return st.count([0, 1, 0, 1], cells=2, design=design or four(), group=[0, 0, 1, 1], groups=2)


@pytest.mark.parametrize("form", [list, np.array, pd.Series, lambda one: pd.Series(one, dtype=object)])
def test_lists_arrays_and_columns_are_one(form):
    design = four(weight=form([1, 2, 1.5, 1]), stratum=form(["n", "n", "s", "s"]))
    codes, values = st.coded_numbers(form([7, None, 9, 7]))
    found = st.mean(st.count(codes.tolist(), cells=2, design=design), values.tolist())

    assert design.units.tolist() == [2, 2]
    assert (found.base, found.estimate) == (3, pytest.approx(27.5 / 3.5))


@pytest.mark.parametrize("codes", [[0, 0, 2, 2], [9, 9, 4, 4], ["b", "b", "a", "a"]])
def test_a_gap_between_strata_or_clusters_is_no_stratum(codes):
    """An empty stratum would take a degree of freedom."""
    assert four(stratum=codes).df == 2
    assert four(cluster=codes).units.tolist() == [2]


def test_a_population_a_stratum_is_in_the_order_of_their_labels():
    assert four(stratum=["s", "s", "n", "n"], population=[20, 30]).population.tolist() == [20, 30]


@pytest.mark.parametrize("nothing", [None, "", NAN, pd.NA, pd.NaT])
def test_nothing_is_no_answer(nothing):
    codes, labels = st.coded_labels(["b", nothing, "a"])
    margin = st.margin("x", ["b", nothing, "a"], {"a": 0.5, "b": 0.5})

    assert (codes.tolist(), labels) == ([1, -1, 0], ("a", "b"))
    assert margin.codes.tolist() == [1, -1, 0]


WRONG = {
    "text as weight": lambda: four(weight=["heavy", 1, 1, 1]),
    "no weight": lambda: four(weight=[None, 1, 1, 1]),
    "a weight of 0": lambda: four(weight=[0, 1, 1, 1]),
    "a negative weight": lambda: four(weight=[-1, 1, 1, 1]),
    "an infinite weight": lambda: four(weight=[np.inf, 1, 1, 1]),
    "weights of three": lambda: four(weight=[1, 1, 1]),
    "no stratum": lambda: four(stratum=["a", None, "a", "a"]),
    "a stratum of NaN among texts": lambda: four(stratum=["a", NAN, "a", "a"]),
    "a stratum of a number among texts": lambda: four(stratum=["a", 1, "a", 1]),
    "a stratum of -1": lambda: four(stratum=[0, 0, -1, -1]),
    "a stratum of text and numbers": lambda: four(stratum=np.array(["a", 1, "a", 1], dtype=object)),
    "clusters in a table": lambda: four(cluster=[[1, 2], [3, 4]]),
    "text as population": lambda: four(population="many"),
    "no population": lambda: four(population=NAN),
    "three populations": lambda: four(stratum=[0, 0, 1, 1], population=[4, 5, 6]),
    "half a row": lambda: st.design(2.5),
    "text as codes": lambda: st.count(["a", "b", "a", "b"], cells=2, design=four()),
    "codes of three": lambda: st.count([0, 1, 0], cells=2, design=four()),
    "half a code": lambda: st.count([0, 1, 0, 0.5], cells=2, design=four()),
    "values of three cells": lambda: st.mean(cube(), [1, 2, 3]),
    "an infinite value": lambda: st.mean(cube(), [1, np.inf]),
    "an infinite value of groups": lambda: st.pairwise(cube(), [1, np.inf]),
    "text among numbers": lambda: st.coded_numbers([1, "x"]),
    "text and numbers": lambda: st.coded_labels(["a", 1]),
    "a choice of 2": lambda: st.coded_choices([[2, 0]], [True]),
    "no such group": lambda: cube().group(2),
    "people in no group": lambda: cube().group(-1),
    "a short mask": lambda: st.shares(cube(), np.eye(2, dtype=bool), domain=np.array([True])),
    "a mask of numbers": lambda: st.quantile(cube(), [1, 2], 0.5, domain=np.ones(6)),
    "a quantile of 2": lambda: st.quantile(cube(), [1, 2], 2),
    "a level of 95": lambda: st.mean(cube(), [1, 2], level=95),
    "a level of 0": lambda: st.shares(cube(), np.eye(2, dtype=bool), level=0),
    "no level": lambda: st.pairwise(cube(), [1, 2], level=NAN),
    "an interval without df": lambda: st.student(1.0, 0.1, 0),
    "a logit of 0": lambda: st.logit(0.0, 0.1, 10),
    "a wilson of nobody": lambda: st.wilson(0.5, 0, 10),
    "no p": lambda: st.holm([0.1, NAN]),
    "a p of 2": lambda: st.benjamini_hochberg([0.1, 2]),
    "more hits than people": lambda: st.fisher(5, 4, 1, 4),
    "half a person": lambda: st.permutation([[0.5, 2], [3, 4]], np.random.default_rng(1)),
    "text as share": lambda: st.margin("x", ["a"], {"a": "half"}),
    "one share of two": lambda: st.margin_of_codes("x", [0, 1], ["a", "b"], [1.0]),
    "text as total": lambda: st.calibrate(four(), [st.KnownTotal("x", np.ones(4), "many")]),
    "no such distance": lambda: st.calibrate(four(), [st.KnownTotal("x", np.ones(4), 5)], distance="cubic"),
    "values of three rows": lambda: st.replicated(st.jackknife(four()), st.row_means([1, 2, 3])),
    "text as replicates": lambda: st.given_replicates([1, 1], [["a", 1], [1, 1]], scales=1),
    "replicates of three rows": lambda: st.given_replicates([1, 1], np.ones((3, 4)), scales=1),
    "negative replicates": lambda: st.given_replicates([1, 1], [[1, -1], [1, 1]], scales=1),
    "three scales of two": lambda: st.given_replicates([1, 1], [[1, 0], [0, 1]], scales=[1, 1, 1]),
    "a reach of 0": lambda: st.power.answers_for_reach(0, 0.5),
    "no difference": lambda: st.power.answers_for_difference(NAN, 0.5),
    "no change": lambda: st.power.answers_for_change(0, 0.5),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_one_sentence(wrong):
    with pytest.raises(ValueError) as refused:  # DesignError and WeightingError, too
        wrong()

    said = str(refused.value)
    assert said.endswith(".") or said.startswith(("codes", "group"))
    assert "\n" not in said
    assert "ufunc" not in said
