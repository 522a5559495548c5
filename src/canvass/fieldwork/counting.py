"""The ballots of a closed poll, read once for counting."""

from collections.abc import Iterator

from django.db import connections, transaction

from canvass.fieldwork.models import Ballot, Withdrawal
from canvass.instrument import Confidentiality
from canvass.polls.models import Poll
from canvass.team.models import Panel
from canvass.warehouse import Ballot as CountedBallot

STORE = "ballots"
CHUNK = 2_000


def ballots_and_withdrawn(poll: Poll) -> tuple[list[CountedBallot], int]:
    """Every ballot of a closed poll in the order of its key, as plain values without person or time, and how
    many were withdrawn; both as at one instant. Only ballots of a linked poll keep their key, as the person.

    A withdrawal deletes a ballot and is counted in one transaction: where the count stood still, so did they.
    """
    _await_hand_ins()
    while True:
        before = withdrawn(poll)
        found = list(ballots(poll))
        if withdrawn(poll) == before:
            return found, before


def withdrawals(panel: Panel) -> dict[int, int]:
    """How many ballots were withdrawn, by poll, for polls that had any."""
    return dict(Withdrawal.objects.filter(panel=panel.pk).values_list("poll", "count"))


def withdrawn(poll: Poll) -> int:
    """How many ballots of the poll were withdrawn."""
    counts = Withdrawal.objects.filter(panel=poll.panel_id, poll=poll.pk).values_list("count", flat=True)
    return counts.first() or 0


def ballots(poll: Poll) -> Iterator[CountedBallot]:
    """Every ballot that lies in the box now, in the order of its key."""
    rows = Ballot.objects.filter(panel=poll.panel_id, poll=poll.pk).order_by("key")
    linked = poll.confidentiality == Confidentiality.LINKED
    found = rows.values_list("answers", "shown", "version", "snapshot", "key")
    for answers, shown, version, snapshot, key in found.iterator(CHUNK):
        yield CountedBallot(answers, shown, version, snapshot, key if linked else "")


def _await_hand_ins() -> None:
    """Wait for hand-ins whose fate was decided before the close and that are not yet committed.

    SQLite has one writer, so the close came after them. On PostgreSQL a hand-in reads the window and the
    ballots before it writes; the strongest lock waits for all who have read.
    """
    connection = connections[STORE]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=STORE), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Ballot._meta.db_table} IN ACCESS EXCLUSIVE MODE")
