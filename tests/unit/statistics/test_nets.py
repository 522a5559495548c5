"""Nets, boxes, bands and net scores as rows over cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass import statistics

POINTS = np.arange(11.0)
WITH_NONE = np.append(POINTS, np.nan)


def share_of(codes, row):
    cube = statistics.count(np.array(codes), cells=len(row), design=statistics.design(len(codes)))
    return statistics.shares(cube, row[None])[0]


def test_who_gave_two_of_the_answers_counts_once():
    """Cells: both, the first alone, the second alone, neither."""
    chosen = np.array([[True, True, False, False], [True, False, True, False]])

    net = share_of([0, 0, 1, 2, 3], statistics.net(chosen, (0, 1)))

    assert (net.n, net.estimate) == (4, 0.8)


def test_boxes_go_by_the_scale_and_not_by_what_was_chosen():
    assert statistics.top_box(WITH_NONE, 9).nonzero()[0].tolist() == [9, 10]
    assert statistics.bottom_box(WITH_NONE, 1).nonzero()[0].tolist() == [0, 1]
    assert share_of([8, 8, 7], statistics.top_box(POINTS, 9)).estimate == 0


@pytest.mark.parametrize("bands", [statistics.WELL_BEING, statistics.ANXIETY])
def test_every_point_lies_in_one_band(bands):
    inside = statistics.bands(WITH_NONE, bands)

    assert inside.sum(axis=0).tolist() == [1] * 11 + [0]


def test_the_bands_of_anxiety_are_others():
    """4 is low well-being, and medium anxiety; 6 is medium well-being, and high anxiety."""
    names = {
        point: (
            statistics.WELL_BEING[statistics.bands(POINTS)[:, point].argmax()].name,
            statistics.ANXIETY[statistics.bands(POINTS, statistics.ANXIETY)[:, point].argmax()].name,
        )
        for point in (1, 4, 6, 10)
    }

    assert names == {
        1: ("low", "very low"),
        4: ("low", "medium"),
        6: ("medium", "high"),
        10: ("very high", "high"),
    }


@given(st.lists(st.integers(0, 10), min_size=1, max_size=40))
def test_a_net_score_is_one_side_less_the_other(answers):
    top, bottom = statistics.top_box(POINTS, 9), statistics.bottom_box(POINTS, 6)
    cube = statistics.count(np.array(answers), cells=11, design=statistics.design(len(answers)))

    score = statistics.mean(cube, statistics.net_score_values(top, bottom)).estimate

    promoters, detractors = (share_of(answers, row).estimate for row in (top, bottom))
    assert score == pytest.approx(100 * (promoters - detractors))
    assert score == pytest.approx(statistics.mean(cube, statistics.net_promoter_values(POINTS)).estimate)


def test_a_net_score_leaves_out_whom_it_does_not_concern():
    values = statistics.net_score_values(
        np.array([True, False, False]), np.array([False, True, False]), np.array([True, True, False])
    )

    assert values.tolist()[:2] == [100, -100]
    assert np.isnan(values[2])
