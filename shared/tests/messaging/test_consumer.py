import asyncio
import sqlite3
import threading
from typing import Any
from uuid import UUID, uuid4

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy.exc import OperationalError

from govproject.messaging import inbox
from govproject.messaging.envelope import Envelope
from govproject.messaging.topology import Topology, queue

PROJECT, OTHER = UUID(int=7), UUID(int=8)
QUEUE = queue("review", 0)


@pytest.fixture
async def intake_exchange(suite):
    """Declared as intake does, so that the test can publish by hand."""
    await suite.declare(Topology("review", ("intake",), 1))


@pytest.fixture
def publish(suite, intake_exchange):
    async def publish(*envelopes: Envelope):
        await suite.publish(*((envelope.headers(), envelope.body) for envelope in envelopes))

    return publish


async def test_effects_come_once_and_in_order_from_outbox_to_handler(
    suite, review, intake_db, events
):
    projects = [uuid4() for _ in range(8)]
    async with suite.review(review), suite.intake(intake_db):
        for number in range(1, 26):
            for project in projects:
                events.append(intake_db, project, number)
        await suite.until(lambda: all(len(review.effects(each)) == 25 for each in projects))

    assert all(review.effects(project) == list(range(1, 26)) for project in projects)
    assert await suite.count(QUEUE) == 0


async def test_a_commit_whose_acknowledgement_is_lost_has_its_effects_once(
    suite, line, review, publish, events, monkeypatch
):
    loop = asyncio.get_running_loop()
    process, cuts = inbox.process, []

    def cut_after_commit(db, consumer, handlers, arrivals, **options: Any):
        outcomes = process(db, consumer, handlers, arrivals, **options)
        if len(cuts) < 3 and "done" in outcomes:
            cuts.append(outcomes)
            loop.call_soon_threadsafe(line.disturb)
        return outcomes

    monkeypatch.setattr(inbox, "process", cut_after_commit)
    registry = CollectorRegistry()
    async with suite.review(review, url=line.url, registry=registry):
        for first in (1, 6, 11, 16):
            await publish(*(events.envelope(PROJECT, first + n) for n in range(5)))
            # One group after the other: each is at least one commit of its own to cut after.
            await suite.until(lambda last=first + 4: len(review.effects(PROJECT)) >= last)
        await suite.until(lambda: _sample(registry, "duplicate") > 0)

    assert len(cuts) == 3
    assert review.effects(PROJECT) == list(range(1, 21))


def _sample(registry, outcome):
    return registry.get_sample_value("govproject_inbox_messages_total", {"outcome": outcome}) or 0


async def test_duplicates_and_reordered_deliveries(suite, review, publish, events):
    one, two, three = (events.envelope(PROJECT, number) for number in (1, 2, 3))

    async with suite.review(review):
        await publish(three, one, three, one, two, two, one)
        await suite.until(lambda: len(review.effects(PROJECT)) == 3)
        await suite.until(lambda: len(review.inbox_rows()) == 3)

    assert review.effects(PROJECT) == [1, 2, 3]
    assert await suite.count(QUEUE) == 0


async def test_a_gap_is_waited_for_and_filled(suite, review, publish, events):
    one, two, three = (events.envelope(PROJECT, number) for number in (1, 2, 3))

    async with suite.review(review):
        await publish(one, three, events.envelope(OTHER, 1))
        await suite.until(lambda: review.backlog(PROJECT) == 1)
        assert review.effects(PROJECT) == [1]

        await publish(two)
        await suite.until(lambda: review.effects(PROJECT) == [1, 2, 3])

    assert review.effects(OTHER) == [1]


async def test_poison_is_parked_and_replayed_without_a_restart(suite, review, publish, events):
    review.bad = {2}
    async with suite.review(review):
        await publish(*(events.envelope(PROJECT, number) for number in (1, 2, 3)))
        await publish(events.envelope(OTHER, 1))
        await suite.until(lambda: review.backlog(PROJECT) == 2 and review.effects(OTHER) == [1])
        assert review.effects(PROJECT) == [1]

        review.bad = set()
        review.replay(review.parked()[0].event_id)
        await suite.until(lambda: review.effects(PROJECT) == [1, 2, 3])


async def test_a_replay_is_not_forgotten_by_a_restart(suite, review, publish, events):
    review.bad = {1}
    async with suite.review(review):
        await publish(events.envelope(PROJECT, 1), events.envelope(PROJECT, 2))
        await suite.until(lambda: review.backlog(PROJECT) == 2)
    review.bad = set()
    review.replay(review.parked()[0].event_id)

    async with suite.review(review):
        await suite.until(lambda: review.effects(PROJECT) == [1, 2])


async def test_messages_of_any_kind_are_parked_and_none_is_lost(suite, review, publish, events):
    async with suite.review(review):
        good = events.envelope(PROJECT, 1)
        await suite.publish(
            ({}, b""),
            ({"ce-id": "17"}, b"\xff\x00"),
            ({**good.headers(), "ce-source": "govproject/archive"}, good.body),
            ({**good.headers(), "ce-sequence": "-1"}, good.body),
            ({"ce-type": "govproject.intake.service.heartbeat.v1"}, b"never"),
        )
        await publish(good)
        await suite.until(lambda: len(review.parked()) == 5 and review.effects(PROJECT) == [1])

    assert all(parked.reason for parked in review.parked())
    assert await suite.count(QUEUE) == 0


async def test_knowledge_grows_with_the_producers_heartbeat(suite, review, intake_db, events):
    def knowledge():
        with review.db.read() as session:
            return inbox.knowledge(session, "review")

    async with suite.review(review):
        assert knowledge() == {"intake": None}
        async with suite.intake(intake_db):
            await suite.until(lambda: knowledge() == {"intake": events.NOW})


async def test_partitions_share_the_streams(suite, review, intake_db, events):
    projects = [uuid4() for _ in range(12)]
    async with suite.review(review, partitions=3), suite.intake(intake_db):
        for number in (1, 2, 3):
            for project in projects:
                events.append(intake_db, project, number)
        await suite.until(lambda: all(len(review.effects(each)) == 3 for each in projects))

    assert all(review.effects(project) == [1, 2, 3] for project in projects)


async def test_a_replica_takes_over(suite, line, review, publish, events):
    async with suite.review(review, url=line.url), suite.review(review):
        for first in (1, 11, 21):
            await publish(*(events.envelope(PROJECT, first + n) for n in range(10)))
            await line.cut()
        await suite.until(lambda: len(review.effects(PROJECT)) == 30)
        await line.mend()

    assert review.effects(PROJECT) == list(range(1, 31))


async def test_it_waits_for_a_broker_that_is_not_there(suite, line, review, publish, events):
    await publish(events.envelope(PROJECT, 1))
    await line.cut()

    async with suite.review(review, url=line.url, ready=False) as messaging:
        await suite.until(lambda: messaging.health()["consumer 0"] not in (None, "starting"))
        await line.mend()
        await suite.until(lambda: review.effects(PROJECT) == [1])
        await suite.until(lambda: suite.healthy(messaging))


async def test_a_deleted_queue_is_made_again(suite, review, publish, events):
    async with suite.review(review) as messaging:
        async with suite.channel() as channel:
            await channel.queue_delete(QUEUE)
        await suite.until(lambda: messaging.health()["consumer 0"] is not None)
        await suite.until(lambda: suite.healthy(messaging))
        await publish(events.envelope(PROJECT, 1))
        await suite.until(lambda: review.effects(PROJECT) == [1])


async def test_messages_wait_at_the_broker_while_the_database_is_away(
    suite, review, publish, events
):
    away = threading.Event()
    away.set()

    def handle(session, event, delivery):
        if away.is_set():
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise OperationalError("", {}, error)
        apply(session, event, delivery)

    apply = review.on_plan_adopted
    review.on_plan_adopted = handle
    async with suite.review(review) as messaging:
        await publish(events.envelope(PROJECT, 1), events.envelope(PROJECT, 2))
        await suite.until(lambda: "disk is full" in (messaging.health()["consumer 0"] or ""))
        assert review.inbox_rows() == []

        away.clear()
        await suite.until(lambda: review.effects(PROJECT) == [1, 2])
        await suite.until(lambda: suite.healthy(messaging))

    assert review.parked() == []


async def test_stopping_finishes_the_batch_and_gives_the_rest_back(
    suite, review, publish, events, monkeypatch
):
    monkeypatch.setattr("govproject.messaging.consumer.BATCH", 2)
    working, may_finish = threading.Event(), threading.Event()

    def handle(session, event, delivery):
        working.set()
        may_finish.wait(30)
        apply(session, event, delivery)

    apply = review.on_plan_adopted
    review.on_plan_adopted = handle
    async with suite.review(review) as messaging:
        await publish(*(events.envelope(PROJECT, number) for number in range(1, 11)))
        await suite.until(working.is_set)
        stopping = asyncio.create_task(messaging.stop_consuming())
        await asyncio.sleep(0)
        may_finish.set()
        await stopping
        assert messaging.health()["consumer 0"] == "stopped"
        assert messaging.health()["publisher"] is None

    done = review.effects(PROJECT)
    assert 1 <= len(done) <= 4
    assert done == list(range(1, len(done) + 1))
    # The broker takes back what was not acknowledged a moment after the connection has ended.
    await suite.until_count(QUEUE, 10 - len(done))
    async with suite.review(review):
        await suite.until(lambda: review.effects(PROJECT) == list(range(1, 11)))
    assert len(review.deliveries) == 10


async def test_what_was_delivered_before_is_processed_alone(
    suite, review, publish, events, monkeypatch
):
    batches = []
    process = inbox.process

    def watch(db, consumer, handlers, arrivals, **options: Any):
        batches.append([arrival.redelivered for arrival in arrivals])
        return process(db, consumer, handlers, arrivals, **options)

    monkeypatch.setattr(inbox, "process", watch)
    await publish(*(events.envelope(PROJECT, number) for number in range(1, 6)))
    async with suite.channel() as channel:
        await channel.set_qos(prefetch_count=3)
        taken = asyncio.Semaphore(0)

        async def take(_):
            taken.release()

        declared = await channel.declare_queue(QUEUE, passive=True)
        await declared.consume(take)
        for _ in range(3):
            await taken.acquire()
    await suite.until_count(QUEUE, 5)  # given back a moment after the channel has ended

    async with suite.review(review):
        await suite.until(lambda: review.effects(PROJECT) == [1, 2, 3, 4, 5])

    assert batches[:3] == [[True]] * 3
    assert not any(redelivered for batch in batches[3:] for redelivered in batch)
