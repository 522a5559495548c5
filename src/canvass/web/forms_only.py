"""Addresses that take forms alone, opened as a page: by going back, by a reload, by a shared link."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LOOKS = frozenset({"GET", "HEAD"})


class FormsOnlyMiddleware:
    """Says so in a page, where the browser would show an empty one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method not in LOOKS:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page
