"""Trends from cubes: changes, breaks, bands; worked by hand, from R, and by a property."""

from dataclasses import replace
from datetime import date
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.golden.reading import Case

from canvass import instrument, statistics, tables, warehouse
from canvass.instrument import Item, Kind, Option, Scale
from canvass.tables import Asking, Event
from canvass.warehouse import Groups

YES_NO = Item("often", Kind.SINGLE, "How often?", options=(Option("yes", "yes"), Option("no", "no")))
HAPPY = instrument.load("""
poll: well-being
title: Well-being
category: wellbeing
items: [{id: happy, bank: ons4.happy}, {id: anxious, bank: ons4.anxious}]
""")


def coded(item, codes):
    """The answers to an item by place of option or point; -1 for none."""
    columns = {item.id: np.array(codes, dtype=np.int16)}
    return warehouse.coded_items([item], columns)[0]


def asked(month, item, codes, **more):
    (counted,) = warehouse.count_items([coded(item, codes)], statistics.design(len(codes)))
    return Asking(f"p{month}", f"Poll {month}", date(2021, month, 1), date(2021, month, 14), counted, **more)


def test_a_change_of_shares_between_different_people_by_hand():
    found = tables.trend(
        "s/often", [asked(1, YES_NO, [0] * 40 + [1] * 60), asked(2, YES_NO, [0] * 90 + [1] * 60)]
    )

    change = found.line("share", "yes").since_previous[1]
    error = sqrt(0.4 * 0.6 / 99 + 0.6 * 0.4 / 149)
    assert (change.estimate, change.df, change.overlap) == (pytest.approx(0.2), 248, None)
    assert change.standard_error == pytest.approx(error)
    assert change.p_adjusted == pytest.approx(min(1, 2 * change.p))  # one change in each of two lines
    assert found.line("share", "yes").since_first == found.line("share", "yes").since_previous


def test_waves_stand_in_the_order_of_their_days():
    found = tables.trend("s/often", [asked(5, YES_NO, [0, 1]), asked(2, YES_NO, [1, 1])])

    assert [wave.poll for wave in found.waves] == ["p2", "p5"]
    assert [figure.estimate for figure in found.line("share", "yes").figures] == [0.0, 0.5]


def test_no_change_is_told_across_a_break_and_the_first_wave_is_that_of_the_wording():
    waves = [asked(month, YES_NO, [0, 1, 1] * month, wording=1 + (month > 2)) for month in (1, 2, 3, 4, 5)]

    line = tables.trend("s/often", waves).line("share", "yes")

    assert [change and change.since for change in line.since_previous] == [None, 0, None, 2, 3]
    assert [change and change.since for change in line.since_first] == [None, 0, None, 2, 2]


def test_an_option_that_a_wave_did_not_offer_has_no_figure_there():
    three = Item("often", Kind.SINGLE, "How often?", options=(*YES_NO.options, Option("never", "never")))

    found = tables.trend("s/often", [asked(1, YES_NO, [0, 1]), asked(2, three, [0, 1, 2], wording=2)])

    assert [figure and figure.n for figure in found.line("share", "never").figures] == [None, 1]


def test_a_wave_that_nobody_answered_is_there_without_a_change():
    found = tables.trend(
        "s/often", [asked(1, YES_NO, [0, 1]), asked(2, YES_NO, [-1]), asked(3, YES_NO, [0, 0])]
    )

    line = found.line("share", "yes")
    assert [figure.estimate for figure in line.figures] == [0.5, None, 1.0]
    assert [change and change.since for change in line.since_previous] == [None, None, 0]


def test_the_official_bands_of_happiness_and_of_anxiety():
    happy, anxious = HAPPY

    lines = {
        item.id: tables.trend(item.bank, [asked(1, item, list(range(11)))]).lines for item in (happy, anxious)
    }

    bands = {
        name: {line.label: line.figures[0].n for line in told if line.statistic == "band"}
        for name, told in lines.items()
    }
    assert bands["happy"] == {"low (0-4)": 5, "medium (5-6)": 2, "high (7-8)": 2, "very high (9-10)": 2}
    assert bands["anxious"] == {"very low (0-1)": 2, "low (2-3)": 2, "medium (4-5)": 2, "high (6-10)": 5}
    assert [line.statistic for line in lines["happy"]][:2] == ["mean", "band"]


def linked_case(column):
    """The two overlapping waves of R's case as askings, each with its own cube, and the person cube."""
    case = Case("13_two_waves_overlapping")
    item = Item(column, Kind.RATING, column, scale=Scale(0, 10))
    weight, wave = case.numbers("w"), case.numbers("wave") - 1
    persons = case.columns["id"]
    cluster = np.array([sorted(set(persons)).index(person) for person in persons])
    whole = statistics.design(case.size, weight=weight, cluster=cluster)
    codes = [int(cell) if cell not in ("", "NA") else -1 for cell in case.columns[column]]
    (person_cube,) = warehouse.count_items([coded(item, codes)], whole, Groups(wave.astype(int), ("1", "2")))
    askings = []
    for place in (0, 1):
        mine = np.flatnonzero(wave == place)
        design = statistics.design(len(mine), weight=weight[mine])
        (counted,) = warehouse.count_items([coded(item, [codes[row] for row in mine])], design)
        day = date(2021, place + 1, 1)
        askings.append(Asking(f"p{place}", "P", day, day, counted))
    return case, askings, person_cube


def test_a_change_does_not_depend_on_the_waves_beside_it():
    waves = [asked(month, YES_NO, [0, 1, 1] * month) for month in (3, 4, 5)]

    three = tables.trend("s/often", waves).line("share", "yes").since_previous[1]
    two = tables.trend("s/often", waves[:2]).line("share", "yes").since_previous[1]

    assert (three.standard_error, three.df, three.p) == (two.standard_error, two.df, two.p)


@pytest.mark.parametrize("linked", [True, False])
def test_two_overlapping_waves_agree_with_r(linked):
    case, askings, persons = linked_case("satisfied")
    kind = "same panel (person = cluster)" if linked else "as if independent waves (strata = wave)"
    expected = case.records[f"satisfied/change, {kind}"]

    found = tables.trend("s/satisfied", askings, persons=persons if linked else None)

    line = found.line("mean")
    change = line.since_previous[1]
    assert change.estimate == pytest.approx(expected["estimate"], rel=1e-7)
    assert change.standard_error == pytest.approx(expected["se"], rel=1e-7)
    assert change.df == expected["df"]
    assert change.overlap == (96 if linked else None)
    assert found.linked is linked
    assert [figure.n for figure in line.figures] == [116, 149]


def test_a_person_cube_has_its_waves_in_the_order_of_the_askings():
    _, askings, persons = linked_case("satisfied")
    swapped = replace(askings[0], first_day=date(2021, 9, 1), last_day=date(2021, 9, 1))

    found = tables.trend("s/satisfied", [swapped, askings[1]], persons=persons)

    straight = tables.trend("s/satisfied", askings, persons=persons)
    change, back = (one.line("mean").since_previous[1] for one in (straight, found))
    assert [wave.poll for wave in found.waves] == ["p1", "p0"]
    assert (back.estimate, back.standard_error) == pytest.approx((-change.estimate, change.standard_error))


def test_a_change_of_few_people_is_printed_without_a_test():
    found = tables.trend("s/often", [asked(1, YES_NO, [0, 1] * 14), asked(2, YES_NO, [0, 1, 1] * 20)])

    sheet = tables.trend_sheet(found)

    rows = [row for row in sheet.rows if row.label == "Since the wave before: p"]
    assert found.lines[0].since_previous[1].p_adjusted is not None
    assert [str(row.entries[1]) for row in rows] == ["–", "–"]


def test_a_person_cube_of_other_answers_is_not_used():
    """In it, a code would stand for another answer."""
    _, askings, persons = linked_case("satisfied")
    other = replace(persons, item=replace(persons.item, scale=Scale(1, 11)))

    found = tables.trend("s/satisfied", askings, persons=other)

    assert not found.linked
    assert (
        found.line("mean").since_previous == tables.trend("s/satisfied", askings).line("mean").since_previous
    )


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(0, 10), min_size=2, max_size=12), min_size=2, max_size=5))
def test_changes_since_the_wave_before_add_up_to_the_change_since_the_first(answers):
    rated = Item("rated", Kind.RATING, "Rated?", scale=Scale(0, 10))

    line = tables.trend("s/rated", [asked(month, rated, one) for month, one in enumerate(answers, 1)]).line(
        "mean"
    )

    steps = [change.estimate for change in line.since_previous[1:]]
    assert np.cumsum(steps) == pytest.approx([change.estimate for change in line.since_first[1:]], abs=1e-9)
    assert line.figures[0].estimate + sum(steps) == pytest.approx(line.figures[-1].estimate, abs=1e-9)


def poll(slug, *items, series="hours"):
    lines = "".join(f"  - {{{item}}}\n" for item in items)
    return instrument.load(
        f"poll: {slug}\ntitle: {slug}\ncategory: practice\nseries: {series}\nitems:\n{lines}"
    )


def test_items_are_tied_by_bank_identity_or_by_series_and_id():
    often = "id: often, kind: single, text: How often, options: [x, y]"
    polls = [
        poll("a", "id: h, bank: ons4.happy", often),
        poll("b", "id: mood, bank: ons4.happy", often.replace("How often", "HOW  often")),
        poll("c", often.replace("y]", "z]")),
        poll("d", often, series="other"),
    ]

    found = tables.series_of(polls)

    told = {name: [(one.poll.slug, one.item.id, one.wording) for one in tied] for name, tied in found.items()}
    assert told == {
        "ons4.happy": [("a", "h", 1), ("b", "mood", 1)],
        "hours/often": [("a", "often", 1), ("b", "often", 1), ("c", "often", 2)],
    }


def test_a_trend_is_printed_with_bases_changes_breaks_and_events():
    waves = [asked(month, YES_NO, [0, 1, 1] * 12 * month, wording=1 + (month > 2)) for month in (1, 2, 3)]
    event = Event(date(2021, 1, 5), "lockdown", date(2021, 2, 1))

    sheet = tables.trend_sheet(tables.trend("s/often", waves, events=[event]))

    rows = {
        (section.title, row.label): [str(one) for one in row.entries]
        for section in sheet.sections
        for row in section.rows
    }
    assert [str(column) for column in sheet.columns] == [
        "January 2021 [u]",
        "February 2021 small",
        "March 2021",
    ]
    assert [(one.label, one.columns) for one in sheet.spanners] == [("Wording 1", 2), ("Wording 2", 1)]
    assert rows["", "Base"] == ["36", "72", "108"]
    assert rows["Yes", "Share"][0] == "33% (19 to 51) wide"
    assert rows["Yes", "Since the wave before"] == ["–", "0.0 (−19.3 to +19.3)", "–"]
    assert rows["Yes", "Since the wave before: p"] == ["–", "1.000", "–"]
    notes = " ".join(sheet.notes)
    assert "taken as different people" in notes
    assert "from March 2021 on; numbers before and after are not compared" in notes
    assert "5 January to 1 February 2021: lockdown" in notes


def test_the_four_questions_stand_in_one_table_of_means():
    happy, anxious = HAPPY
    trends = [
        tables.trend(item.bank, [asked(month, item, [month, month + 1] * 20) for month in (1, 2)])
        for item in (happy, anxious)
    ]

    sheet = tables.means_sheet(trends, "Well-being")

    assert [section.title for section in sheet.sections] == [happy.text, anxious.text]
    assert [str(one) for one in sheet.sections[0].rows[2].entries] == ["1.5 (1.3 to 1.7)", "2.5 (2.3 to 2.7)"]
    with pytest.raises(ValueError, match="the same polls"):
        tables.means_sheet([trends[0], tables.trend("x", [asked(7, anxious, [1, 2])])], "Well-being")
