"""The limit: aio-pika with many confirmations awaited together, of messages that are ready."""

import asyncio
import json
import time

import aio_pika
from aio_pika.abc import AbstractExchange

from govproject.messaging.envelope import CONTENT_TYPE
from govproject_local.bench import messages
from govproject_local.bench.filling import groups
from govproject_local.bench.stage import Settings

_GROUP = 500


async def run(settings: Settings, group: int = _GROUP) -> None:
    """Publish so many messages, and say how long it took."""
    ready = [
        (wire(message), message.routing_key)
        for message in messages.messages(settings.messages, messages.projects())
    ]
    async with await aio_pika.connect(settings.amqp_url) as connection:
        channel = await connection.channel()
        exchange = await channel.get_exchange(messages.EXCHANGE, ensure=False)
        began = time.monotonic()
        for some in groups(ready, group):
            await _publish(exchange, some)
        took = time.monotonic() - began
        print(json.dumps({"messages": settings.messages, "seconds": took}))


def wire(message: messages.Message) -> aio_pika.Message:
    """A message as aio-pika takes it."""
    return aio_pika.Message(
        message.body,
        content_type=CONTENT_TYPE,
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        message_id=str(message.event_id),
        type=messages.TYPE,
        headers=dict(message.headers),
    )


async def _publish(exchange: AbstractExchange, some: list[tuple[aio_pika.Message, str]]) -> None:
    if len(some) == 1:
        await exchange.publish(*some[0])
    else:
        await asyncio.gather(*(exchange.publish(*one) for one in some))
