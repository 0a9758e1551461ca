"""Reads one queue: collect a batch, have it committed, acknowledge it as a whole.

An acknowledgement is sent after the commit and never before, so a message can come twice but not
get lost; the inbox drops the second one. When the database is away nothing is given back one by
one: the channel is closed, the broker keeps its order and may turn to another replica, and this
consumer comes back once a write succeeds.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from aiormq.abc import DeliveredMessage
from aiormq.channel import Channel
from pamqp import commands

from govproject.messaging import spans
from govproject.messaging.connection import BrokenChannelError, check, open_channel, user_of
from govproject.messaging.deliveries import divert
from govproject.messaging.envelope import Arrival
from govproject.messaging.supervise import Report
from govproject.messaging.threads import in_thread
from govproject.messaging.topology import Topology, dead_letter_exchange, source_of
from govproject.messaging.windows import Window, passing

logger = logging.getLogger(__name__)

BATCH = 500
# A full batch must be able to arrive while another is being committed, or reading would stall.
_PREFETCH = 2 * BATCH

Work = Callable[[list[Arrival]], None]
"""Commits what a batch of messages means. Runs in a worker thread."""


class Consumer:
    """Reads one queue.

    Args:
        amqp_url: of the broker.
        topology: the service's part of it, declared before reading.
        queue: the name of the queue.
        prepare: writes to the database before reading begins, and so fails while it is away.
        work: what to do with a batch.
    """

    def __init__(
        self,
        amqp_url: str,
        topology: Topology,
        queue: str,
        prepare: Callable[[], None],
        work: Work,
    ) -> None:
        self._amqp_url = amqp_url
        self._topology = topology
        self._queue = queue
        self._prepare = prepare
        self._work = work
        self._wake = asyncio.Event()
        self._stopping = False
        self._cancelled = False
        self._arrived: deque[DeliveredMessage] = deque()

    def stop(self) -> None:
        """Finish the batch at hand and end the session; what else has arrived goes back."""
        self._stopping = True
        self._wake.set()

    async def session(self, ready: Report) -> None:
        """Connect and read until told to stop.

        Raises:
            Exception: the broker or the database is away; to be started again.
        """
        await in_thread(self._prepare)
        # Of this channel alone: the tags of an earlier one would acknowledge the wrong message.
        arrived = self._arrived = deque()
        self._cancelled = False

        def arrive(message: DeliveredMessage) -> None:
            arrived.append(message)
            self._wake.set()

        async def arrive_by_task(message: DeliveredMessage) -> None:
            arrive(message)  # the library's own way, should a release of it not be diverted

        async with open_channel(self._amqp_url, self._queue, wake=self._wake) as channel:
            await self._topology.declare(channel, waiting=ready)
            channel.on_consumer_cancel_callbacks.add(self._on_cancel)
            await channel.basic_qos(prefetch_count=_PREFETCH)
            divert(channel, arrive)
            consuming = await channel.basic_consume(self._queue, arrive_by_task)
            ready()
            while not self._stopping:
                check(channel)
                if self._cancelled:
                    raise BrokenChannelError("the broker cancelled the consumer")
                if batch := await self._collect():
                    await self._finish(channel, batch)
            if consuming.consumer_tag is not None:
                await channel.basic_cancel(consuming.consumer_tag)

    async def _on_cancel(self, _: commands.Basic.Cancel) -> None:
        # The queue was deleted, or its node is gone.
        self._cancelled = True
        self._wake.set()

    async def _collect(self) -> list[DeliveredMessage]:
        """What has arrived, up to a batch; nothing when there was something else to wake up for.

        Nobody waits for a batch to fill: while one is committed, the next one gathers by itself.
        """
        if not self._arrived:
            await self._wake.wait()
            self._wake.clear()
        batch: list[DeliveredMessage] = []
        while self._arrived and len(batch) < BATCH:
            # What was delivered before may have ended a process: it goes alone.
            if batch and (batch[-1].redelivered or self._arrived[0].redelivered):
                break
            batch.append(self._arrived.popleft())
        return batch

    async def _finish(self, channel: Channel, batch: list[DeliveredMessage]) -> None:
        passing(Window.DELIVERED)
        service, user = self._topology.service, user_of(channel)
        with spans.receive(self._queue, len(batch)):
            await in_thread(self._work, [read(each, service, user) for each in batch])
        tag = batch[-1].delivery_tag
        if tag is not None:
            await channel.basic_ack(tag, multiple=True, wait=False)
        passing(Window.ACKNOWLEDGED)


def read(message: DeliveredMessage, consumer: str, user: str) -> Arrival:
    """A message as the inbox takes it.

    The source is the exchange, which the broker vouches for. Of a dead letter it is the exchange
    that the message says it came through first, if whoever published it was that producer: the
    broker vouches for `user_id`, but brokers before 4.0 let clients write a history of deaths.

    Args:
        message: as delivered.
        consumer: the service whose queue it comes from.
        user: the service's broker user; where services share one, none is kept from another.
    """
    properties = message.header.properties
    headers = properties.headers or {}
    source = source_of(message.exchange)
    if message.exchange == dead_letter_exchange(consumer):
        match headers.get("x-death"):
            case [{"exchange": str(original)}, *_]:
                source = source_of(original)
        if properties.user_id not in (source, user):
            source = ""
    return Arrival(
        source=source,
        headers=headers,
        body=message.body,
        redelivered=bool(message.redelivered),
    )
