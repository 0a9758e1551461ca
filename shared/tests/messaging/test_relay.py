import asyncio
import threading
from uuid import UUID, uuid4

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import func, select

from govproject.messaging import leases, outbox, publisher, topology, watermark
from govproject.messaging.relay import Relay
from govproject.messaging.topology import Topology
from govproject.persistence.tables import Outbox, RelaySlot, core

ONE, TWO = UUID(int=7), UUID(int=8)
TABLE = core(Outbox)
QUEUE = "govproject.review.t1.0"


def unpublished(db):
    with db.read() as session:
        return session.execute(
            select(func.count()).where(TABLE.c.published_at.is_(None))
        ).scalar_one()


@pytest.fixture
async def queue(suite):
    """A queue that takes everything from intake, and is read by nobody."""
    await suite.declare(Topology("review", ("intake",), 1))


async def _events_in(suite, queue, count):
    """The events of a queue, without heartbeats."""
    found = []
    async with suite.channel() as channel:
        declared = await channel.declare_queue(queue, passive=True)
        async with asyncio.timeout(30), declared.iterator(no_ack=True) as messages:
            while len(found) < count:
                message = await anext(messages)
                if "ce-id" in message.headers:
                    found.append((message.headers["ce-subject"], message.headers["ce-sequence"]))
    return found


async def test_what_is_committed_is_published_and_marked(suite, queue, db, events):
    registry = CollectorRegistry()
    async with suite.intake(db, registry=registry):
        events.append(db, ONE, 1, 2)
        events.append(db, TWO, 1)
        await suite.until(lambda: unpublished(db) == 0)

    found = await _events_in(suite, QUEUE, 3)
    assert sorted(found) == [(str(ONE), "1"), (str(ONE), "2"), (str(TWO), "1")]
    assert registry.get_sample_value("govproject_outbox_published_total") == 3


async def test_what_was_committed_before_the_start_is_published(suite, queue, intake_db, events):
    events.append(intake_db, ONE, 1)

    async with suite.intake(intake_db):
        await suite.until(lambda: unpublished(intake_db) == 0)

    assert await suite.count(QUEUE) >= 1


async def test_what_is_published_but_not_marked_is_published_again(
    suite, queue, intake_db, events, monkeypatch
):
    """As when the process dies between the two."""
    settle, calls = outbox.settle, []

    def die_once(session, confirmed, failed):
        calls.append(list(confirmed))
        if len(calls) == 1:
            raise RuntimeError("killed")
        settle(session, confirmed, failed)

    monkeypatch.setattr(outbox, "settle", die_once)
    events.append(intake_db, ONE, 1)

    async with suite.intake(intake_db):
        await suite.until(lambda: unpublished(intake_db) == 0)

    assert calls[0] == calls[1]
    assert await _events_in(suite, QUEUE, 2) == [(str(ONE), "1")] * 2


async def test_while_a_batch_is_being_marked_the_next_one_is_sent_and_nothing_twice(
    suite, queue, intake_db, events, monkeypatch
):
    settle, third_is_out = outbox.settle, threading.Event()
    marking = []

    def settle_late(session, confirmed, failed):
        marking.append(list(confirmed))
        if len(marking) == 2:  # the first is awaited by the first heartbeat
            assert third_is_out.wait(60)
        settle(session, confirmed, failed)

    monkeypatch.setattr("govproject.messaging.relay._BATCH", 2)
    events.append(intake_db, ONE, *range(1, 8))
    monkeypatch.setattr(outbox, "settle", settle_late)
    async with suite.intake(intake_db):
        found = await _events_in(suite, QUEUE, 6)
        third_is_out.set()
        found += await _events_in(suite, QUEUE, 1)
        await suite.until(lambda: unpublished(intake_db) == 0)

    assert found == [(str(ONE), str(n)) for n in range(1, 8)]
    assert marking == [[1, 2], [3, 4], [5, 6], [7]]


async def test_two_relays_share_the_work_and_publish_each_event_once(
    suite, queue, db, events, monkeypatch
):
    published_by = {}
    publish = outbox.due

    def due(session, slots, limit):
        rows = publish(session, slots, limit)
        for row in rows:
            published_by.setdefault(frozenset(slots), set()).add(row.event_id)
        return rows

    async with suite.intake(db), suite.intake(db):
        await suite.until(lambda: _owners(db) == [32, 32])
        monkeypatch.setattr(outbox, "due", due)
        for _ in range(60):
            events.append(db, uuid4(), 1)
        await suite.until(lambda: unpublished(db) == 0)

    found = await _events_in(suite, QUEUE, 60)
    assert len(set(found)) == 60
    assert len(published_by) == 2


def _owners(db):
    slots = core(RelaySlot)
    with db.read() as session:
        rows = session.execute(
            select(func.count()).where(slots.c.owner.is_not(None)).group_by(slots.c.owner)
        )
        return sorted(rows.scalars())


async def test_a_relay_that_stops_gives_its_slots_back(suite, intake_db):
    async with suite.intake(intake_db):
        await suite.until(lambda: _owners(intake_db) == [64])

    assert _owners(intake_db) == []


async def test_a_stream_that_fails_does_not_hold_up_the_others(suite, intake_db, events):
    async with suite.intake(intake_db):
        async with suite.channel() as channel:
            # A queue of a classic type with no room at all for one slot, room for the others.
            full = await channel.declare_queue(
                "full", arguments={"x-max-length": 0, "x-overflow": "reject-publish"}
            )
            await full.bind("govproject.intake", f"*.*.*.{outbox.topology.slot(str(ONE))}")
        events.append(intake_db, ONE, 1, 2)
        events.append(intake_db, TWO, 1)
        await suite.until(lambda: unpublished(intake_db) == 2)

        async with suite.channel() as channel:
            await channel.queue_delete("full")
        await suite.until(lambda: unpublished(intake_db) == 0)


async def test_an_event_that_breaks_the_connection_does_not_hold_up_the_others(
    suite, queue, intake_db, events, monkeypatch
):
    events.append(intake_db, ONE, 1)
    for _ in range(5):
        events.append(intake_db, uuid4(), 1)
    send = publisher._send

    async def break_on_one(channel, exchange, row, confirm_seconds, *, mandatory):
        if row.aggregate_id == str(ONE):
            await channel.connection.close()
        await send(channel, exchange, row, confirm_seconds, mandatory=mandatory)

    monkeypatch.setattr(publisher, "_send", break_on_one)

    async with suite.intake(intake_db):
        await suite.until(lambda: unpublished(intake_db) == 1)


async def test_nothing_is_published_until_the_required_consumers_have_queues(
    suite, intake_db, review, events
):
    events.append(intake_db, ONE, 1, 2)
    async with suite.intake(intake_db, required=("review", "archive")), suite.review(review):
        assert unpublished(intake_db) == 2
        await suite.declare(Topology("archive", ("intake",), 1))
        await suite.until(lambda: review.effects(ONE) == [1, 2])

    assert await _events_in(suite, "govproject.archive.t1.0", 2) == [
        (str(ONE), "1"),
        (str(ONE), "2"),
    ]


async def test_a_stop_while_a_required_consumer_is_missing_publishes_nothing(
    suite, queue, intake_db, events
):
    events.append(intake_db, ONE, 1, 2)
    async with suite.intake(intake_db, required=("review", "archive")):
        pass

    assert unpublished(intake_db) == 2
    assert _owners(intake_db) == []


async def test_nothing_is_vouched_for_while_slots_of_a_dead_relay_rest(
    suite, review, intake_db, events, monkeypatch
):
    # Longer than the slowest machine takes to start two services.
    monkeypatch.setattr(leases, "SECONDS", 24.0)
    killed = uuid4()
    with intake_db.write() as session:
        leases.renew(session, killed)
        leases._assign(session, [topology.slot(str(TWO))], None, 0.0)
    events.append(intake_db, ONE, 1)
    events.append(intake_db, TWO, 1)
    async with suite.review(review), suite.intake(intake_db):
        await suite.until(lambda: review.effects(TWO) == [1])
        assert (review.effects(ONE), _knowledge(review)) == ([], None)

        with intake_db.write() as session:
            leases.release(session, killed)  # as when its rest is over
        await suite.until(lambda: review.effects(ONE) == [1])
        await suite.until(lambda: _knowledge(review) is not None)


def _knowledge(review):
    with review.db.read() as session:
        return watermark.knowledge(session, "review").get("intake")


async def test_the_rest_is_published_on_stopping(suite, queue, intake_db, events, monkeypatch):
    monkeypatch.setattr("govproject.messaging.relay._BATCH", 2)
    async with suite.intake(intake_db):
        events.append(intake_db, ONE, *range(1, 8))

    assert unpublished(intake_db) == 0


async def test_the_rest_is_published_on_stopping_after_a_trouble(
    suite, queue, intake_db, events, monkeypatch
):
    monkeypatch.setattr("govproject.messaging.relay._BATCH", 4)
    due = Relay._due

    def halved(relay):
        relay._batch = 2  # as after a connection that broke
        return due(relay)

    monkeypatch.setattr(Relay, "_due", halved)
    async with suite.intake(intake_db):
        events.append(intake_db, ONE, *range(1, 8))

    assert unpublished(intake_db) == 0


async def test_it_waits_for_a_broker_that_is_not_there(suite, line, intake_db, events):
    await line.cut()
    events.append(intake_db, ONE, 1)

    async with suite.intake(intake_db, url=line.url, ready=False) as messaging:
        await suite.until(lambda: messaging.health()["publisher"] not in (None, "starting"))
        assert unpublished(intake_db) == 1

        await line.mend()
        await suite.until(lambda: unpublished(intake_db) == 0)
        assert suite.healthy(messaging)


async def test_it_comes_back_after_the_connection_was_lost(suite, line, queue, db, events):
    async with suite.intake(db, url=line.url) as messaging:
        for number in range(1, 30):
            events.append(db, ONE, number)
            if number % 10 == 0:
                line.disturb()
        await suite.until(lambda: unpublished(db) == 0)
        await suite.until(lambda: suite.healthy(messaging))

    first_times = dict.fromkeys(await _events_in(suite, QUEUE, 29))
    assert list(first_times) == [(str(ONE), str(n)) for n in range(1, 30)]
