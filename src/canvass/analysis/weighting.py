"""Weights for a counted poll: what it can be weighted by, an attempt, and what holds."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from canvass import figures, statistics, tables
from canvass.analysis.models import Counted, PollWeights
from canvass.analysis.rows import rows_of
from canvass.analysis.wordings import Wording
from canvass.instrument import Instrument
from canvass.panel import beside, profiles
from canvass.panel.models import ProfileField, Workforce
from canvass.polls.models import Poll
from canvass.statistics import Margin, Weighting, WeightingError
from canvass.tables import Topline
from canvass.tables import wording as wording_of
from canvass.team.models import Panel
from canvass.warehouse import PollRows

IN_GROUPS = "/groups"
USUAL_TRIM = 5.0  # mean weights


@dataclass(frozen=True, slots=True)
class Variable:
    """One way to use a profile field for weights: as it is, or in its wider groups."""

    field: ProfileField
    in_groups: bool

    @property
    def name(self) -> str:
        return f"{self.field.name}{IN_GROUPS if self.in_groups else ''}"

    @property
    def label(self) -> str:
        return f"{self.field.label}{', in its wider groups' if self.in_groups else ''}"

    def category(self, option: str) -> str:
        """What an option counts as."""
        return str(self.field.groups.get(option, option)) if self.in_groups else option

    def targets(self, workforce: Workforce) -> dict[Hashable, float]:
        """The share of each category."""
        found: dict[Hashable, float] = {}
        for option, share in workforce.shares[self.field.name].items():
            found[self.category(option)] = found.get(self.category(option), 0.0) + share
        return found

    def margin(self, rows: PollRows, workforce: Workforce) -> Margin:
        """This variable of the people who answered. Raises WeightingError."""
        held = rows.profiles.get(self.field.name)
        if held is None:
            raise WeightingError(f"Nobody who answered has told {self.field.label}; weight without it.")
        answers = [self.category(option) if option else "" for option in held.texts()]
        return statistics.margin(self.label, answers, self.targets(workforce))


def variables(poll: Poll, workforce: Workforce | None) -> list[Variable]:
    """Everything that a poll can be weighted by: profile fields of which the workforce is known."""
    if workforce is None:
        return []
    known = [field for field in profiles.fields_of(poll.panel) if workforce.shares.get(field.name)]
    return [
        Variable(field, in_groups)
        for field in known
        for in_groups in ((False, True) if field.groups else (False,))
    ]


def chosen(known: Sequence[Variable], names: Sequence[str]) -> list[Variable]:
    """The variables of these names. Raises WeightingError for an unknown one, and for a field twice."""
    by_name = {variable.name: variable for variable in known}
    strange = [name for name in names if name not in by_name]
    if strange:
        raise WeightingError(f"There are no numbers of the workforce for {strange[0]}; choose another field.")
    found = [by_name[name] for name in names]
    fields = [variable.field.label for variable in found]
    twice = next((label for label in fields if fields.count(label) > 1), None)
    if twice is not None:
        raise WeightingError(f"{twice} is chosen twice; keep it as it is or in its wider groups.")
    return found


def attempt(rows: PollRows, workforce: Workforce, by: Sequence[Variable], trim: float | None) -> Weighting:
    """Weights that fit those who answered to the workforce. Raises WeightingError."""
    margins = [variable.margin(rows, workforce) for variable in by]
    return statistics.rake(statistics.design(rows.rows), margins, trim=trim)


def in_force(poll: Poll) -> PollWeights | None:
    """The decision that holds where it is to weight; None where the poll is not weighted."""
    newest = PollWeights.objects.select_related("workforce").filter(poll=poll).order_by("-pk").first()
    return newest if newest is not None and newest.fields else None


def weighted_polls(panel: Panel) -> frozenset[int]:
    """The keys of all polls that a decision in force weights, in one query."""
    decisions = PollWeights.objects.filter(panel=panel).order_by("pk").values_list("poll_id", "fields")
    newest = dict(decisions)
    return frozenset(poll for poll, fields in newest.items() if fields)


def refit(poll: Poll, decision: PollWeights, rows: PollRows) -> Weighting:
    """The same decision for other rows of the poll. Raises WeightingError."""
    workforce = decision.workforce or beside.workforce_of(poll.panel)
    assert workforce is not None  # a decision to weight names its workforce
    by = chosen(variables(poll, workforce), decision.fields)
    return attempt(rows, workforce, by, decision.trim)


def named(poll: Poll, names: Sequence[str]) -> str:
    """What a decision weights by, in the words of the profile: "Role and Region, in its wider groups"."""
    every = (Variable(field, wide) for field in profiles.fields_of(poll.panel) for wide in (False, True))
    labels = {variable.name: variable.label for variable in every}
    return wording_of.listed([labels.get(name, name) for name in names])


def in_words(decision: PollWeights) -> str:
    """What a poll is weighted to and what it costs, as sentences for the method sheet."""
    workforce = decision.workforce
    assert workforce is not None  # a decision to weight names its workforce
    labels = [one.label for one in chosen(variables(decision.poll, workforce), decision.fields)]
    found = decision.diagnostics
    cap = f", none above {wording_of.quantity(decision.trim)} times the mean" if decision.trim else ""
    return (
        f"Rim weights (raking) to {workforce.source}, by {wording_of.listed(labels)}. "
        f"Weights from {found['min']:.2f} to {found['max']:.2f}{cap}; "
        f"efficiency {wording_of.percent(found['efficiency'])}: "
        f"the ballots are worth {wording_of.whole(int(found['effective_base']))} unweighted ones. "
        "Standard errors allow for the fitting."
    )


def toplines(
    counted: Counted, instrument: Instrument, wording: Wording, weighting: Weighting, level: float
) -> tuple[Topline, ...]:
    """One figure's weighted toplines.

    Of an item whose meaning changed during fieldwork only a part of the ballots is counted; their weights
    are then taken as given.
    """
    rows, design = rows_of(counted, instrument), weighting.design
    if wording.parts > 1:
        weight = weighting.weight[np.isin(rows.version, wording.versions)]
        rows = rows_of(counted, instrument, wording.versions)
        design = statistics.design(rows.rows, weight=weight)
    found = rows.under(design).count(items=[wording.item.id])
    return tuple(
        tables.topline(
            replace(one, item=wording.item, row=wording.item.row(one.row.id) if one.row else None),
            population=counted.population,
            level=level,
            nets=figures.nets(wording.item),
        )
        for one in found
    )
