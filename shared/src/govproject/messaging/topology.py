"""Every name the broker knows, and how it is declared.

    producer ──▶ govproject.<service> (topic) ──slot──▶ govproject.<consumer>.t1.<partition>
                                                             │ after 20 failed deliveries
                        govproject.<consumer>.dlq ◀── govproject.dlx (direct)

A service declares what it publishes to and what it reads from, the exchanges it follows included:
which service starts first does not matter. Arguments of a queue cannot be changed once it exists;
a change needs a new generation, `t2`, beside the old one.
"""

import asyncio
from dataclasses import dataclass
from zlib import crc32

from aio_pika.exceptions import ChannelInvalidStateError
from aiormq.channel import Channel

SLOTS = 64
"""For ever: it is in every binding."""

HEARTBEAT = "service.heartbeat"
DEAD_LETTERS = "govproject.dlx"

_ATTEMPTS = 20
# Dead letters stay until they are read. Brokers from 4.0 on limit deliveries unless told otherwise.
_UNLIMITED = 1_000_000_000
_REASON_SECONDS = 5


def exchange(service: str) -> str:
    """The exchange that only this service may write to."""
    return f"govproject.{service}"


def queue(consumer: str, partition: int) -> str:
    """The queue of one partition of a consumer."""
    return f"govproject.{consumer}.t1.{partition}"


def dead_letter_queue(consumer: str) -> str:
    """Where the broker puts what a consumer never acknowledged."""
    return f"govproject.{consumer}.dlq"


def slot(aggregate_id: str) -> int:
    """The slot of a stream, the same in every producer and for ever.

    >>> slot("0198a0c0-0000-7000-8000-000000000001")
    35
    """
    return crc32(aggregate_id.encode()) % SLOTS


def routing_key(name: str, version: int, suffix: int | str) -> str:
    """`<noun>.<verb>.v<major>.<slot>`, or `.all` for what goes to every partition."""
    return f"{name}.v{version}.{suffix}"


def source_of(exchange_name: str | None) -> str:
    """The producer behind an exchange; "" when it is none of ours."""
    prefix = exchange("")
    if exchange_name is None or not exchange_name.startswith(prefix):
        return ""
    return exchange_name.removeprefix(prefix)


@dataclass(frozen=True, slots=True)
class Topology:
    """A service's part: the exchange it writes, the exchanges it follows, the queues it reads."""

    service: str
    follows: tuple[str, ...]
    partitions: int

    async def declare(self, channel: Channel) -> None:
        """Declare all of it; harmless when it exists already.

        Raises:
            ChannelPreconditionFailed: it exists with other arguments.
        """
        try:
            await self._declare_all(channel)
        except ChannelInvalidStateError:
            # The broker refused an earlier call; its reason comes with the end of the channel.
            async with asyncio.timeout(_REASON_SECONDS):
                await channel.closing
            raise

    async def _declare_all(self, channel: Channel) -> None:
        # Nothing is awaited one by one: the broker works through the calls in order, and the last
        # one, which it answers, fails if any failed.
        for name in (self.service, *self.follows):
            await channel.exchange_declare(
                exchange(name), exchange_type="topic", durable=True, nowait=True
            )
        if self.follows:
            await self._declare_dead_letters(channel)
            for partition in range(self.partitions):
                await self._declare_partition(channel, partition)
        await channel.exchange_declare(exchange(self.service), passive=True)

    async def _declare_dead_letters(self, channel: Channel) -> None:
        name = dead_letter_queue(self.service)
        await channel.exchange_declare(
            DEAD_LETTERS, exchange_type="direct", durable=True, nowait=True
        )
        await channel.queue_declare(
            name,
            durable=True,
            nowait=True,
            arguments={"x-queue-type": "quorum", "x-delivery-limit": _UNLIMITED},
        )
        await channel.queue_bind(name, DEAD_LETTERS, self.service, nowait=True)

    async def _declare_partition(self, channel: Channel, partition: int) -> None:
        name = queue(self.service, partition)
        await channel.queue_declare(
            name,
            durable=True,
            nowait=True,
            arguments={
                "x-queue-type": "quorum",
                "x-single-active-consumer": True,
                "x-delivery-limit": _ATTEMPTS,
                "x-dead-letter-exchange": DEAD_LETTERS,
                "x-dead-letter-routing-key": self.service,
                "x-dead-letter-strategy": "at-least-once",
                "x-overflow": "reject-publish",
            },
        )
        for producer in self.follows:
            heartbeats = routing_key(HEARTBEAT, 1, "all")
            await channel.queue_bind(name, exchange(producer), heartbeats, nowait=True)
            for number in range(SLOTS):
                every = f"*.*.*.{number}"
                if number % self.partitions == partition:
                    await channel.queue_bind(name, exchange(producer), every, nowait=True)
                elif self.partitions > 1:
                    # Left over from a time of fewer partitions.
                    await channel.queue_unbind(name, exchange(producer), every)
