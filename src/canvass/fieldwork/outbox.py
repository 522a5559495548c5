"""The outbox: filled by one statement, drained by pumps that may be killed at any instant.

queued -> leased -> attempting -> accepted | deferred | refused | unknown, or skipped. "attempting" is
committed before the mail server is given a byte, so after a crash nothing is missed, and only those that were
in flight can be sent twice, under one Message-ID. All SQL here reads alike on SQLite and PostgreSQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from canvass.fieldwork.mailings import MailState, Outbox, Round

STORE = "ballots"
LEASE = 300  # seconds; far longer than a group of mails can take
MOST_CRASHES = 5  # a mail that each time ends without a reply is then left for a person to look at
FIRST_WAIT, LONGEST_WAIT = 300, 4 * 3600  # seconds between tries: 5 minutes, doubled up to 4 hours
NEVER = 2**53


@dataclass(frozen=True, slots=True)
class Slip:
    """One mail that a pump holds."""

    panel: int
    poll: int
    member: str
    round: int
    tries: int = 0

    @property
    def key(self) -> tuple[int, str, int]:
        return self.poll, self.member, self.round


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one mail."""

    slip: Slip
    state: MailState
    reply: str = ""
    wait: int = 0  # seconds until it is due again
    counts: bool = True  # whether this was a try at all


type Row = tuple[Any, ...]

# Why a member of the panel gets no mail: the first that holds. "" is nobody's.
_REASON = """CASE
    WHEN s.state <> 'active' THEN s.state
    WHEN NOT s.mailable THEN 'bounced'
    WHEN o.member IS NOT NULL THEN 'mailed'
    WHEN p.answered IS NOT NULL THEN 'answered'"""
_MEMBERS = """FROM standing s
LEFT JOIN participation p ON p.poll = %s AND p.member = s.member
LEFT JOIN outbox o ON o.poll = %s AND o.member = s.member AND o.round = %s
LEFT JOIN outbox i ON i.poll = %s AND i.member = s.member AND i.round = %s - 1
WHERE s.panel_id = %s AND s.state <> 'left'"""
_REACHED = "('accepted', 'kept', 'unknown', 'deferred', 'attempting')"


def _verdict(part: Mapping[str, Sequence[str]], round_: int) -> tuple[str, list[Any]]:
    """SQL for the reason why a member is passed over ('' for those who will be mailed), and its values."""
    inside, values = _inside(part)
    invited = f" WHEN i.state IS NULL OR i.state NOT IN {_REACHED} THEN 'not invited'"
    again = invited if round_ == Round.REMINDER else ""
    outside = f" WHEN NOT ({inside}) THEN 'outside'"
    return f"{_REASON}{again}{outside} ELSE '' END", values


def _inside(part: Mapping[str, Sequence[str]]) -> tuple[str, list[Any]]:
    tests, values = ["1 = 1"], []
    for field, options in sorted(part.items()):
        marks = ", ".join(["%s"] * len(options))
        tests.append(f"COALESCE(s.profile ->> %s, '') IN ({marks})")
        values += [field, *options]
    return " AND ".join(tests), values


def reach(panel: int, poll: int, round_: int, part: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many of the panel would be mailed (under "") and how many not, by reason."""
    verdict, values = _verdict(part, round_)
    rows = _read(
        f"SELECT reason, COUNT(*) FROM (SELECT {verdict} AS reason {_MEMBERS}) told GROUP BY reason",  # noqa: S608
        [*values, poll, poll, round_, poll, round_, panel],
    )
    return dict(rows)


def fill(panel: int, poll: int, round_: int, part: Mapping[str, Sequence[str]], *, now: int) -> int:
    """Queue a mail to each member who may have one, by one statement; how many. Twice changes nothing."""
    verdict, values = _verdict(part, round_)
    statement = (
        "INSERT INTO outbox (panel, poll, member, round, state, due, lease, worker, tries, reply) "  # noqa: S608
        f"SELECT %s, %s, member, %s, 'queued', %s, 0, '', 0, '' FROM (SELECT s.member, {verdict} AS reason "
        f"{_MEMBERS}) told WHERE reason = '' ON CONFLICT DO NOTHING"
    )
    place = [panel, poll, round_, now]
    return _write(statement, [*place, *values, poll, poll, round_, poll, round_, panel])


def anything_waits() -> bool:
    """Whether any mail is still under way; asked first, so that an idle pump never takes the write lock."""
    waits = ("queued", "leased", "attempting", "deferred", "unknown")
    return Outbox.objects.filter(state__in=waits, due__lt=NEVER).exists()


def recover(now: int) -> None:
    """Take back what dead pumps held, and give up what came too late."""
    with transaction.atomic(using=STORE):
        _write("UPDATE outbox SET state = 'queued' WHERE state = 'leased' AND lease < %s", [now])
        _write(
            "UPDATE outbox SET state = 'unknown', reply = 'no reply before the pump stopped', "
            "due = CASE WHEN tries < %s THEN %s ELSE %s END WHERE state = 'attempting' AND lease < %s",
            [MOST_CRASHES, now, NEVER, now],
        )
        _write(
            "UPDATE outbox SET state = 'skipped', reply = 'closed' WHERE state IN ('queued', 'deferred') "
            "AND poll IN (SELECT poll_id FROM poll_window WHERE state <> 'open' OR closes <= %s)",
            [now],
        )


def claim(worker: str, most: int, *, now: int) -> list[Slip]:
    """Lease up to `most` mails that are due. Two pumps never hold the same one."""
    waits = " FOR UPDATE SKIP LOCKED" if connections[STORE].vendor == "postgresql" else ""
    statement = (
        "UPDATE outbox SET state = 'leased', worker = %s, lease = %s WHERE (poll, member, round) IN "  # noqa: S608
        "(SELECT poll, member, round FROM outbox WHERE state IN ('queued', 'deferred', 'unknown') "
        f"AND due <= %s ORDER BY due, poll, member LIMIT %s{waits}) "
        "RETURNING panel, poll, member, round, tries"
    )
    with transaction.atomic(using=STORE):
        rows = _read(statement, [worker, now + LEASE, now, most])
    return sorted((Slip(*row) for row in rows), key=lambda slip: slip.key)


def attempt(slips: Sequence[Slip], worker: str, settled: Sequence[Settled], *, now: int) -> list[Slip]:
    """In one transaction: write what became of the last group, look once more whether each of the next may
    be mailed, and mark those that may as being attempted. Returns these."""
    with transaction.atomic(using=STORE):
        _settle(settled, worker, now=now)
        reasons = {row[:3]: row[3] for row in _reasons(slips, worker, now=now)}
        may = [slip for slip in slips if reasons.get(slip.key) == ""]
        skipped = [(slip.key, reasons[slip.key]) for slip in slips if reasons.get(slip.key)]
        _each("state = 'skipped', reply = %s", [([reason], key) for key, reason in skipped], worker)
        _each(
            "state = 'attempting', tries = tries + 1, lease = %s",
            [([now + LEASE], slip.key) for slip in may],
            worker,
        )
    return may


def settle(settled: Sequence[Settled], worker: str, *, now: int) -> None:
    """Write what became of mails that this pump attempted."""
    with transaction.atomic(using=STORE):
        _settle(settled, worker, now=now)


def release(worker: str) -> None:
    """Give back what this pump leased and did not attempt."""
    _write("UPDATE outbox SET state = 'queued', lease = 0 WHERE worker = %s AND state = 'leased'", [worker])


def wait_after(tries: int) -> int:
    """Seconds to wait after the n-th temporary refusal."""
    return min(FIRST_WAIT * 2 ** max(tries - 1, 0), LONGEST_WAIT)


def counts(panel: int, poll: int) -> dict[tuple[int, str], int]:
    """How many mails of a poll stand where, by round and state."""
    rows = _read(
        "SELECT round, state, COUNT(*) FROM outbox WHERE panel = %s AND poll = %s GROUP BY round, state",
        [panel, poll],
    )
    return {(round_, state): number for round_, state, number in rows}


def reasons_skipped(panel: int, poll: int) -> dict[tuple[int, str], int]:
    """Why mails were skipped at the last moment, by round and reason."""
    rows = _read(
        "SELECT round, reply, COUNT(*) FROM outbox WHERE panel = %s AND poll = %s AND state = 'skipped' "
        "GROUP BY round, reply",
        [panel, poll],
    )
    return {(round_, reason): number for round_, reason, number in rows}


def record_past(panel: int, poll: int, members: Mapping[str, MailState]) -> None:
    """Invitations that went out before this installation began, as an import or the demo knows them."""
    rows = [
        Outbox(panel=panel, poll=poll, member=member, round=Round.INVITATION, state=state, due=0, tries=1)
        for member, state in members.items()
    ]
    Outbox.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _reasons(slips: Sequence[Slip], worker: str, *, now: int) -> list[Row]:
    if not slips:
        return []
    return _read(
        "SELECT o.poll, o.member, o.round, CASE "  # noqa: S608
        "WHEN w.poll_id IS NULL OR w.state <> 'open' OR w.closes <= %s THEN 'closed' "
        "WHEN s.member IS NULL THEN 'left' WHEN s.state <> 'active' THEN s.state "
        "WHEN NOT s.mailable THEN 'bounced' WHEN p.answered IS NOT NULL THEN 'answered' ELSE '' END "
        "FROM outbox o LEFT JOIN poll_window w ON w.poll_id = o.poll "
        "LEFT JOIN standing s ON s.member = o.member "
        "LEFT JOIN participation p ON p.poll = o.poll AND p.member = o.member "
        f"WHERE o.worker = %s AND o.state = 'leased' AND (o.poll, o.member, o.round) IN ({_values(slips)})",
        [now, worker, *(value for slip in slips for value in slip.key)],
    )


def _values(slips: Sequence[Slip]) -> str:
    return "VALUES " + ", ".join(["(%s, %s, %s)"] * len(slips))


def _settle(settled: Sequence[Settled], worker: str, *, now: int) -> None:
    changes = [
        ([one.state.value, one.reply[:200], now + one.wait, 0 if one.counts else 1], one.slip.key)
        for one in settled
    ]
    _each("state = %s, reply = %s, due = %s, tries = tries - %s, lease = 0", changes, worker)


def _each(assignment: str, changes: Sequence[tuple[list[Any], tuple[int, str, int]]], worker: str) -> None:
    """Change rows that this pump still holds, one by one in the transaction under way."""
    if changes:
        with connections[STORE].cursor() as cursor:
            cursor.executemany(
                f"UPDATE outbox SET {assignment} WHERE poll = %s AND member = %s AND round = %s "  # noqa: S608
                "AND worker = %s AND state IN ('leased', 'attempting')",
                [[*values, *key, worker] for values, key in changes],
            )


def _read(statement: str, values: Sequence[Any]) -> list[Row]:
    with connections[STORE].cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[Row] = cursor.fetchall()
        return rows


def _write(statement: str, values: Sequence[Any]) -> int:
    with connections[STORE].cursor() as cursor:
        cursor.execute(statement, values)
        number: int = cursor.rowcount
        return number
