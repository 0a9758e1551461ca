import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text, update

from govproject.messaging import outbox
from govproject.messaging.topology import SLOTS, slot
from govproject.persistence.tables import Outbox, core

PROJECT, OTHER = UUID(int=7), UUID(int=8)
ALL = frozenset(range(SLOTS))
TABLE = core(Outbox)


def _due(db, slots=ALL, limit=100):
    with db.read() as session:
        return outbox.due(session, slots, limit)


def _numbers(rows):
    return [(UUID(row.aggregate_id), json.loads(row.body)["plan_year"]) for row in rows]


def _settle(db, confirmed=(), failed=None):
    with db.write() as session:
        outbox.settle(session, confirmed, failed or {})


def test_an_event_is_frozen_with_its_place(db, events):
    with db.write() as session:
        event_id = outbox.append(
            session,
            events.event(PROJECT, 1),
            now=events.NOW,
            request_id="request-1",
            traceparent="00-trace",
        )

    [row] = _due(db)
    assert row.event_id == event_id
    assert row.routing_key == f"project.plan_adopted.v1.{slot(str(PROJECT))}"
    assert row.headers["ce-id"] == str(event_id)
    assert row.headers["ce-sequence"] == "1"
    assert (row.headers["ce-requestid"], row.headers["traceparent"]) == ("request-1", "00-trace")
    assert json.loads(row.body) == {
        "project_id": str(PROJECT),
        "plan_year": 1,
        "adopted_at": "2026-08-03T09:30:00+08:00",
    }


def test_numbers_count_within_a_stream(db, events):
    events.append(db, PROJECT, 1, 2)
    events.append(db, OTHER, 1)
    events.append(db, PROJECT, 3)

    assert [row.headers["ce-sequence"] for row in _due(db)] == ["1", "2", "1", "3"]


def test_an_event_shares_the_fate_of_its_transaction(db, events):
    def work():
        with db.write() as session:
            outbox.append(session, events.event(PROJECT, 1), now=events.NOW)
            raise RuntimeError("refused")

    with pytest.raises(RuntimeError):
        work()
    events.append(db, PROJECT, 2)

    assert [row.headers["ce-sequence"] for row in _due(db)] == ["1"]
    assert _numbers(_due(db)) == [(PROJECT, 2)]


def test_concurrent_writers_of_one_stream_leave_no_gap(db, events):
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: events.append(db, PROJECT, n), range(30)))

    rows = _due(db)
    assert [row.headers["ce-sequence"] for row in rows] == [str(n) for n in range(1, 31)]


def test_due_is_what_is_unpublished_in_the_slots_in_order(db, events):
    events.append(db, PROJECT, 1, 2, 3)
    events.append(db, OTHER, 1)

    assert _numbers(_due(db, limit=2)) == [(PROJECT, 1), (PROJECT, 2)]
    assert _numbers(_due(db, {slot(str(OTHER))})) == [(OTHER, 1)]
    assert _due(db, frozenset()) == []

    _settle(db, confirmed=[row.seq for row in _due(db, limit=2)])
    assert _numbers(_due(db)) == [(PROJECT, 3), (OTHER, 1)]


def test_a_failing_stream_waits_alone(db, events):
    events.append(db, PROJECT, 1, 2)
    events.append(db, OTHER, 1)
    first = _due(db)[0]

    _settle(db, failed={first.seq: first.attempts})

    assert _numbers(_due(db)) == [(OTHER, 1)]
    with db.read() as session:
        row = session.execute(TABLE.select().where(TABLE.c.seq == first.seq)).one()
    assert row.attempts == 1
    assert row.next_attempt > datetime.now(UTC)


def test_a_stream_goes_on_when_its_pause_is_over(db, events):
    events.append(db, PROJECT, 1, 2)
    first = _due(db)[0]
    _settle(db, failed={first.seq: first.attempts})
    with db.write() as session:
        session.execute(update(TABLE).values(next_attempt=datetime.now(UTC)))

    assert _numbers(_due(db)) == [(PROJECT, 1), (PROJECT, 2)]


def test_a_pausing_event_holds_back_those_behind_it_and_none_before(db, events):
    events.append(db, PROJECT, 1, 2, 3)
    with db.write() as session:
        later = datetime.now(UTC) + timedelta(minutes=1)
        session.execute(update(TABLE).where(TABLE.c.aggregate_seq == 2).values(next_attempt=later))

    assert _numbers(_due(db)) == [(PROJECT, 1)]


def test_a_pause_from_before_the_clock_was_set_back_is_over(db, events):
    events.append(db, PROJECT, 1, 2)
    with db.write() as session:
        years_ahead = datetime.now(UTC) + timedelta(days=3650)
        session.execute(
            update(TABLE)
            .where(TABLE.c.aggregate_seq == 1)
            .values(attempts=1, next_attempt=years_ahead)
        )

    assert _numbers(_due(db)) == [(PROJECT, 1), (PROJECT, 2)]


def test_pauses_grow_up_to_a_minute(db, events):
    events.append(db, PROJECT, 1)
    [row] = _due(db)

    for attempts, pause in ((0, 0.5), (1, 1), (3, 4), (50, 60)):
        before = datetime.now(UTC)
        _settle(db, failed={row.seq: attempts})
        after = datetime.now(UTC)
        with db.read() as session:
            until = session.execute(TABLE.select()).one().next_attempt
        assert before <= until - timedelta(seconds=pause) <= after


@pytest.fixture
def vouch(db, events):
    """What a heartbeat says: minutes since the first event was written, and how many have left."""

    def vouch():
        now = events.NOW + timedelta(minutes=5)
        with db.read() as session:
            beat = outbox.heartbeat(session, now)
        return (beat.as_of - events.NOW) / timedelta(minutes=1), sum(beat.published)

    return vouch


def test_a_heartbeat_vouches_for_what_has_left(db, events, vouch):
    assert vouch() == (5, 0)

    events.append(db, PROJECT, 1, 2)
    assert vouch() == (0, 0)

    _settle(db, confirmed=[row.seq for row in _due(db)])
    assert vouch() == (5, 2)


def test_events_are_counted_by_slot_and_once(db, events):
    events.append(db, PROJECT, 1)
    events.append(db, OTHER, 1, 2)
    rows = [row.seq for row in _due(db)]
    _settle(db, confirmed=rows[:2])
    _settle(db, confirmed=rows)  # a relay that was paused says so again

    with db.read() as session:
        counts = outbox.heartbeat(session, events.NOW).published
    assert len(counts) == SLOTS
    assert counts[slot(str(PROJECT))] == 1
    assert counts[slot(str(OTHER))] == 2
    assert sum(counts) == 3


def test_what_has_been_purged_still_counts(db, events, vouch):
    events.append(db, PROJECT, 1, 2)
    _settle(db, confirmed=[row.seq for row in _due(db)])
    with db.write() as session:
        outbox.purge(session, timedelta(days=-1), 100)

    assert vouch() == (5, 2)


def test_an_event_whose_stream_pauses_is_not_vouched_for(db, events, vouch):
    events.append(db, PROJECT, 1)
    [row] = _due(db)
    _settle(db, failed={row.seq: row.attempts})

    assert _due(db) == []
    assert vouch() == (0, 0)


def test_purging_leaves_what_is_recent_or_unpublished_and_all_numbers(db, events):
    events.append(db, PROJECT, 1, 2, 3)
    rows = _due(db)
    _settle(db, confirmed=[rows[0].seq, rows[1].seq])
    with db.write() as session:
        session.execute(
            update(TABLE)
            .where(TABLE.c.seq == rows[0].seq)
            .values(published_at=datetime.now(UTC) - timedelta(days=8))
        )
        assert outbox.purge(session, timedelta(days=7), 100) == 1

    with db.read() as session:
        left = session.execute(text("SELECT aggregate_seq FROM outbox ORDER BY seq"))
        assert left.scalars().all() == [2, 3]
    events.append(db, PROJECT, 4)
    assert [row.headers["ce-sequence"] for row in _due(db)] == ["3", "4"]


def test_purging_goes_in_chunks(db, events):
    events.append(db, PROJECT, 1, 2, 3)
    with db.write() as session:
        session.execute(update(TABLE).values(published_at=datetime(2020, 1, 1, tzinfo=UTC)))
        assert [outbox.purge(session, timedelta(days=7), 2) for _ in range(3)] == [2, 1, 0]
