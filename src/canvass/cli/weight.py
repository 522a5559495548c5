"""`canvass weight`: rim weights for any data file. No server, no database."""

import json
from pathlib import Path

import click

from canvass import formats, statistics, tables
from canvass.cli.installation import progress
from canvass.cli.refusal import Refused
from canvass.cli.whole_file import refuse_overwriting, whole_file

COLUMN = "weight"


@click.command(epilog="Example: canvass weight answers.csv --targets workforce.csv --out weighted.csv")
@click.argument("data", type=click.Path(path_type=Path))
@click.option(
    "--targets",
    type=click.Path(path_type=Path),
    required=True,
    help="The population: a table with columns variable, category and share.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Where to write DATA with its weights."
)
@click.option("--trim", type=float, metavar="X", help="Let nobody weigh more than X times the mean.")
@click.option("--base", metavar="W", help="The column of the rows' own weights, to start from.")
@click.option("--column", default=COLUMN, show_default=True, help="The heading of the new column.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def weight(
    data: Path, targets: Path, out: Path, trim: float | None, base: str | None, column: str, form: str
) -> None:
    """Weight the respondents in DATA (CSV, XLSX, Parquet or SAV) to the population's shares, and write them.

    Says what the weights hit and what they cost.
    """
    formats.refuse_unwritable(out)
    refuse_overwriting(out, (data, targets))
    progress(f"Reading {data.name}")
    table = formats.read(data)
    _refuse_taken(table, column, base)
    wanted = formats.read(targets)
    progress(f"Weighting {table.height:,} respondents")
    found = tables.weigh(table, wanted, base=base, trim=trim)
    progress(f"Writing {out.name}")
    with whole_file(out) as part:
        formats.extend(data, part, column, found.weight.tolist())
    _say(found, (*table.notes, *wanted.notes), form)


def _refuse_taken(table: formats.Columns, column: str, base: str | None) -> None:
    """A heading once, whatever its capitals: SPSS knows no difference."""
    if not column.strip():
        raise Refused("--column: the new column needs a heading; give one, or leave the option out.")
    taken = next((one for one in table.headings if one.casefold() == column.casefold()), None)
    if taken is None:
        return
    instead = "" if base == taken else f", or start from its weights with --base {taken} as well"
    raise Refused(f"The file has a column {taken} already. Name the new one with --column{instead}.")


def _say(found: statistics.Weighting, read: tuple[str, ...], form: str) -> None:
    notes = read if form == "text" else (*read, *found.notes)
    for note in notes:
        click.echo(f"Note: {note}", err=True)
    if form == "json":
        click.echo(json.dumps(tables.weighting_as_json(found), allow_nan=False, indent=1))
    else:
        click.echo(tables.as_text(tables.weighting_sheets(found), tables.weighting_notes(found)), nl=False)
