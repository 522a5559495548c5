"""A service's refusal, said at the field it is about or on a page of its own."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canvass.panel.forms import PROFILE
from canvass.panel.refusals import PanelRefusal


def say(form: BaseForm, refusal: PanelRefusal) -> int:
    """Put the sentence at its field, or above the form. Returns the status of the page."""
    names = (refusal.field, PROFILE + refusal.field)
    form.add_error(next((name for name in names if name in form.fields), None), str(refusal))
    return 422


def too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "3600"
    return response
