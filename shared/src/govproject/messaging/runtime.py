"""Puts a service's messaging together and keeps it running."""

import asyncio
from datetime import timedelta

from prometheus_client import CollectorRegistry
from sqlmodel import Session

from govproject.clock import Clock
from govproject.messaging import dead_letters, inbox, outbox, watermark
from govproject.messaging.checkpoints import Checkpointer
from govproject.messaging.consumer import Consumer
from govproject.messaging.delivery import Handlers
from govproject.messaging.envelope import Arrival
from govproject.messaging.housekeeping import Housekeeper
from govproject.messaging.metrics import Metrics
from govproject.messaging.relay import Relay
from govproject.messaging.retry import Retrier
from govproject.messaging.supervise import Supervised
from govproject.messaging.topology import Topology, dead_letter_queue, queue
from govproject.messaging.windows import Window, passing
from govproject.persistence.database import Database

_STOP_SECONDS = 10.0
RETENTION = timedelta(days=7)


class Messaging:
    """A service's relay, consumers and helpers.

    Args:
        service: its name, as producer and as consumer.
        amqp_url: of the broker.
        db: its database, migrated.
        handlers: what it does on each event.
        follows: the producers whose events it consumes.
        registry: where its metrics go.
        clock: its clock.
        partitions: how many queues its consumer is split into.
        required: consumers that must not miss any of its events. Nothing is published until their
            queues exist.
        retention: how long published and consumed events stay in the database, at least a day.
    """

    def __init__(
        self,
        service: str,
        amqp_url: str,
        db: Database,
        handlers: Handlers,
        follows: tuple[str, ...],
        *,
        registry: CollectorRegistry,
        clock: Clock,
        partitions: int = 1,
        required: tuple[str, ...] = (),
        retention: timedelta = RETENTION,
    ) -> None:
        self._service = service
        self._amqp_url = amqp_url
        self._db = db
        self._handlers = handlers
        self._clock = clock
        self._metrics = Metrics(registry, db, service, clock)
        self._topology = Topology(service, follows, partitions)
        self._relay = Relay(db, amqp_url, self._topology, clock, self._metrics, required)
        self._publishing = [
            Supervised("publisher", self._relay),
            Supervised("purge", Housekeeper(db, retention)),
            *([Supervised("checkpoints", Checkpointer(db))] if db.dialect == "sqlite" else ()),
        ]
        self._consuming: list[Supervised] = []
        if follows:
            self._consuming = [
                *(Supervised(f"consumer {i}", self._consumer(i)) for i in range(partitions)),
                Supervised("dead letters", self._bridge()),
                Supervised("retries", Retrier(db, service, handlers, clock)),
            ]

    async def start(self) -> None:
        """Begin to connect, and return at once; `health` tells when everything works."""
        loop = asyncio.get_running_loop()

        def wake(session: Session) -> None:
            if not outbox.has_appended(session):
                return
            passing(Window.COMMITTED)
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._relay.wake)

        self._db.on_commit(wake)
        for worker in (*self._publishing, *self._consuming):
            worker.start()

    async def stop_consuming(self) -> None:
        """Take no more messages: finish and acknowledge the batch at hand. HTTP may go on."""
        await asyncio.gather(*(worker.stop(_STOP_SECONDS) for worker in self._consuming))

    async def stop(self) -> None:
        """Stop consuming, publish what is left if the broker takes it soon, and disconnect."""
        await self.stop_consuming()
        await asyncio.gather(*(worker.stop(_STOP_SECONDS) for worker in self._publishing))

    def health(self) -> dict[str, str | None]:
        """What is wrong with each part, in a sentence; None when it works."""
        return {worker.name: worker.reason for worker in (*self._publishing, *self._consuming)}

    def _consumer(self, partition: int) -> Consumer:
        def work(arrivals: list[Arrival]) -> None:
            outcomes = inbox.process(
                self._db,
                self._service,
                self._handlers,
                arrivals,
                clock=self._clock,
                partition=partition,
                partitions=self._topology.partitions,
            )
            for outcome, count in outcomes.items():
                self._metrics.received.labels(outcome).inc(count)

        return Consumer(
            self._amqp_url, self._topology, queue(self._service, partition), self._expect, work
        )

    def _bridge(self) -> Consumer:
        def work(arrivals: list[Arrival]) -> None:
            dead_letters.keep(self._db, self._service, arrivals, clock=self._clock)

        return Consumer(
            self._amqp_url, self._topology, dead_letter_queue(self._service), self._expect, work
        )

    def _expect(self) -> None:
        with self._db.write() as session:
            watermark.expect(
                session, self._service, self._topology.follows, self._topology.partitions
            )
