"""The command line: one door, commands loaded only when they are called."""

import importlib
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from canvass import __version__
from canvass.cli.refusal import Refused, known_errors, sentence

# A command's name -> where it is. A module is imported when its command is called, so that `tabulate` never
# waits for Django.
COMMANDS = {
    "answers": "canvass.cli.answers:answers",
    "demo": "canvass.cli.demo.command:demo",
    "panel": "canvass.cli.panels:panel",
    "poll": "canvass.cli.polls:poll",
    "report": "canvass.cli.report:report",
    "serve": "canvass.cli.serve:serve",
    "staff": "canvass.cli.staff:staff",
    "tabulate": "canvass.cli.tabulate:tabulate",
    "themes": "canvass.cli.themes:themes",
    "weight": "canvass.cli.weight:weight",
    "work": "canvass.cli.serve:work",
}
TODAY_WORKS_WITH = "demo"


class LazyGroup(click.Group):
    """A group whose commands are named in a table and imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"No such command '{args[0]}'." + (f" Did you mean '{near[0]}'?" if near else ""))
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: canvass poll check examples/working-hours-2022-01.yaml",
)
@click.version_option(__version__, message="canvass %(version)s")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="The data folder; else CANVASS_DATA, else canvass-data here.",
)
@click.option("--panel", metavar="SLUG", help="The panel to work on, where there are several.")
@click.option("--today", metavar="DATE", help="Let the demo believe it is this day, such as 2026-03-02.")
@click.pass_context
def canvass(context: click.Context, data: Path | None, panel: str | None, today: str | None) -> None:
    """Poll a panel of professionals, and publish figures that stand up to scrutiny."""
    if today is not None and context.invoked_subcommand != TODAY_WORKS_WITH:
        raise Refused(f"--today works with canvass {TODAY_WORKS_WITH} alone. Leave it out.")
    if data is not None:
        os.environ["CANVASS_DATA"] = str(data.absolute())  # read by the settings when Django is set up
    context.obj = {"panel": panel, "today": today}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; every refusal ends here. Exits 0, 2 for bad input, 130 when interrupted."""
    try:
        result = canvass.main(args=arguments, prog_name="canvass", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped; nothing was left half done.", err=True)
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as empty:
        empty.show()
        sys.exit(2)
    except click.ClickException as refusal:
        click.echo(sentence(refusal), err=True)
        sys.exit(2)
    except known_errors() as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    sys.exit(result if isinstance(result, int) else 0)
