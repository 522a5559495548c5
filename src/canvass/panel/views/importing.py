"""Import in two steps: a preview of what a file would do, then the same plan carried out."""

import json
from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from canvass import formats
from canvass.datafolder.keys import KeyMissing
from canvass.panel import cipher, imports, profiles
from canvass.panel.forms import UploadForm
from canvass.panel.imports import NewMember, Plan
from canvass.panel.services import importing
from canvass.panel.uploads import table_of
from canvass.team.request import DeskRequest, actor, now

FAULTS_SHOWN = 50


@never_cache
def upload(request: DeskRequest, panel: str) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            table = table_of(form.cleaned_data["file"])
        except formats.UnreadableTable as fault:
            form.add_error("file", str(fault))
        else:
            basis = form.cleaned_data["basis"]
            return _preview(request, imports.plan(request.panel, table, today=now().date(), basis=basis))
    context = {"form": form, "fields": profiles.fields_of(request.panel)}
    return render(request, "panel/import.html", context, status=422 if form.errors else 200)


def _preview(request: DeskRequest, plan: Plan) -> HttpResponse:
    """What would happen. The plan travels encrypted in the page, so that no address waits on the server."""
    faults = imports.gathered(plan.faults)
    context = {
        "plan": plan,
        "faults": faults[:FAULTS_SHOWN],
        "more_faults": max(0, len(faults) - FAULTS_SHOWN),
        "examples": plan.new[:10],
        "carried": cipher.encrypt(json.dumps(asdict(plan)), _purpose(request)),
    }
    return render(request, "panel/import_preview.html", context, status=422 if plan.faults else 200)


def _purpose(request: DeskRequest) -> str:
    return f"import into {request.panel.pk} by {request.user.pk}"


@require_POST
@never_cache
def apply(request: DeskRequest, panel: str) -> HttpResponse:
    try:
        carried = json.loads(cipher.decrypt(request.POST.get("carried", ""), _purpose(request)))
    except (cipher.Unreadable, KeyMissing):
        messages.error(request, "That preview is not one of yours. Choose the file again.")
        return redirect("panel:import", panel)
    plan = Plan(new=[NewMember(**row) for row in carried["new"]], skipped=carried["skipped"])
    count = importing.import_members(request.panel, plan, by=actor(request), now=now())
    messages.success(request, f"{count:,} members were imported." if count != 1 else "1 member was imported.")
    return redirect("panel:members", panel)
