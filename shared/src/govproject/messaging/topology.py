"""Every name the broker knows, how it is declared, and who may do what with it.

    producer ──▶ govproject.<service> (topic) ──slot──▶ govproject.<consumer>.t1.<partition>
                                                             │ after 20 failed deliveries
             govproject.<consumer>.dlq ◀── govproject.<consumer>.dlx (direct)

A service declares what bears its name and nothing else. It binds to the exchanges it follows once
their owners have declared them, so which service starts first does not matter. Its last binding is
to `govproject.<producer>.followers`, where the producer finds out that it listens.

Arguments of a queue cannot be changed once it exists; a change needs a new generation, `t2`,
beside the old one.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from zlib import crc32

from aio_pika.exceptions import ChannelInvalidStateError, ChannelNotFoundEntity
from aiormq.channel import Channel

SLOTS = 64
"""For ever: it is in every binding."""

HEARTBEAT = "service.heartbeat"

_ATTEMPTS = 20
# Dead letters stay until they are read. Brokers from 4.0 on limit deliveries unless told otherwise.
_UNLIMITED = 1_000_000_000
_REASON_SECONDS = 5
_POLL_SECONDS = 0.25


def exchange(service: str) -> str:
    """The exchange that only this service may write to."""
    return f"govproject.{service}"


def queue(consumer: str, partition: int) -> str:
    """The queue of one partition of a consumer."""
    return f"govproject.{consumer}.t1.{partition}"


def followers(producer: str) -> str:
    """Where each follower has a binding under its name, made after all its others."""
    return f"govproject.{producer}.followers"


def dead_letter_exchange(consumer: str) -> str:
    """A consumer's own: only the broker and itself can write there."""
    return f"govproject.{consumer}.dlx"


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
    return exchange_name.removeprefix(prefix).removesuffix(".followers")


@dataclass(frozen=True, slots=True)
class Queue:
    """A durable queue."""

    name: str
    arguments: Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Binding:
    """What an exchange passes on to a queue."""

    exchange: str
    queue: str
    key: str


@dataclass(frozen=True, slots=True)
class Permissions:
    """Patterns of the names that a service's broker user may touch, as RabbitMQ takes them.

    The default exchange is in none of them: nothing can be put into a queue past its bindings.
    """

    configure: str
    write: str
    read: str


@dataclass(frozen=True, slots=True)
class Topology:
    """A service's part: the exchange it writes, the exchanges it follows, the queues it reads."""

    service: str
    follows: tuple[str, ...]
    partitions: int

    @property
    def exchanges(self) -> dict[str, str]:
        """Its own durable exchanges, and their types."""
        own = {exchange(self.service): "topic", followers(self.service): "direct"}
        return own | ({dead_letter_exchange(self.service): "direct"} if self.follows else {})

    @property
    def queues(self) -> list[Queue]:
        """Its own queues."""
        if not self.follows:
            return []
        dead: dict[str, str | int | bool] = {
            "x-queue-type": "quorum",
            "x-delivery-limit": _UNLIMITED,
        }
        live: dict[str, str | int | bool] = {
            "x-queue-type": "quorum",
            "x-single-active-consumer": True,
            "x-delivery-limit": _ATTEMPTS,
            "x-dead-letter-exchange": dead_letter_exchange(self.service),
            "x-dead-letter-routing-key": self.service,
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        }
        names = (queue(self.service, partition) for partition in range(self.partitions))
        return [
            Queue(dead_letter_queue(self.service), dead),
            *(Queue(name, live) for name in names),
        ]

    @property
    def bindings(self) -> list[Binding]:
        """What its queues get, in the order in which it is declared."""
        if not self.follows:
            return []
        service = self.service
        made = [Binding(dead_letter_exchange(service), dead_letter_queue(service), service)]
        for producer in self.follows:
            for partition in range(self.partitions):
                name = queue(service, partition)
                heartbeats = routing_key(HEARTBEAT, 1, "all")
                made.append(Binding(exchange(producer), name, heartbeats))
            for number in range(SLOTS):
                name = queue(service, number % self.partitions)
                made.append(Binding(exchange(producer), name, _every(number)))
        made += (Binding(followers(each), queue(service, 0), service) for each in self.follows)
        return made

    @property
    def permissions(self) -> Permissions:
        """All that it needs, at any number of partitions."""
        own = rf"govproject\.{self.service}"
        others = rf"|({'|'.join(self.follows)})(\.followers)?" if self.follows else ""
        return Permissions(
            configure=rf"^{own}(\..+)?$",
            write=rf"^{own}(\..+)?$",
            read=rf"^govproject\.({self.service}\..+{others})$",
        )

    async def declare_exchanges(self, channel: Channel) -> None:
        """Declare the exchanges of its own, and wait for nobody.

        Raises:
            ChannelPreconditionFailed: one exists with other arguments.
        """
        async with _reasons(channel):
            await self._declare_exchanges(channel)
            await channel.exchange_declare(exchange(self.service), passive=True)

    async def declare(
        self, channel: Channel, waiting: Callable[[str], None] = lambda _: None
    ) -> None:
        """Declare all of it; harmless when it exists already.

        Args:
            channel: to declare on.
            waiting: told in a sentence while an exchange that it follows does not exist yet.

        Raises:
            ChannelPreconditionFailed: it exists with other arguments.
        """
        async with _reasons(channel):
            await self._declare_exchanges(channel)
            for producer in self.follows:
                while not await _exists(channel, followers(producer)):
                    waiting(f"{producer} has not declared its exchange yet")
                    await asyncio.sleep(_POLL_SECONDS)
            await self._declare_queues(channel)
            await channel.exchange_declare(exchange(self.service), passive=True)

    # Nothing is awaited one by one: the broker works through the calls in order, and the last one,
    # which it answers, fails if any failed.

    async def _declare_exchanges(self, channel: Channel) -> None:
        for name, kind in self.exchanges.items():
            await channel.exchange_declare(name, exchange_type=kind, durable=True, nowait=True)

    async def _declare_queues(self, channel: Channel) -> None:
        for each in self.queues:
            await channel.queue_declare(
                each.name, durable=True, nowait=True, arguments=dict(each.arguments)
            )
        for binding in self.bindings:
            await channel.queue_bind(binding.queue, binding.exchange, binding.key, nowait=True)
        if self.partitions > 1:
            await self._unbind_left_over(channel)

    async def _unbind_left_over(self, channel: Channel) -> None:
        """Take away what a partition got in a time of fewer partitions."""
        for producer in self.follows:
            for partition in range(self.partitions):
                for number in range(SLOTS):
                    if number % self.partitions != partition:
                        name = queue(self.service, partition)
                        await channel.queue_unbind(name, exchange(producer), _every(number))


def _every(number: int) -> str:
    return f"*.*.*.{number}"


@asynccontextmanager
async def _reasons(channel: Channel) -> AsyncIterator[None]:
    try:
        yield
    except ChannelInvalidStateError:
        # The broker refused an earlier call; its reason comes with the end of the channel.
        async with asyncio.timeout(_REASON_SECONDS):
            await channel.closing
        raise


async def _exists(channel: Channel, name: str) -> bool:
    # The broker answers "no" by closing the channel, so it is asked on another one.
    probe = await channel.connection.channel(publisher_confirms=False)
    try:
        await probe.exchange_declare(name, passive=True)
    except ChannelNotFoundEntity:
        return False
    await probe.close()
    return True
