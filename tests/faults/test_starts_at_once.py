"""Processes that start at the same moment on stores that nobody has prepared yet, as after an upgrade."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.postgres import postgres
from tests.unit.fieldwork.stores import migrated

__all__ = ["postgres"]
STARTS = 4


def test_on_sqlite_each_finds_the_stores_prepared(tmp_path):
    with ThreadPoolExecutor(STARTS) as together:
        list(together.map(migrated, [tmp_path] * STARTS))


@pytest.mark.postgres
def test_on_postgresql_each_does_from_whatever_machine(postgres, tmp_path):
    folders = [tmp_path / f"machine-{number}" for number in range(STARTS)]
    for folder in folders:
        folder.mkdir()
    address = postgres.database("starts")

    with ThreadPoolExecutor(STARTS) as together:
        list(together.map(migrated, folders, [address] * STARTS))
