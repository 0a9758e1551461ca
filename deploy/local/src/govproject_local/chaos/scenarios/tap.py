"""Stands between a producer's exchange and the consumer's queue, and does what networks may do.

The consumer's queue is bound to the same exchange as before, by another routing key: for the
consumer the messages still come from the producer.
"""

import asyncio
from random import Random
from types import TracebackType
from typing import Self

import aio_pika
from aio_pika.abc import (
    AbstractChannel,
    AbstractConnection,
    AbstractExchange,
    AbstractIncomingMessage,
    AbstractQueue,
)

from govproject.messaging import heartbeat
from govproject.messaging.topology import SLOTS, exchange, queue
from govproject_local.chaos.scenarios.orders import CONSUMER, PRODUCER

_KEY = "tapped"
_COPIES = 2
_TOGETHER = 60
"""Messages that are shuffled with one another."""
_GATHER_SECONDS = 0.4


class Tap:
    """Takes all messages and sends each twice, mixed with its neighbours.

    Args:
        url: of the broker; the consumer has declared its queue.
        chance: decides on the order.
    """

    def __init__(self, url: str, chance: Random) -> None:
        self.sent = 0
        self._url = url
        self._chance = chance
        self._arrived: asyncio.Queue[AbstractIncomingMessage] = asyncio.Queue()
        self._finishing = False

    async def __aenter__(self) -> Self:
        self._connection: AbstractConnection = await aio_pika.connect(self._url)
        self._channel: AbstractChannel = await self._connection.channel()
        self._exchange: AbstractExchange = await self._channel.get_exchange(exchange(PRODUCER))
        tapped: AbstractQueue = await self._channel.declare_queue("tap", durable=True)
        ways = [f"*.*.*.{slot}" for slot in range(SLOTS)] + [heartbeat.ROUTING_KEY]
        target = await self._channel.get_queue(queue(CONSUMER, 0), ensure=False)
        await target.bind(self._exchange, _KEY)
        for way in ways:
            await tapped.bind(self._exchange, way)
            await target.unbind(self._exchange, way)
        self._tapped = tapped
        await tapped.consume(self._arrived.put)
        self._task = asyncio.create_task(self._work())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._connection.close()

    async def finish(self) -> None:
        """Send on what is left, once nothing more comes in."""
        self._finishing = True
        await self._task

    async def _work(self) -> None:
        while True:
            held = await self._gather()
            again = [message for message in held for _ in range(_COPIES)]
            self._chance.shuffle(again)
            for message in again:
                await self._exchange.publish(
                    aio_pika.Message(
                        message.body,
                        headers=message.headers,
                        content_type=message.content_type,
                        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
                    ),
                    _KEY,
                )
                self.sent += 1
            for message in held:
                await message.ack()
            if self._finishing and not held:
                return

    async def _gather(self) -> list[AbstractIncomingMessage]:
        held: list[AbstractIncomingMessage] = []
        try:
            async with asyncio.timeout(_GATHER_SECONDS):
                while len(held) < _TOGETHER:
                    held.append(await self._arrived.get())
        except TimeoutError:
            pass
        return held
