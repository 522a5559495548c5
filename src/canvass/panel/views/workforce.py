"""The panel beside the workforce, and the targets that say what the workforce is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from canvass import figures, formats
from canvass.panel import beside, profiles, shares
from canvass.panel.forms import PROFILE, TypedWorkforceForm, WorkforceFileForm
from canvass.panel.models import ProfileField, Workforce
from canvass.panel.refusals import PanelRefusal
from canvass.panel.services.workforce import bring_back_workforce, forget_workforce, write_workforce
from canvass.panel.uploads import table_of
from canvass.panel.views.faults import say
from canvass.tables.composition import Composition
from canvass.team.request import DeskRequest, actor, now

type _Form = TypedWorkforceForm | WorkforceFileForm


def workforce(request: DeskRequest, panel: str) -> HttpResponse:
    """Who the panel is beside the profession; POST writes new targets, typed or from a file."""
    fields, held = profiles.fields_of(request.panel), beside.workforce_of(request.panel)
    typed, file = _forms(request, fields, held)
    sent: _Form = file if file.is_bound else typed
    if sent.is_valid() and _written(request, fields, sent):
        messages.success(request, "The workforce is written down. Weights can be made from it.")
        return redirect("panel:workforce", panel)
    composition = beside.composition(request.panel, timezone.localdate(now()))
    context = {
        "held": held,
        "composition": composition,
        "picture": _picture(request, composition, held) if held else "",
        "typed": typed,
        "file": file,
        "form": sent,
        "rows": typed.rows(fields),
        "earlier": beside.earlier_workforces(request.panel),
    }
    return render(request, "panel/workforce.html", context, status=422 if sent.errors else 200)


def _picture(request: DeskRequest, composition: Composition, held: Workforce) -> SafeString:
    """The fields of which the workforce is known, drawn beside it."""
    fields = tuple(field for field in composition.fields if field.source)
    exhibit = figures.WorkforceExhibit(
        day=composition.day, fields=fields, source=request.panel.source_line, brand=request.panel.name
    )
    return SafeString(figures.figure(exhibit, level=2))


def _forms(
    request: DeskRequest, fields: list[ProfileField], held: Workforce | None
) -> tuple[TypedWorkforceForm, WorkforceFileForm]:
    """Both forms; the one that was sent is bound."""
    from_file = "from_file" in request.POST
    from_table = request.method == "POST" and not from_file
    typed = TypedWorkforceForm(
        request.POST if from_table else None,
        initial=TypedWorkforceForm.initial_of(held, fields),
        profile_fields=fields,
        auto_id="typed_%s",
    )
    file = WorkforceFileForm(
        request.POST if from_file else None, request.FILES if from_file else None, auto_id="file_%s"
    )
    return typed, file


def _written(request: DeskRequest, fields: list[ProfileField], form: _Form) -> bool:
    """Whether the targets could be taken; if not, the form says why."""
    try:
        typed, counts = _told(form, fields)
        found = {
            field.name: shares.shares(field, typed[field.name], counts=counts)
            for field in fields
            if field.name in typed
        }
        source, address = form.cleaned_data["source"], form.cleaned_data["address"]
        write_workforce(request.panel, found, source=source, address=address, by=actor(request), now=now())
    except PanelRefusal as refusal:
        first = f"{refusal.field}_0"  # a profile field's first option
        say(form, PanelRefusal(str(refusal), first if PROFILE + first in form.fields else refusal.field))
        return False
    return True


def _told(form: _Form, fields: list[ProfileField]) -> tuple[dict[str, dict[str, str]], bool]:
    if isinstance(form, TypedWorkforceForm):
        return form.typed(fields), form.cleaned_data["numbers"] == "people"
    try:
        table = table_of(form.cleaned_data["file"])
    except formats.UnreadableTable as fault:
        raise PanelRefusal(str(fault), "file") from fault
    return shares.from_table(fields, table)


@require_POST
def forget(request: DeskRequest, panel: str) -> HttpResponse:
    """Compare the panel with nobody any more; one click brings the numbers back."""
    held = beside.workforce_of(request.panel)
    if held is not None:
        forget_workforce(request.panel, by=actor(request), now=now())
        again = reverse("panel:bring_back_workforce", args=[panel, held.version])
        said = f"The panel is compared with nobody. The numbers from “{held.source}” are kept."
        messages.success(request, said, extra_tags=f"undo:{again}")
    return redirect("panel:workforce", panel)


@require_POST
def bring_back(request: DeskRequest, panel: str, version: int) -> HttpResponse:
    """Earlier numbers hold again."""
    try:
        held = bring_back_workforce(request.panel, version, by=actor(request), now=now())
        messages.success(request, f"The panel is compared with “{held.source}” again.")
    except PanelRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("panel:workforce", panel)
