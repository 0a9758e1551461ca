"""A service's database, on SQLite and on PostgreSQL: what is promised of one holds for both."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject_local.postgres import Postgres

MakeDatabase = Callable[[str], Database]


@pytest.fixture(scope="session")
def postgres_kept_url(postgres: Postgres) -> Iterator[str]:
    """One PostgreSQL database for many tests: emptying it is faster than making another."""
    name = f"shared-{uuid4().hex}"
    yield postgres.create_database(name)
    postgres.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/service.db"
        return
    url: str = request.getfixturevalue("postgres_kept_url")
    yield url
    database = Database(url)
    with database.write() as session:
        session.execute(text("DROP SCHEMA public CASCADE"))
        session.execute(text("CREATE SCHEMA public"))
    database.dispose()


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
