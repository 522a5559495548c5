"""The installation that a command works on: Django set up, stores up to date, one panel chosen."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from canvass.cli.refusal import Refused
from canvass.datafolder.folder import DataFolderError

if TYPE_CHECKING:
    from canvass.team.models import Panel


def quiet(_line: str) -> None:
    """Say nothing."""


def progress(line: str) -> None:
    """Say what is being done, where somebody is watching."""
    if sys.stderr.isatty():
        click.echo(f"{line} …", err=True)


def open_installation(say: Callable[[str], None] = progress) -> None:
    """Set Django up on the data folder and bring its stores up to date; refuses in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canvass.config.settings")
    with refusals():
        import django
        from django.core.exceptions import ImproperlyConfigured
        from django.db import OperationalError

        try:
            django.setup()
            from canvass.config.startup import prepare_stores

            prepare_stores(say)
        except ImproperlyConfigured as error:
            raise Refused(str(error)) from error
        except OperationalError as error:
            place = os.environ.get("CANVASS_DATABASE", "the data folder").rpartition("@")[2]
            raise Refused(
                f"{place}: the database cannot be reached ({_first_line(error)}). "
                "Start it, or correct CANVASS_DATABASE."
            ) from error


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the data folder refuses into what a command says."""
    try:
        yield
    except DataFolderError as error:
        raise Refused(str(error)) from error


def chosen_panel(context: click.Context) -> "Panel":
    """The panel of --panel, or the only one; Refused with their names where there are several."""
    from canvass.team.models import Panel

    slug = (context.find_root().obj or {}).get("panel")
    panels = list(Panel.objects.order_by("slug"))
    names = ", ".join(panel.slug for panel in panels)
    if slug:
        for panel in panels:
            if panel.slug == slug:
                return panel
        raise Refused(f"There is no panel {slug!r} here. The panels are: {names or 'none yet'}.")
    if not panels:
        raise Refused("There is no panel here yet. Make one with canvass staff add you@example.org.")
    if len(panels) > 1:
        raise Refused(f"There are several panels here: {names}. Say which with --panel.")
    return panels[0]


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
