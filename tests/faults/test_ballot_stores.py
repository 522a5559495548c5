"""The ballot when its store is slow, full, away or shared: a calm page, the form kept, no false thanks."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest
from tests.ballotserver import Server, serving
from tests.faults.ballotapp import STAMP, visiting
from tests.faults.test_kill import add_members, assert_nothing_is_missing
from tests.faults.voters import Log, Voter
from tests.postgres import Cluster, cluster, postgres
from tests.unit.fieldwork.stores import KEYS, Place, handed_in, poll_of, postgresql_place, sqlite_place

from canvass.fieldwork import runtime
from canvass.fieldwork.groupcommit import WorkFailed
from canvass.fieldwork.store_sqlite import SqliteStore

__all__ = ["postgres"]
JOURNEY = poll_of(layout="one_page")


def opened(place: Place, layout: str = "one_page") -> Place:
    place.add_poll()
    place.add_version(poll_of(layout=layout).questions)
    return place


@pytest.fixture
def place() -> Iterator[Place]:
    with sqlite_place() as place:
        yield opened(place)


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    with cluster() as running:
        yield running


class SmallDisk(SqliteStore):
    """A store whose file cannot grow by more than a few pages."""

    def _connect(self):
        connection = super()._connect()
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 2}")
        return connection


def test_a_full_queue_asks_to_wait_and_keeps_the_form(place):
    async def come_while_the_queue_is_full():
        async with visiting(place, place.another, longest_queue=1) as visitor:
            stamp = await visitor.start()
            holder = place.another()
            with holder.writing():
                waiting = [asyncio.create_task(visitor.hand_in(stamp, often="1")) for _ in range(6)]
                refused = await next(asyncio.as_completed(waiting))
            pages = await asyncio.gather(*waiting)
            holder.close()
            return refused, pages

    refused, pages = asyncio.run(come_while_the_queue_is_full())

    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "5"
    assert 'value="1" id=q-often-1 checked' in refused.text
    assert {page.status_code for page in pages} == {200, 503}
    assert list(place.ballots().values()) == [{"often": "never"}]


def test_a_full_disk_keeps_the_form_and_what_was_stored(place):
    long = "x" * 500

    async def come_until_the_disk_is_full():
        async with visiting(place, lambda: SmallDisk(place.folder / "ballots.db")) as visitor:
            pages = []
            for number in range(2, 60):
                visitor.address = visitor.address_of(place.add_member(number))
                pages.append(await visitor.hand_in(await visitor.start(), often="1", why=long))
            return pages

    pages = asyncio.run(come_until_the_disk_is_full())

    told = [page for page in pages if page.status_code == 200]
    refused = [page for page in pages if page.status_code == 503]
    assert len(told) + len(refused) == len(pages)
    assert long in refused[0].text
    assert "could not be stored" in refused[0].text
    assert len(place.ballots()) == len(told) > 0


def test_a_bad_hand_in_fails_alone_and_the_rest_of_its_batch_is_stored(place):
    people = [place.add_member(number) for number in range(10, 20)]
    hand_ins = [handed_in(JOURNEY, who, answers={"often": "never"}) for who in people]
    hand_ins[4] = replace(hand_ins[4], answers={"why": {"a set is no answer"}})

    async def hand_in_at_once():
        async with visiting(place, place.another) as visitor:
            waiting = [visitor.ballots.hand_ins.submit(hand_in) for hand_in in hand_ins]
            return await asyncio.gather(*waiting, return_exceptions=True)

    outcomes = asyncio.run(hand_in_at_once())

    assert [type(outcome) for outcome in outcomes].index(WorkFailed) == 4
    assert set(place.ballots()) == {KEYS.member(who) for who in people if who != people[4]}


@pytest.mark.postgres
def test_postgresql_that_crashes_under_load_comes_back_by_itself(own_cluster):
    with (
        postgresql_place(own_cluster.database("crashing")) as place,
        serving(opened(place, "one_thing").folder, place.canvass_address) as server,
    ):
        add_members(place)

        log = vote_while_it_crashes(server, own_cluster)

        assert all(said.startswith("503") for said in log.unexpected)
        assert_nothing_is_missing(place, log)
        assert log.acknowledgements > 100


def vote_while_it_crashes(server: Server, own_cluster: Cluster) -> Log:
    """Three crashes, each while answers come in, as they do again after it."""
    log, stop = Log(), threading.Event()
    voters = [Voter(server, log, range(at * 500, (at + 1) * 500), stop) for at in range(4)]
    for voter in voters:
        voter.start()
    for _ in range(3):
        log.wait_for(40)
        own_cluster.crash()
        own_cluster.start()
    log.wait_for(40)
    stop.set()
    for voter in voters:
        voter.join()
    return log


@pytest.mark.postgres
def test_while_postgresql_is_away_all_who_wait_are_told_together(own_cluster, monkeypatch, caplog):
    monkeypatch.setattr(runtime, "PAUSES", (0.05,) * 3)

    async def come_while_it_is_away(place):
        async with visiting(place, place.another) as visitor:
            stamp = await visitor.start()
            own_cluster.crash()
            pages = await asyncio.gather(*(visitor.hand_in(stamp, often="1") for _ in range(6)))
            own_cluster.start()
            return pages, await visitor.hand_in(stamp, often="1")

    with postgresql_place(own_cluster.database("away")) as place:
        pages, later = asyncio.run(come_while_it_is_away(opened(place)))
        stored = list(place.ballots().values())

    assert {page.status_code for page in pages} == {503}
    assert "its store is away" in caplog.text
    assert "is done one by one" not in caplog.text
    assert (later.status_code, stored) == (200, [{"often": "never"}])


@pytest.mark.postgres
def test_two_workers_that_write_one_member_at_once_keep_every_page(postgres):
    with (
        postgresql_place(postgres.database("shared")) as place,
        serving(opened(place, "one_thing").folder, place.canvass_address, workers=2) as server,
    ):
        link = server.link(place.add_member())

        statuses = hand_in_from_many_tabs(link)

        assert statuses == {200}
        assert list(place.ballots().values()) == [{"often": "every week", "hours": 50, "why": "Caseload"}]
        assert place.shown() == [["often", "hours", "why"]]


def hand_in_from_many_tabs(link: str) -> set[int]:
    """Each tab sends its own page, again and again, on connections that spread over the workers."""
    first = httpx.post(link, data={"start": "1"})
    second = httpx.post(link, data={"stamp": STAMP.search(first.text)[1], "often": "0"})
    third = httpx.post(link, data={"stamp": STAMP.search(second.text)[1], "hours": "50"})
    fields = ({"often": "0"}, {"hours": "50"}, {"why": "Caseload"})
    pages = [
        {"stamp": STAMP.search(page.text)[1]} | answer
        for page, answer in zip((first, second, third), fields, strict=True)
    ]
    with ThreadPoolExecutor(8) as tabs:
        return {
            page.status_code for page in tabs.map(lambda at: httpx.post(link, data=pages[at % 3]), range(120))
        }
