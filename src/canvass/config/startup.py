"""What must hold before anything is served: room on the disk, no newer data, every store up to date."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from canvass.datafolder.folder import DataFolderError
from canvass.datafolder.lock import in_turn

PREPARING = 0x63616E76617373  # "canvass": the advisory lock of whoever prepares the stores
ROOM_NEEDED = 64 * 1024 * 1024  # bytes; SQLite's journal and a day of a small panel's work


def prepare_stores(say: Callable[[str], None] = lambda _line: None) -> None:
    """Bring every store up to date, or refuse in one sentence. Raises DataFolderError.

    Processes that start at once do so one after the other.
    """
    refuse_full_disk()
    with in_turn(settings.DATA.path, "prepare"), _alone_on_postgresql():
        for alias in connections:
            _make_schema(alias)
            _refuse_newer(alias)
            if _plan(alias):
                say(f"Preparing the {settings.STORES[list(connections).index(alias)]} store")
                _migrate(alias)


def _migrate(alias: str) -> None:
    try:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    except DatabaseError as error:
        raise DataFolderError(
            f"{settings.DATA.path}: the {alias} store could not be prepared ({error}). "
            "Free some space or restore a backup, then start again."
        ) from error


@contextmanager
def _alone_on_postgresql() -> Iterator[None]:
    """Several machines may share one database; a folder's lock does not reach from one to the other."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def refuse_full_disk() -> None:
    """Raise DataFolderError where the disk has no room for a day of work."""
    free = shutil.disk_usage(settings.DATA.path).free
    if free < ROOM_NEEDED:
        raise DataFolderError(
            f"{settings.DATA.path}: only {free // 1024 // 1024} MB are free on this disk and Canvass needs "
            f"{ROOM_NEEDED // 1024 // 1024} MB. Free some space or choose another folder with --data."
        )


def _make_schema(alias: str) -> None:
    connection = connections[alias]
    if connection.vendor == "postgresql":
        store = settings.STORES[list(connections).index(alias)]
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{store}"')


def _plan(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _refuse_newer(alias: str) -> None:
    loader = MigrationExecutor(connections[alias]).loader
    ours = {app for app, _name in loader.disk_migrations}
    unknown = [
        key for key in loader.applied_migrations if key[0] in ours and key not in loader.disk_migrations
    ]
    if unknown:
        raise DataFolderError(
            f"{settings.DATA.path}: this data folder was made by a newer Canvass. "
            "Install that version or choose another folder with --data."
        )
