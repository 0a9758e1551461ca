"""Somebody outside who listens to what a service tells, on a queue of their own."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aio_pika

_QUEUE = "govproject.listener"


@dataclass(frozen=True)
class Listener:
    """Hears events of a service, from the moment of `follow` on.

    The address is a virtual host's, with a user who may declare a queue there.
    """

    amqp_url: str
    until: Callable[[Callable[[], Any]], Any]

    def follow(self, service: str, event: str) -> None:
        """Bind the queue, which keeps what comes until it is fetched."""

        async def bind() -> None:
            async with await aio_pika.connect(self.amqp_url) as connection:
                channel = await connection.channel()
                queue = await channel.declare_queue(_QUEUE, durable=True)
                await queue.bind(f"govproject.{service}", f"{event}.*")

        asyncio.run(bind())

    def next(self, told: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for the event of which this holds; what comes before it is dropped."""

        async def fetch() -> dict[str, Any] | None:
            async with await aio_pika.connect(self.amqp_url) as connection:
                channel = await connection.channel()
                queue = await channel.declare_queue(_QUEUE, passive=True)
                while message := await queue.get(no_ack=True, fail=False):
                    event: dict[str, Any] = json.loads(message.body)
                    if told(event):
                        return event
            return None

        heard: dict[str, Any] = self.until(lambda: asyncio.run(fetch()))
        return heard
