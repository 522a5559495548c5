"""The public pages. They set no cookie, need no script, and may be kept by browsers and proxies."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from canvass.library import feed as feeds
from canvass.library import pages, queries, shelf
from canvass.library.forms import SearchForm
from canvass.library.models import Publication, PublishedFigure
from canvass.library.queries import Filters
from canvass.team.models import Panel

PAGE = 20  # polls on one page of the list
FIVE_MINUTES = 300
HTML = "text/html; charset=utf-8"


def _on_the_shelf(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What was not published is said within the library, with the way back to it."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, panel: str, **place: str) -> HttpResponse:
        try:
            return view(request, panel, **place)
        except Http404:
            body = render_to_string("library/not_found.html", {"panel": _panel(panel)})
            return HttpResponse(body, status=404)

    return shown


@require_safe
def home(request: HttpRequest, panel: str) -> HttpResponse:
    """The newest finding, then all of them by date; with filters in the address, those that match."""
    found = _panel(panel)
    form = SearchForm(request.GET, categories=queries.category_choices(found))
    filters = _filters(form)
    polls = Paginator(queries.found(found, filters), PAGE).get_page(request.GET.get("page"))
    first = queries.newest(found) if not filters and not form.errors and polls.number == 1 else None
    context = {
        "panel": found,
        "form": form,
        "filtered": bool(filters) or bool(form.errors),
        "page": polls,
        "entries": queries.entries(list(polls.object_list), filters.words),
        "newest": first,
        "picture": _lead(first),
        "lead": first.figures.filter(address=first.lead).first() if first else None,
        "request": request,
    }
    return _answer(request, render_to_string("library/home.html", context).encode(), HTML)


@require_safe
def feed(request: HttpRequest, panel: str) -> HttpResponse:
    """The newest publications as an Atom feed."""
    return _answer(request, feeds.atom(_panel(panel)), "application/atom+xml; charset=utf-8")


@_on_the_shelf
def poll(request: HttpRequest, panel: str, poll: str) -> HttpResponse:
    """A published poll, as it was published."""
    return _file(request, _publication(panel, poll), pages.PAGE, HTML)


@_on_the_shelf
def figure(request: HttpRequest, panel: str, poll: str, figure: str) -> HttpResponse:
    """One figure under its permanent address, with the same question in other polls."""
    found = _publication(panel, poll)
    shown = PublishedFigure.objects.filter(publication=found, address=figure).first()
    if shown is None:
        raise Http404
    frozen = _content(found, f"{figure}.html").decode()
    waves = render_to_string("library/waves.html", {"panel": found.panel, "waves": _around(found, shown)})
    return _answer(request, frozen.replace(pages.WAVES, waves).encode(), HTML)


@_on_the_shelf
def picture(request: HttpRequest, panel: str, poll: str, figure: str, width: str) -> HttpResponse:
    """One figure as SVG, wide or for a phone."""
    return _file(request, _publication(panel, poll), f"{figure}.{width}.svg", "image/svg+xml")


@_on_the_shelf
def picture_png(request: HttpRequest, panel: str, poll: str, figure: str, width: str) -> HttpResponse:
    """The same picture as PNG, where SVG cannot be placed; drawn from the published one when asked for."""
    svg = _content(_publication(panel, poll), f"{figure}.{width}.svg")
    return _answer(request, pages.as_png(svg), "image/png")


@_on_the_shelf
def numbers(request: HttpRequest, panel: str, poll: str, figure: str) -> HttpResponse:
    """A figure's numbers as CSV."""
    response = _file(request, _publication(panel, poll), f"{figure}.csv", "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{poll}-{figure}.csv"'
    return response


@_on_the_shelf
def cite(request: HttpRequest, panel: str, poll: str, figure: str) -> HttpResponse:
    """A figure's citation as BibTeX."""
    response = _file(request, _publication(panel, poll), f"{figure}.bib", "text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{poll}-{figure}.bib"'
    return response


def _panel(slug: str) -> Panel:
    found = Panel.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _publication(panel: str, poll: str) -> Publication:
    try:
        return queries.publication(_panel(panel), poll)
    except Publication.DoesNotExist as error:
        raise Http404 from error


def _filters(form: SearchForm) -> Filters:
    """What was asked for; a field with a fault asks for nothing."""
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    return Filters(given.get("q", ""), given.get("category", ""), given.get("first"), given.get("last"))


def _lead(first: Publication | None) -> SafeString:
    if first is None or not first.lead:
        return SafeString("")
    return SafeString(_content(first, pages.LEAD).decode())


def _around(found: Publication, shown: PublishedFigure) -> list[tuple[PublishedFigure, str]]:
    """The same question elsewhere, each "earlier" or "later" than here."""
    here = (found.last_day, found.pk)
    return [
        (wave, "earlier" if (wave.publication.last_day, wave.publication_id) < here else "later")
        for wave in queries.waves(shown)
    ]


def _content(found: Publication, name: str) -> bytes:
    """A published file; 404 for a name that was not published."""
    sha256 = found.files.get(name)
    if sha256 is None:
        raise Http404
    return shelf.read(found.panel.slug, found.slug, found.edition, name, sha256)


def _file(request: HttpRequest, found: Publication, name: str, kind: str) -> HttpResponse:
    return _answer(request, _content(found, name), kind)


def _answer(request: HttpRequest, body: bytes, kind: str) -> HttpResponse:
    """The bytes with what lets them be kept: an ETag of their content, gzipped where that is understood."""
    zips = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}{"-gzip" if zips else ""}"'
    response = HttpResponse(shelf.zipped(body) if zips else body, content_type=kind)
    if zips:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
    kept = get_conditional_response(request, etag=etag, response=response)
    return response if kept is None else kept
