"""The verbs that move a poll through its states. Each writes the ballots store first; the desk follows.

A verb takes the poll as its reader saw it, `by` (who) and `now`; it returns the poll as it now is, or raises
PollRefused with a sentence.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from canvass import instrument
from canvass.instrument import Instrument
from canvass.polls import headlines, mending, windows
from canvass.polls.drafts import reading_of
from canvass.polls.models import FrozenVersion, Poll, PollWindow, SavedText, WorkingText
from canvass.polls.reading import columns
from canvass.polls.states import MOVES, PollRefused, State, why_not
from canvass.polls.windows import Freeze
from canvass.team import audit
from canvass.team.audit import Actor

MINUTE = timedelta(minutes=1)


def schedule(poll: Poll, *, opens: datetime, closes: datetime, by: Actor, now: datetime) -> Poll:
    """Let a draft open by itself at `opens` and close at `closes`; both are written into its text."""
    _refuse_unless(poll, "schedule")
    opens, closes = _to_the_minute(opens), _to_the_minute(closes)
    if opens <= now:
        raise PollRefused(
            "Choose an opening time that is still to come, or open the poll now.", field="opens"
        )
    _refuse_short(opens, closes)
    _ready(poll, poll.text)
    window = _move_window(poll, "schedule", opens=opens, closes=closes)
    return _follow(poll, window, verb="poll.scheduled", by=by, now=now)


def unschedule(poll: Poll, *, by: Actor, now: datetime) -> Poll:
    """Take a scheduled poll back to draft."""
    _refuse_unless(poll, "unschedule")
    try:
        windows.remove(poll)
    except windows.Overtaken as overtaken:
        raise _overtaken(poll, overtaken.state) from overtaken
    return _follow(poll, None, verb="poll.unscheduled", by=by, now=now)


def open_now(poll: Poll, *, closes: datetime | None = None, by: Actor, now: datetime) -> Poll:
    """Open a draft or a scheduled poll at once; its text becomes version 1.

    Without `closes` it closes when its text says.
    """
    _refuse_unless(poll, "open")
    until = closes or poll.closes_at
    if until is None or until <= now:
        raise PollRefused("Choose a closing time that is still to come.", field="closes")
    opens, closes = _to_the_minute(now), _to_the_minute(until)
    _refuse_short(opens, closes)
    return _open(poll, opens, closes, by=by, now=now)


def open_scheduled(poll: Poll, *, by: Actor, now: datetime) -> Poll:
    """Open a scheduled poll whose time has come."""
    if poll.state != State.SCHEDULED or poll.opens_at is None or poll.closes_at is None:
        raise PollRefused(f"{poll.slug} is {poll.state}, so it does not open by itself.")
    if poll.opens_at > now:
        raise PollRefused(f"{poll.slug} does not open before {poll.opens_at:%d %B %Y %H:%M} UTC.")
    return _open(poll, poll.opens_at, poll.closes_at, by=by, now=now)


def open_for_import(poll: Poll, *, by: Actor, now: datetime) -> Poll:
    """Open a draft for answers collected elsewhere: no mail, no links, never closed by itself.

    Its fieldwork dates are those of its text; where it gives none, today's.
    """
    _refuse_unless(poll, "open")
    opens = poll.opens_at or min(_to_the_minute(now), (poll.closes_at or now) - MINUTE)
    closes = poll.closes_at or max(opens + MINUTE, _to_the_minute(now))
    # Marked first, so that a fault on the way never leaves a poll that closes by itself.
    Poll.objects.filter(pk=poll.pk).update(collected_elsewhere=True)
    return _open(poll, opens, closes, by=by, now=now, collected_elsewhere=True)


def close(poll: Poll, *, by: Actor, now: datetime) -> Poll:
    """Close an open poll. Nobody can answer or change an answer any more.

    It closed when its time was over, or now if that is earlier.
    """
    _refuse_unless(poll, "close")
    closes = min(poll.closes_at or now, now)
    if poll.opens_at and closes < poll.opens_at:
        closes = poll.opens_at
    window = _move_window(poll, "close", opens=poll.opens_at, closes=closes)
    return _follow(poll, window, verb="poll.closed", by=by, now=now)


def withdraw(poll: Poll, *, by: Actor, now: datetime) -> Poll:
    """Give a poll up before it is published: it takes no answers and shows none."""
    _refuse_unless(poll, "withdraw")
    window = _move_window(poll, "withdraw", opens=poll.opens_at, closes=poll.closes_at)
    return _follow(poll, window, verb="poll.withdrawn", by=by, now=now)


def publish(poll: Poll, *, by: Actor, now: datetime) -> Poll:
    """Mark a closed poll as published. The window stays closed, so only the desk store is written."""
    _refuse_unless(poll, "publish")
    with transaction.atomic():
        moved = Poll.objects.filter(pk=poll.pk, state=State.CLOSED).update(
            state=State.PUBLISHED, changed_at=now
        )
        if not moved:
            raise _overtaken(poll, Poll.objects.get(pk=poll.pk).state)
        audit.record("poll.published", poll.slug, panel=poll.panel, by=by, now=now)
    return _fresh(poll)


def mend(poll: Poll, text: str, *, meaning_changed: bool, by: Actor, now: datetime) -> Poll:
    """Reword an open poll: texts only. Makes the next version; ballots begun stay on theirs."""
    _refuse_unless(poll, "mend")
    text = _with_own_dates(poll, text)
    new = _ready(poll, text)
    old = instrument.restore(FrozenVersion.objects.get(poll_id=poll.pk, version=poll.version).instrument)
    if old == new:
        raise PollRefused("This text asks exactly what is asked now, so there is nothing to mend.")
    _refuse_reshaping(mending.differences(old, new))
    freeze = Freeze(poll.version + 1, instrument.dump(new), text, meaning_changed, now)
    try:
        window = windows.mend(poll, freeze)
    except windows.Overtaken as overtaken:
        raise _overtaken(poll, overtaken.state) from overtaken
    return _follow(poll, window, verb="poll.mended", by=by, now=now, meaning_changed=meaning_changed)


def repair(poll: Poll, *, by: Actor, now: datetime) -> Poll | None:
    """Bring the desk to agree with the poll's window after a fault between the stores; None where it does."""
    window = windows.window_of(poll)
    if windows.agree(poll, window):
        return None
    return _follow(poll, window, verb="poll.repaired", by=by, now=now)


def _open(
    poll: Poll,
    opens: datetime,
    closes: datetime,
    *,
    by: Actor,
    now: datetime,
    collected_elsewhere: bool = False,
) -> Poll:
    _ready(poll, poll.text)
    text = headlines.with_window(poll.text, opens, closes, poll.zone)
    found = _ready(poll, text)
    settings.KEYS.get_or_make(f"poll/{poll.panel.slug}/{poll.slug}")
    freeze = Freeze(1, instrument.dump(found), text, False, now)
    window = _move_window(poll, "open", opens=opens, closes=closes, freeze=freeze)
    return _follow(
        poll, window, verb="poll.opened", by=by, now=now, columns={"collected_elsewhere": collected_elsewhere}
    )


def _move_window(
    poll: Poll, verb: str, *, opens: datetime | None, closes: datetime | None, freeze: Freeze | None = None
) -> PollWindow:
    begins = [state.value for state in MOVES[verb].begins]
    try:
        return windows.move(poll, begins, MOVES[verb].ends.value, opens=opens, closes=closes, freeze=freeze)
    except windows.Overtaken as overtaken:
        raise _overtaken(poll, overtaken.state) from overtaken


@transaction.atomic
def _follow(
    poll: Poll,
    window: PollWindow | None,
    *,
    verb: str,
    by: Actor,
    now: datetime,
    columns: dict[str, Any] | None = None,
    **facts: Any,
) -> Poll:
    """The desk's half of a verb: make the poll what its window says, once. Raises PollRefused."""
    changes = {**_as_window(poll, window), **(columns or {}), "changed_at": now}
    present = Poll.objects.select_for_update().get(pk=poll.pk)
    if (present.state, present.version) != (poll.state, poll.version):
        raise _overtaken(poll, present.state)
    if present.version == 0 and changes.get("text", present.text) != present.text:
        changes["revision"] = _keep_replaced(present, now)
    Poll.objects.filter(pk=poll.pk).update(**changes)
    if changes["version"]:
        WorkingText.objects.filter(poll=poll).delete()
    audit.record(verb, poll.slug, panel=poll.panel, by=by, now=now, version=changes["version"], **facts)
    return _fresh(poll)


def _keep_replaced(present: Poll, now: datetime) -> int:
    """Keep the draft's text that the frozen or dated one replaces; the number of the revision to come."""
    SavedText.objects.create(
        panel=present.panel,
        poll=present,
        revision=present.revision,
        text=present.text,
        faults=present.faults,
        replaced_at=now,
    )
    return present.revision + 1


def _as_window(poll: Poll, window: PollWindow | None) -> dict[str, Any]:
    """The poll's columns as its window has them."""
    if window is None:
        return {"state": State.DRAFT.value, "version": 0}
    changes: dict[str, Any] = {"state": window.state, "version": window.version}
    if window.opens:
        changes["opens_at"] = datetime.fromtimestamp(window.opens, UTC)
    if window.closes:
        changes["closes_at"] = datetime.fromtimestamp(window.closes, UTC)
    return changes | _text_of(poll, window)


def _text_of(poll: Poll, window: PollWindow) -> dict[str, Any]:
    """The text that belongs to the window: the frozen one, or the draft's with its dates."""
    if window.state == State.SCHEDULED:
        opens, closes = (datetime.fromtimestamp(at, UTC) for at in (window.opens, window.closes))
        return {"text": headlines.with_window(poll.text, opens, closes, poll.zone)}
    if window.version == poll.version:
        return {}
    frozen = FrozenVersion.objects.get(poll_id=poll.pk, version=window.version)
    titles = columns(instrument.restore(frozen.instrument))
    return {"text": frozen.text, "faults": 0} | {
        name: value for name, value in titles.items() if name not in ("opens_at", "closes_at")
    }


def revoke_links(poll: Poll, *, older_than: int, by: Actor, now: datetime) -> None:
    """End every link to this poll that was made with a link key before this one. Raises PollRefused."""
    held = PollWindow.objects.filter(poll_id=poll.pk, state__in=(State.SCHEDULED, State.OPEN))
    if not held.update(oldest_link_key=older_than):
        raise PollRefused(
            f"{poll.slug} is {poll.state}. Links are revoked while a poll is scheduled or open."
        )
    audit.record("poll.links_revoked", poll.slug, panel=poll.panel, by=by, now=now)


def _ready(poll: Poll, text: str) -> Instrument:
    """The instrument of a text without faults. Raises PollRefused."""
    reading = reading_of(poll, text)
    if reading.instrument is None or reading.faults:
        count = len(reading.faults)
        faults = "one fault" if count == 1 else f"{count} faults"
        raise PollRefused(f"The text of {poll.slug} has {faults}. The first: line {reading.faults[0]}")
    return reading.instrument


def _with_own_dates(poll: Poll, text: str) -> str:
    """The text with the moment at which the poll really opened, and its closing time where it gives none.

    The author's file still says when the poll was meant to open; another closing time is refused by name.
    """
    read = reading_of(poll, text).instrument
    if read is None or (read.opens == poll.opens_at and read.closes):
        return text
    return headlines.with_window(text, poll.opens_at, read.closes or poll.closes_at, poll.zone)


def _refuse_unless(poll: Poll, verb: str) -> None:
    if refused := why_not(verb, poll.slug, poll.state):
        raise PollRefused(refused)


def _refuse_short(opens: datetime, closes: datetime) -> None:
    if closes <= opens:
        raise PollRefused("A poll must close after it opens. Choose a later closing time.", field="closes")


def _refuse_reshaping(found: tuple[str, ...]) -> None:
    if found:
        more = " ".join(re.sub(r"^the ", "The ", sentence) for sentence in found)
        raise PollRefused(
            f"While a poll is open only its texts can change. This text would change more. {more}"
        )


def _overtaken(poll: Poll, state: str) -> PollRefused:
    return PollRefused(f"Somebody else has just moved {poll.slug}: it is {state} now. Look at it again.")


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _fresh(poll: Poll) -> Poll:
    return Poll.objects.select_related("panel").get(pk=poll.pk)
