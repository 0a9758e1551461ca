"""Hand-made databases for the judge, and what a run in a test needs."""

import shutil
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from govproject.contracts.intake import ProjectPlanAdopted
from govproject.messaging import outbox
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Inbox, InboxCursor, InboxState, Outbox, core
from govproject_local.chaos import evidence, journal
from govproject_local.chaos.evidence import FOLLOWS
from govproject_local.suite import SERVICES, module

NOW = datetime(2026, 9, 1, tzinfo=UTC)


class World:
    """Databases of all services, with what a run leaves in them when all is well."""

    def __init__(self, folder) -> None:
        self.urls = {name: f"sqlite:///{folder}/{name}.db" for name in SERVICES}
        self.databases = {name: Database(url) for name, url in self.urls.items()}

    def migrate(self) -> None:
        for name, db in self.databases.items():
            migrate.upgrade(db, module(name))
            journal.prepare(db)

    def publish(self, project: UUID, request_id: str) -> UUID:
        """An event of intake that is published and marked, for a command of this id."""
        event = ProjectPlanAdopted(project_id=project, plan_year=2027, adopted_at=NOW)
        with self.databases["intake"].write() as session:
            event_id = outbox.append(session, event, now=NOW, request_id=request_id)
            session.execute(update(core(Outbox)).values(published_at=NOW))
        return event_id

    def apply(self, consumer: str, project: UUID, event_id: UUID, seq: int) -> None:
        """An event of intake takes effect; the cursor says so."""
        cursor = {
            "consumer": consumer,
            "source": "intake",
            "aggregate_type": "project",
            "aggregate_id": str(project),
        }
        table = core(InboxCursor)
        with self.databases[consumer].write() as session:
            session.execute(
                insert(journal.EFFECT).values(
                    event_id=str(event_id),
                    source="intake",
                    aggregate_id=str(project),
                    aggregate_seq=seq,
                    type="project.plan_adopted",
                )
            )
            if seq == 1:
                session.execute(insert(table).values(**cursor, last_seq=0).prefix_with("OR IGNORE"))
            session.execute(
                update(table).where(table.c.aggregate_id == str(project)).values(last_seq=seq)
            )

    def keep(self, consumer: str, project: UUID, event_id: UUID, state: InboxState) -> None:
        """An event of intake is kept."""
        with self.databases[consumer].write() as session:
            session.execute(
                insert(core(Inbox)).values(
                    consumer=consumer,
                    source="intake",
                    event_id=event_id,
                    aggregate_type="project",
                    aggregate_id=str(project),
                    aggregate_seq=1,
                    type="govproject.intake.project.plan_adopted.v1",
                    state=state,
                    error="ValueError: no",
                    received_at=NOW,
                )
            )

    def evidence(self):
        return {name: evidence.read(url) for name, url in self.urls.items()}

    def close(self):
        for db in self.databases.values():
            db.dispose()


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A folder of migrated databases, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    made = World(folder)
    made.migrate()
    made.close()
    return folder


@pytest.fixture
def world(tmp_path, empty):
    made = World(shutil.copytree(empty, tmp_path / "world"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def followers():
    """Who follows intake."""
    return tuple(name for name, producers in FOLLOWS.items() if "intake" in producers)
