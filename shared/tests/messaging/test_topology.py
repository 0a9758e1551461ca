import asyncio
from collections import Counter
from uuid import UUID

import aio_pika
import pytest
from aio_pika.exceptions import ChannelPreconditionFailed

from govproject.messaging.topology import (
    SLOTS,
    Topology,
    dead_letter_exchange,
    dead_letter_queue,
    exchange,
    followers,
    queue,
    routing_key,
    slot,
    source_of,
)


def test_names():
    # They are in every broker and in its permissions: they stay.
    assert exchange("intake") == "govproject.intake"
    assert queue("cloud-alloc", 2) == "govproject.cloud-alloc.t1.2"
    assert followers("intake") == "govproject.intake.followers"
    assert dead_letter_exchange("cloud-alloc") == "govproject.cloud-alloc.dlx"
    assert dead_letter_queue("cloud-alloc") == "govproject.cloud-alloc.dlq"
    assert routing_key("filing.accepted", 1, 17) == "filing.accepted.v1.17"
    assert routing_key("service.heartbeat", 1, "all") == "service.heartbeat.v1.all"


@pytest.mark.parametrize(
    ("aggregate_id", "number"),
    [(str(UUID(int=0)), 9), (str(UUID(int=1)), 31), ("项目", 4)],
)
def test_a_stream_keeps_its_slot_for_ever(aggregate_id, number):
    assert slot(aggregate_id) == number


def test_slots_are_used_evenly():
    counts = Counter(slot(str(UUID(int=n))) for n in range(6400))

    assert set(counts) == set(range(SLOTS))
    assert max(counts.values()) < 3 * min(counts.values())


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("govproject.intake", "intake"),
        ("govproject.intake.followers", "intake"),
        ("govproject.intake.dlx", "intake.dlx"),
        ("", ""),
        (None, ""),
        ("amq.topic", ""),
        ("other.x", ""),
    ],
)
def test_an_exchange_tells_its_producer(name, source):
    assert source_of(name) == source


async def _ready(channel, name):
    return (await channel.declare_queue(name, passive=True)).declaration_result.message_count


async def _publish(channel, key):
    topic = await channel.get_exchange("govproject.intake")
    await topic.publish(aio_pika.Message(b"{}"), routing_key=key)


async def test_each_slot_goes_to_one_partition_and_heartbeats_to_all(suite):
    await suite.declare(Topology("review", ("intake", "archive"), 3))

    async with suite.channel() as channel:
        for number in range(SLOTS):
            await _publish(channel, f"filing.accepted.v1.{number}")
        counts = [await _ready(channel, queue("review", i)) for i in range(3)]
        await _publish(channel, "service.heartbeat.v1.all")
        with_heartbeat = [await _ready(channel, queue("review", i)) for i in range(3)]

    assert counts == [22, 21, 21]
    assert with_heartbeat == [23, 22, 22]


async def test_declaring_again_changes_nothing(suite):
    topology = Topology("review", ("intake",), 1)
    await suite.declare(topology)
    async with suite.channel() as channel:
        await _publish(channel, "filing.accepted.v1.0")

    await suite.declare(topology)
    await suite.declare(Topology("intake", (), 1))

    async with suite.channel() as channel:
        await _publish(channel, "filing.accepted.v1.1")
        assert await _ready(channel, queue("review", 0)) == 2


async def test_more_partitions_take_slots_over(suite):
    await suite.declare(Topology("review", ("intake",), 1))
    await suite.declare(Topology("review", ("intake",), 2))

    async with suite.channel() as channel:
        for number in range(SLOTS):
            await _publish(channel, f"filing.accepted.v1.{number}")
        assert [await _ready(channel, queue("review", i)) for i in range(2)] == [32, 32]


async def test_a_producer_alone_declares_its_exchange_only(suite):
    await suite.declare(Topology("intake", (), 1))

    async with suite.channel() as channel:
        await channel.get_exchange("govproject.intake")
        with pytest.raises(aio_pika.exceptions.ChannelNotFoundEntity):
            await _ready(channel, queue("intake", 0))


async def test_a_queue_with_other_arguments_is_an_error(suite):
    async with suite.channel() as channel:
        await channel.declare_queue(queue("review", 0), durable=True)

    with pytest.raises(ChannelPreconditionFailed, match="inequivalent arg"):
        await suite.declare(Topology("review", ("intake",), 1))


async def test_a_follower_waits_for_the_exchange_of_each_producer(suite):
    topology = Topology("review", ("intake", "archive"), 1)
    sentences: list[str] = []
    async with suite.channel() as own, suite.channel() as others:
        declared = asyncio.create_task(
            topology.declare(await own.get_underlay_channel(), sentences.append)
        )
        for producer in ("intake", "archive"):
            waiting = f"{producer} has not declared its exchange yet"
            async with asyncio.timeout(30):
                while waiting not in sentences:  # noqa: ASYNC110  # what the broker answers
                    await asyncio.sleep(0.02)
            assert not declared.done()
            channel = await others.get_underlay_channel()
            await Topology(producer, (), 1).declare_exchanges(channel)
        async with asyncio.timeout(30):
            await declared
    assert await suite.count(queue("review", 0)) == 0
