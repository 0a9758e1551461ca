import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from textwrap import dedent
from uuid import UUID

import pytest
from sqlalchemy import inspect, text

from govproject.messaging.topology import slot
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Inbox, InboxCursor, Outbox, OutboxStream, core

TABLES = """
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from sqlmodel import Field, SQLModel

    from govproject.persistence.tables import table_registry
    from govproject.persistence.types import Money, UtcDateTime


    class Table(SQLModel, registry=table_registry()):
        pass


    class Project(Table, table=True):
        id: UUID = Field(primary_key=True)
        name: str
        budget: Decimal = Field(sa_type=Money)
        declared_at: datetime = Field(sa_type=UtcDateTime)
"""


@pytest.fixture
def package(tmp_path, monkeypatch, request):
    """A service's package without migrations yet."""
    name = f"example_{abs(hash(request.node.nodeid))}"
    folder = tmp_path / name
    (folder / "migrations").mkdir(parents=True)
    for init in (folder, folder / "migrations"):
        (init / "__init__.py").touch()
    (folder / "tables.py").write_text(dedent(TABLES))
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    for module in [module for module in sys.modules if module.startswith(name)]:
        del sys.modules[module]


@pytest.fixture
def empty(database_url):
    db = Database(database_url)
    yield db
    db.dispose()


def _tables(db):
    with db.read() as session:
        return set(inspect(session.connection()).get_table_names())


def test_an_empty_database_gets_the_shared_tables(empty):
    assert not migrate.is_current(empty)

    migrate.upgrade(empty)

    assert migrate.is_current(empty)
    assert {"outbox", "inbox", "inbox_cursor", "idempotency"} <= _tables(empty)


def test_migrations_and_models_agree(db):
    assert migrate.differences(db) == []


def test_a_second_run_changes_nothing(db):
    with db.write() as session:
        session.execute(
            text("INSERT INTO outbox_stream VALUES ('project', 'a', 7)"),
        )

    migrate.upgrade(db)

    with db.read() as session:
        assert session.execute(text("SELECT last_seq FROM outbox_stream")).scalar_one() == 7


def test_processes_that_start_at_once_migrate_once(database_url):
    together = threading.Barrier(4)

    def start(_):
        db = Database(database_url)
        together.wait()
        migrate.upgrade(db)
        current = migrate.is_current(db)
        db.dispose()
        return current

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(start, range(4))) == [True] * 4


def test_a_new_revision_brings_a_services_tables(empty, package):
    path = migrate.new_revision("projects", package)

    migrate.upgrade(empty, package)

    assert path.name == "m0001_projects.py"
    assert migrate.is_current(empty, package)
    assert migrate.differences(empty, package) == []
    assert {"project", "outbox", "alembic_version", "alembic_version_govproject"} <= _tables(empty)


def test_a_service_that_lacks_a_revision_is_not_current(empty, package):
    migrate.upgrade(empty)

    migrate.new_revision("projects", package)

    assert migrate.is_current(empty)
    assert not migrate.is_current(empty, package)


def test_a_model_without_a_migration_is_a_difference(db, package):
    migrate.upgrade(db, package)

    [(what, table)] = [difference[:2] for difference in migrate.differences(db, package)]

    assert (what, table.name) == ("add_table", "project")


def test_a_migration_that_fails_leaves_nothing(empty, package):
    path = migrate.new_revision("projects", package)
    path.write_text(
        path.read_text().replace(
            "def downgrade", '    raise RuntimeError("half-way")\n\n\ndef downgrade'
        )
    )

    with pytest.raises(RuntimeError, match="half-way"):
        migrate.upgrade(empty, package)

    assert _tables(empty) == set()


def test_every_revision_can_be_taken_back(empty):
    migrate.upgrade(empty)
    with empty.write() as session:
        context = migrate._SHARED.context(session.connection())
        with migrate.Operations.context(context):
            for revision in migrate._SHARED.scripts().walk_revisions():  # the newest first
                revision.module.downgrade()

    assert _tables(empty) == {"alembic_version_govproject"}


def test_an_installation_that_never_counted_learns_what_it_has_sent_and_received(empty):
    a, b = "0198a0c0-0000-7000-8000-000000000001", "0198a0c0-0000-7000-8000-000000000002"
    _upgrade_to(empty, "0001")
    now = datetime(2026, 8, 3, tzinfo=UTC)
    place = {"aggregate_type": "project", "aggregate_id": a, "type": "t"}
    sent = place | {"version": 1, "routing_key": "k", "headers": {}, "body": b"", "attempts": 0}
    stream = {"aggregate_type": "project", "consumer": "review", "source": "intake"}
    kept = place | stream | {"state": "deferred", "attempts": 0, "unfinished": 0}
    unplaced = {"aggregate_id": "", "aggregate_seq": 0}
    ids = iter(UUID(int=number) for number in range(9))
    with empty.write() as session:
        for table, rows in {
            OutboxStream: [
                {"aggregate_type": "project", "aggregate_id": a, "last_seq": 5},
                {"aggregate_type": "project", "aggregate_id": b, "last_seq": 2},
            ],
            Outbox: [sent | {"slot": slot(a), "aggregate_seq": 5, "created_at": now}],
            InboxCursor: [
                stream | {"aggregate_id": a, "last_seq": 7},
                stream | {"aggregate_id": b, "last_seq": 3},
            ],
            Inbox: [kept | {"aggregate_seq": 9}, kept | unplaced],
        }.items():
            for row in rows:
                if table in (Outbox, Inbox):
                    row["event_id"] = next(ids)
                if table is Inbox:
                    row["received_at"] = now
                session.execute(core(table).insert().values(**row))

    migrate.upgrade(empty)

    with empty.read() as session:
        published = session.execute(
            text("SELECT slot, published FROM relay_slot WHERE published > 0")
        ).all()
        received = session.execute(text("SELECT source, slot, received FROM inbox_tally")).all()
    assert sorted(published) == sorted([(slot(a), 4), (slot(b), 2)])
    assert sorted(received) == sorted([("intake", slot(a), 8), ("intake", slot(b), 3)])


def _upgrade_to(db, revision):
    history = migrate._SHARED
    with db.write() as session:
        context = history.context(
            session.connection(),
            fn=lambda current, _: history.scripts()._upgrade_revs(revision, current),
        )
        with migrate.Operations.context(context):
            context.run_migrations()
