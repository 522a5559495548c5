"""`canvass tabulate`: toplines and crosstabs of any data file. No server, no database."""

import json
import shutil
import sys
from pathlib import Path

import click

from canvass import formats, tables
from canvass.cli.polls import read_poll
from canvass.cli.progress import progress
from canvass.cli.refusal import Refused
from canvass.cli.whole_file import refuse_overwriting, whole_file

FORMATS = ("text", "json", "csv", "xlsx", "html")


@click.command(
    epilog="Example: canvass tabulate answers.csv --item satisfied --by profile/role --weight w --format json"
)
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--poll", type=click.Path(path_type=Path), help="The poll file, for texts, order and routing.")
@click.option("--item", "items", multiple=True, metavar="X", help="Count this item only; may be repeated.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="X=KIND",
    help="Read item X as this kind, such as satisfied=nps.",
)
@click.option("--by", multiple=True, metavar="Y", help="Compare the groups of this column; may be repeated.")
@click.option(
    "--net",
    "nets",
    multiple=True,
    metavar="X=LABEL:A;B",
    help="Add answers A and B of item X together, such as satisfied=high:7;8;9;10.",
)
@click.option("--pairs", is_flag=True, help="List every difference between two groups with its p.")
@click.option("--weight", metavar="W", help="The column of weights.")
@click.option(
    "--fitted-to",
    multiple=True,
    metavar="X",
    help="A column that the weights were fitted to, for errors that allow for it; may be repeated.",
)
@click.option("--strata", metavar="S", help="The column of strata.")
@click.option("--cluster", metavar="C", help="The column of clusters, such as organisations.")
@click.option(
    "--population", metavar="N|COLUMN", help="People (or clusters) behind each stratum, for the correction."
)
@click.option("--level", type=float, default=0.95, show_default=True, help="The level of the intervals.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Write here instead of to the terminal.")
def tabulate(
    data: Path,
    poll: Path | None,
    items: tuple[str, ...],
    kinds: tuple[str, ...],
    by: tuple[str, ...],
    nets: tuple[str, ...],
    pairs: bool,
    weight: str | None,
    fitted_to: tuple[str, ...],
    strata: str | None,
    cluster: str | None,
    population: str | None,
    level: float,
    form: str,
    out: Path | None,
) -> None:
    """Count the answers in DATA (CSV, XLSX, Parquet or SAV): every base, share and mean with its interval.

    Several --by stand side by side in one table. Nothing is withheld; numbers from small bases are labelled.
    """
    if out is not None:
        refuse_overwriting(out, (data, poll))
    elif form == "xlsx":
        raise Refused("A workbook cannot be shown here; say where to write it with --out FILE.")
    request = tables.Request(
        items, _kinds(kinds), by, weight, strata, cluster, population, level, _nets(nets), fitted_to
    )
    asked = read_poll(poll) if poll is not None else None
    with progress(transient=True) as say:
        say(f"Reading {data.name}", 0, 1)
        read = formats.read(data)
        say(f"Reading {data.name}", 1, 1)
        found = tables.tabulate(read, request, asked, say=lambda done, of: say("Counting", done, of))
        say("Printing", 0, 1)
        content = _printed(found, form, data.name, pairs=pairs, shown=out is None)
    for note in found.notes:
        click.echo(f"Note: {note}", err=True)
    if out is None:
        click.echo(content, nl=False)
    else:
        with whole_file(out) as part:
            part.write_bytes(content.encode() if isinstance(content, str) else content)


def _kinds(told: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.rpartition("=") for one in told]
    for (name, _, kind), one in zip(pairs, told, strict=True):
        if not (name and kind):
            raise Refused(f"--kind {one}: write it as ITEM=KIND, such as satisfied=rating.")
    names = [name for name, _, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Refused(f"--kind {twice}: its kind is given twice; keep one.")
    return {name: kind for name, _, kind in pairs}


def _nets(told: tuple[str, ...]) -> dict[str, tuple[tables.Net, ...]]:
    nets: dict[str, tuple[tables.Net, ...]] = {}
    for one in told:
        item, _, rest = one.partition("=")
        label, _, listed = rest.partition(":")
        options = tuple(option.strip() for option in listed.split(";") if option.strip())
        if not (item and label.strip() and options):
            raise Refused(f"--net {one}: write it as ITEM=LABEL:ANSWER;ANSWER, such as satisfied=high:9;10.")
        nets[item] = (*nets.get(item, ()), tables.Net(label.strip(), options))
    return nets


def _printed(found: tables.Tabulation, form: str, name: str, *, pairs: bool, shown: bool) -> str | bytes:
    if form == "json":
        values = tables.as_json(found.tables, found.design, found.level)
        return json.dumps(values, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    if form == "csv":
        return tables.as_csv(found.tables)
    sheets = tables.sheets(found.tables, found.level, pairs=pairs)
    notes = tables.reading_notes(found.level, found.design.population is not None)
    if form == "xlsx":
        return tables.as_xlsx(sheets, notes)
    if form == "html":
        return tables.as_html(sheets, notes, name)
    width = shutil.get_terminal_size().columns if shown and sys.stdout.isatty() else None
    return tables.as_text(sheets, notes, width)
