"""A service's database, on SQLite and on PostgreSQL: what is promised of one holds for both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govproject.persistence import migrate
from govproject.persistence.database import Database

MakeDatabase = Callable[[str], Database]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path}/service.db"


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """A database with the shared tables."""
    database = Database(database_url)
    migrate.upgrade(database)
    yield database
    database.dispose()


@pytest.fixture
def sqlite_db(tmp_path: Path) -> Iterator[MakeDatabase]:
    """Makes databases, with the shared tables, for tests that are about something else."""
    made: list[Database] = []

    def make(name: str) -> Database:
        database = Database(f"sqlite:///{tmp_path}/{name}.db")
        migrate.upgrade(database)
        made.append(database)
        return database

    yield make
    for database in made:
        database.dispose()
