"""The poll windows and frozen versions in the ballots store.

They are written before anything in the desk store, and they decide: where two people move one poll at the
same time, the one whose change is found here first wins, and the desk follows what is written here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from canvass.polls.models import FrozenVersion, Poll, PollWindow
from canvass.polls.states import State

STORE = "ballots"
NO_WINDOW = State.DRAFT.value  # a draft has no window


class Overtaken(Exception):
    """The window is in a state from which this move does not start. `state` says which."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class Freeze:
    """A version to be frozen together with a change of the window."""

    version: int
    instrument: dict[str, object]
    text: str
    meaning_changed: bool
    at: datetime


def window_of(poll: Poll) -> PollWindow | None:
    return PollWindow.objects.filter(poll_id=poll.pk).first()


def state_of(window: PollWindow | None) -> str:
    return window.state if window else NO_WINDOW


def agree(poll: Poll, window: PollWindow | None) -> bool:
    """Whether desk and window tell the same of a poll."""
    desk = State.CLOSED if poll.state == State.PUBLISHED else poll.state
    return desk == state_of(window) and (window is None or window.version == poll.version)


def move(
    poll: Poll,
    begins: Collection[str],
    ends: str,
    *,
    opens: datetime | None,
    closes: datetime | None,
    freeze: Freeze | None = None,
) -> PollWindow:
    """Bring the poll's window into the state `ends`. Raises Overtaken.

    A window already there is left as it is: an earlier try got this far, and the desk has yet to follow.
    """
    with transaction.atomic(using=STORE):
        window = PollWindow.objects.select_for_update().filter(poll_id=poll.pk).first()
        if state_of(window) == ends and window:
            return window
        if state_of(window) not in begins:
            raise Overtaken(state_of(window))
        window = window or _new(poll)
        window.state, window.confidentiality = ends, poll.confidentiality
        window.opens, window.closes = _seconds(opens), _seconds(closes)
        if freeze:
            _freeze(window, freeze)
        window.save()
    return window


def mend(poll: Poll, freeze: Freeze) -> PollWindow:
    """Freeze the next version of an open poll. Raises Overtaken."""
    with transaction.atomic(using=STORE):
        window = PollWindow.objects.select_for_update().filter(poll_id=poll.pk).first()
        if window is None or window.state != State.OPEN or window.version != freeze.version - 1:
            raise Overtaken(state_of(window))
        _freeze(window, freeze)
        window.save()
    return window


def remove(poll: Poll) -> None:
    """Take a scheduled poll's window away. Raises Overtaken."""
    gone, _tables = PollWindow.objects.filter(poll_id=poll.pk, state=State.SCHEDULED).delete()
    state = state_of(window_of(poll))
    if not gone and state != NO_WINDOW:
        raise Overtaken(state)


def _new(poll: Poll) -> PollWindow:
    panel = poll.panel
    return PollWindow(
        poll_id=poll.pk, panel_id=panel.pk, panel=panel.slug, panel_name=panel.name, slug=poll.slug, version=0
    )


def _freeze(window: PollWindow, freeze: Freeze) -> None:
    FrozenVersion.objects.create(
        panel_id=window.panel_id,
        poll_id=window.poll_id,
        version=freeze.version,
        instrument=freeze.instrument,
        text=freeze.text,
        meaning_changed=freeze.meaning_changed,
        frozen_at=freeze.at,
    )
    window.version = freeze.version


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0
