from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, text

from govproject.messaging import operations, outbox
from govproject.messaging.leases import renew
from govproject.messaging.topology import SLOTS, slot
from govproject.persistence.tables import Outbox, core

PROJECT, OTHER = UUID(int=7), UUID(int=8)
OUTBOX = core(Outbox)


@pytest.fixture
def verify(db, events):
    def found(service, later=timedelta()):
        with db.read() as session:
            books = operations.verify(session, service, now=events.NOW + later)
        assert books.total == len(books.discrepancies)
        return [(each.fault.value, each.expected, each.found) for each in books.discrepancies]

    return found


@pytest.fixture
def by_hand(db):
    def change(statement, **values: object):
        with db.write() as session:
            session.execute(text(statement) if isinstance(statement, str) else statement, values)

    return change


@pytest.fixture
def producer(db, events):
    """Three events, of which two have left."""
    events.append(db, PROJECT, 1, 2)
    with db.write() as session:
        renew(session, PROJECT)
        rows = outbox.due(session, range(SLOTS), 10)
        outbox.settle(session, [row.seq for row in rows], {})
    events.append(db, PROJECT, 3)
    return db


@pytest.fixture
def consumer(review, events):
    """One event done, one parked, one behind it; one ahead of its time; one without a place."""
    review.bad = {2}
    review.process(
        *(events.arrival(events.envelope(PROJECT, number)) for number in (1, 2, 3)),
        events.arrival(events.envelope(OTHER, 5)),
        events.arrival(events.envelope(OTHER, 1), source=""),
    )
    return review


def test_books_in_order_agree(consumer, producer, verify):
    assert verify("review") == verify("intake") == []


def test_the_books_are_counted(consumer, producer, db, events):
    with db.read() as session:
        books = operations.verify(session, "review", now=events.NOW)
    assert (books.written, books.received) == (1, 2)


def test_what_is_purged_is_not_missed(consumer, producer, verify, db):
    with db.write() as session:
        assert outbox.purge(session, timedelta(days=-1), 1) == 1
    assert verify("intake", later=timedelta(days=2)) == []


def test_a_cursor_set_forward_or_back_is_noticed(consumer, verify, by_hand):
    by_hand("UPDATE inbox_cursor SET last_seq = 2 WHERE aggregate_id = :id", id=str(PROJECT))
    assert verify("review") == [("kept_and_final", 2, 2), ("received_count", 4, 3)]
    by_hand("UPDATE inbox_cursor SET last_seq = 0 WHERE aggregate_id = :id", id=str(PROJECT))
    assert verify("review") == [("final_beyond_cursor", 1, 0), ("received_count", 2, 3)]


def test_a_lost_cursor_is_noticed(consumer, verify, by_hand):
    by_hand("DELETE FROM inbox_cursor WHERE aggregate_id = :id", id=str(PROJECT))
    assert verify("review") == [("final_beyond_cursor", 1, 0), ("received_count", 2, 3)]


def test_a_wrong_count_of_received_events_is_noticed(consumer, verify, by_hand):
    number = slot(str(PROJECT))
    by_hand("UPDATE inbox_tally SET received = 9 WHERE slot = :slot", slot=number)
    assert verify("review") == [("received_count", 3, 9)]
    by_hand("DELETE FROM inbox_tally WHERE slot = :slot", slot=number)
    assert verify("review") == [("received_count", 3, 0)]


def test_a_wrong_count_of_published_events_is_noticed(producer, verify, by_hand):
    by_hand("UPDATE relay_slot SET published = 7 WHERE slot = :slot", slot=slot(str(PROJECT)))
    assert verify("intake") == [("published_count", 2, 7)]


@pytest.mark.parametrize("number", [2, 3])
def test_an_event_taken_out_of_the_outbox_is_noticed(producer, verify, by_hand, number):
    by_hand(delete(OUTBOX).where(OUTBOX.c.aggregate_seq == number))
    assert ("gap", 3, 2) in verify("intake")


def test_a_stream_set_back_is_noticed(producer, verify, by_hand):
    by_hand("UPDATE outbox_stream SET last_seq = 2")
    assert ("beyond_stream", 2, 3) in verify("intake")
    by_hand("DELETE FROM outbox_stream")
    assert [found[0] for found in verify("intake")].count("beyond_stream") == 3
