"""The ballot store, on SQLite and on PostgreSQL: exactly one fate for each hand-in, and what it leaves."""

import json
import time
from dataclasses import replace

import psycopg
import pytest
from tests.unit.fieldwork.stores import HOUR, KEYS, handed_in, member, poll_of

from canvass.fieldwork.handin import Fate, Turn
from canvass.fieldwork.store import read_standings, write_batch
from canvass.fieldwork.store_postgresql import FATES, prepared

JOURNEY = poll_of()
ANONYMOUS = poll_of("anonymous", "one_page")


def fates(place, *batch):
    return [outcome.fate.value for outcome in write_batch(place.store, batch)]


def test_a_first_hand_in_is_stored_and_a_second_changes_it(place):
    place.add_poll()
    who = place.add_member()

    assert fates(place, handed_in(JOURNEY, who, answers={"often": "never"})) == ["stored"]
    assert fates(place, handed_in(JOURNEY, who, answers={"often": "every week"})) == ["changed"]
    assert place.ballots() == {KEYS.member(who): {"often": "every week"}}


def test_answers_of_several_pages_merge_into_one_ballot(place):
    place.add_poll()
    who = place.add_member()

    fates(place, handed_in(JOURNEY, who, answers={"often": "every week"}))
    fates(place, handed_in(JOURNEY, who, 2, answers={"why": "Caseload"}))

    assert place.ballots() == {KEYS.member(who): {"often": "every week", "why": "Caseload"}}


def test_an_item_left_empty_loses_its_earlier_answer_and_its_consent(place):
    place.add_poll()
    who = place.add_member()

    fates(place, handed_in(JOURNEY, who, 2, answers={"why": "Caseload", "why/quote_consent": True}))
    fates(place, handed_in(JOURNEY, who, 2))

    assert place.ballots() == {KEYS.member(who): {}}


def test_an_empty_first_page_makes_the_ballot(place):
    place.add_poll()
    who = place.add_member()

    assert fates(place, handed_in(JOURNEY, who)) == ["stored"]
    assert place.ballots() == {KEYS.member(who): {}}
    assert place.participation() == {who: (True, False, False)}


def test_the_next_page_counts_as_shown_with_the_hand_in_that_leads_to_it(place):
    place.add_poll()
    who = place.add_member()

    fates(place, handed_in(JOURNEY, who, answers={"often": "never"}))

    assert place.shown() == [["often", "why"]]


def test_going_back_to_another_answer_takes_away_what_is_no_longer_asked(place):
    place.add_poll()
    who = place.add_member()
    fates(place, handed_in(JOURNEY, who, answers={"often": "every week"}))
    fates(place, handed_in(JOURNEY, who, 1, answers={"hours": 50}))

    fates(place, handed_in(JOURNEY, who, answers={"often": "never"}))

    assert place.shown() == [["often", "why"]]
    assert place.ballots()[KEYS.member(who)]["hours"] == 50


def test_the_last_page_finishes(place):
    place.add_poll()
    who = place.add_member()

    [outcome] = write_batch(place.store, [handed_in(JOURNEY, who, 2, answers={"why": "Caseload"})])

    assert outcome.finished
    assert place.participation() == {who: (True, True, True)}


@pytest.mark.parametrize(
    ("state", "level", "fate"),
    [
        ("paused", "confidential", "stopped"),
        ("left", "confidential", "stopped"),
        ("pending", "linked", "unknown"),
    ],
)
def test_a_member_who_paused_or_left_is_stopped(place, state, level, fate):
    place.add_poll(level=level)
    who = place.add_member(state=state)

    assert fates(place, handed_in(JOURNEY, who)) == [fate]
    assert place.ballots() == {}


def test_a_bounced_address_does_not_stop_its_member(place):
    place.add_poll()
    who = place.add_member(state="bounced")

    assert fates(place, handed_in(JOURNEY, who)) == ["stored"]


def test_members_of_another_panel_and_nobody_are_unknown(place):
    place.add_poll()
    foreign = place.add_member(panel=8)

    assert fates(place, handed_in(JOURNEY, foreign), handed_in(JOURNEY, member(99))) == ["unknown", "unknown"]


def test_a_poll_that_does_not_exist_is_unknown(place):
    who = place.add_member()

    assert fates(place, handed_in(JOURNEY, who)) == ["unknown"]


def test_links_older_than_the_polls_oldest_key_are_stopped(place):
    place.add_poll(oldest=2)
    who = place.add_member()

    assert fates(place, handed_in(JOURNEY, who), handed_in(JOURNEY, who, claim_link_key=2)) == [
        "stopped",
        "stored",
    ]


@pytest.mark.parametrize(
    ("state", "fate"), [("scheduled", "not_open"), ("closed", "closed"), ("withdrawn", "closed")]
)
def test_a_poll_takes_answers_only_while_it_is_open(place, state, fate):
    place.add_poll(state=state)
    who = place.add_member()

    assert fates(place, handed_in(JOURNEY, who)) == [fate]


def test_what_was_started_before_close_is_taken_for_fifteen_minutes(place):
    place.add_poll(closes=int(time.time()) - 600)
    early, late = place.add_member(1), place.add_member(2)

    assert fates(
        place,
        handed_in(JOURNEY, early, claim_started=int(time.time()) - 900),
        handed_in(JOURNEY, late, claim_started=int(time.time()) - 300),
    ) == ["stored", "closed"]


def test_after_the_fifteen_minutes_it_is_closed_for_everybody(place):
    place.add_poll(closes=int(time.time()) - 901)
    who = place.add_member()

    assert fates(place, handed_in(JOURNEY, who, claim_started=int(time.time()) - HOUR)) == ["closed"]


def test_the_clocks_offset_moves_the_close(place):
    place.add_poll()
    who = place.add_member()

    [outcome] = write_batch(place.store, [handed_in(JOURNEY, who)], offset=3 * HOUR)

    assert outcome.fate is Fate.CLOSED


def test_imports_skip_the_window_alone(place):
    place.add_poll(state="closed")
    who = place.add_member()
    hand_in = handed_in(JOURNEY, who, claim_windowed=False)
    stranger = handed_in(JOURNEY, member(9), claim_windowed=False)

    assert fates(place, hand_in, stranger) == ["stored", "unknown"]


def anonymous(who, receipt, **more):
    return handed_in(ANONYMOUS, who, claim_key=KEYS.receipt(receipt), **more)


def test_an_anonymous_ballot_sent_twice_is_one_ballot(place):
    place.add_poll(level="anonymous")
    who = place.add_member()

    assert fates(place, anonymous(who, "r1", answers={"often": "never"})) == ["stored"]
    assert fates(place, anonymous(who, "r1", answers={"often": "never"})) == ["changed"]
    assert len(place.ballots()) == 1


def test_a_second_anonymous_start_by_one_member_is_already(place):
    place.add_poll(level="anonymous")
    who = place.add_member()

    assert fates(place, anonymous(who, "r1"), anonymous(who, "r2")) == ["stored", "already"]
    assert fates(place, anonymous(who, "r3")) == ["already"]
    assert list(place.ballots()) == [KEYS.receipt("r1")]


def test_a_linked_ballot_lies_under_the_panels_key_only_with_consent(place):
    place.add_poll(level="linked")
    agreed, not_agreed = place.add_member(1, linked=True), place.add_member(2)

    fates(
        place,
        *(handed_in(JOURNEY, who, claim_linked_key=KEYS.linked(who)) for who in (agreed, not_agreed)),
    )

    assert set(place.ballots()) == {KEYS.linked(agreed), KEYS.member(not_agreed)}


def test_consent_given_half_way_does_not_make_a_second_ballot(place):
    place.add_poll(level="linked")
    who = place.add_member()
    hand_in = handed_in(JOURNEY, who, claim_linked_key=KEYS.linked(who))
    fates(place, hand_in)

    place.run("UPDATE standing SET linked = %s", True)

    assert fates(place, hand_in) == ["changed"]
    assert set(place.ballots()) == {KEYS.member(who)}


def test_hand_ins_of_one_member_in_one_batch_merge_in_order_of_arrival(place):
    place.add_poll()
    who = place.add_member()

    assert fates(
        place,
        handed_in(JOURNEY, who, answers={"often": "never"}),
        handed_in(JOURNEY, who, 2, answers={"why": "first"}),
        handed_in(JOURNEY, who, answers={"often": "every week"}),
    ) == ["stored", "changed", "changed"]
    assert place.ballots() == {KEYS.member(who): {"often": "every week", "why": "first"}}


def test_a_large_batch_gives_each_hand_in_its_own_fate(place):
    place.add_poll()
    known = [place.add_member(number) for number in range(30)]
    batch = [
        handed_in(JOURNEY, who) for number in range(30) for who in (known[number], member(1000 + number))
    ]

    assert fates(place, *batch) == ["stored", "unknown"] * 30
    assert len(place.ballots()) == 30


def test_start_reads_where_the_member_stands_and_writes_nothing(place):
    place.add_poll()
    who = place.add_member()
    claim = replace(handed_in(JOURNEY, who).claim, started=2**53)

    [fresh] = read_standings(place.store, [claim])
    fates(place, handed_in(JOURNEY, who, answers={"often": "never"}))
    [back] = read_standings(place.store, [claim])

    assert (fresh.fate, fresh.ballot) == (Fate.STORED, None)
    assert (back.fate, back.ballot.answers) == (Fate.CHANGED, {"often": "never"})


def test_a_batch_that_fails_leaves_nothing_behind(place):
    place.add_poll()
    who = place.add_member()
    good = handed_in(JOURNEY, who, answers={"often": "never"})
    bad = handed_in(JOURNEY, who, answers={"why": {1, 2}})

    with pytest.raises(TypeError):
        write_batch(place.store, [good, bad])

    assert place.ballots() == {}
    assert fates(place, good) == ["stored"]


def test_any_text_that_the_checking_table_lets_through_can_be_stored(place):
    place.add_poll()
    who = place.add_member()
    text = "\u202e<script>alert(1)</script> 'quoted' \\ \"double\" 🙂 \x01\n\uffff"

    fates(place, handed_in(JOURNEY, who, 2, answers={"why": text}))

    assert place.ballots()[KEYS.member(who)]["why"] == text


def test_back_and_clear_keep_the_member_on_the_way(place):
    place.add_poll()
    who = place.add_member()

    [back] = write_batch(place.store, [handed_in(JOURNEY, who, 2, turn=Turn.BACK, answers={"why": "x"})])
    [clear] = write_batch(place.store, [handed_in(JOURNEY, who, 2, turn=Turn.CLEAR)])

    assert (back.goes_to, clear.goes_to) == (0, 2)
    assert place.ballots() == {KEYS.member(who): {}}


def test_two_processes_that_write_at_once_keep_each_others_pages(place):
    place.add_poll()
    who = place.add_member()
    other = place.another()

    write_batch(place.store, [handed_in(JOURNEY, who, answers={"often": "never"})])
    write_batch(other, [handed_in(JOURNEY, who, 2, answers={"why": "x"})])
    other.close()

    assert place.ballots() == {KEYS.member(who): {"often": "never", "why": "x"}}


def test_withdrawn_ballots_are_gone_and_counted(place):
    place.add_poll()
    who = place.add_member()
    fates(place, handed_in(JOURNEY, who))

    with place.store.writing():
        assert place.store.withdraw(7, 1, KEYS.member(who))
        assert not place.store.withdraw(7, 1, KEYS.member(who))

    assert place.ballots() == {}
    assert place.run("SELECT panel, poll, count FROM withdrawal") == [(7, 1, 1)]


@pytest.mark.postgres
def test_postgresql_looks_batches_up_by_index_however_little_it_knows_of_the_tables(postgresql_store):
    claim = handed_in(JOURNEY, member(1)).claim

    with psycopg.connect(postgresql_store.address, autocommit=True) as connection:
        prepared(connection)
        rows = connection.execute(
            f"EXPLAIN {FATES}".encode(), {"rows": json.dumps([claim.row()]), "offset": 0}
        )
        plan = "\n".join(row[0] for row in rows)

    assert "Index Scan using ballot_pkey" in plan
    assert "Seq Scan" not in plan
