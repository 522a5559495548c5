"""The attacker reads every kind of table that can leave the house, and recovers nothing.

Each attack has its counterpart: the same tables, each by itself or with nothing hidden but what is small,
where it recovers some. So the first can fail.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.tables.disclosure import attacks
from tests.unit.tables.disclosure.attacker import NONE, attack
from tests.unit.tables.disclosure.making import (
    MERGED,
    crosstab_of,
    made_beside,
    made_poll,
    single,
)
from tests.unit.tables.disclosure.test_attack import (
    FOLLOW_UPS,
    printed,
    recovered,
    told_by,
    truths,
)

from canvass.statistics.small_bases import caution
from canvass.tables import Crosstab
from canvass.tables.composition import Composition, CompositionOverTime, FieldComposition, Part
from canvass.tables.disclosure import Audience, release
from canvass.tables.funnel import Breakdown, GroupCount
from canvass.tables.json_form import table_as_json
from canvass.tables.records import records_as_json
from canvass.tables.response import QuestionResponse, ResponseAnalytics
from canvass.tables.trend import Change, Line, Trend, Wave
from canvass.tables.values import Figure, Reason, Suppressed

PUBLIC = Audience.PUBLIC
SEED, PEOPLE = 2, 300
NET = attacks.merged_groups("role", *MERGED)


@pytest.fixture(scope="module")
def poll():
    """Crosstabs by role, one by region, the same by merged roles, and who took part by both."""
    items = ("hours", "agency", "why", "problem")
    merged, breakdowns = made_beside(SEED, PEOPLE)
    by_fields, by_merged = (
        [one for one in found if isinstance(one, Crosstab) and one.total.item.id in items]
        for found in (made_poll(SEED, PEOPLE), merged)
    )
    hours = [one for one in by_fields if one.by == "region" and one.total.item.id == "hours"]
    return [*(one for one in by_fields if one.by == "role"), *hours], by_merged, breakdowns


def everything_else(breakdowns) -> list:
    """What is known besides crosstabs: the merged roles, both margins of one question, who took part."""
    found = [NET, attacks.two_fields("hours", ("role", "region"), MERGED[0])]
    for one in breakdowns:
        told = records_as_json(one)
        groups = [NONE if group.label == "Not said" else group.label for group in one.groups]
        found += [attacks.took_part(told), attacks.sums({"took_part": PEOPLE}, one.name, groups)]
    return found


def test_nets_of_groups_two_fields_and_who_took_part_give_nothing_back(poll):
    crosstabs, merged, breakdowns = poll
    counted = [*crosstabs, *merged, *breakdowns]

    released = release(counted, PUBLIC)

    answers = [one for one in released if isinstance(one, Crosstab)]
    also = everything_else([one for one in released if isinstance(one, Breakdown)])
    truth = truths([*crosstabs, *merged])
    found = attack(printed(answers), FOLLOW_UPS, whole_numbers=False, also=also, only=set(truth))
    assert len(found) > 80
    assert recovered([*crosstabs, *merged], found, told_by(answers)) == {}


def test_each_released_by_itself_gives_some_back(poll):
    crosstabs, merged, _ = poll
    of_role = [one for one in crosstabs if one.by == "role"]

    alone = [*release(of_role, PUBLIC), *release(merged, PUBLIC)]

    found = attack(printed(alone), FOLLOW_UPS, whole_numbers=False, also=[NET])
    assert len(recovered([*of_role, *merged], found, told_by(alone))) > 5


def took_part_of(*groups: tuple[str, int, int], name: str = "region", stepped: bool = False) -> Breakdown:
    return Breakdown(name, name.capitalize(), tuple(GroupCount(*one) for one in groups), stepped=stepped)


HOURS = crosstab_of([[30, 7, 3, 25], [20, 5, 2, 25]])  # 50, 12, 5 and 50 people
TOOK_PART = took_part_of(("group 0", 100, 50), ("group 1", 90, 12), ("group 2", 60, 5), ("group 3", 70, 50))


def attack_on_part(answers: Crosstab, people: Breakdown) -> dict:
    groups = [group.label for group in people.groups]
    also = [attacks.took_part(records_as_json(people)), attacks.sums({"took_part": 117}, "region", groups)]
    return attack([table_as_json(answers)], also=also, only=set(truths([HOURS])))


def test_who_took_part_does_not_give_back_the_base_of_a_small_group():
    """All who took part answered: of the third group five, which the crosstab hides."""
    hours, people = release([HOURS, TOOK_PART], PUBLIC)

    assert [isinstance(group.took_part, Suppressed) for group in people.groups] == [False, True, True, False]
    assert recovered([HOURS], attack_on_part(hours, people)) == {}


def test_shown_apart_it_does():
    hours, people = *release([HOURS], PUBLIC), *release([TOOK_PART], PUBLIC)

    base = ("hours", None, "region", "group 2", "base", None)
    assert attack_on_part(hours, people)[base] == (5, 5)


def test_a_table_that_is_public_already_is_not_given_back_by_who_took_part():
    (people,) = release([TOOK_PART], PUBLIC, already=[[HOURS]])

    assert [isinstance(group.took_part, Suppressed) for group in people.groups] == [False, True, True, False]


def test_many_who_did_not_answer_lie_between_a_table_and_who_took_part():
    """Of the two hidden groups ten more took part than answered: each table hides its own."""
    first, _, *others = TOOK_PART.groups
    more = replace(TOOK_PART, groups=(first, GroupCount("group 1", 90, 22), *others))

    _, people = release([HOURS, more], PUBLIC)

    assert people == more


def panel_of(*parts: tuple[str, int], name: str = "region") -> FieldComposition:
    base = sum(people for _, people in parts)
    told = tuple(Part(label, people, None, people / base, None, None) for label, people in parts)
    return FieldComposition(name, name.capitalize(), told, base, None)


def test_the_panel_does_not_give_back_who_was_mailed_in_a_hidden_group():
    """All but two of the panel were mailed. 38 of the 40 in the first group took part, so it is hidden."""
    mailed = took_part_of(("group 0", 40, 38), ("group 1", 50, 20), ("group 2", 90, 40))
    panel = Composition(date(2022, 1, 1), (panel_of(("group 0", 41), ("group 1", 50), ("group 2", 91)),))

    told_mailed, told_panel = release([mailed, panel], PUBLIC)

    assert [isinstance(group.mailed, Suppressed) for group in told_mailed.groups] == [True, True, False]
    assert [isinstance(part.panel, Suppressed) for part in told_panel.fields[0].parts] == [True, True, False]
    groups = ("group 0", "group 1", "group 2")
    known = attacks.sums({"mailed": 180, "took_part": 98}, "region", groups)
    name = ("mailed", None, "region", "group 0", "base", None)

    def limits(people, members):
        also = [
            attacks.took_part(records_as_json(people)),
            attacks.composition(records_as_json(members)),
            known,
        ]
        return attack([], also=also)[name]

    low, high = limits(told_mailed, told_panel)
    assert high - low >= 5
    low, high = limits(told_mailed, *release([panel], PUBLIC))
    assert high - low < 3


def test_a_composition_and_the_same_over_time_hide_the_same_groups():
    days = (date(2022, 1, 1), date(2022, 2, 1))
    labels = ("group 0", "group 1", "group 2", "group 3")
    over_time = CompositionOverTime(
        "region", "Region", days, (84, 100), labels, ((40, 42), (30, 30), (8, 25), (6, 3))
    )
    today = Composition(days[1], (panel_of(*zip(labels, (42, 30, 25, 3), strict=True)),))
    last = ("panel", None, "region", "group 3", "base", None)

    def limits(composition, series):
        written = [
            attacks.composition(records_as_json(composition)),
            attacks.over_time(records_as_json(series), "2022-02-01"),
        ]
        return attack([], also=written)[last]

    composition, series = release([today, over_time], PUBLIC)
    assert limits(composition, series)[0] == 0
    assert limits(composition, series)[1] >= 10

    earlier = CompositionOverTime("region", "Region", days, (84, 100), labels,
                                  ((40, 42), (9, 30), (29, 25), (6, 3)))  # fmt: skip
    (alone,) = release([earlier], PUBLIC)
    (shown,) = release([today], PUBLIC)
    assert limits(shown, alone) == (3, 3)
    assert limits(*release([today, earlier], PUBLIC))[1] >= 10


def asked_again(shares: list[float], bases: list[int], overlap: int | None = None) -> Trend:
    waves = tuple(
        Wave(f"p{at}", f"P{at}", day, day, base, base, float(base), caution(base, base))
        for at, base in enumerate(bases)
        for day in [date(2022, 1, 1) + timedelta(days=30 * at)]
    )
    figures = tuple(
        Figure(
            "share",
            "yes",
            "Yes",
            round(share * base),
            share,
            0.05,
            base - 1,
            share - 0.05,
            share + 0.05,
            "logit",
        )
        for share, base in zip(shares, bases, strict=True)
    )
    changes = tuple(
        Change(at, shares[at + 1] - shares[at], 0.05, 50, None, None, 0.2, 0.2, overlap)
        for at in range(len(shares) - 1)
    )
    first = tuple(replace(one, since=0, estimate=shares[at] - shares[0]) for at, one in enumerate(changes, 1))
    line = Line("share", "yes", "Yes", figures, (None, *changes), (None, *first))
    return Trend("s/hours", single(["yes", "no"]), None, waves, (line,))


def test_a_change_does_not_give_back_the_wave_that_is_hidden():
    trend = asked_again([0.5, 0.625, 0.25, 0.375], [60, 8, 64, 16])
    assert len(attacks.attack_trend(records_as_json(trend))) == 0

    (told,) = release([trend], PUBLIC)

    found = attacks.attack_trend(records_as_json(told))
    assert found == {(1, "yes"): (0, 1000), (3, "yes"): (0, 1000)}
    assert told.waves[1].base == Suppressed(Reason.FEW_ANSWERED)
    assert [figure.n for figure in told.lines[0].figures] == [30, told.waves[1].base, 16, 6]
    bare = replace(told, lines=(replace(told.lines[0], since_previous=trend.lines[0].since_previous),))
    low, high = attacks.attack_trend(records_as_json(bare))[1, "yes"]
    assert high - low <= 2


def test_a_wave_of_a_sensitive_poll_needs_more_people():
    trend = asked_again([0.5, 0.5], [60, 29])
    sensitive = replace(trend, waves=tuple(replace(wave, sensitive=True) for wave in trend.waves))

    (told,) = release([sensitive], PUBLIC)

    assert told.waves[1].base == Suppressed(Reason.FEW_OF_SENSITIVE)
    assert told.waves[0] == sensitive.waves[0]


def stayed(change: Change, shares: tuple[float, float], people: int) -> float:
    """How many gave an answer both times, of people who all answered twice: from the standard error of the
    change, whose covariance knows them."""
    one, other = shares
    spread = (change.standard_error or 0) ** 2 * people * (people - 1)
    return (people * (one + other) - spread - people * (one - other) ** 2) / 2


def test_the_interval_of_a_change_of_the_same_people_would_tell_how_many_stayed():
    """60 people answered twice. 20 said yes first, 17 then, and 3 of these both times."""
    shares = (20 / 60, 17 / 60)
    difference = [0] * 3 + [-1] * 17 + [1] * 14 + [0] * 26
    mean = sum(difference) / 60
    error = (sum((one - mean) ** 2 for one in difference) / 59 / 60) ** 0.5
    trend = asked_again(list(shares), [60, 60], overlap=60)
    change = replace(trend.lines[0].since_previous[1], standard_error=error)
    trend = replace(trend, lines=(replace(trend.lines[0], since_previous=(None, change)),))
    assert stayed(change, shares, 60) == pytest.approx(3)

    (told,) = release([trend], PUBLIC)

    assert told.lines[0].since_previous[1].suppressed == Suppressed(Reason.RESTS_ON_HIDDEN)
    assert release([trend], Audience.TEAM) == (trend,)


def response() -> ResponseAnalytics:
    day = date(2022, 3, 1)
    told = [("a", "Work", 120, 100), ("b", "Work", 12, 7), ("c", "Pay", 120, 90), ("d", "Pay", 6, 6)]
    questions = tuple(
        QuestionResponse("p", "P", item, item, category, "", day, day, asked, answered)
        for item, category, asked, answered in told
    )
    return ResponseAnalytics(day, day, questions)


def test_groups_of_questions_do_not_give_back_the_one_that_few_answered():
    found = response()
    (told,) = release([found], PUBLIC)

    assert [one.answered for one in told.questions] == [100, Suppressed(Reason.FEW_ANSWERED), 90,
                                                        Suppressed(Reason.FEW_ANSWERED)]  # fmt: skip
    assert [one.asked for one in told.questions] == [120, 12, 120, Suppressed(Reason.FEW_ASKED)]
    assert [(one.label, one.questions, one.mean) for one in told.by_category] == [
        ("Pay", 1, 90),
        ("Work", 1, 100),
    ]
    hidden = records_as_json(told)
    assert attacks.attack_response(hidden) == {}
    groups = {name: records_as_json(found)[name] for name in ("categories", "months")}
    assert attacks.attack_response(hidden | groups) == {"b": (7, 7), "d": (6, 6)}


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=1, max_size=4), st.data())
@settings(max_examples=40, deadline=None)
def test_an_open_poll_looked_at_day_after_day_tells_of_no_few(hand_ins, data):
    """Hand-ins of each day by group. No hidden group can be known to have 1 to 4 who took part, and a hand-in
    that makes no step changes nothing at all."""
    mailed = [data.draw(st.integers(0, 30)) + sum(day[at] for day in hand_ins) for at in range(3)]
    days, totals, took = [], [], [0, 0, 0]
    for day in hand_ins:
        took = [before + more for before, more in zip(took, day, strict=True)]
        counted = took_part_of(*zip("abc", mailed, took, strict=True), stepped=True)
        (told,) = release([counted], Audience.TEAM)
        stepped = took_part_of(*zip("abc", mailed, [n - n % 5 for n in took], strict=True), stepped=True)
        assert release([stepped], Audience.TEAM) == (told,)
        days.append(records_as_json(told))
        totals.append(sum(took) - sum(took) % 5)

    for low, high in attacks.attack_days(days, totals).values():
        assert low == 0 or high - low >= 4
