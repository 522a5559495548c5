"""`canvass poll …`: polls as files, and the states of a poll."""

from pathlib import Path

import click

from canvass import instrument
from canvass.cli.refusal import Refused


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
    for number, item in enumerate(read, start=1):
        click.echo(f"{number}. {item.id} ({item.kind}): {item.text}")
        if item.ask_if is not None:
            click.echo(f"   {instrument.in_words(item.ask_if, read)}")
    seconds, taps = instrument.seconds(read), instrument.taps(read)
    click.echo(f"About {seconds} seconds and {taps} taps for somebody who is asked everything.")
    for advice in instrument.advice(read):
        click.echo(f"Advice: {advice}")


def read_poll(file: Path) -> instrument.Instrument:
    """The poll of the file. Raises Refused, PollFileError."""
    try:
        text = file.read_bytes()
    except OSError as error:
        raise Refused(f"{file}: cannot be read ({error.strerror}). Check the name.") from error
    return instrument.load(text, name=str(file))
