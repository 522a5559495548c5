"""`canvass staff …`: who may log in, set on the host."""

from typing import TYPE_CHECKING

import click

from canvass.cli.installation import chosen_panel, open_installation

if TYPE_CHECKING:
    from canvass.team.models import Panel

ROLES = ("owner", "panel_manager", "poll_author", "analyst", "coder", "publisher")


@click.group(epilog="Example: canvass staff add ann@example.org")
def staff() -> None:
    """Give people access to the desk."""


@staff.command(epilog='Example: canvass staff add ann@example.org --name "Ann Example" --role owner')
@click.argument("email")
@click.option("--name", default="", help="Their name; else what stands before the @.")
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, help="May be repeated. [owner]")
@click.option("--panel-name", metavar="NAME", help="Make a panel of this name first.")
@click.pass_context
def add(
    context: click.Context, email: str, name: str, roles: tuple[str, ...], panel_name: str | None
) -> None:
    """Add EMAIL to a panel's team and print a link that sets their password, once, within three days.

    On a new installation this makes the panel too. For somebody who is in the team already, it prints a
    new link.
    """
    open_installation()
    from canvass.team import queries, services
    from canvass.team.access import Role
    from canvass.team.audit import HOST
    from canvass.team.request import now

    panel = _panel(context, panel_name)
    known = next((one for one in queries.people(panel) if one.staff.email == email.strip().lower()), None)
    if known is not None:
        token = services.renew_link(panel, known.staff, by=HOST, now=now())
        _say_link(known.staff.email, token)
        return
    chosen = [Role(role) for role in roles or ("owner",)]
    invited = services.invite(panel, email, chosen, name=name, by=HOST, now=now())
    if invited.token is None:
        click.echo(f"{invited.staff.email} is in {panel.name} now and logs in with the password they have.")
    else:
        _say_link(invited.staff.email, invited.token)


def _say_link(email: str, token: str) -> None:
    from django.conf import settings
    from django.urls import reverse

    click.echo(f"{email} sets a password here, once, within three days:")
    click.echo(settings.BASE_URL + reverse("team:set_password", args=[token]))


def _panel(context: click.Context, name: str | None) -> "Panel":
    """The panel of --panel; made first where --panel-name asks for it or where there is none at all."""
    from django.utils.text import slugify

    from canvass.panel.services import panels
    from canvass.team.audit import HOST
    from canvass.team.models import Panel
    from canvass.team.request import now

    if not name and Panel.objects.exists():
        return chosen_panel(context)
    name = name or "Our panel"
    slug = (context.find_root().obj or {}).get("panel") or slugify(name)[:59]
    return panels.make_panel(slug, name, by=HOST, now=now())
