"""The library as an Atom feed: one entry a published poll."""

from html import escape

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
    newest = Publication.objects.filter(panel=panel).order_by("-published_at", "-pk")
    for one in newest.prefetch_related("figures")[:NEWEST]:
        address = public_address("library:poll", panel.slug, one.slug)
        feed.add_item(
            title=one.title,
            link=address,
            unique_id=address,
            description=_summary(one),
            pubdate=one.published_at,
            updateddate=one.published_at,
        )
    return feed.writeString("utf-8").encode()


def _summary(one: Publication) -> str:
    """The finding that speaks for the poll, after its question; and who took part. It is read as HTML."""
    lead = next((figure for figure in one.figures.all() if figure.address == one.lead), None)
    finding = f"{lead.question} {lead.title}. " if lead else ""
    return escape(f"{finding}{one.participation}.")
