"""Closes and counts a poll in a process that is killed at its nth step, for n from one until none is left.

`python -m tests.faults.counting_drill killed FOLDER` prints a line of JSON a kill: what is there after the
pumps have run. A step is a file synced or renamed, a row written, a transaction committed; it dies before or
after it.
"""

import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
TEXT = """\
poll: hours
title: Working hours
category: practice
closes: 2026-12-01T17:00
items:
  - {id: hours, kind: single, text: Do you work late?, options: ["yes", "no"]}
  - {id: why, kind: text, text: Why?}
"""


def prepare() -> None:
    """A data folder with an open poll and 40 ballots."""
    from canvass.config.startup import prepare_stores
    from canvass.fieldwork.models import Ballot
    from canvass.polls import drafts, services
    from canvass.team.audit import HOST
    from canvass.team.models import Panel

    prepare_stores()
    panel = Panel.objects.create(slug="workers", name="Workers' Panel", created_at=NOON)
    draft = drafts.create(panel, slug="hours", title="Working hours", text=TEXT, by=HOST, now=NOON)
    poll = services.open_now(draft, by=HOST, now=NOON)
    for place in range(40):
        answers = {"hours": "yes" if place < 25 else "no", "why": f"Because {place}"}
        Ballot.objects.create(
            panel=panel.pk, poll=poll.pk, key=f"{place:032x}", version=1,
            answers=answers, shown=["hours", "why"], snapshot={},
        )  # fmt: skip


def close_and_count() -> None:
    from canvass.polls import doors
    from canvass.polls.models import Poll
    from canvass.team.audit import HOST

    doors.close(Poll.objects.get(), by=HOST, now=LATER)


def recover() -> None:
    """What the pumps do; then, where the poll never closed, somebody closes it again."""
    from canvass.analysis import due
    from canvass.polls import due as polls_due
    from canvass.polls.models import Poll
    from canvass.polls.states import State

    polls_due.reconcile(LATER + timedelta(minutes=1))
    due.count_closed(LATER + timedelta(minutes=1))
    if Poll.objects.get().state == State.OPEN:
        close_and_count()


def found() -> dict[str, object]:
    """What is there: rows, counts, files, and whether the files are those of the manifest."""
    from canvass.analysis.files import folder_of
    from canvass.analysis.models import Counted
    from canvass.analysis.results import results
    from canvass.polls.models import Poll

    poll = Poll.objects.get()
    (row,) = Counted.objects.all()
    figures = results(poll).at("hours").exhibit.toplines[0].figures
    return {
        "state": poll.state,
        "ballots": row.ballots,
        "chosen": [figure.n for figure in figures],
        "named": sorted(one["name"] for one in row.manifest["files"]),
        "there": sorted(path.name for path in folder_of(poll).iterdir()),
    }


def wire(step: int) -> None:
    """Kill this process at the nth step from now on."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    left = [step]

    def tripped(work: Callable) -> Callable:
        def act(*args, **named):
            tick()
            result = work(*args, **named)
            tick()
            return result

        return act

    def tick() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace, os.rename, os.fsync = tripped(os.replace), tripped(os.rename), tripped(os.fsync)
    BaseDatabaseWrapper._commit = tripped(BaseDatabaseWrapper._commit)
    watch_writes(tick)


def watch_writes(tick: Callable[[], None]) -> None:
    from django.db import connections

    def wrapper(execute, sql, params, many, context):
        writes = sql.split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE")
        if writes:
            tick()
        result = execute(sql, params, many, context)
        if writes:
            tick()
        return result

    for alias in ("default", "ballots"):
        connections[alias].execute_wrappers.append(wrapper)


def in_a_fork(*work: Callable[[], None]) -> int:
    """Run in a process of its own; 0, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            for one in work:
                one()
            ended = 0
        finally:
            if ended:
                traceback.print_exc()
            os._exit(ended)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def say_found() -> None:
    sys.stdout.write(json.dumps(found()) + "\n")
    sys.stdout.flush()


def load_once() -> None:
    """Load what every fork needs, so that none spends a second on it."""
    import pandas  # noqa: F401  pyarrow asks for it at the first table
    import pyarrow.parquet  # noqa: F401
    import scipy.stats  # noqa: F401

    from canvass.analysis import due, results  # noqa: F401
    from canvass.polls import doors  # noqa: F401
    from canvass.polls import due as polls_due  # noqa: F401


def undisturbed(folder: Path) -> None:
    """Close, count and say what is there, on the store that the environment names."""
    set_up(folder)
    prepare()
    close_and_count()
    say_found()


def set_up(folder: Path) -> None:
    os.environ |= {"CANVASS_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "canvass.config.settings"}
    import django

    django.setup()


def main(folder: Path) -> None:
    set_up(folder)
    load_once()
    assert in_a_fork(prepare) == 0
    shutil.copytree(folder / "data", folder / "before")
    for step in range(1, 200):
        shutil.rmtree(folder / "data")
        shutil.copytree(folder / "before", folder / "data")
        ended = in_a_fork(lambda step=step: wire(step), close_and_count)
        assert ended in (0, -signal.SIGKILL), ended
        if ended == 0:
            return
        assert in_a_fork(recover, say_found) == 0
    raise AssertionError("It never came to an end.")


if __name__ == "__main__":
    {"killed": main, "undisturbed": undisturbed}[sys.argv[1]](Path(sys.argv[2]))
