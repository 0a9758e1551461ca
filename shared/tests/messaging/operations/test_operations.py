"""From end to end, on a real broker."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import select

from govproject.messaging import operations
from govproject.messaging.operations import Filter, Selection
from govproject.messaging.topology import queue
from govproject.persistence.tables import EventAction

PROJECT = UUID(int=7)


def compare(intake_db, review):
    with review.db.read() as follower, intake_db.read() as producer:
        return operations.compare(
            producer, follower, source="intake", consumer="review", grace=timedelta()
        )


def discrepancies(db, service, events):
    with db.read() as session:
        return operations.verify(session, service, now=events.NOW).discrepancies


async def test_a_parked_event_is_seen_replayed_and_followed_by_those_behind_it(
    suite, review, intake_db, events
):
    review.bad = {2}
    async with suite.review(review), suite.intake(intake_db):
        events.append(intake_db, PROJECT, 1, 2, 3, 4)
        await suite.until(lambda: review.backlog(PROJECT) == 3)

        with review.db.read() as session:
            [event], _ = operations.parked(session, "review", Filter(), limit=10)
        assert (event.aggregate_seq, event.waiting) == (2, 2)
        that = Selection(ids=(event.event_id,))
        order = operations.Order("ada", "mended", events.NOW)
        with review.db.read() as session:
            would = operations.replay(session, "review", that, order._replace(dry_run=True))
        assert would.events[0].event_id == event.event_id
        assert review.parked()[0].event_id == event.event_id

        review.bad = set()
        with review.db.write() as session:
            operations.replay(session, "review", that, order)
        await suite.until(lambda: review.effects(PROJECT) == [1, 2, 3, 4])

    with review.db.read() as session:
        [action] = session.exec(select(EventAction)).all()
    assert (action.actor, action.action, action.reason) == ("ada", "replay", "mended")
    assert action.events == [str(event.event_id)]
    assert discrepancies(review.db, "review", events) == []


async def test_what_went_down_with_a_queue_is_named_and_sent_again(
    suite, review, intake_db, events
):
    def unpublished():
        with intake_db.read() as session:
            return operations.lag(session, "intake", now=events.NOW).unpublished

    async with suite.intake(intake_db):
        async with suite.review(review):
            events.append(intake_db, PROJECT, 1)
            await suite.until(lambda: review.effects(PROJECT) == [1])
        events.append(intake_db, PROJECT, 2, 3)
        await suite.until(lambda: unpublished() == 0)
        async with suite.channel() as channel:
            await channel.queue_delete(queue("review", 0))
        events.append(intake_db, PROJECT, 4)
        await suite.until(lambda: unpublished() == 0)

        async with suite.review(review):
            events.append(intake_db, PROJECT, 5)
            await suite.until(lambda: review.backlog(PROJECT) == 1)
            lost = compare(intake_db, review).lost
            assert [each.aggregate_seq for each in lost] == [2, 3, 4]

            with intake_db.write() as session:
                operations.republish(
                    session,
                    "intake",
                    Selection(ids=tuple(each.event_id for each in lost)),
                    operations.Order("ada", "the queue was deleted", events.NOW),
                )
            await suite.until(lambda: review.effects(PROJECT) == [1, 2, 3, 4, 5])

    assert compare(intake_db, review).is_whole
    assert discrepancies(review.db, "review", events) == []
    assert discrepancies(intake_db, "intake", events) == []
