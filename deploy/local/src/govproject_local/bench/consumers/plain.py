"""What one writes with aio-pika alone: a message, its commit, its acknowledgement."""

import aio_pika
from aio_pika.abc import AbstractIncomingMessage

from govproject.contracts.intake import FilingAccepted
from govproject_local.bench import effects, signals
from govproject_local.bench.messages import QUEUE
from govproject_local.bench.stage import Settings

_PREFETCH = 100


async def run(settings: Settings) -> None:
    """Consume until told to stop."""
    apply = effects.opened(settings.database)

    async def arrive(message: AbstractIncomingMessage) -> None:
        event = FilingAccepted.model_validate_json(message.body)
        apply(str(message.headers["ce-id"]), event)
        await message.ack()

    async with await aio_pika.connect(settings.amqp_url) as connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=_PREFETCH)
        queue = await channel.get_queue(QUEUE, ensure=False)
        await queue.consume(arrive)
        await signals.stopped()
