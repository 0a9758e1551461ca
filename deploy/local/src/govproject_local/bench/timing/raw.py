"""The limit: from the call that publishes to the callback that receives, without a database."""

import asyncio
import time
from uuid import UUID

import aio_pika
from aio_pika.abc import AbstractIncomingMessage

from govproject_local.bench import messages
from govproject_local.bench.publishers.raw import wire
from govproject_local.bench.stage import Settings
from govproject_local.bench.timing.pace import paced, tell, tell_ready


async def produce(settings: Settings) -> None:
    """Publish at the pace, each confirmed."""
    left: dict[UUID, float] = {}
    ready = list(messages.messages(settings.messages, messages.projects()))
    async with await aio_pika.connect(settings.amqp_url) as connection:
        channel = await connection.channel()
        exchange = await channel.get_exchange(messages.EXCHANGE, ensure=False)

        async def send(index: int) -> None:
            message = ready[index]
            left[message.event_id] = time.monotonic()
            await exchange.publish(wire(message), message.routing_key)

        await paced(settings, send)
    tell(left)


async def consume(settings: Settings) -> None:
    """Receive so many messages, acknowledging each."""
    arrived: dict[UUID, float] = {}
    complete = asyncio.Event()

    async def arrive(message: AbstractIncomingMessage) -> None:
        arrived[UUID(str(message.headers["ce-id"]))] = time.monotonic()
        await message.ack()
        if len(arrived) == settings.messages:
            complete.set()

    async with await aio_pika.connect(settings.amqp_url) as connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=100)
        queue = await channel.get_queue(messages.QUEUE, ensure=False)
        await queue.consume(arrive)
        tell_ready()
        await complete.wait()
    tell(arrived)
