"""Serving the pictures of polls: to everybody once a poll has opened, before that to its panel's team."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from canvass.polls import drafts, pictures
from canvass.polls.models import Poll
from canvass.polls.states import FROZEN
from canvass.team.models import Membership


@require_safe
def picture(request: HttpRequest, panel: str, poll: str, name: str) -> FileResponse:
    """One picture, with a type fixed by its name, never sniffed, able to run nothing."""
    found = Poll.objects.select_related("panel").filter(slug=poll, panel__slug=panel).first()
    if found is None or not (found.state in FROZEN or _on_the_team(request, found)):
        raise Http404
    path = pictures.path_of(drafts.picture_folder(found), name)
    if path is None:
        raise Http404
    reach = "public, max-age=3600" if found.state in FROZEN else "private, no-cache"
    headers = {
        "Cache-Control": reach,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(path.open("rb"), content_type=pictures.TYPES[path.suffix], headers=headers)


def _on_the_team(request: HttpRequest, poll: Poll) -> bool:
    return (
        request.user.is_authenticated
        and Membership.objects.filter(panel=poll.panel_id, staff=request.user.pk).exists()
    )
