"""Mending an open poll: every text may change, nothing that shapes an answer may."""

import pytest

from canvass import instrument
from canvass.polls import queries, services
from canvass.polls.mending import differences
from canvass.polls.models import FrozenVersion, PollWindow
from canvass.polls.states import PollRefused
from canvass.team.audit import HOST

from .conftest import NOON

STORES = {"transaction": True, "databases": ["default", "ballots"]}
TEXT = """\
poll: hours
title: Working hours
category: practice
confidentiality: confidential
layout: one_thing
opens: 2026-11-24T09:00
closes: 2026-12-01T17:00
intro: A few questions.
items:
  - id: hours
    kind: single
    text: How often?
    hint: Think of last month.
    options: [every week, {id: rarely, label: rarely, picture: {file: a.png, alt: A clock}}, never]
    prefer_not_to_say: Rather not say
  - id: which
    kind: multiple
    text: Which?
    options: [TOIL, {label: other, other: true}, {label: none, exclusive: true}]
    ask_if: hours == "every week"
  - id: problem
    kind: grid_rating
    text: How big?
    scale: {from: 0, to: 10, low: none, high: very}
    rows: [{id: pay, label: Pay}, Time]
    not_applicable: Not my role
  - id: urgent
    kind: ranking
    text: Which three?
    options: [A, B, C, D]
    choose: 3
  - id: caseload
    kind: number
    text: How many?
    min: 0
    max: 200
    unit: children
  - id: why
    kind: text
    text: Why?
    max_chars: 500
    quote_consent: true
  - id: satisfied
    bank: ons4.satisfied
"""
TEXTS = [
    ("title: Working hours", "title: Hours of work"),
    ("intro: A few questions.", "intro: Six questions."),
    ("text: How often?", "text: How often do you stay late?"),
    ("hint: Think of last month.", "hint: Think of the last four weeks."),
    ("label: rarely,", "label: hardly ever,"),
    ("options: [every week,", "options: [{id: every week, label: each week},"),
    ("alt: A clock", "alt: A red clock"),
    ("prefer_not_to_say: Rather not say", "prefer_not_to_say: I would rather not say"),
    ("low: none, high: very", "low: no problem, high: a big one"),
    ("label: Pay", "label: Pay and pensions"),
    ("not_applicable: Not my role", "not_applicable: Not part of my role"),
    ("unit: children", "unit: children and young people"),
]
SHAPES = [
    ("layout: one_thing", "layout: one_page", "layout was one_thing"),
    ("confidentiality: confidential", "confidentiality: linked", "confidentiality was confidential"),
    ("closes: 2026-12-01T17:00", "closes: 2026-12-08T17:00", "closes was 2026-12-01T17:00"),
    ("title:", "series: winter\ntitle:", "series was absent and would become winter"),
    ("title:", "sensitive: true\ntitle:", "sensitive was no and would become yes"),
    ("id: why", "id: reason", 'the question "why" would go'),
    ("C, D]", "C, E]", 'the option "D" would become "E"'),
    ("never]", "never, always]", 'the option "always" would be new'),
    (", never]", "]", 'the option "never" would go'),
    ("[A, B, C, D]", "[B, A, C, D]", "the order of the options would change"),
    ("rows: [{id: pay, label: Pay}, Time]", "rows: [{id: pay, label: Pay}]", 'the row "Time" would go'),
    ("a.png", "b.png", "the picture was a.png and would become b.png"),
    ("{label: other, other: true}", "other", 'option "other": other would become no'),
    ("{label: none, exclusive: true}", "none", 'option "none": exclusive would become no'),
    ('hours == "every week"', 'hours == "never"', "ask_if was"),
    ("to: 10", "to: 7", "the scale was 0 to 10 and would become 0 to 7"),
    ("choose: 3", "choose: 2", "choose was 3 and would become 2"),
    ("max: 200", "max: 100", "max was 200"),
    ("max_chars: 500", "max_chars: 600", "max_chars was 500 and would become 600"),
    ("quote_consent: true", "quote_consent: false", "quote_consent was yes and would become no"),
    ("    prefer_not_to_say: Rather not say\n", "", "prefer_not_to_say would go"),
    ("bank: ons4.satisfied", "bank: ons4.happy", "bank was ons4.satisfied and would become ons4.happy"),
]


@pytest.mark.parametrize(("before", "after"), TEXTS)
def test_a_text_may_change(before, after):
    assert before in TEXT

    assert differences(instrument.load(TEXT), instrument.load(TEXT.replace(before, after, 1))) == ()


@pytest.mark.parametrize(("before", "after", "sentence"), SHAPES)
def test_what_shapes_an_answer_may_not_change_and_is_named(before, after, sentence):
    assert before in TEXT

    found = differences(instrument.load(TEXT), instrument.load(TEXT.replace(before, after, 1)))

    assert any(sentence in one for one in found), found


def test_a_reworded_label_is_told_how_to_keep_its_id():
    found = differences(instrument.load(TEXT), instrument.load(TEXT.replace("C, D]", "C, E]")))

    assert "write {id: D, label: E}" in " ".join(found)


def test_swapped_questions_are_a_change_of_order():
    first, _, rest = TEXT.partition("  - id: caseload")
    swapped = (
        first
        + rest[rest.index("  - id: satisfied") :]
        + "  - id: caseload"
        + rest[: rest.index("  - id: satisfied")]
    )

    assert "the order of the questions would change." in differences(
        instrument.load(TEXT), instrument.load(swapped)
    )


@pytest.mark.django_db(**STORES)
@pytest.mark.parametrize("changed", [True, False])
def test_mending_freezes_the_next_version_beside_the_first(poll, changed):
    opened = poll(state="open")
    text = opened.text.replace("Why?", "Why is that?")

    mended = services.mend(opened, text, meaning_changed=changed, by=HOST, now=NOON)

    first, second = FrozenVersion.objects.filter(poll_id=opened.pk).order_by("version")
    assert (first.text, second.text, second.meaning_changed) == (opened.text, text, changed)
    assert PollWindow.objects.get(poll_id=opened.pk).version == mended.version == 2
    assert queries.instrument_of(mended, 1).item("why").text == "Why?"
    assert queries.instrument_of(mended).item("why").text == "Why is that?"


@pytest.mark.django_db(**STORES)
def test_a_file_silent_on_dates_keeps_those_of_the_poll(poll):
    opened = poll(state="open")
    lines = [line for line in opened.text.splitlines() if not line.startswith(("opens:", "closes:"))]
    text = "\n".join(lines).replace("Why?", "Why is that?") + "\n"

    mended = services.mend(opened, text, meaning_changed=False, by=HOST, now=NOON)

    assert queries.instrument_of(mended).opens == opened.opens_at
    assert mended.closes_at == opened.closes_at


@pytest.mark.django_db(**STORES)
def test_a_file_may_still_say_when_the_poll_was_meant_to_open(poll):
    opened = poll(state="open")
    was = next(line for line in opened.text.splitlines() if line.startswith("opens:"))
    text = opened.text.replace(was, "opens: 2026-11-20T09:00").replace("Why?", "Why is that?")

    mended = services.mend(opened, text, meaning_changed=False, by=HOST, now=NOON)

    assert queries.instrument_of(mended).opens == opened.opens_at
    assert was in mended.text


@pytest.mark.django_db(**STORES)
def test_another_closing_time_is_refused_by_name(poll):
    opened = poll(state="open")
    was = next(line for line in opened.text.splitlines() if line.startswith("closes:"))
    text = opened.text.replace(was, "closes: 2027-01-20T17:00").replace("Why?", "Why is that?")

    with pytest.raises(PollRefused, match="closes was"):
        services.mend(opened, text, meaning_changed=False, by=HOST, now=NOON)


@pytest.mark.django_db(**STORES)
def test_a_refused_mending_changes_nothing(poll):
    opened = poll(state="open")

    for text in (opened.text, opened.text.replace("never", "seldom"), "poll: ["):
        with pytest.raises(PollRefused):
            services.mend(opened, text, meaning_changed=False, by=HOST, now=NOON)

    assert FrozenVersion.objects.count() == 1
    opened.refresh_from_db()
    assert opened.version == 1


@pytest.mark.django_db(**STORES)
@pytest.mark.parametrize("state", ["draft", "scheduled", "closed", "published", "withdrawn"])
def test_wording_is_mended_only_while_a_poll_is_open(poll, state):
    with pytest.raises(PollRefused, match="mended only while a poll is open"):
        services.mend(poll(state=state), "", meaning_changed=False, by=HOST, now=NOON)
