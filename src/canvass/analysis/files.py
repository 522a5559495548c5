"""Where the warehouse keeps the files of a counted poll."""

from pathlib import Path

from django.conf import settings

from canvass.polls.models import Poll


def folder_of(poll: Poll) -> Path:
    """DATA/warehouse/<panel>/<poll>: the manifest names which files in it are the poll."""
    folder: Path = settings.DATA.counted / poll.panel.slug / poll.slug
    return folder
