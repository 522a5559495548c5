"""`canvass panel …`: members in from a file and out to one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from canvass import formats
from canvass.cli.installation import chosen_panel, open_installation
from canvass.cli.refusal import Refused
from canvass.datafolder.folder import write_whole

if TYPE_CHECKING:
    from canvass.panel.imports import Plan


@click.group(epilog="Example: canvass panel import members.csv --dry-run")
def panel() -> None:
    """Import and export the members of a panel."""


@panel.command("import", epilog='Example: canvass panel import members.csv --basis "paper form, spring 2026"')
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--basis", default="", help="How these people agreed; else a column `consent` says it row by row."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.pass_context
def import_(context: click.Context, file: Path, basis: str, dry_run: bool) -> None:
    """Import members from a CSV or Excel FILE, whole or not at all.

    Columns: address; and where you have them joined (2026-01-31), source, consent, and one for each profile
    field by its name.
    """
    table = formats.read(file)
    open_installation()
    from canvass.panel import imports
    from canvass.panel.services import importing
    from canvass.team.audit import HOST
    from canvass.team.request import now

    chosen = chosen_panel(context)
    plan = imports.plan(chosen, table, today=now().date(), basis=basis)
    _say(plan)
    if plan.faults:
        raise Refused("\n".join(f"{file}: {fault}" for fault in plan.faults) + "\nNothing was imported.")
    if dry_run:
        click.echo(f"{_members(len(plan.new))} would be imported. Nothing was changed.")
        return
    count = importing.import_members(chosen, plan, by=HOST, now=now())
    click.echo(f"{_members(count)} imported into {chosen.name}.")


def _say(plan: "Plan") -> None:
    for sentence in [*plan.notes, *plan.skipped]:
        click.echo(sentence, err=True)


def _members(count: int) -> str:
    return "1 member" if count == 1 else f"{count:,} members"


@panel.command(epilog="Example: canvass panel export members.csv")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.pass_context
def export(context: click.Context, file: Path, dry_run: bool) -> None:
    """Write every member with address, standing and profile to a CSV FILE that only you can read."""
    open_installation()
    from canvass.panel import queries
    from canvass.panel.services import importing
    from canvass.team.audit import HOST
    from canvass.team.request import now

    chosen = chosen_panel(context)
    count = queries.members(chosen).count()
    if file.suffix.lower() != ".csv":
        raise Refused(f"{file}: members are exported as CSV. Give the file a name that ends in .csv.")
    if dry_run:
        click.echo(f"{_members(count)} would be written to {file}.")
        return
    content = importing.export_members(chosen, by=HOST, now=now())
    try:
        write_whole(file, content, mode=0o600)
    except OSError as error:
        raise Refused(f"{file}: cannot be written ({error.strerror}). Choose another place.") from error
    click.echo(f"{_members(count)} written to {file}.")
