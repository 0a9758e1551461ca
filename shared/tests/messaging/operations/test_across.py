from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, text

from govproject.messaging import operations, outbox
from govproject.messaging.envelope import Arrival
from govproject.messaging.leases import renew
from govproject.messaging.topology import SLOTS
from govproject.persistence.tables import Outbox, core

PROJECT, OTHER = UUID(int=7), UUID(int=8)
OUTBOX = core(Outbox)
AT_ONCE = timedelta()


@pytest.fixture
def compare(intake_db, review):
    def look(grace=AT_ONCE):
        with intake_db.read() as producer, review.db.read() as follower:
            return operations.compare(
                producer, follower, source="intake", consumer="review", grace=grace
            )

    return look


@pytest.fixture
def publish(intake_db, review):
    """Publish what is due; the consumer receives it unless it is lost on the way."""

    def deliver(*, lost=()):
        with intake_db.write() as session:
            renew(session, PROJECT)
            rows = outbox.due(session, range(SLOTS), 100)
            outbox.settle(session, [row.seq for row in rows], {})
        arrivals = [
            Arrival("intake", row.headers, row.body)
            for row in rows
            if int(row.headers["ce-sequence"]) not in lost
        ]
        if arrivals:
            review.process(*arrivals)
        return {int(row.headers["ce-sequence"]): row.event_id for row in rows}

    return deliver


def test_what_has_come_is_not_lost_whatever_became_of_it(intake_db, events, publish, compare):
    assert compare().is_whole
    events.append(intake_db, PROJECT, 1, 2)
    events.append(intake_db, OTHER, 1)
    publish()

    found = compare()

    assert (found.lost, found.ahead, found.waiting, found.kept) == ([], [], 0, 0)
    assert found.streams == 2


def test_what_never_came_is_named(intake_db, events, publish, compare):
    events.append(intake_db, PROJECT, 1, 2, 3, 4)
    ids = publish(lost={2, 4})

    found = compare()

    assert not found.is_whole
    assert [(lost.aggregate_seq, lost.event_id) for lost in found.lost] == [
        (2, ids[2]),
        (4, ids[4]),
    ]
    assert all(lost.published_at for lost in found.lost)
    assert (found.ahead, found.waiting, found.kept) == ([], 0, 1)


def test_a_whole_stream_that_never_came_is_named(intake_db, events, publish, compare):
    events.append(intake_db, PROJECT, 1)
    publish(lost={1})
    assert [lost.aggregate_id for lost in compare().lost] == [str(PROJECT)]


def test_what_may_be_on_its_way_is_not_lost(intake_db, events, publish, compare):
    events.append(intake_db, PROJECT, 1)
    publish(lost={1})
    events.append(intake_db, PROJECT, 2)

    found = compare(timedelta(hours=1))

    assert (found.lost, found.waiting) == ([], 2)
    assert compare().waiting == 1


def test_what_the_producer_no_longer_has_cannot_be_sent_again(intake_db, events, publish, compare):
    events.append(intake_db, PROJECT, 1, 2)
    publish(lost={1})
    with intake_db.write() as session:
        session.execute(delete(OUTBOX))

    [lost] = compare(timedelta(hours=1)).lost

    assert (lost.aggregate_seq, lost.event_id, lost.published_at) == (1, None, None)


def test_a_producer_set_back_is_noticed(intake_db, events, publish, compare):
    events.append(intake_db, PROJECT, 1, 2)
    events.append(intake_db, OTHER, 1, 2, 3)
    publish(lost={2})
    with intake_db.write() as session:
        session.execute(text("DELETE FROM outbox"))
        session.execute(text("UPDATE outbox_stream SET last_seq = 2"))
        session.execute(
            text("DELETE FROM outbox_stream WHERE aggregate_id = :id"), {"id": str(PROJECT)}
        )

    found = compare()

    assert not found.is_whole
    assert [(each.aggregate_id, each.written, each.received) for each in found.ahead] == [
        (str(PROJECT), 0, 1),
        (str(OTHER), 2, 3),
    ]


def test_other_producers_events_are_no_matter(intake_db, events, review, compare):
    review.process(events.arrival(events.envelope(PROJECT, 1, source="archive"), source="archive"))
    assert compare().is_whole
