"""Publishing: a counted poll becomes finished pages that do not change."""

from datetime import datetime

from django.db import transaction

from canvass.analysis.results import Result, Results
from canvass.instrument import Instrument
from canvass.library import checklist, handing_over, pages, shelf
from canvass.library.models import Publication, PublishedFigure
from canvass.library.searching import plain
from canvass.polls import services as polls
from canvass.polls.models import Poll
from canvass.team.audit import Actor


def publish(poll: Poll, *, by: Actor, now: datetime) -> Publication:
    """Publish a closed and counted poll. Raises PollRefused.

    The files are written first, whole; then one transaction puts them on the shelf and moves the poll on.
    Stopped between the two, nothing is public; publishing again writes the pages of that later day. The audit
    entry is that of the poll's move.
    """
    found = checklist.publishable(poll)
    made = pages.files(found, now)
    edition = shelf.keep(poll.panel.slug, poll.slug, made)
    with transaction.atomic():
        polls.publish(poll, by=by, now=now)
        publication = _put_on_shelf(found, edition, made, now)
    handing_over.hand_over(poll.panel)
    return publication


def _put_on_shelf(found: Results, edition: str, made: dict[str, bytes], now: datetime) -> Publication:
    poll, lead = found.poll, pages.lead_of(found)
    assert poll.opens is not None
    assert poll.closes is not None
    publication = Publication.objects.create(
        panel=poll.panel,
        poll=poll,
        slug=poll.slug,
        title=poll.title,
        category=poll.category,
        topic=poll.topic,
        series=poll.series,
        participation=found.participation,
        first_day=poll.opens.date(),
        last_day=poll.closes.date(),
        lead=lead.address if lead else "",
        edition=edition,
        files={name: shelf.digest(content) for name, content in made.items()},
        words=_words(found),
        published_at=now,
    )
    PublishedFigure.objects.bulk_create(
        _figure(publication, place, result, found.instrument) for place, result in enumerate(found.public)
    )
    return publication


def _figure(publication: Publication, place: int, result: Result, asked: Instrument) -> PublishedFigure:
    item = result.item
    return PublishedFigure(
        panel=publication.panel,
        publication=publication,
        place=place,
        address=result.address,
        bank=item.bank,
        category=asked.category_of(item),
        title=result.title,
        question=item.text,
        words=plain([*_figure_words(result), asked.topic_of(item), asked.category_of(item)]),
    )


def _figure_words(result: Result) -> list[str]:
    item = result.item
    labels = [*(option.label for option in item.options), *(row.label for row in item.rows)]
    return [result.title, item.text, item.topic, item.category, *labels]


def _words(found: Results) -> str:
    poll, asked = found.poll, found.instrument
    about = [poll.title, poll.category, poll.topic, poll.series, poll.sponsor, asked.intro]
    return plain([*about, *(words for result in found.public for words in _figure_words(result))])
