"""A form that was sent when the log-in had ended. It waits, signed, in the log-in page; whoever logs in there
is shown what would be sent and sends it again by a button, so nothing that was typed is lost."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

SALT = "canvass.team.kept_form"
LASTS = 12 * 3600  # seconds
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 the field's name


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where it goes, and its fields as they were sent."""

    path: str
    fields: tuple[tuple[str, str], ...]


def keep(request: HttpRequest) -> str:
    """The form of this request as a signed text; empty where nothing was typed, or where it brought files."""
    fields = [(name, value) for name, values in request.POST.lists() if name != TOKEN for value in values]
    if not fields or request.content_type != "application/x-www-form-urlencoded":
        return ""
    return signing.dumps([request.get_full_path(), fields], salt=SALT, compress=True)


def kept(text: str) -> KeptForm | None:
    """The form that `keep` made this text of; None for any other text."""
    try:
        path, fields = signing.loads(text, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return KeptForm(path, tuple((name, value) for name, value in fields))


def page_before(request: HttpRequest) -> str:
    """The page of this site that the form stood on, as far as the browser says; else the desk."""
    told = urlsplit(request.headers.get("Referer", ""))
    if told.netloc != request.get_host():
        return reverse("team:desk")
    return f"{told.path}?{told.query}" if told.query else told.path
