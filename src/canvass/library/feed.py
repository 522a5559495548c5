"""The library as an Atom feed: one entry a published poll."""

from django.utils.feedgenerator import Atom1Feed

from canvass.library.models import Publication
from canvass.library.pages import public_address
from canvass.team.models import Panel

NEWEST = 30


def atom(panel: Panel) -> bytes:
    """The newest publications, each under its permanent address."""
    feed = Atom1Feed(
        title=f"{panel.name}: findings",
        link=public_address("library:home", panel.slug),
        feed_url=public_address("library:feed", panel.slug),
        description="",
        language="en-GB",
        author_name=panel.source_line,
    )
    for one in Publication.objects.filter(panel=panel).order_by("-published_at", "-pk")[:NEWEST]:
        address = public_address("library:poll", panel.slug, one.slug)
        feed.add_item(
            title=one.title,
            link=address,
            unique_id=address,
            description=f"{one.participation}.",
            pubdate=one.published_at,
            updateddate=one.published_at,
        )
    return feed.writeString("utf-8").encode()
