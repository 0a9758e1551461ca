"""The limit: a consumer that does nothing but acknowledge, in groups."""

import json
import time

import aio_pika
from aio_pika.abc import AbstractIncomingMessage

from govproject_local.bench import signals
from govproject_local.bench.messages import QUEUE
from govproject_local.bench.stage import Settings

_PREFETCH = 1000
_GROUP = 500


async def run(settings: Settings) -> None:
    """Read so many messages, and say how long it took from the first to the last."""
    seen = 0
    began = 0.0

    async def arrive(message: AbstractIncomingMessage) -> None:
        nonlocal seen, began
        seen += 1
        if seen == 1:
            began = time.monotonic()
        if seen % _GROUP == 0 or seen == settings.messages:
            await message.ack(multiple=True)
        if seen == settings.messages:
            took = time.monotonic() - began
            print(json.dumps({"messages": seen - 1, "seconds": took}))

    async with await aio_pika.connect(settings.amqp_url) as connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=_PREFETCH)
        queue = await channel.get_queue(QUEUE, ensure=False)
        await queue.consume(arrive)
        await signals.stopped()
