"""Writing down what the profession is made of."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from canvass.panel import profiles
from canvass.panel.models import Workforce
from canvass.panel.refusals import PanelRefusal
from canvass.team import audit
from canvass.team.audit import Actor
from canvass.team.models import Panel


@transaction.atomic
def write_workforce(
    panel: Panel,
    shares: Mapping[str, Mapping[str, float]],
    *,
    source: str,
    address: str = "",
    by: Actor,
    now: datetime,
) -> Workforce:
    """A new version of the targets; the ones before are kept, because weights were made from them.

    shares: profile field -> option -> share of 1. Raises PanelRefusal.
    """
    told = {name: dict(options) for name, options in shares.items() if options}
    if not told:
        raise PanelRefusal("Give the numbers of one profile field at least.")
    if not source.strip():
        raise PanelRefusal("Say which table the numbers are from, and of which year.", "source")
    _check(panel, told)
    return _write(panel, told, source.strip(), address, "panel.workforce_written", by, now)


@transaction.atomic
def forget_workforce(panel: Panel, *, by: Actor, now: datetime) -> Workforce:
    """The panel is compared with nobody any more. Weights that were made stay as they are."""
    return _write(panel, {}, "", "", "panel.workforce_taken_away", by, now)


@transaction.atomic
def bring_back_workforce(panel: Panel, version: int, *, by: Actor, now: datetime) -> Workforce:
    """Earlier numbers hold again, as a version of their own. Raises PanelRefusal."""
    kept = Workforce.objects.filter(panel=panel, version=version).first()
    if kept is None or not kept.shares:
        raise PanelRefusal("These numbers of the workforce are not there.")
    _check(panel, kept.shares)
    verb = "panel.workforce_brought_back"
    return _write(panel, kept.shares, kept.source, kept.address, verb, by, now)


def _check(panel: Panel, shares: Mapping[str, Mapping[str, float]]) -> None:
    known = {field.name: field for field in profiles.fields_of(panel)}
    for name, options in shares.items():
        if name not in known:
            raise PanelRefusal(f"This panel has no profile field {name!r}.")
        strange = [option for option in options if option not in known[name].options]
        if strange:
            raise PanelRefusal(f"{known[name].label} has no option {strange[0]!r}.", name)


def _write(
    panel: Panel,
    shares: dict[str, dict[str, float]],
    source: str,
    address: str,
    verb: str,
    by: Actor,
    now: datetime,
) -> Workforce:
    newest = Workforce.objects.filter(panel=panel).order_by("-version").first()
    written = Workforce.objects.create(
        panel=panel,
        version=newest.version + 1 if newest else 1,
        source=source,
        address=address,
        shares=shares,
        written_at=now,
    )
    audit.record(verb, source, panel=panel, by=by, now=now, version=written.version, fields=sorted(shares))
    return written
