"""`canvass themes`: a reading order and candidate groups of a column of text. No server, no database."""

import shutil
import sys
from difflib import get_close_matches
from pathlib import Path

import click

from canvass import formats, words
from canvass.cli import themes_printed
from canvass.cli.progress import progress
from canvass.cli.refusal import Refused

FORMATS = ("text", "json", "csv")


@click.command(epilog="Example: canvass themes answers.csv --column what_helped --groups 8")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--column", required=True, metavar="C", help="The column of written answers.")
@click.option("--groups", type=int, metavar="N", help="Into how many groups; else a few, to begin with.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
def themes(data: Path, column: str, groups: int | None, form: str) -> None:
    """Read the answers in a column of DATA (CSV, XLSX, Parquet or SAV) in an order that puts alike ones
    together.

    Groups are candidates with their terms and most central answers; answers that look like none stand
    apart. A person makes themes of them.
    """
    with progress(transient=True) as say:
        say(f"Reading {data.name}", 0, 1)
        table = formats.read(data)
        say(f"Reading {data.name}", 1, 1)
        heading = _heading(table, column)
        found = words.themes_of(heading, table.column(heading), table.numbers, groups=groups, say=say)
    for note in table.notes:
        click.echo(f"Note: {note}", err=True)
    if form == "json":
        click.echo(themes_printed.as_json(found))
    elif form == "csv":
        click.echo(themes_printed.as_csv(found), nl=False)
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        click.echo(themes_printed.as_text(found, width), nl=False)


def _heading(table: formats.Columns, asked: str) -> str:
    """The heading that is asked for: as written, else but for capitals. Refused where it is none or
    several.
    """
    for matches in (
        [one for one in table.headings if one == asked.strip()],
        [one for one in table.headings if one.casefold() == asked.strip().casefold()],
    ):
        if len(matches) == 1:
            return matches[0]
        if len(matches) > 1:
            raise Refused(f"--column {asked}: {len(matches)} columns have this heading; give each its own.")
    near = get_close_matches(asked, table.headings, n=1)
    hint = f"Is {near[0]} meant?" if near else f"It has {_listed(table.headings)}."
    raise Refused(f"--column {asked}: there is no such column in the file. {hint}")


def _listed(headings: tuple[str, ...], shown: int = 8) -> str:
    named = [heading for heading in headings if heading]
    return ", ".join(named[:shown]) + (f" and {len(named) - shown} more" if len(named) > shown else "")
