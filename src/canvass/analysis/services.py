"""Closing a poll with all that it means: its answers become immutable files and are counted, once.

Numbers never change after counting. A poll that is closed takes no hand-in: the clock closes it only after
the grace for hand-ins already begun, and closing it by hand ends that grace. So the ballots can be counted
as soon as the state is "closed".
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction

from canvass import warehouse
from canvass.analysis import cubes, keeping, rows, weighting
from canvass.analysis.files import folder_of
from canvass.analysis.models import Counted, FigureTitle, PollWeights
from canvass.analysis.results import LEVEL
from canvass.analysis.wordings import Version, wordings
from canvass.fieldwork import counting, funnel
from canvass.instrument import restore
from canvass.panel import beside
from canvass.polls import doors, queries
from canvass.polls.models import Poll
from canvass.polls.services import close
from canvass.polls.states import PollRefused, State
from canvass.statistics import WeightingError
from canvass.statistics.arrays import Floats
from canvass.team import audit
from canvass.team.audit import Actor
from canvass.warehouse import Manifest

LONGEST_TITLE = 200  # characters


def close_and_count(poll: Poll, *, by: Actor, now: datetime) -> Counted:
    """Close an open poll and count it. Raises PollRefused.

    Stopped half-way it leaves the poll open, or closed and not counted; `due.count_closed` counts it then.
    """
    return count(close(poll, by=by, now=now), by=by, now=now)


def count(poll: Poll, *, by: Actor, now: datetime) -> Counted:
    """Count a closed poll; one that is counted already stays as it is. Raises PollRefused.

    First the files, each whole or not at all, then the one row that names them. The poll's row is held
    meanwhile, so that two who count at the same time count one after the other.
    """
    with transaction.atomic():
        held = Poll.objects.select_for_update().select_related("panel").get(pk=poll.pk)
        if held.state not in (State.CLOSED, State.PUBLISHED):
            raise PollRefused(f"{held.slug} is {held.state}. Only a closed poll can be counted.")
        known = Counted.objects.filter(poll=held).first()
        if known is not None:
            return known
        counted = _count(held, now)
        audit.record("poll.counted", held.slug, panel=held.panel, by=by, now=now, ballots=counted.ballots)
    warehouse.sweep(folder_of(held), Manifest.restore(counted.manifest))
    return counted


def forget_withdrawn(poll: Poll, *, by: Actor, now: datetime) -> Counted:
    """Take answers that were withdrawn after counting out of the poll's files.

    New files take the place of the old ones, which are destroyed. Cubes and published tables stay.
    """
    with transaction.atomic():
        held = Poll.objects.select_for_update().select_related("panel").get(pk=poll.pk)
        counted = Counted.objects.get(poll=held)
        if counting.withdrawn(held) > counted.withdrawn + counted.forgotten:
            _rewrite(held, counted)
            audit.record(
                "poll.answers_forgotten", held.slug, panel=held.panel, by=by, now=now, all=counted.forgotten
            )
    warehouse.sweep(folder_of(held), Manifest.restore(counted.manifest))
    rows.forget()
    return counted


def weight(
    poll: Poll, fields: Sequence[str], *, trim: float | None, name: str, by: Actor, now: datetime
) -> PollWeights:
    """Weight a closed poll to its panel's workforce by these variables; with none, do not weight it.

    name: who decides, for the team's eyes. Every figure is counted anew under the weights and kept; the
    weights lie among the poll's files. Earlier decisions are kept. Raises PollRefused and WeightingError.
    """
    with transaction.atomic():
        held = Poll.objects.select_for_update().select_related("panel").get(pk=poll.pk)
        if held.state != State.CLOSED:
            raise PollRefused(f"{held.slug} is {held.state}. A poll is weighted while it is closed.")
        counted = Counted.objects.get(poll=held)
        decided = _weighted(held, counted, fields, trim) if fields else PollWeights()
        decided.panel, decided.poll, decided.decided_at, decided.decided_by = held.panel, held, now, name
        decided.save()
        if not fields:
            _store_weights(counted, None)
        audit.record("poll.weighted", held.slug, panel=held.panel, by=by, now=now, fields=list(fields))
    warehouse.sweep(folder_of(held), Manifest.restore(counted.manifest))
    return decided


def word_title(poll: Poll, figure: str, title: str, *, name: str, by: Actor, now: datetime) -> FigureTitle:
    """Give a figure a title in the team's words; an empty one goes back to the drafted finding.

    name: who words it, for the team's eyes. Earlier wordings are kept. Raises PollRefused.
    """
    words = " ".join(title.replace("\x00", "").split())
    if len(words) > LONGEST_TITLE:
        raise PollRefused(
            f"The title has {len(words)} characters. Say the finding in {LONGEST_TITLE} or fewer."
        )
    if poll.state != State.CLOSED:
        raise PollRefused(f"{poll.slug} is {poll.state}. Titles are worded while a poll is closed.")
    if figure not in Counted.objects.get(poll=poll).cubes:
        raise PollRefused(f"{poll.slug} has no figure {figure}.")
    with transaction.atomic():
        worded = FigureTitle.objects.create(
            panel=poll.panel, poll=poll, figure=figure, title=words, worded_at=now, worded_by=name
        )
        audit.record("figure.titled", f"{poll.slug}/{figure}", panel=poll.panel, by=by, now=now, title=words)
    return worded


def _count(poll: Poll, now: datetime) -> Counted:
    versions = _versions(poll)
    people = doors.counts(poll.panel, [poll.pk]).get(poll.pk, doors.NOTHING)
    ballots, withdrawn = counting.ballots_and_withdrawn(poll)
    manifest = warehouse.write(folder_of(poll), versions[-1].instrument, ballots)
    funnel.keep_breakdowns(poll)
    return Counted.objects.create(
        panel=poll.panel,
        poll=poll,
        manifest=manifest.dump(),
        cubes=_cubes(poll, manifest, versions),
        mailed=people.mailed,
        took_part=manifest.ballots + withdrawn,
        ballots=manifest.ballots,
        withdrawn=withdrawn,
        counted_at=now,
    )


def _weighted(poll: Poll, counted: Counted, fields: Sequence[str], trim: float | None) -> PollWeights:
    """A decision with its numbers, and the weights among the poll's files. Raises WeightingError."""
    versions = _versions(poll)
    instrument = versions[-1].instrument
    decided = PollWeights(workforce=beside.workforce_of(poll.panel), fields=list(fields), trim=trim)
    fitted = weighting.refit(poll, decided, rows.rows_of(counted, instrument))
    if not fitted.converged and trim is None:
        raise WeightingError(fitted.notes[-1])
    decided.diagnostics = asdict(fitted.diagnostics)
    decided.toplines = {
        wording.address: keeping.dump(weighting.toplines(counted, instrument, wording, fitted, LEVEL))
        for wording in wordings(versions, Manifest.restore(counted.manifest).versions)
    }
    _store_weights(counted, fitted.weight)
    return decided


def _store_weights(counted: Counted, weight: Floats | None) -> None:
    manifest = Manifest.restore(counted.manifest)
    counted.manifest = warehouse.with_weights(folder_of(counted.poll), manifest, weight).dump()
    counted.save(update_fields=["manifest"])


def _rewrite(poll: Poll, counted: Counted) -> None:
    """New files without the ballots that are gone. The versions stay, for cubes were counted by them."""
    before = Manifest.restore(counted.manifest)
    ballots, withdrawn = counting.ballots_and_withdrawn(poll)
    after = warehouse.write(folder_of(poll), queries.instrument_of(poll), ballots)
    counted.manifest = replace(after, versions=before.versions).dump()
    counted.forgotten = withdrawn - counted.withdrawn
    counted.save(update_fields=["manifest", "forgotten"])
    decided = weighting.in_force(poll)
    if decided is not None:
        _store_weights(counted, _refitted(poll, counted, decided))


def _refitted(poll: Poll, counted: Counted, decided: PollWeights) -> Floats | None:
    """The weights of those who are left; none where these can no longer be fitted to the targets."""
    try:
        left = rows.rows_of(counted, queries.instrument_of(poll))
        return weighting.refit(poll, decided, left).weight
    except WeightingError:
        return None


def _cubes(poll: Poll, manifest: Manifest, versions: Sequence[Version]) -> dict[str, object]:
    """The cubes of every figure by its address, each counted over the ballots of its own wording."""
    found = wordings(versions, manifest.versions)
    newest = versions[-1].instrument
    counted = {
        together: warehouse.count(folder_of(poll), manifest, newest, versions=together)
        for together in {wording.versions for wording in found}
    }
    return {wording.address: cubes.dump(counted[wording.versions][wording.item.id]) for wording in found}


def _versions(poll: Poll) -> list[Version]:
    return [
        Version(one.version, restore(one.instrument), one.meaning_changed) for one in queries.versions(poll)
    ]
