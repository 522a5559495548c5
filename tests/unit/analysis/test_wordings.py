"""Answers to words of another meaning are never added up."""

from dataclasses import replace

from canvass import instrument
from canvass.analysis.wordings import Version, wordings

TEXT = """\
poll: hours
title: Hours
category: practice
items:
  - {id: hours, kind: single, text: Do you work late?, options: ["yes", "no"]}
  - {id: why, kind: text, text: Why?}
"""
FIRST = instrument.load(TEXT, name="hours.yaml")


def reworded(text: str) -> instrument.Instrument:
    hours, why = FIRST.items
    return replace(FIRST, items=(replace(hours, text=text), why))


def found(versions, answered):
    return [(one.address, one.versions, one.part, one.parts) for one in wordings(versions, answered)]


def test_one_version_gives_each_item_one_wording():
    versions = [Version(1, FIRST)]

    assert found(versions, {1}) == [("hours", (1,), 1, 1), ("why", (1,), 1, 1)]


def test_a_mended_word_of_the_same_meaning_is_counted_together_under_the_newest_words():
    versions = [Version(1, FIRST), Version(2, reworded("Do you ever work late?"))]

    assert found(versions, {1, 2}) == [("hours", (1, 2), 1, 1), ("why", (1, 2), 1, 1)]
    assert wordings(versions, {1, 2})[0].item.text == "Do you ever work late?"


def test_a_changed_meaning_gives_two_tables_of_that_item_alone():
    versions = [Version(1, FIRST), Version(2, reworded("Do you work nights?"), meaning_changed=True)]

    assert found(versions, {1, 2}) == [
        ("hours", (1,), 1, 2),
        ("hours-2", (2,), 2, 2),
        ("why", (1, 2), 1, 1),
    ]


def test_words_that_nobody_answered_have_no_table():
    versions = [Version(1, FIRST), Version(2, reworded("Do you work nights?"), meaning_changed=True)]

    assert found(versions, {2}) == [("hours", (2,), 1, 1), ("why", (1, 2), 1, 1)]


def test_without_any_ballot_the_newest_words_stand():
    versions = [Version(1, FIRST), Version(2, reworded("Do you work nights?"), meaning_changed=True)]

    assert found(versions, ()) == [("hours", (2,), 1, 1), ("why", (1, 2), 1, 1)]


def test_a_mend_after_the_change_of_meaning_stays_with_the_new_words():
    versions = [
        Version(1, FIRST),
        Version(2, reworded("Do you work nights?"), meaning_changed=True),
        Version(3, reworded("Do you work at night?")),
    ]

    assert found(versions, {1, 2, 3})[:2] == [("hours", (1,), 1, 2), ("hours-2", (2, 3), 2, 2)]
