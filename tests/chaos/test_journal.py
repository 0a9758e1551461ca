from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from govproject.contracts.event import known
from govproject.contracts.intake import ProjectPlanAdopted
from govproject.messaging import Delivery
from govproject_archive.app import SERVICE
from govproject_local.chaos import journal

NOW = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def delivered():
    event = ProjectPlanAdopted(project_id=uuid4(), plan_year=2027, adopted_at=NOW)
    delivery = Delivery(uuid4(), "intake", event.aggregate_id, 3, NOW, None, None, NOW)
    return event, delivery


def test_every_event_of_a_followed_producer_is_written_down(world):
    watched = journal.journalled(SERVICE, lambda: None)
    followed = {event for (source, _, _), event in known().items() if source in SERVICE.follows}
    assert set(watched.handlers) == followed
    assert set(SERVICE.handlers) < followed


def test_a_row_stands_and_falls_with_the_effects(world, delivered):
    told = []
    db = world.databases["archive"]
    handlers = journal.journalled(SERVICE, lambda: told.append(1)).handlers
    event, delivery = delivered
    handle = handlers[ProjectPlanAdopted]
    with db.write() as session:
        handle(session, event, delivery)
        session.rollback()
    for _ in range(2):  # nothing keeps a second one out
        with db.write() as session:
            handle(session, event, delivery)
    with db.read() as session:
        rows = session.execute(select(journal.EFFECT)).all()
    assert [(row.event_id, row.aggregate_seq) for row in rows] == [(str(delivery.event_id), 3)] * 2
    assert len(told) == 3
