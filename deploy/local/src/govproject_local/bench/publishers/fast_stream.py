"""FastStream's publisher as documented: each call waits for the broker's confirmation."""

import json
import time

from faststream.rabbit import RabbitBroker, RabbitExchange

from govproject_local.bench import messages
from govproject_local.bench.stage import Settings


async def run(settings: Settings) -> None:
    """Publish so many messages, and say how long it took."""
    ready = list(messages.messages(settings.messages, messages.projects()))
    broker = RabbitBroker(settings.amqp_url, logger=None)
    exchange = RabbitExchange(messages.EXCHANGE, declare=False)
    await broker.connect()
    began = time.monotonic()
    for message in ready:
        await broker.publish(
            message.body,
            routing_key=message.routing_key,
            exchange=exchange,
            persist=True,
            message_id=str(message.event_id),
            message_type=messages.TYPE,
            headers=dict(message.headers),
        )
    took = time.monotonic() - began
    await broker.stop()
    print(json.dumps({"messages": settings.messages, "seconds": took}))
