"""`canvass answers …`: answers collected elsewhere."""

from pathlib import Path

import click

from canvass import formats
from canvass.cli.installation import open_installation
from canvass.cli.polls import poll_of


@click.group(epilog="Example: canvass answers import working-hours-2022-01 answers.csv --invited 1237")
def answers() -> None:
    """Take answers that were collected elsewhere into a poll."""


@answers.command("import", epilog="Example: canvass answers import thanksgiving-2015 poll.csv --map map.csv")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--invited", type=click.IntRange(min=0), help="How many people were asked, if it is known.")
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    help="A file column,item,option,value that says what foreign headings mean.",
)
@click.pass_context
def import_(
    context: click.Context, slug: str, file: Path, invited: int | None, map_file: Path | None
) -> None:
    """Take the answers of FILE (CSV, XLSX, Parquet or SAV) into the draft SLUG.

    The draft opens without mail and links, and stays open until it is closed. The same file again changes
    answers and never doubles them. A file with a fault is not taken at all.
    """
    table = formats.read(file)
    mapping = formats.read(map_file) if map_file else None
    open_installation()
    from canvass.fieldwork.importing import import_answers
    from canvass.team.audit import HOST
    from canvass.team.request import now

    done = import_answers(
        poll_of(context, slug),
        table,
        mapping=mapping,
        invited=invited,
        name=str(file),
        by=HOST,
        now=now(),
    )
    for note in done.notes:
        click.echo(f"Note: {note}", err=True)
    taken = done.new + done.changed
    click.echo(
        f"{slug}: {'1 row' if taken == 1 else f'{taken:,} rows'} taken, {done.new:,} of them new. "
        f"When all are in: canvass poll close {slug}"
    )
