"""What the clock does to panels. A pump calls it; it may be run again at any instant."""

import logging

from django.conf import settings

from canvass.datafolder import clock
from canvass.panel.services import upkeep
from canvass.team.audit import SYSTEM

logger = logging.getLogger("canvass.panel")


def look_after() -> None:
    """End pauses, forget what is no longer needed, and bring the three stores to agree."""
    for sentence in upkeep.daily(by=SYSTEM, now=clock.now(settings.DATA.path)):
        logger.warning(sentence)
