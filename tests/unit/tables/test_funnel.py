"""The funnel as a value: counts, and the part of each that went on."""

import pytest

from canvass.tables import Conversion, Funnel, Step, conversion


def funnel(*counts, mailed=1):
    return Funnel(
        "Hours", tuple(Step(f"step {place}", count) for place, count in enumerate(counts)), (), mailed
    )


def test_participation_has_exact_limits():
    share = conversion(135, 1237)

    # R: binom.test(135, 1237)$conf.int
    assert (round(share.share, 4), round(share.low, 4), round(share.high, 4)) == (0.1091, 0.0923, 0.1279)


def test_of_nobody_there_is_no_share_and_of_one_person_no_limits():
    assert conversion(0, 0) == Conversion(None)
    assert conversion(1, 1) == Conversion(1.0)


def test_a_step_is_part_of_the_last_step_that_was_measured():
    found = funnel(878, 800, None, 135)

    assert found.of_previous(0) == found.of_previous(2) == Conversion(None)
    assert found.of_previous(1).share == 800 / 878
    assert found.of_previous(3) == found.of_mailed(3) == conversion(135, 800)
    assert found.of_mailed(1) == Conversion(None)
    assert found.whole == 878


@pytest.mark.parametrize("mailed", [-1, 2])
def test_participation_must_be_of_a_step_that_is_there(mailed):
    with pytest.raises(ValueError, match="is not there"):
        funnel(4, 3, mailed=mailed)


def test_nobody_can_be_less_than_nobody():
    with pytest.raises(ValueError, match="less than nobody"):
        funnel(4, -3)
