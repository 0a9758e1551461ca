from datetime import datetime
from uuid import UUID

import pytest

from govproject.clock import SHANGHAI
from govproject.contracts.intake import ProjectPlanAdopted, ProjectRegistered
from govproject.messaging import outbox
from govproject.testing import deliver, published

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)


@pytest.fixture
def intake(sqlite_db):
    return sqlite_db("intake")


@pytest.fixture
def adopt(intake):
    def adopt(year):
        event = ProjectPlanAdopted(project_id=PROJECT, plan_year=year, adopted_at=NOW)
        with intake.write() as session:
            outbox.append(session, event, now=NOW)
        return event

    return adopt


def test_published_events_come_as_their_contracts(intake, adopt):
    events = [adopt(2026), adopt(2027)]

    assert published(intake) == events


def test_delivery_is_as_good_as_a_brokers(intake, adopt, sqlite_db):
    review, seen = sqlite_db("review"), []
    handlers = {ProjectPlanAdopted: lambda _session, event, _delivery: seen.append(event)}
    first = adopt(2026)
    assert deliver(intake, review, "review", handlers) == {"done": 1}
    second = adopt(2027)

    assert deliver(intake, review, "review", handlers) == {"done": 1, "duplicate": 1}

    assert seen == [first, second]


def test_an_event_without_a_handler_is_skipped(intake, adopt, sqlite_db):
    adopt(2026)

    assert deliver(intake, sqlite_db("review"), "review", {ProjectRegistered: print}) == {
        "skipped": 1
    }
