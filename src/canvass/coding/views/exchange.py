"""Exchange: a study as files of other programs, and a codebook of theirs."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from canvass import __version__
from canvass.coding import ledgers, services
from canvass.coding.exchange import taking_in
from canvass.coding.exchange.leaving import leaving
from canvass.coding.exchange.matrix import matrix
from canvass.coding.exchange.project import codebook, project
from canvass.coding.forms import CodebookFileForm
from canvass.coding.ledgers import Room
from canvass.coding.models import Study
from canvass.coding.naming import new_id
from canvass.coding.views.parts import context, names, opened, study_or_404
from canvass.formats import refi, xlsx_file
from canvass.formats.columns import UnwritableTable
from canvass.panel.exports import as_csv
from canvass.team.request import DeskRequest, actor, now
from canvass.words.study import StudyRefused

ORIGIN = f"Canvass {__version__}"
MOST_BYTES = 20_000_000  # of a file that is taken in


class File(NamedTuple):
    """A kind of file that a study can leave as."""

    ending: str
    content_type: str
    label: str
    told: str
    write: Callable[[Study, Room], bytes]


def _project(study: Study, room: Room) -> bytes:
    acted = {place.coder for place in room.state.codings}
    acted |= {memo.by for memo in room.state.memos.values()}
    acted |= {decided.by for decided in room.state.settled.values()}
    made = project(study, room, names(acted), at=f"{now():%Y-%m-%dT%H:%M:%SZ}")
    return refi.write_project(made, origin=ORIGIN)


def _codebook(study: Study, room: Room) -> bytes:
    return refi.write_codebook(*codebook(study, room), origin=ORIGIN)


def _csv(study: Study, room: Room) -> bytes:
    table = matrix(study, room)
    return as_csv(table.headings, table.rows)


def _xlsx(study: Study, room: Room) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.xlsx"
        xlsx_file.write(path, matrix(study, room))
        return path.read_bytes()


FILES = {
    "project": File(
        "qdpx", "application/zip", "Project (REFI-QDA)",
        "Texts, codes, codings with their coders, memos, and people with their profile bands: "
        "for NVivo, ATLAS.ti, MAXQDA, QualCoder and others.", _project,
    ),
    "codebook": File(
        "qdc", "application/xml", "Codebook (REFI-QDA)", "Codes and themes with their definitions.", _codebook
    ),
    "xlsx": File(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Answers by codes (Excel)",
        "A row for each answer, a column of 0 and 1 for each code and theme.", _xlsx,
    ),
    "csv": File(
        "csv", "text/csv; charset=utf-8", "Answers by codes (CSV)",
        "The same table; canvass tabulate counts its codes as one question.", _csv,
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """What can leave and what can come in; POST takes a codebook in."""
    form = CodebookFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _take_in(request, study_or_404(request, study), form)
        except (refi.RefiError, StudyRefused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("coding:codebook", panel, study)
    with opened(request, study) as (found, room):
        shown = context(request, found, room) | {
            "form": form,
            "files": FILES,
            "leaving": len(leaving(found, room)),
            "at_home": len(room.state.flags),
        }
        return render(request, "coding/exchange.html", shown, status=422 if form.errors else 200)


@require_POST
@never_cache
def export(request: DeskRequest, panel: str, study: str, kind: str) -> HttpResponse:
    """One file, with an entry in the audit log."""
    file = FILES.get(kind)
    if file is None:
        raise Http404
    with opened(request, study) as (found, room):
        try:
            content = file.write(found, room)
        except (refi.RefiError, UnwritableTable) as refusal:
            messages.error(request, str(refusal))
            return redirect("coding:exchange", panel, study)
    services.record_export(found, kind, by=actor(request), now=now())
    response = HttpResponse(content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.{file.ending}"'
    return response


def _take_in(request: DeskRequest, study: Study, form: CodebookFileForm) -> None:
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise refi.RefiError(
            f"{file.name} is larger than {MOST_BYTES // 1_000_000} MB. Export the codebook alone."
        )
    codes, losses = taking_in.read(file.read(), file.name)
    with ledgers.opened(study) as room:
        taken = taking_in.taking_in(codes, room.state, new_id)
    services.do_all(study, taken.acts, as_="codebook_taken_in", by=actor(request), now=now())
    told = f"{taken.made} codes and themes are taken in"
    messages.success(request, f"{told}; {taken.known} were here already." if taken.known else f"{told}.")
    if left := losses + taken.losses:
        messages.warning(request, f"Left behind: {'; '.join(left)}.")
