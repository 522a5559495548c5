"""`canvass report SLUG`: a counted poll as files to keep or to send."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from canvass.cli.installation import open_installation
from canvass.cli.polls import poll_of
from canvass.cli.refusal import Refused
from canvass.datafolder.folder import write_whole

if TYPE_CHECKING:
    from canvass.polls.models import Poll

MADE = ("html",)


@click.command(epilog="Example: canvass report working-hours-2022-01 --out reports --formats html")
@click.argument("slug")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write to."
)
@click.option(
    "--formats", default="html", show_default=True, help="What to make; html is what this version makes."
)
@click.pass_context
def report(context: click.Context, slug: str, out: Path, formats: str) -> None:
    """Write the report of the closed poll SLUG: every figure, how it was done, and the questions as asked.

    The HTML file needs nothing else: no network, no script.
    """
    _refuse_others(formats)
    open_installation()
    from canvass.analysis.report import report as report_of
    from canvass.analysis.results import find_results
    from canvass.documents import html

    poll = poll_of(context, slug)
    results = find_results(poll)
    if results is None:
        raise Refused(f"{slug} is not counted yet. Close it first: canvass poll close {slug}")
    path = out / f"{slug}.html"
    try:
        write_whole(path, html.page(report_of(results, **_publication(poll))))
    except OSError as error:
        raise Refused(
            f"{path}: cannot be written ({error.strerror}). Choose another folder with --out."
        ) from error
    click.echo(f"{slug}: {path}")


def _publication(poll: "Poll") -> dict[str, Any]:
    """When it was published and where it stays; nothing where it was not."""
    from canvass.library import pages, queries
    from canvass.library.models import Publication

    try:
        found = queries.publication(poll.panel, poll.slug)
    except Publication.DoesNotExist:
        return {}
    address = pages.public_address("library:poll", poll.panel.slug, poll.slug)
    return {"published": found.published_at.astimezone(poll.zone).date(), "address": address}


def _refuse_others(formats: str) -> None:
    others = [name for name in (part.strip() for part in formats.split(",")) if name not in MADE]
    if others:
        raise Refused(f"--formats {formats}: --formats html is what this version makes.")
