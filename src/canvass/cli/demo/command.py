"""`canvass demo`: make the demo in the data folder, serve it, and say how to get in."""

import json
import secrets
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from errno import ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from canvass.cli.demo.content import calendar
from canvass.cli.demo.maker import make_demo
from canvass.cli.demo.plan import DemoPlan
from canvass.cli.demo.schedule import ZONE
from canvass.cli.installation import open_installation
from canvass.cli.progress import progress
from canvass.cli.refusal import Refused
from canvass.cli.serve import HIGHEST_PORT, default_base_url, refuse_busy_port, run_server

if TYPE_CHECKING:
    from canvass.polls.models import Poll

LOOPBACK = "127.0.0.1"  # the demo's password is printed, so nobody else may reach it


@click.command(epilog="Example: canvass --today 2026-03-02 demo --port 8000")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, HIGHEST_PORT))
@click.pass_context
def demo(context: click.Context, port: int) -> None:
    """Make two years of an invented panel in the data folder, and serve them on this computer alone.

    A second start serves what is there. With --today the demo believes it is that day.
    """
    today = _day(context.obj["today"])
    refuse_busy_port(LOOPBACK, port)
    default_base_url(LOOPBACK, port)
    open_installation()
    run_server(LOOPBACK, port, ready=lambda: _prepare(today))


def _prepare(today: date | None) -> None:
    """Make the demo where it is not there yet, and say how to get in."""
    from django.conf import settings

    folder = settings.DATA.path
    password = None if _is_made(folder, today) else _make(folder, today)
    _say_where(folder, settings.BASE_URL, password)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused(f"--today {text}: this is not a day. Write one such as 2026-03-02.") from error


def _is_made(folder: Path, today: date | None) -> bool:
    """Whether the whole demo is there. Refuses a folder with something else, or with another day."""
    from canvass.team.models import Panel

    mark = folder / "demo.json"
    if not mark.exists():
        if Panel.objects.exists():
            raise Refused(
                f"{folder} holds panels of its own. Choose another folder for the demo with --data."
            )
        return False
    made = json.loads(mark.read_text(encoding="utf-8"))
    if not made["finished"]:
        raise Refused(
            f"{folder}: the demo was stopped while it was made. Delete this folder and start again."
        )
    if today and made["today"] != today.isoformat():
        raise Refused(
            f"{folder} holds the demo of {made['today']}. Leave --today out, or choose another --data."
        )
    return True


def _make(folder: Path, today: date | None) -> str:
    """Make the demo; the owner's password."""
    from django.conf import settings

    from canvass.cli.demo.install import install
    from canvass.datafolder import clock

    with room_on_disk(folder):
        if today:
            clock.set_today(folder, datetime.combine(today, time(10), ZONE))
        today = clock.now(folder).astimezone(ZONE).date()
        _mark(folder, today, finished=False)
        settings.DEMO = True  # read before the mark was there; pages that are published now say it too
        plan = make_demo(today)
        with progress() as say:
            install(plan, say)
        password = _set_password(plan)
        _mark(folder, today, finished=True)
    return password


def _mark(folder: Path, today: date, *, finished: bool) -> None:
    from canvass.datafolder.folder import write_whole

    write_whole(folder / "demo.json", json.dumps({"today": today.isoformat(), "finished": finished}).encode())


def _set_password(plan: DemoPlan) -> str:
    """A random password for the owner."""
    from canvass.cli.demo.install import OWNER
    from canvass.team import services
    from canvass.team.audit import SYSTEM
    from canvass.team.models import Panel, Staff
    from canvass.team.request import now

    panel, owner = Panel.objects.get(slug=plan.slug), Staff.objects.get(email=OWNER)
    token = services.renew_link(panel, owner, by=SYSTEM, now=now())
    password = secrets.token_urlsafe(12)
    services.set_password(token, password, by=SYSTEM, now=now())
    return password


def _say_where(folder: Path, address: str, password: str | None) -> None:
    """Every door of the demo, and the key to the desk if it was made just now."""
    from canvass.cli.demo.install import OWNER
    from canvass.polls.models import Poll

    panel = calendar()["panel"]["slug"]
    click.echo(f"The desk: {address}/desk/")
    if password:
        click.echo(f"  Log in as {OWNER} with the password {password} (it is shown only now).")
    else:
        again = f"CANVASS_BASE_URL={address} canvass --data {shlex.quote(str(folder))} staff add {OWNER}"
        click.echo(f"  Log in as {OWNER}. For a link that sets a new password: {again}")
    poll = Poll.objects.filter(panel__slug=panel, state="open").order_by("opens_at").first()
    link = _ballot_of_somebody(poll) if poll else None
    if link:
        click.echo(f"A member's ballot: {address}/b/{link}")
    click.echo(f"The public library: {address}/library/{panel}/")
    click.echo(f"Sign up as a member: {address}/join/{panel}/")
    click.echo("To stop: Ctrl-C")


def _ballot_of_somebody(poll: "Poll") -> str | None:
    """The link of a member who has not answered; None: everybody has."""
    from django.conf import settings

    from canvass.fieldwork.links import LinkKeys, make_link
    from canvass.fieldwork.models import Participation
    from canvass.panel.models import Standing

    answered = Participation.objects.filter(poll=poll.pk).values_list("member", flat=True)
    waiting = Standing.objects.filter(panel_id=poll.panel_id, state="active").exclude(member__in=answered)
    member = waiting.order_by("member").values_list("member", flat=True).first()
    return make_link(LinkKeys(settings.KEYS), poll.pk, member) if member else None


@contextmanager
def room_on_disk(folder: Path) -> Iterator[None]:
    """A full disk ends in a sentence."""
    from django.db import OperationalError

    try:
        yield
    except (OSError, OperationalError) as error:
        full = getattr(error, "errno", None) == ENOSPC or "disk is full" in str(error)
        if not full:
            raise
        raise Refused(
            f"{folder}: the disk is full. Free some space, delete this folder and start again."
        ) from error
