"""On which days members took part. Fieldwork knows, and lies above this room: it is found by its name in the
settings, as the policy table is."""

from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from canvass.team.models import Panel


def days(panel: Panel, member: str = "") -> list[tuple[date, str]]:
    """The day of each first hand-in to a poll with the member's key, of one member or all, by day."""
    found: list[tuple[date, str]] = import_string(settings.PARTICIPATION)(panel, member)
    return found
