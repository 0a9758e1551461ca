from datetime import timedelta
from uuid import UUID

import pytest

from govproject.messaging import heartbeat, watermark
from govproject.messaging.envelope import Arrival
from govproject.messaging.heartbeat import AHEAD

EPSILON = timedelta(microseconds=1)


@pytest.fixture
def expect(db):
    def expect(*sources: str, partitions=1):
        with db.write() as session:
            watermark.expect(session, "review", sources, partitions)

    return expect


@pytest.fixture
def record(db, events):
    def record(minutes, source="intake", partition=0):
        with db.write() as session:
            moment = events.NOW + timedelta(minutes=minutes)
            latest = events.NOW + timedelta(days=1)
            watermark.record(session, "review", source, partition, moment, latest=latest)
            return moment

    return record


@pytest.fixture
def knowledge(db):
    def knowledge():
        with db.read() as session:
            return watermark.knowledge(session, "review")

    return knowledge


def test_a_source_is_unknown_until_it_is_heard(expect, record, knowledge):
    expect("intake", "archive")
    assert knowledge() == {"intake": None, "archive": None}

    heard = record(5)
    assert knowledge() == {"intake": heard, "archive": None}


def test_knowledge_is_as_old_as_the_slowest_partition(expect, record, knowledge):
    expect("intake", partitions=2)
    record(9, partition=0)
    assert knowledge() == {"intake": None}

    slow = record(5, partition=1)
    assert knowledge() == {"intake": slow}


def test_a_late_heartbeat_changes_nothing(expect, record, knowledge):
    expect("intake")
    newest = record(9)
    record(5)

    assert knowledge() == {"intake": newest}


def test_a_watermark_of_a_wrong_clock_is_replaced(expect, record, knowledge):
    expect("intake")
    record(2 * 24 * 60)
    right = record(5)

    assert knowledge() == {"intake": right}


def test_a_restart_forgets_nothing(expect, record, knowledge):
    expect("intake")
    heard = record(5)

    expect("intake")

    assert knowledge() == {"intake": heard}


def test_other_sources_and_partitions_count_no_more(expect, record, knowledge):
    expect("intake", "archive", partitions=2)
    record(5, partition=0)
    expect("intake", partitions=1)

    assert list(knowledge()) == ["intake"]
    assert knowledge()["intake"] is not None


def test_more_partitions_have_to_be_heard_first(expect, record, knowledge):
    expect("intake")
    record(5)

    expect("intake", partitions=2)

    assert knowledge() == {"intake": None}


def test_a_heartbeat_is_recorded_with_the_events_before_it(review, events, expect, knowledge):
    expect("intake")
    headers, body = heartbeat.message("intake", events.NOW)
    beat = Arrival("intake", headers, body)

    outcomes = review.process(events.arrival(events.envelope(UUID(int=7), 1)), beat)

    assert outcomes == {"done": 1, "heartbeat": 1}
    assert knowledge() == {"intake": events.NOW}


@pytest.mark.parametrize(("ahead", "counts"), [(AHEAD, True), (AHEAD + EPSILON, False)])
def test_a_heartbeat_from_the_future_vouches_for_nothing(review, expect, knowledge, ahead, counts):
    expect("intake")
    headers, body = heartbeat.message("intake", review.now + ahead)

    assert review.process(Arrival("intake", headers, body)) == {"heartbeat": 1}
    assert knowledge() == {"intake": review.now + ahead if counts else None}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"17",
        b'{"as_of": 17}',
        b'{"as_of": "2026-08-03T09:30:00"}',
        b'{"as_of": "9999-12-31T23:59:59-12:00"}',
        b'{"as_of": "0001-01-01T00:00:00+14:00"}',
        b"\xff",
    ],
)
def test_a_heartbeat_without_a_moment_is_parked(review, body):
    headers, _ = heartbeat.message("intake", review.now)

    assert review.process(Arrival("intake", headers, body)) == {"parked": 1}
    assert "heartbeat without" in review.parked()[0].error


def test_a_heartbeat_in_anothers_name_is_no_heartbeat(review, events, expect, knowledge):
    expect("intake")
    headers, body = heartbeat.message("intake", events.NOW)

    assert review.process(Arrival("archive", headers, body)) == {"parked": 1}
    assert knowledge() == {"intake": None}
