from collections.abc import Iterator

import pytest
from tests.postgres import Cluster, postgres
from tests.unit.fieldwork.stores import Place, postgresql_place, sqlite_place

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def sqlite_store() -> Iterator[Place]:
    with sqlite_place() as place:
        yield place


@pytest.fixture(scope="session")
def postgresql_store(postgres: Cluster) -> Iterator[Place]:
    with postgresql_place(postgres.database("ballots")) as place:
        yield place


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """An empty ballots store, once on SQLite and once on PostgreSQL."""
    found: Place = request.getfixturevalue(f"{request.param}_store")
    found.empty()
    yield found
    found.store.close()
