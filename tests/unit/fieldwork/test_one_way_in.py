"""The checking table and the ballot box are the only way in: without the table nothing gets stored."""

import asyncio
import time

import pytest
from tests.unit.fieldwork.stores import KEYS, Place, poll_of, sqlite_place

from canvass.fieldwork.ballotbox import EntriesRefused, Entry, PollAtHand, hand_in_many
from canvass.fieldwork.handin import Fate
from canvass.fieldwork.preview import preview_page
from canvass.fieldwork.reading import page_answers
from canvass.instrument import CheckingTable

JOURNEY = poll_of()
POLL = PollAtHand(id=1, version=1, journey=JOURNEY, keys=KEYS)
DEMO, IMPORT = "demo", "import"


def entry(kind: str, place: Place, **answers: object) -> Entry:
    if kind == DEMO:
        return Entry(answers, member=place.add_member())
    return Entry(answers, respondent="r1")


@pytest.fixture
def place():
    with sqlite_place() as place:
        place.add_poll(state="closed")
        yield place


@pytest.mark.parametrize("kind", [DEMO, IMPORT])
def test_entries_are_checked_and_stored_as_ballots(place, kind):
    good = entry(kind, place, often="every week", hours="50")

    assert [outcome.fate for outcome in hand_in_many(place.store, POLL, [good])] == [Fate.STORED]
    assert list(place.ballots().values()) == [{"often": "every week", "hours": 50}]
    assert [outcome.fate for outcome in hand_in_many(place.store, POLL, [good])] == [Fate.CHANGED]


@pytest.mark.parametrize("kind", [DEMO, IMPORT])
def test_one_bad_answer_refuses_all_entries_and_says_which(place, kind):
    bad = entry(kind, place, often="now and then")

    with pytest.raises(EntriesRefused) as refused:
        hand_in_many(place.store, POLL, [Entry({"often": "never"}, respondent="r0"), bad])

    assert [(fault.number, fault.item) for fault in refused.value.faults] == [(1, "often")]
    assert place.ballots() == {}


def test_without_the_checking_table_browser_import_and_demo_all_fail(place, monkeypatch):
    demo, imported = entry(DEMO, place, often="never"), entry(IMPORT, place, often="never")
    monkeypatch.delattr(CheckingTable, "check")

    with pytest.raises(AttributeError):
        page_answers(JOURNEY, (0,), {"often": ["1"]})
    for one in (demo, imported):
        with pytest.raises(AttributeError):
            hand_in_many(place.store, POLL, [one])
    assert place.ballots() == {}


def test_an_unfinished_entry_counts_what_it_was_shown(place):
    hand_in_many(place.store, POLL, [Entry({"often": "never"}, member=place.add_member(), reached=0)])

    assert place.shown() == [["often", "why"]]
    assert list(place.participation().values()) == [(True, True, False)]


def test_the_ballot_path_asks_the_orm_nothing(place, monkeypatch):
    from django.db.backends.utils import CursorWrapper

    from canvass.config.asgi import Door
    from canvass.fieldwork.runtime import Ballots

    monkeypatch.delattr(CursorWrapper, "execute")
    place.add_version(JOURNEY.questions)
    place.run("UPDATE poll_window SET state = 'open', closes = %s", int(time.time()) + 3600)

    said = asyncio.run(journey(Door(Ballots(place.another)), place))

    assert said == [200, 200, 200, 200]
    assert len(place.ballots()) == 1


async def journey(door, place):
    """A vote through the ASGI application itself."""
    import httpx
    from django.conf import settings

    from canvass.fieldwork.links import LinkKeys, make_link

    path = f"http://ballot/b/{make_link(LinkKeys(settings.KEYS), 1, place.add_member())}"
    await door.ballots.start()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door)) as client:
        pages = [await client.get(path), await client.post(path, data={"start": "1"})]
        for fields in ({"often": "1"}, {"why": "x"}):
            stamp = pages[-1].text.split('name=stamp value="')[1].split('"')[0]
            pages.append(await client.post(path, data={"stamp": stamp} | fields))
    await door.ballots.stop()
    return [page.status_code for page in pages]


def test_a_preview_goes_from_page_to_page_and_stores_nothing():
    cover = preview_page(JOURNEY.questions, {}).decode()
    first = preview_page(JOURNEY.questions, {"at": ["cover"]}, carry={"csrf": "t"}).decode()
    second = preview_page(JOURNEY.questions, {"at": ["0"], "often": ["0"], "go": ["next"]}).decode()
    wrong = preview_page(JOURNEY.questions, {"at": ["1"], "often": ["0"], "hours": ["999"]}).decode()

    assert "Start" in cover
    assert "How often?" in first
    assert 'name="csrf" value="t"' in first
    assert "How many hours?" in second
    assert "There is a problem" in wrong
