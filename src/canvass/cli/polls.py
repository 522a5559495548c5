"""`canvass poll …`: polls as files, and the states of a poll."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from canvass import instrument
from canvass.cli.installation import chosen_panel, open_installation
from canvass.cli.refusal import Refused

if TYPE_CHECKING:
    from canvass.polls.models import Poll


@click.group(epilog="Example: canvass poll check working-hours.yaml")
def poll() -> None:
    """Check a poll file, and take a poll through its life."""


@poll.command(epilog="Example: canvass poll check working-hours.yaml")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say what is wrong with a poll FILE, line by line; or what it asks, how long it takes, and advice.

    Nothing is stored. Exits 0 where the file can be loaded, else 2.
    """
    read = read_poll(file)
    _refuse_pictures(file, read)
    for number, item in enumerate(read, start=1):
        click.echo(f"{number}. {item.id} ({item.kind}): {item.text}")
        if item.ask_if is not None:
            click.echo(f"   {instrument.in_words(item.ask_if, read)}")
    seconds, taps = instrument.seconds(read), instrument.taps(read)
    click.echo(f"About {seconds} seconds and {taps} taps for somebody who is asked everything.")
    for advice in instrument.advice(read):
        click.echo(f"Advice: {advice}")


@poll.command(epilog="Example: canvass poll load working-hours.yaml")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mend",
    type=click.Choice(["same", "changed"]),
    help="Reword an open poll, and say whether a question means the same or something else now.",
)
@click.pass_context
def load(context: click.Context, file: Path, mend: str | None) -> None:
    """Load a poll FILE as a draft, with the pictures that lie beside it; or mend an open poll's wording.

    A file with faults is not loaded. A draft of the same address gets the new text; its old one is kept.
    """
    open_installation()
    from canvass.polls import drafts, pictures, reading, services
    from canvass.team.audit import HOST
    from canvass.team.request import now

    panel = chosen_panel(context)
    read = read_poll(file, zone=panel.time_zone)
    text = reading.decoded(file.read_bytes())
    if mend:
        open_poll = poll_of(context, read.slug)
        changed = mend == "changed"
        mended = services.mend(open_poll, text, meaning_changed=changed, by=HOST, now=now())
        click.echo(f"{mended.slug}: the wording is mended. New ballots begin on version {mended.version}.")
        return
    shown = pictures.beside(file, {name for _item, name in reading.pictures_in(read)})
    loaded = drafts.load_file(panel, text, name=str(file), shown=shown, by=HOST, now=now())
    click.echo(f"{loaded.slug}: loaded as a draft of {panel.name}.")


@poll.command("open", epilog="Example: canvass poll open working-hours-2022-01")
@click.argument("slug")
@click.option(
    "--closes",
    type=click.DateTime(["%Y-%m-%dT%H:%M"]),
    help="When it closes, in the panel's time zone; else as its text says.",
)
@click.pass_context
def open_(context: click.Context, slug: str, closes: datetime | None) -> None:
    """Open the poll SLUG now; its text becomes version 1."""
    open_installation()
    from canvass.polls import services
    from canvass.team.audit import HOST
    from canvass.team.request import now

    found = poll_of(context, slug)
    until = closes.replace(tzinfo=found.zone) if closes else None
    opened = services.open_now(found, closes=until, by=HOST, now=now())
    click.echo(f"{opened.slug}: open until {opened.closes:%-d %B %Y, %H:%M}.")


@poll.command(epilog="Example: canvass poll close working-hours-2022-01")
@click.argument("slug")
@click.pass_context
def close(context: click.Context, slug: str) -> None:
    """Close the poll SLUG: nobody can answer any more, and it is counted."""
    open_installation()
    from canvass.polls import doors
    from canvass.team.audit import HOST
    from canvass.team.request import now

    doors.close(poll_of(context, slug), by=HOST, now=now())
    click.echo(f"{slug}: closed.")


@poll.command(epilog="Example: canvass poll publish working-hours-2022-01")
@click.argument("slug")
@click.pass_context
def publish(context: click.Context, slug: str) -> None:
    """Publish the closed poll SLUG: its figures, questions and how it was done, under addresses that stay."""
    open_installation()
    from canvass.library import pages, services
    from canvass.team.audit import HOST
    from canvass.team.request import now

    done = services.publish(poll_of(context, slug), by=HOST, now=now())
    click.echo(f"{slug}: published at {pages.public_address('library:poll', done.panel.slug, slug)}")


@poll.command("revoke-links", epilog="Example: canvass poll revoke-links working-hours-2022-01")
@click.argument("slug")
@click.pass_context
def revoke_links(context: click.Context, slug: str) -> None:
    """End every link to the poll SLUG that was mailed so far. Answers stay; a reminder carries new links."""
    open_installation()
    from canvass.fieldwork import services
    from canvass.team.audit import HOST
    from canvass.team.request import now

    services.revoke_links(poll_of(context, slug), by=HOST, now=now())
    click.echo(f"{slug}: the links mailed so far open nothing any more. New mails carry new links.")


def _refuse_pictures(file: Path, read: instrument.Instrument) -> None:
    """Pictures lie beside the file, and are pictures. Raises PollFileError, PollRefused."""
    from canvass.polls import pictures, reading

    shown = pictures.beside(file, {name for _item, name in reading.pictures_in(read)})
    missing = tuple(reading.missing_pictures(reading.decoded(file.read_bytes()), read, shown))
    if missing:
        raise instrument.PollFileError(str(file), missing)
    for name, content in shown.items():
        pictures.check(name, content)


def poll_of(context: click.Context, slug: str) -> "Poll":
    """The poll of this address in the chosen panel. Raises Refused."""
    from canvass.polls import queries
    from canvass.polls.models import Poll

    panel = chosen_panel(context)
    try:
        return queries.poll(panel, slug)
    except Poll.DoesNotExist as error:
        raise Refused(f"There is no poll {slug} in {panel.name}. Load it with canvass poll load.") from error


def read_poll(file: Path, *, zone: str = "Europe/London") -> instrument.Instrument:
    """The poll of the file, its times in this zone. Raises Refused, PollFileError."""
    try:
        text = file.read_bytes()
    except OSError as error:
        raise Refused(f"{file}: cannot be read ({error.strerror}). Check the name.") from error
    return instrument.load(text, name=str(file), zone=zone)
