"""How people come in: the sign-up page and its codes, consent wording, profile fields."""

import io
import re

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from canvass.panel import profiles, queries
from canvass.panel.addresses import source_code
from canvass.panel.forms import FieldForm, WordingForm
from canvass.panel.models import ProfileField
from canvass.panel.refusals import PanelRefusal
from canvass.panel.services import panels
from canvass.panel.views.faults import say
from canvass.team.request import DeskRequest, actor, now


@require_safe
def share(request: DeskRequest, panel: str) -> HttpResponse:
    """The link and QR code of the sign-up page, with a code that tells where people came from."""
    typed = request.GET.get("code", "")
    code = source_code(re.sub(r"[^a-z0-9]+", "-", typed.lower()).strip("-"))
    link = settings.BASE_URL + reverse("panel:join", args=[panel]) + (f"?from={code}" if code else "")
    context = {
        "link": link,
        "code": code,
        "qr": _qr(link),
        "sources": queries.by_source(request.panel),
    }
    return render(request, "panel/share.html", context)


def _qr(link: str) -> str:
    """The QR code as SVG: dark on a white ground in both themes, since cameras want it so."""
    drawn = io.BytesIO()
    segno.make(link, error="m").save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=True,
        light="#fff",
        dark="#16202b",
        omitsize=True,
        title="QR code",
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 our own drawing: the link is pixels in it


def consent(request: DeskRequest, panel: str) -> HttpResponse:
    """What members agree to: the wordings with their versions, and a form for a new one."""
    kept = queries.versions(request.panel)
    kind = request.POST.get("kind", request.GET.get("kind", "membership"))
    if kind not in kept:
        raise Http404
    form = WordingForm(request.POST or None, initial={"text": kept[kind][0].text})
    if form.is_valid():
        try:
            panels.write_wording(request.panel, kind, form.cleaned_data["text"], by=actor(request), now=now())
        except PanelRefusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, "The new wording is in force for those who sign up from now on.")
            return redirect(f"{reverse('panel:consent', args=[panel])}?{urlencode({'kind': kind})}")
    context = {"form": form, "kind": kind, "kept": kept[kind]}
    return render(request, "panel/consent.html", context, status=422 if form.errors else 200)


@require_safe
def fields(request: DeskRequest, panel: str) -> HttpResponse:
    return render(request, "panel/fields.html", {"fields": profiles.fields_of(request.panel)})


def new_field(request: DeskRequest, panel: str) -> HttpResponse:
    return _edit(request, None)


def field(request: DeskRequest, panel: str, name: str) -> HttpResponse:
    return _edit(request, _field(request, name))


def _field(request: DeskRequest, name: str) -> ProfileField:
    found = next((one for one in profiles.fields_of(request.panel) if one.name == name), None)
    if found is None:
        raise Http404
    return found


def _edit(request: DeskRequest, held: ProfileField | None) -> HttpResponse:
    form = FieldForm(request.POST or None, initial=FieldForm.initial_of(held) if held else {})
    if form.is_valid():
        name, label = held.name if held else "", form.cleaned_data["label"]
        try:
            panels.save_field(request.panel, name, label, form.chosen(), by=actor(request), now=now())
        except PanelRefusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, f"{label} is saved.")
            return redirect("panel:fields", request.panel.slug)
    status = 422 if form.errors else 200
    return render(request, "panel/field.html", {"form": form, "held": held}, status=status)


def remove_field(request: DeskRequest, panel: str, name: str) -> HttpResponse:
    """GET asks; POST does it, unless members hold a value."""
    held = _field(request, name)
    refused = ""
    if request.method == "POST":
        try:
            panels.remove_field(request.panel, name, by=actor(request), now=now())
        except PanelRefusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"{held.label} is no longer asked.")
            return redirect("panel:fields", panel)
    context = {"held": held, "refused": refused}
    return render(request, "panel/remove_field.html", context, status=422 if refused else 200)
