"""Static files and the example pages of the components."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from canvass.web import assets, examples

A_YEAR, AN_HOUR = 31_536_000, 3_600


@require_safe
def static(request: HttpRequest, name: str) -> HttpResponseBase:
    """One static file; to be kept for a year when the address carries the digest of its content."""
    asset = assets.find(name)
    if asset is None:
        raise Http404
    zipped = asset.zipped if "gzip" in request.headers.get("Accept-Encoding", "") else None
    response = HttpResponse(asset.body if zipped is None else zipped, content_type=asset.kind)
    if zipped is not None:
        response["Content-Encoding"] = "gzip"
    lasting = request.GET.get("v") == asset.digest
    response["Cache-Control"] = (
        f"public, max-age={A_YEAR}, immutable" if lasting else f"public, max-age={AN_HOUR}"
    )
    response["Vary"] = "Accept-Encoding"
    response["ETag"] = f'"{asset.digest}{"" if zipped is None else "-gzip"}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component on one page."""
    return render(request, "web/examples.html", examples.context(examples.COMPONENTS))


@require_safe
def component(request: HttpRequest, name: str) -> HttpResponse:
    """One component in its states."""
    if name not in examples.COMPONENTS:
        raise Http404
    return render(request, "web/examples.html", examples.context([name]))
