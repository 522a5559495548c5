"""The ballot app inside the test's own process, for faults that cannot be arranged from outside."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
from django.conf import settings
from tests.unit.fieldwork.stores import Place

from canvass.config.asgi import Door
from canvass.fieldwork.links import LinkKeys, make_link
from canvass.fieldwork.runtime import Ballots
from canvass.fieldwork.store import Store

STAMP = re.compile(r'name=stamp value="([^"]+)"')


class Visitor:
    def __init__(self, ballots: Ballots, who: str) -> None:
        self.ballots = ballots
        self.address = self.address_of(who)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(Door(ballots)), timeout=30)

    def address_of(self, who: str) -> str:
        return f"http://ballot/b/{make_link(LinkKeys(settings.KEYS), 1, who)}"

    async def start(self) -> str:
        """The stamp of the first page."""
        page = await self.client.post(self.address, data={"start": "1"})
        return STAMP.search(page.text)[1]

    async def hand_in(self, stamp: str, **fields: str) -> httpx.Response:
        return await self.client.post(self.address, data={"stamp": stamp} | fields)


@asynccontextmanager
async def visiting(place: Place, make_store: Callable[[], Store], **limits: int) -> AsyncIterator[Visitor]:
    """A visitor at the app as an installation runs it, over stores that `make_store` opens."""
    ballots = Ballots(make_store, **limits)
    await ballots.start()
    try:
        yield Visitor(ballots, place.add_member())
    finally:
        await ballots.stop()
