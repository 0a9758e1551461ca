from datetime import timedelta
from uuid import UUID

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from govproject.messaging import watermark
from govproject.messaging.metrics import Metrics
from govproject.persistence.database import Database


@pytest.fixture
def registry(review):
    registry = CollectorRegistry()
    Metrics(registry, review.db, "review", lambda: review.now)
    return registry


def test_gauges_show_what_waits(review, events, registry):
    project = UUID(int=7)
    review.bad = {1}
    review.process(*(events.arrival(events.envelope(project, n)) for n in (1, 2, 3)))
    events.append(review.db, project, 1, 2)

    assert registry.get_sample_value("govproject_outbox_unpublished") == 2
    assert registry.get_sample_value("govproject_inbox_kept", {"state": "parked"}) == 1
    assert registry.get_sample_value("govproject_inbox_kept", {"state": "deferred"}) == 2


def test_the_age_of_knowledge_is_absent_while_unknown(review, events, registry):
    with review.db.write() as session:
        watermark.expect(session, "review", ("intake", "archive"), 1)
    review.process(events.beat(events.NOW - timedelta(minutes=2)))

    def age(source):
        return registry.get_sample_value("govproject_knowledge_age_seconds", {"source": source})

    assert age("intake") == 120
    assert age("archive") is None


def test_what_a_queue_has_lost_shows(review, events, registry):
    with review.db.write() as session:
        watermark.expect(session, "review", ("intake", "archive"), 1)
    review.process(events.beat(published={UUID(int=7): 3}))

    def missing(source):
        return registry.get_sample_value("govproject_inbox_missing", {"source": source})

    assert missing("intake") == 3
    assert missing("archive") == 0


def test_a_scrape_works_while_the_database_is_away(tmp_path, review, caplog):
    away = Database(f"sqlite:///{tmp_path}/nowhere/service.db")
    registry = CollectorRegistry()
    Metrics(registry, away, "review", lambda: review.now)

    assert b"govproject_outbox_published_total" in generate_latest(registry)
    assert "no messaging gauges" in caplog.text
