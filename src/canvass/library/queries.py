"""Reads of the public shelf. Everything here is public; a panel sees its own shelf only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from canvass.library.models import Publication, PublishedFigure
from canvass.library.searching import terms
from canvass.polls import categories
from canvass.team.models import Panel

FINDINGS = 3  # of a poll in the list


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the library asks for; every field may be blank."""

    words: str = ""
    category: str = ""
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return bool(terms(self.words) or self.category or self.first or self.last)


@dataclass(frozen=True, slots=True)
class Entry:
    """One published poll in the list, with the findings that are named there."""

    publication: Publication
    findings: tuple[PublishedFigure, ...]
    more: int  # figures that are not named

    @property
    def category(self) -> str:
        return categories.name_of(self.publication.category)


def publication(panel: Panel, slug: str) -> Publication:
    """The published poll of this address. Raises Publication.DoesNotExist."""
    return Publication.objects.select_related("panel").get(panel=panel, slug=slug)


def newest(panel: Panel) -> Publication | None:
    """The publication whose fieldwork ended last."""
    return Publication.objects.filter(panel=panel).order_by("-last_day", "-pk").first()


def found(panel: Panel, filters: Filters) -> QuerySet[Publication]:
    """Published polls that the filters let through, the newest first."""
    polls = Publication.objects.filter(panel=panel).order_by("-last_day", "-pk")
    for term in terms(filters.words):
        polls = polls.filter(words__contains=term)
    if filters.category:
        polls = polls.filter(Exists(_figures_of_category(filters.category)) | Q(category=filters.category))
    if filters.first:
        polls = polls.filter(last_day__gte=filters.first)
    if filters.last:
        polls = polls.filter(first_day__lte=filters.last)
    return polls


def _figures_of_category(category: str) -> QuerySet[PublishedFigure]:
    return PublishedFigure.objects.filter(publication=OuterRef("pk"), category=category)


def entries(page: list[Publication], words: str) -> list[Entry]:
    """The list's lines: of each poll the findings that match the words, else its first ones."""
    figures = PublishedFigure.objects.filter(publication__in=page).order_by("place")
    of_poll: dict[int, list[PublishedFigure]] = {}
    for figure in figures:
        of_poll.setdefault(figure.publication_id, []).append(figure)
    return [_entry(one, of_poll.get(one.pk, []), terms(words)) for one in page]


def category_choices(panel: Panel) -> list[tuple[str, str]]:
    """(as written, name) of the categories that have a published poll or a figure in one."""
    polls = Publication.objects.filter(panel=panel).values_list("category", flat=True)
    figures = PublishedFigure.objects.filter(panel=panel).values_list("category", flat=True)
    used = {*polls, *figures} - {""}
    return [(written, name) for written, name in categories.choices(used) if written in used]


def waves(figure: PublishedFigure) -> list[PublishedFigure]:
    """The same bank item in the panel's other published polls, the earliest first."""
    if not figure.bank:
        return []
    same = PublishedFigure.objects.filter(Q(panel=figure.panel_id, bank=figure.bank) & ~Q(pk=figure.pk))
    return list(same.select_related("publication").order_by("publication__last_day", "pk"))


def _entry(one: Publication, figures: list[PublishedFigure], wanted: tuple[str, ...]) -> Entry:
    matching = [figure for figure in figures if wanted and any(term in figure.words for term in wanted)]
    named = sorted(matching or figures, key=lambda figure: -_hits(figure, wanted))[:FINDINGS]
    return Entry(one, tuple(named), len(figures) - len(named))


def _hits(figure: PublishedFigure, wanted: tuple[str, ...]) -> int:
    return sum(term in figure.words for term in wanted)
