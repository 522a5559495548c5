"""The noise guard: what is tested, corrected in which family, coloured, and put into which words."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass import statistics
from canvass.instrument import Item, Kind, Option
from canvass.instrument.model import Row, Scale
from canvass.tables import Change, Figure, Line, Trend, Wave, crosstab, letters, noise_guard
from canvass.tables.noise_guard import Comparison, Found, Obstacle, Side, Sort, Stamp, Verdict
from canvass.tables.noise_guard.sentences import _CLEAR, _UNCLEAR
from canvass.tables.values import HiddenFigure, Reason, Suppressed
from canvass.warehouse import Cells, ItemCube

MARCH, JUNE = Side("March 2022", 0.41, 49, 120, 120.0), Side("June 2022", 0.52, 80, 153, 153.0)
ROSE = Comparison(
    "k", Sort.CHANGE, "share", "“every week”", JUNE, MARCH, Found(0.11, 0.02, 0.2, 0.01), overlap=96
)
LONDON, WALES = Side("“London”", 0.62, 74, 120, 120.0), Side("“Wales”", 0.45, 90, 200, 200.0)
DIFFER = Comparison("d", Sort.GROUPS, "share", "“yes”", LONDON, WALES, Found(0.17, 0.06, 0.28, 0.001))


def with_p(one, p, estimate=None):
    return replace(one, found=one.found._replace(p=p, estimate=estimate or one.found.estimate))


def judged(one):
    (found,) = noise_guard.judge([one])
    return found


@pytest.mark.parametrize(
    ("p", "estimate", "verdict"),
    [(0.049, 0.11, Verdict.UP), (0.049, -0.11, Verdict.DOWN), (0.05, 0.11, Verdict.NONE)],
)
def test_only_a_test_makes_a_change(p, estimate, verdict):
    assert judged(with_p(ROSE, p, estimate)).verdict is verdict


def test_found_comparisons_are_corrected_together():
    """Sorted 0.01·3/1, 0.04·3/2, 0.04·3/3: 0.03, 0.04, 0.04."""
    found = noise_guard.judge(
        [replace(with_p(ROSE, p), key=key) for key, p in (("a", 0.04), ("b", 0.01), ("c", 0.04))]
    )

    assert [one.p_adjusted for one in found] == pytest.approx([0.04, 0.03, 0.04])


def test_planned_comparisons_are_a_family_of_their_own():
    """One planned comparison among twenty found ones without anything in them."""
    planned = replace(with_p(ROSE, 0.04), key="plan", stamp=Stamp.PLANNED)
    others = [replace(with_p(ROSE, 0.5), key=str(one)) for one in range(20)]

    first, *rest = noise_guard.judge([planned, *others])
    as_found, *_ = noise_guard.judge([replace(planned, stamp=Stamp.FOUND), *others])

    assert (first.verdict, first.p_adjusted) == (Verdict.UP, 0.04)
    assert first.method.startswith(
        "Planned; t test of the difference with its covariance; p = 0.040 after Holm"
    )
    assert {one.verdict for one in rest} == {as_found.verdict} == {Verdict.NONE}


def test_one_test_that_stands_there_twice_is_counted_once():
    twice = noise_guard.judge([with_p(DIFFER, 0.03), replace(with_p(DIFFER, 0.03), this=WALES, other=LONDON)])

    assert [(one.p_adjusted, one.tests) for one in twice] == [(0.03, 1), (0.03, 1)]


@pytest.mark.parametrize(
    ("this", "obstacle", "sentence"),
    [
        (
            replace(JUNE, base=29, n=15, effective_base=29.0),
            Obstacle.FEW,
            "Too few people answered to compare “every week”: 29 (June 2022). A test needs 30 on both sides.",
        ),
        (
            replace(JUNE, base=9, n=5, effective_base=9.0),
            Obstacle.FEW,
            "Too few people answered to compare “every week”: 9 (June 2022). A test needs 30 on both sides.",
        ),
        (
            replace(JUNE, effective_base=29.4),
            Obstacle.FEW,
            "Too few people answered to compare “every week”: 153, worth 29.4 after weighting (June 2022). "
            "A test needs 30 on both sides.",
        ),
        (replace(JUNE, base=30, effective_base=30.0), None, None),
    ],
)
def test_there_is_no_test_under_thirty(this, obstacle, sentence):
    found = judged(replace(ROSE, this=this))

    assert found.obstacle is obstacle
    assert found.verdict is (Verdict.UP if obstacle is None else Verdict.NOT_TESTED)
    assert found.p is None or obstacle is None
    assert sentence is None or found.sentence == sentence


def test_a_rare_answer_is_tested_exactly_or_not_at_all():
    """1 of 40 against 5 of 45: 2.8 people expected. R: fisher.test(matrix(c(1, 39, 5, 40), 2))$p.value."""
    one, five = Side("“A”", 1 / 40, 1, 40, 40.0), Side("“B”", 5 / 45, 5, 45, 45.0)
    rare = replace(with_p(DIFFER, 0.0001), this=one, other=five)

    exact, none = judged(replace(rare, counts_alike=True)), judged(rare)

    assert (exact.exact, exact.p) == (True, pytest.approx(0.2068444578))
    assert exact.method.startswith("Found; Fisher's exact test; p = 0.207 after")
    assert (none.obstacle, none.p) == (Obstacle.RARE, None)
    assert none.sentence.startswith("No test for “yes”, “A” (3%, base 40) and “B” (11%, base 45): too few")


def test_groups_that_answer_each_in_one_voice_differ_clearly():
    """No variation, so no t test: 40 of 40 against none of 40 is settled by counting."""
    all_, none = Side("“A”", 1.0, 40, 40, 40.0), Side("“B”", 0.0, 0, 40, 40.0)
    apart = replace(DIFFER, this=all_, other=none, found=Found(1.0, None, None, None))

    assert judged(replace(apart, counts_alike=True)).verdict is Verdict.UP
    assert judged(apart).obstacle is Obstacle.ALIKE


def test_what_is_withheld_is_not_told():
    found = judged(replace(DIFFER, hidden=True))

    assert (found.verdict, found.obstacle) == (Verdict.NOT_TESTED, Obstacle.HIDDEN)
    assert not any(sign.isdigit() for sign in found.sentence)


@pytest.mark.parametrize(
    ("one", "sentences"),
    [
        (
            ROSE,
            {
                "“Every week” rose from 41% (March 2022, base 120) to 52% (June 2022, base 153).",
                "“Every week” went up: 52% (June 2022, base 153), after 41% (March 2022, base 120).",
                "A clear rise in “every week”: from 41% (March 2022, base 120) to 52% (June 2022, base 153).",
            },
        ),
        (
            DIFFER,
            {
                "“Yes” is more common in “London” (62%, base 120) than in “Wales” (45%, base 200).",
                "In “London” (62%, base 120) “yes” is clearly more common than in “Wales” (45%, base 200).",
                "“Yes” is clearly more common in “London” (62%, base 120), against “Wales” (45%, base 200).",
            },
        ),
    ],
)
def test_every_phrasing_says_both_numbers_and_both_bases(one, sentences):
    assert {judged(replace(one, key=str(key))).sentence for key in range(40)} == sentences


def test_a_comparison_keeps_its_phrasing():
    many = [replace(ROSE, key=str(key)) for key in range(9)]

    assert [one.sentence for one in noise_guard.judge(many)] == [judged(one).sentence for one in many]


def test_a_clear_change_that_rounds_away_gets_a_decimal_more():
    close = replace(ROSE, this=replace(JUNE, estimate=0.4149), other=replace(MARCH, estimate=0.4051))

    assert "40.5%" in judged(close).sentence
    assert "41.5%" in judged(close).sentence
    assert "41%" in judged(with_p(close, 0.5)).sentence


@given(
    st.sampled_from(list(Sort)),
    st.sampled_from(["share", "mean", "nps"]),
    st.floats(0, 1),
    st.integers(0, 999),
)
def test_no_sentence_claims_without_a_test_that_says_so(sort, statistic, p, key):
    found = judged(replace(with_p(ROSE, p), sort=sort, statistic=statistic, key=str(key)))

    assert found.is_clear == (p < 0.05)
    assert ("no clear" in found.sentence.lower()) == (not found.is_clear)
    assert found.sentence[0].isupper() or found.sentence[1].isupper()
    assert found.sentence.endswith(".")


def test_every_sort_has_its_words():
    assert set(_CLEAR) == set(_UNCLEAR) == set(Sort)
    assert all("no clear" in one.lower() for phrasings in _UNCLEAR.values() for one in phrasings)


def test_the_note_counts_families_and_what_was_not_tested():
    planned = replace(ROSE, key="p", stamp=Stamp.PLANNED)
    few = replace(ROSE, key="f", this=replace(JUNE, base=12, effective_base=12.0))

    note = noise_guard.note(noise_guard.judge([planned, ROSE, DIFFER, few]))

    assert "1 planned (Holm's correction) and 2 found (Benjamini and Hochberg's correction)" in note
    assert note.endswith("Not tested: 1.")
    assert noise_guard.note(noise_guard.judge([few])).startswith("Nothing is tested")


YES_NO = Item("helps", Kind.SINGLE, "Does it help?", options=(Option("yes", "yes"), Option("no", "no")))


def counted(counts):
    """People by group who said (yes, no), as a cube of a single choice."""
    codes = np.concatenate([np.repeat([0, 1], pair) for pair in counts])
    group = np.repeat(np.arange(len(counts)), [sum(pair) for pair in counts])
    cube = statistics.count(
        codes, cells=2, design=statistics.design(len(codes)), group=group, groups=len(counts)
    )
    cells = Cells(np.eye(2, dtype=bool), np.full(2, np.nan), np.empty((0, 2)), np.zeros(2, dtype=bool))
    return ItemCube(YES_NO, None, cube, cells, len(codes), 0)


def test_groups_of_a_crosstab_with_each_other_and_with_the_rest():
    cube = counted([(60, 20), (40, 40), (45, 35)])
    table = crosstab(cube, "region", ("London", "Wales", "North"))

    pairs = noise_guard.judge(noise_guard.between_groups(table, counts_alike=True))
    rest = noise_guard.judge(noise_guard.with_the_rest(table, cube))

    assert [one.verdict for one in pairs[:3]] == [Verdict.UP, Verdict.UP, Verdict.NONE]
    assert [one.verdict for one in rest[:3]] == [Verdict.UP, Verdict.DOWN, Verdict.NONE]
    assert rest[0].comparison.other == Side("all other groups", 85 / 160, 85, 160, 160.0)
    assert "“London” (75%, base 80)" in rest[0].sentence
    assert "all other groups (53%, base 160)" in rest[0].sentence


def test_what_the_public_table_withholds_is_not_compared_with_the_rest_either():
    """With four in Wales, London's rest less North would be Wales."""
    cube = counted([(60, 20), (3, 1), (45, 35)])
    table = crosstab(cube, "region", ("London", "Wales", "North"))
    wales = replace(table.groups[1], figures=tuple(withheld(one) for one in table.groups[1].figures))
    released = replace(table, groups=(table.groups[0], wales, table.groups[2]))

    pairs = noise_guard.judge(noise_guard.between_groups(released))
    rest = noise_guard.judge(noise_guard.with_the_rest(released, cube))

    assert [one.obstacle for one in pairs[:3]] == [Obstacle.HIDDEN, None, Obstacle.HIDDEN]
    assert {one.obstacle for one in rest} == {Obstacle.HIDDEN}


def withheld(one):
    return HiddenFigure(one.statistic, one.option, one.label, Suppressed(Reason.SMALL_GROUP))


def test_of_two_groups_the_rest_of_one_is_the_other():
    cube = counted([(60, 20), (40, 40)])
    table = crosstab(cube, "region", ("London", "Wales"))

    compared = [*noise_guard.with_the_rest(table, cube), *noise_guard.between_groups(table)]

    assert {one.tests for one in noise_guard.judge(compared)} == {2}  # of "yes" and of "no"


RATING = Item(
    "workload", Kind.GRID_RATING, "How big?", scale=Scale(0, 10), rows=(Row("travel", "Travelling"),)
)


def trend(changes):
    waves = tuple(
        Wave("p", "P", date(2022, month, 1), date(2022, month, 14), 150, 120, 120.0, None)
        for month in (1, 4, 4)
    )
    figures = tuple(Figure("mean", None, "mean", 120, mean) for mean in (6.5, 6.0, 6.1))
    line = Line("mean", None, "mean", figures, changes, (None, None, None))
    return Trend("workload", RATING, RATING.rows[0], waves, (line,))


def test_the_waves_of_a_trend():
    fell = Change(0, -0.5, 0.1, 200, -0.7, -0.3, 0.0001, 0.0002, None)
    same = Change(1, 0.1, 0.1, 200, -0.1, 0.3, 0.4, 0.4, None)
    found = trend((None, fell, same))

    down, none = noise_guard.judge(noise_guard.between_waves(found, found.lines[0]))

    assert (down.verdict, none.verdict) == (Verdict.DOWN, Verdict.NONE)
    assert "average for “Travelling”" in down.sentence
    assert "6.5 (January 2022, base 120)" in down.sentence
    assert "6.1 (14 April 2022, base 120)" in none.sentence
    assert down.method.endswith("the waves are taken as different people.")


def test_two_rows_of_a_grid_are_two_tests():
    fell = Change(0, -0.5, 0.1, 200, -0.7, -0.3, 0.0001, 0.0002, None)
    one = trend((None, fell, None))
    other = replace(one, row=Row("court", "Court work"))

    keys = {noise_guard.between_waves(made, made.lines[0])[0].key for made in (one, other)}

    assert len(keys) == 2


def test_how_many_answered_both_times_is_told_to_whom_the_door_shows_it():
    assert judged(replace(ROSE, overlap=3)).method.endswith("; 3 people answered both times.")


def test_a_rare_answer_gets_no_letter():
    """None of 60 against 7 of 60 has p under 0.05, but 3.5 people are expected."""
    cube = counted([(0, 60), (7, 53), (40, 20)])
    table = crosstab(cube, "region", ("London", "Wales", "North"))
    (pair,) = [one for one in table.differences if (one.option, one.a, one.b) == ("yes", "London", "Wales")]

    found = letters.higher_than(table, {"London": "A", "Wales": "B", "North": "C"}, 0.95)

    assert pair.p_adjusted < 0.05
    assert found["share", "yes", "North"] == "A B"
    assert ("share", "yes", "Wales") not in found


def test_the_causes_of_a_change():
    rng = np.random.default_rng(3)
    first = rng.integers(3, 9, 80)
    codes = np.concatenate([first, np.minimum(first[:60] + 1, 10), rng.integers(3, 9, 40)])
    person = np.concatenate([np.arange(80), np.arange(60), np.arange(80, 120)])
    wave = np.repeat([0, 1], [80, 100])
    cube = statistics.count(
        codes, cells=11, design=statistics.design(180, cluster=person), group=wave, groups=2
    )
    split = statistics.split_change(cube, np.arange(11.0), cube.group(0), cube.group(1))
    net = replace(with_p(ROSE, split.net.p, split.net.estimate), statistic="mean", subject="the average")

    same, different = noise_guard.causes_of(net, split)

    moved = same.this.estimate - same.other.estimate
    assert net.found.estimate == pytest.approx(same.found.estimate + different.found.estimate)
    assert (same.this.base, moved) == (60, pytest.approx(same.found.estimate))
    assert {same.sort, different.sort} == {Sort.SAME_PEOPLE, Sort.DIFFERENT_PEOPLE}
