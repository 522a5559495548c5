"""The door: ballots go to the small app in front, everything else to Django, in one process."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canvass.config.settings")
desk = get_asgi_application()

from canvass.config import orphans, warming  # noqa: E402  Django must be set up first
from canvass.fieldwork.http import Receive, Scope, Send  # noqa: E402
from canvass.fieldwork.runtime import Ballots  # noqa: E402


class Door:
    def __init__(self, ballots: Ballots) -> None:
        self.ballots = ballots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["path"].startswith("/b/"):
            await self.ballots.app(scope, receive, send)
        else:
            await desk(scope, receive, send)  # type: ignore[arg-type]

    async def live(self, receive: Receive, send: Send) -> None:
        """Start the ballots' threads before the first request, and stop them after the last."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.ballots.start()
                warming.begin()
                orphans.end_with_parent()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.ballots.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


application = Door(Ballots())
