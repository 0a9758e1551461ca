"""Brings the outbox to the broker: lease slots, read what is due, publish, mark what is confirmed.

No transaction is open while the broker is waited for. A batch is marked while the next one is read
and sent. Whatever happens between publishing and marking, an event is published again rather than
lost; consumers drop the second one.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from aio_pika.exceptions import DeliveryError, PublishError
from aiormq.channel import Channel
from pamqp import commands

from govproject.clock import Clock
from govproject.messaging import heartbeat, leases, outbox
from govproject.messaging.connection import BrokenChannelError, check, open_channel, user_of
from govproject.messaging.envelope import CONTENT_TYPE
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.metrics import Metrics
from govproject.messaging.outbox import Row
from govproject.messaging.publisher import publish
from govproject.messaging.threads import in_thread, wait_for
from govproject.messaging.topology import SLOTS, Topology, exchange, followers
from govproject.messaging.windows import Window, passing
from govproject.persistence.database import Database

logger = logging.getLogger(__name__)

CONFIRM_SECONDS = 10.0
_BATCH = 500
_POLL_SECONDS = 1.0
_HEARTBEAT_SECONDS = 3.0
_FLUSH_SECONDS = 5.0
# Its every attempt costs all streams a connection: a long pause from the start.
_GUILTY_ATTEMPTS = 6
_LONG_AGO = datetime.fromtimestamp(0, UTC)


class Relay:
    """One service's relay. Several, in as many processes, may work on the same outbox.

    Args:
        db: the service's database.
        amqp_url: of the broker.
        topology: the service's part of it.
        clock: the service's clock.
        metrics: counts what is published.
        required: consumers whose queues must exist before anything is published, so that none
            misses an event because it was installed later than its producer.
    """

    def __init__(
        self,
        db: Database,
        amqp_url: str,
        topology: Topology,
        clock: Clock,
        metrics: Metrics,
        required: tuple[str, ...],
    ) -> None:
        self._db = db
        self._amqp_url = amqp_url
        self._topology = topology
        self._exchange = exchange(topology.service)
        self._clock = clock
        self._metrics = metrics
        self._required = required
        self._owner = uuid4()
        self._wake = asyncio.Event()
        self._stop_by: float | None = None
        self._batch = _BATCH
        self._suspect: int | None = None
        self._marking: asyncio.Task[None] | None = None
        self._unmarked: frozenset[int] = frozenset()
        self._slots: frozenset[int] = frozenset()
        self._renew_at = 0.0
        self._beat_at = 0.0

    def wake(self) -> None:
        """Look for new events now. To be called in the event loop's thread."""
        self._wake.set()

    def stop(self) -> None:
        """Publish what is due, for a few seconds at most, and then end the session."""
        self._stop_by = time.monotonic() + _FLUSH_SECONDS
        self._wake.set()

    async def session(self, ready: Callable[[], None]) -> None:
        """Connect and work until told to stop.

        Raises:
            Exception: the broker or the database is away; to be started again.
        """
        name = f"{self._topology.service} publisher"
        async with open_channel(self._amqp_url, name, wake=self._wake, confirms=True) as channel:
            await self._topology.declare_exchanges(channel)
            ready()
            if await self._await_consumers(channel):
                try:
                    await self._work(channel)
                finally:
                    await self._marked()
        await in_thread(self._release)

    async def _work(self, channel: Channel) -> None:
        may_vouch, alone_by = False, time.monotonic() + leases.SECONDS
        while True:
            # Both before reading: what is committed from here on wakes us again, and what was
            # committed before we were told to stop is read.
            self._wake.clear()
            stop_by = self._stop_by
            check(channel)
            await self._renew()
            passing(Window.LEASED)
            # What a dead predecessor had sent and not marked is in slots that rest, or is ours.
            inherited = len(self._slots) == SLOTS or time.monotonic() > alone_by
            rows = await in_thread(self._due)
            full = len(rows) == self._batch
            if rows:
                await self._publish(channel, rows)
            else:
                await self._marked()
            may_vouch = may_vouch or (inherited and not full)
            if may_vouch:
                await self._beat(channel)
            if stop_by is not None and (not full or time.monotonic() > stop_by):
                return
            if not full:
                await wait_for(self._wake, _POLL_SECONDS)

    async def _publish(self, channel: Channel, rows: list[Row]) -> None:
        result = await publish(
            channel,
            self._exchange,
            rows,
            confirm_seconds=CONFIRM_SECONDS,
            mandatory=bool(self._required),
        )
        failed = {row.seq: row.attempts for row, _ in result.failed}
        for row, reason in result.failed:
            logger.error("event %s not published: %s", row.event_id, reason)
        if result.broken is None:
            self._batch, self._suspect = min(self._batch * 2, _BATCH), None
        else:
            failed |= self._close_in(rows)
        self._metrics.published.inc(len(result.confirmed))
        self._metrics.publish_failures.inc(len(failed))
        passing(Window.CONFIRMED)
        await self._marked()  # the batch before this one
        self._unmarked = frozenset(result.confirmed)
        self._marking = asyncio.create_task(in_thread(self._settle, result.confirmed, failed))
        if failed:
            # Before anything else is read: what is behind them in their streams has to wait, too.
            await self._marked()
        if result.broken is not None:
            raise result.broken
        if result.failed and not result.confirmed:
            # A channel that met a queue without a leader is refused (by RabbitMQ 3.10) for as long
            # as that leader's node is away, although there is a new one. Another channel is not.
            raise BrokenChannelError("the broker refused everything")

    async def _marked(self) -> None:
        """Wait until what the broker has confirmed is marked; until then it is not sent again."""
        marking, self._marking = self._marking, None
        try:
            if marking is not None:
                await marking
        finally:
            self._unmarked = frozenset()

    def _close_in(self, rows: list[Row]) -> dict[int, int]:
        """Find out which event the broker cannot bear, if it was not simply restarted.

        Returns:
            The culprit, once it has broken two connections alone; it must not hold up the others.
        """
        self._batch = max(1, len(rows) // 2)
        if len(rows) > 1:
            return {}
        [row] = rows
        guilty = row.seq == self._suspect
        self._suspect = row.seq
        return {row.seq: max(row.attempts, _GUILTY_ATTEMPTS)} if guilty else {}

    async def _beat(self, channel: Channel) -> None:
        if time.monotonic() < self._beat_at:
            return
        try:
            await self._marked()
            beat = await in_thread(self._vouch)
            await self._send_heartbeat(channel, beat, self._exchange, heartbeat.ROUTING_KEY)
        except DeliveryError as error:
            # A full queue. Its reader's knowledge ages, which is the truth.
            logger.warning("heartbeat refused: %s", error)
        self._beat_at = time.monotonic() + _HEARTBEAT_SECONDS

    async def _await_consumers(self, channel: Channel) -> bool:
        """Wait until no required consumer would miss anything; False when told to stop before."""
        for consumer in self._required:
            while not await self._reaches(channel, consumer):
                if self._stop_by is not None:
                    return False
                logger.info("events stay in the outbox until %s has made its queue", consumer)
                self._wake.clear()
                await wait_for(self._wake, _POLL_SECONDS)
                check(channel)
        return True

    async def _reaches(self, channel: Channel, consumer: str) -> bool:
        # A heartbeat to it alone: the broker gives back what no queue takes. To ask whether the
        # queue exists would need a right on it. It vouches for nothing: what a predecessor sent
        # and could not mark is not counted yet.
        to = followers(self._topology.service)
        try:
            beat = (await in_thread(self._vouch))._replace(as_of=_LONG_AGO)
            await self._send_heartbeat(channel, beat, to, consumer, mandatory=True)
        except PublishError:
            return False
        except DeliveryError as error:
            logger.warning("the queue of %s is full: %s", consumer, error)
        return True

    async def _send_heartbeat(
        self,
        channel: Channel,
        beat: Heartbeat,
        to: str,
        routing_key: str,
        *,
        mandatory: bool = False,
    ) -> None:
        headers, body = heartbeat.message(self._topology.service, beat)
        await channel.basic_publish(
            body,
            exchange=to,
            routing_key=routing_key,
            properties=commands.Basic.Properties(
                content_type=CONTENT_TYPE,
                headers=dict(headers),
                # Who says so is asked for once it is a dead letter.
                user_id=user_of(channel),
            ),
            mandatory=mandatory,
            timeout=CONFIRM_SECONDS,
            wait=False,
        )

    async def _renew(self) -> None:
        if time.monotonic() >= self._renew_at:
            # A mark holds the rows of its slots; a renewal beside it would pass over them.
            await self._marked()
            self._slots = await in_thread(self._lease)
            self._renew_at = time.monotonic() + leases.SECONDS / 3

    def _lease(self) -> frozenset[int]:
        with self._db.write() as session:
            return leases.renew(session, self._owner)

    def _release(self) -> None:
        with self._db.write() as session:
            leases.release(session, self._owner)

    def _due(self) -> list[Row]:
        with self._db.read() as session:
            rows = outbox.due(session, self._slots, self._batch + len(self._unmarked))
        return [row for row in rows if row.seq not in self._unmarked][: self._batch]

    def _settle(self, confirmed: list[int], failed: dict[int, int]) -> None:
        # A mark that a power cut takes back is a message sent twice, which its consumers drop.
        with self._db.write(lasting=False) as session:
            outbox.settle(session, confirmed, failed)
        passing(Window.MARKED)

    def _vouch(self) -> Heartbeat:
        now = self._clock()  # before the snapshot
        with self._db.read() as session:
            return outbox.heartbeat(session, now)
