"""The demo is made of plain values: the same for a day, and believable to those who know such panels."""

from datetime import date
from statistics import correlation, mean

import pytest

from canvass import instrument
from canvass.cli.demo import DemoPlan, DemoPoll, Stage, make_demo
from canvass.instrument import Confidentiality, Kind

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def plan() -> DemoPlan:
    return make_demo(TODAY)


def held(plan: DemoPlan) -> list[DemoPoll]:
    return [poll for poll in plan.polls if poll.stage in (Stage.PUBLISHED, Stage.CLOSED)]


def ordinary(plan: DemoPlan) -> list[DemoPoll]:
    return [poll for poll in held(plan) if not poll.special]


def values(poll: DemoPoll, item: str) -> list:
    return [one.answers[item] for one in poll.answered if item in one.answers]


def test_the_same_day_gives_the_same_demo(plan):
    assert make_demo(TODAY) == plan


def test_another_seed_gives_other_members(plan):
    assert make_demo(TODAY, seed=2).members != plan.members


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2024, 2, 29), date(2026, 11, 23), date(2027, 8, 10)])
def test_every_day_of_the_year_has_one_open_poll_and_about_fifty_before_it(day):
    plan = make_demo(day)
    stages = [poll.stage for poll in plan.polls]

    assert [stages.count(stage) for stage in Stage] == [49, 1, 1, 1, 1]
    [running] = [poll for poll in plan.polls if poll.stage is Stage.OPEN]
    assert running.opens.date() < day < running.closes.date()
    assert len(running.answered) >= 10


def test_1240_members_confirmed_of_whom_some_left_and_some_bounced(plan):
    confirmed = [member for member in plan.members if member.confirmed]
    left = sum(member.left is not None for member in confirmed)
    bounced = sum(member.bounced is not None for member in confirmed)

    assert len(confirmed) == 1240
    assert 60 < left < 150
    assert 50 < bounced < 140
    assert len({member.key for member in plan.members}) == len({m.address for m in plan.members}) == 1286


def test_no_address_could_reach_anybody(plan):
    assert all(member.address.endswith("@example.org") for member in plan.members)


def test_signing_up_comes_in_bursts_at_events(plan):
    codes = [member.source for member in plan.members]
    days = {member.joined.date() for member in plan.members if member.source == "national-conference"}

    assert codes.count("national-conference") >= 90
    assert len(days) <= 4


def test_only_those_who_could_be_mailed_are_mailed_and_only_the_mailed_answer(plan):
    by_key = {member.key: member for member in plan.members}

    for poll in held(plan):
        assert all(by_key[key].mailable(poll.opens) for key in poll.mailed)
        assert {one.member for one in poll.hand_ins} <= set(poll.mailed)
        assert len({one.member for one in poll.hand_ins}) == len(poll.hand_ins)


def test_answers_come_while_the_poll_is_open_and_before_today(plan):
    for poll in plan.polls:
        for one in poll.hand_ins:
            assert poll.opens.date() <= one.day <= poll.closes.date()
            assert one.day <= TODAY


def test_every_answer_passes_the_checking_table_unchanged(plan):
    for poll in plan.polls:
        table = instrument.CheckingTable(poll.instrument)
        for one in poll.hand_ins:
            for item, answer in one.answers.items():
                assert table.check(item, answer) == answer, (poll.slug, item)


def test_nobody_answers_what_they_were_not_asked(plan):
    for poll in plan.polls:
        for one in poll.hand_ins:
            assert instrument.live(poll.instrument, one.answers) == one.answers, poll.slug


def test_ordinary_polls_get_33_to_135_answers(plan):
    numbers = [len(poll.answered) for poll in ordinary(plan)]

    assert min(numbers) >= 30
    assert max(numbers) <= 135
    assert 60 <= mean(numbers) <= 85


def test_views_become_answers_between_32_and_76_percent_of_the_time(plan):
    shares = [len(poll.answered) / len(poll.hand_ins) for poll in ordinary(plan)]

    assert min(shares) >= 0.29
    assert max(shares) <= 0.77
    assert 0.5 <= sorted(shares)[len(shares) // 2] <= 0.6


def test_about_one_in_nine_of_those_mailed_answers_a_special_poll(plan):
    shares = [len(poll.answered) / len(poll.mailed) for poll in held(plan) if poll.special]

    assert len(shares) == 6
    assert all(0.09 <= share <= 0.14 for share in shares)


def test_the_well_being_series_is_linked_and_all_else_confidential(plan):
    levels = {(poll.instrument.series == "wellbeing", poll.instrument.confidentiality) for poll in plan.polls}

    assert levels == {(True, Confidentiality.LINKED), (False, Confidentiality.CONFIDENTIAL)}


def test_every_kind_of_item_and_all_four_categories_occur(plan):
    kinds = {item.kind for poll in held(plan) for item in poll.instrument}
    categories = {poll.instrument.category for poll in held(plan)}

    assert kinds == set(Kind)
    assert categories == {"current affairs", "wellbeing", "research", "practice"}


def test_several_hundred_free_texts_are_given_once_each_in_a_poll(plan):
    total = 0
    for poll in held(plan):
        for item in (item.id for item in poll.instrument if item.kind is Kind.TEXT):
            texts = values(poll, item)
            total += len(texts)

            assert len(set(texts)) == len(texts), poll.slug

    assert 250 <= total <= 600


def test_means_of_well_being_look_like_those_of_the_profession(plan):
    polls = [poll for poll in held(plan) if poll.instrument.category == "wellbeing"]
    means = {name: mean(mean(values(poll, name)) for poll in polls) for name in ("satisfied", "anxious")}

    assert 6.1 <= means["satisfied"] <= 6.9
    assert 4.3 <= means["anxious"] <= 5.2


def test_those_who_are_more_satisfied_are_less_anxious(plan):
    pairs = [
        (one.answers["satisfied"], one.answers["anxious"])
        for poll in held(plan)
        for one in poll.answered
        if {"satisfied", "anxious"} <= set(one.answers)
    ]

    assert correlation(*zip(*pairs, strict=True)) < -0.15


def test_one_person_answers_the_same_question_much_alike_from_wave_to_wave(plan):
    waves: dict[str, list[int]] = {}
    for poll in held(plan):
        for one in poll.answered:
            if "satisfied" in one.answers:
                waves.setdefault(one.member, []).append(one.answers["satisfied"])
    pairs = [(scores[0], scores[1]) for scores in waves.values() if len(scores) > 1]

    assert correlation(*zip(*pairs, strict=True)) > 0.3


def test_the_questions_give_no_cause_for_advice_on_length_outside_the_special_series(plan):
    for poll in plan.polls:
        if not poll.special:
            assert instrument.taps(poll.instrument) <= 15, poll.slug
            assert instrument.seconds(poll.instrument) <= 90, poll.slug
