"""FastStream as documented: a typed handler, acknowledged when it returns, given back on failure.

It reads the same quorum queue. Its handler is a coroutine that writes in the event loop: a plain
function would be sent to a thread for every message.
"""

from typing import Any

from faststream import AckPolicy
from faststream.rabbit import Channel, QueueType, RabbitBroker, RabbitMessage, RabbitQueue

from govproject.contracts.intake import FilingAccepted
from govproject_local.bench import effects, signals
from govproject_local.bench.messages import QUEUE
from govproject_local.bench.stage import Settings

_PREFETCH = 100


async def run(settings: Settings) -> None:
    """Consume until told to stop."""
    apply = effects.opened(settings.database)
    broker = RabbitBroker(
        settings.amqp_url, default_channel=Channel(prefetch_count=_PREFETCH), logger=None
    )

    async def arrive(event: FilingAccepted, message: RabbitMessage) -> None:
        apply(str(message.headers["ce-id"]), event)

    subscribe: Any = broker.subscriber(
        # Declared already, with arguments of the library's own.
        RabbitQueue(QUEUE, queue_type=QueueType.QUORUM, durable=True, declare=False),
        ack_policy=AckPolicy.NACK_ON_ERROR,
        no_reply=True,
    )
    subscribe(arrive)
    await broker.start()
    await signals.stopped()
    await broker.stop()
