"""What is taken off the connection is what was sent, whatever its size, in its order."""

import asyncio

import pytest
from pamqp import commands
from pamqp.body import ContentBody
from pamqp.header import ContentHeader

from govproject.messaging.connection import open_channel
from govproject.messaging.deliveries import divert

FRAME = 128 * 1024
BODIES = [b"", b"x", b"", b"y" * FRAME, b"z" * (3 * FRAME + 1), b"last"]


class Frames:
    """Stands for the queue in front of a channel's reader."""

    def __init__(self) -> None:
        self.seen = []

    async def put(self, item):
        self.seen.append(item[1])


class Channel:
    def __init__(self) -> None:
        self.frames = Frames()


@pytest.fixture
def channel():
    return Channel()


async def test_bodies_of_any_size_arrive_whole_and_in_order(amqp_url):
    arrived = []
    complete = asyncio.Event()

    def take(message):
        arrived.append(message)
        if len(arrived) == len(BODIES):
            complete.set()

    async with open_channel(amqp_url, "test", wake=asyncio.Event()) as channel:
        queue = (await channel.queue_declare(exclusive=True)).queue
        divert(channel, take)
        await channel.basic_consume(queue, lambda _: None)
        for number, body in enumerate(BODIES):
            properties = commands.Basic.Properties(headers={"number": number})
            await channel.basic_publish(body, routing_key=queue, properties=properties)
        async with asyncio.timeout(30):
            await complete.wait()
        await channel.basic_ack(arrived[-1].delivery_tag, multiple=True)
        # The answer to a request still finds its way, behind all those deliveries.
        left = await channel.queue_declare(queue, passive=True)

    assert [message.body for message in arrived] == BODIES
    assert [message.header.properties.headers["number"] for message in arrived] == [*range(6)]
    assert [message.delivery_tag for message in arrived] == [*range(1, 7)]
    assert left.message_count == 0


async def test_what_is_no_delivery_passes(channel):
    frames = channel.frames
    taken = []
    divert(channel, taken.append)
    other = [commands.Basic.QosOk(), commands.Basic.Cancel("tag"), commands.Channel.CloseOk()]
    for frame in other:
        await channel.frames.put((1, frame))
    assert frames.seen == other
    assert taken == []


async def test_a_channel_that_ends_within_a_message_takes_nothing_half(channel):
    taken = []
    divert(channel, taken.append)
    close = commands.Channel.Close(504, "a fault", 0, 0)
    deliver = commands.Basic.Deliver("tag", 1, False, "exchange", "key")
    for frame in (deliver, ContentHeader(0, 4), ContentBody(b"ab"), close):
        await channel.frames.put((1, frame))
    assert (channel.frames.seen, taken) == ([close], [])
    for frame in (deliver, ContentHeader(0, 2), ContentBody(b"cd")):
        await channel.frames.put((1, frame))
    assert [message.body for message in taken] == [b"cd"]
