"""Answers that take the same time whether an address is known or not: the clock must tell nobody either."""

from collections.abc import Callable
from functools import wraps
from time import monotonic, sleep

from django.http import HttpRequest, HttpResponse

STEP = 0.1  # seconds; what is done for an address takes a fraction of it


def in_step[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Hold the answer to a POST back until the next whole step since it came in."""

    @wraps(view)
    def held(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        began = monotonic()
        response = view(*args, **kwargs)
        if isinstance(args[0], HttpRequest) and args[0].method == "POST":
            sleep((began - monotonic()) % STEP)
        return response

    return held
