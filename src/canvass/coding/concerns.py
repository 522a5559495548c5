"""Telling a study's contact of a safeguarding concern: by a link, and nothing that was written."""

from datetime import datetime

from django.conf import settings
from django.utils.html import format_html

from canvass.coding.models import Study
from canvass.panel import letters
from canvass.panel.models import Letter

KIND = "concern"


def tell(study: Study, *, now: datetime) -> Letter | None:
    """Queue a mail to the study's contact; None where none is named."""
    if not study.contact:
        return None
    place = f"{settings.BASE_URL}{study.get_absolute_url()}?state=flagged"
    said = (
        f"Somebody who reads answers for {study.panel.name} is worried about what one person wrote. "
        "What was written is not in this mail. Ask the team, or look at it here:"
    )
    return letters.put(
        study.panel,
        "",
        kind=KIND,
        subject=f"A safeguarding concern: {study.title}",
        text=f"{said}\n\n{place}\n",
        html=format_html('<p>{}</p><p><a href="{}">{}</a></p>', said, place, place),
        headers={"Auto-Submitted": "auto-generated"},
        now=now,
        to=study.contact,
    )
