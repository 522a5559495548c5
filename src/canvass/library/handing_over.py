"""Handing finished bytes to fieldwork: what members see after they have voted."""

from django.conf import settings

from canvass.datafolder.folder import write_whole
from canvass.library import pages, shelf
from canvass.library.models import Publication
from canvass.team.models import Panel


def hand_over(panel: Panel) -> None:
    """Bring the panel's page after a vote to show the last closed poll; nothing is written where it does."""
    newest = Publication.objects.filter(panel=panel).order_by("-last_day", "-pk").first()
    if newest is None or not newest.lead:
        return
    place = settings.DATA.published / panel.slug / shelf.AFTER_VOTE
    content = _results_of(newest, panel)
    if not place.is_file() or place.read_bytes() != content:
        write_whole(place, content)


def _results_of(newest: Publication, panel: Panel) -> bytes:
    name = pages.LEAD_AFTER_VOTE
    picture = shelf.read(panel.slug, newest.slug, newest.edition, name, newest.files[name]).decode()
    return pages.after_vote(
        newest.title,
        newest.participation,
        picture,
        pages.public_address("library:poll", panel.slug, newest.slug),
        pages.public_address("library:home", panel.slug),
    )
