"""The kill test: a real server under real clients, killed by SIGKILL at random instants, again and again.

What the clients were told is read from their own log. Nothing acknowledged may be missing, nobody may have
two ballots, and every hand-in must have had its fate.
"""

import random
import threading
from collections.abc import Iterator

import pytest
from tests.ballotserver import Server, rising
from tests.faults.voters import Log, Voter
from tests.postgres import Cluster, postgres
from tests.unit.fieldwork.stores import Place, member, poll_of, postgresql_place, sqlite_place

__all__ = ["postgres"]
KILLS = 25
VOTERS = 6
MEMBERS = 3_000


@pytest.fixture
def on_sqlite() -> Iterator[Place]:
    with sqlite_place() as place:
        yield place


@pytest.fixture
def on_postgresql(postgres: Cluster) -> Iterator[Place]:
    with postgresql_place(postgres.database("killed")) as place:
        yield place


@pytest.mark.parametrize("store", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_no_kill_loses_or_doubles_an_acknowledged_answer(store, request):
    place: Place = request.getfixturevalue(f"on_{store}")
    place.add_poll()
    place.add_version(poll_of().questions)
    add_members(place)

    with rising(place.folder, place.canvass_address) as server:
        log = vote_under_kills(server)

    assert log.unexpected == []
    assert log.acknowledgements >= KILLS
    assert_nothing_is_missing(place, log)
    assert_nobody_has_two(place, log)


def add_members(place: Place) -> None:
    rows = (f"('{member(number)}', 7, 'active', true, false, '{{}}')" for number in range(MEMBERS))
    place.run(
        f"INSERT INTO standing (member, panel_id, state, mailable, linked, profile) VALUES {','.join(rows)}"
    )


def vote_under_kills(server: Server) -> Log:
    """25 kills at random instants while six voters go on; then everybody finishes in peace."""
    log, stop, instants = Log(), threading.Event(), random.Random(20221123)
    share = MEMBERS // VOTERS
    voters = [Voter(server, log, range(at * share, (at + 1) * share), stop) for at in range(VOTERS)]
    for voter in voters:
        voter.start()
    for _ in range(KILLS):
        stop.wait(instants.uniform(0.05, 0.6))
        server.kill()
        server.start()
    log.wait_for(KILLS)
    stop.set()
    for voter in voters:
        voter.join()
    return log


def assert_nothing_is_missing(place: Place, log: Log) -> None:
    """Each acknowledged answer is in a ballot, unless the same person sent another one after it."""
    by_words = {answers["why"]: answers for answers in place.ballots().values() if "why" in answers}
    took_part = place.participation()
    for who, told in log.members.items():
        if told.answers:
            assert took_part[who][0]
        if "why" in told.answers:
            [mine] = [by_words[words] for words in told.sent["why"] if words in by_words]
            assert str(mine["hours"]) in told.sent["hours"]
            assert mine["often"] == "every week"
        assert took_part.get(who, (False,) * 3)[2] or not told.finished


def assert_nobody_has_two(place: Place, log: Log) -> None:
    """As many ballots as members whose hand-ins were taken; nobody's words stand twice."""
    ballots, took_part = place.ballots(), place.participation()
    assert len(ballots) == len(took_part) <= len(log.members)
    voices = [answers["why"].split("-")[0] for answers in ballots.values() if "why" in answers]
    assert len(voices) == len(set(voices))
