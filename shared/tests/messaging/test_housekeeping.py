import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from govproject.messaging.housekeeping import Housekeeper
from govproject.persistence.tables import Inbox, Outbox, core

PROJECT = UUID(int=7)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def _count(db, model):
    with db.read() as session:
        return session.execute(select(func.count()).select_from(core(model))).scalar_one()


async def test_old_events_go_a_chunk_at_a_time(review, events, until, monkeypatch):
    monkeypatch.setattr("govproject.messaging.housekeeping._CHUNK", 2)
    events.append(review.db, PROJECT, *range(1, 6))
    review.process(*(events.arrival(events.envelope(PROJECT, n)) for n in range(1, 6)))
    with review.db.write() as session:
        outbox, inbox = core(Outbox), core(Inbox)
        session.execute(
            update(outbox).where(outbox.c.aggregate_seq < 5).values(published_at=LONG_AGO)
        )
        session.execute(update(inbox).where(inbox.c.aggregate_seq < 5).values(finished_at=LONG_AGO))
    housekeeper = Housekeeper(review.db, timedelta(days=7))
    done = asyncio.Event()
    session = asyncio.create_task(housekeeper.session(done.set))

    await until(lambda: _count(review.db, Outbox) == 1)
    housekeeper.stop()
    await session

    assert done.is_set()
    assert (_count(review.db, Outbox), _count(review.db, Inbox)) == (1, 1)


def test_nothing_young_goes(review, events):
    events.append(review.db, PROJECT, 1)
    review.process(events.arrival(events.envelope(PROJECT, 1)))

    assert Housekeeper(review.db, timedelta(days=7)).run_once() == 0
