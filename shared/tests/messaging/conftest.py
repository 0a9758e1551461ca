"""A producer called intake, a consumer called review, and what the consumer's handler leaves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

import aio_pika
import pytest
from prometheus_client import CollectorRegistry
from sqlmodel import Field, Session, SQLModel, col, select

from govproject.clock import SHANGHAI
from govproject.contracts.intake import ProjectPlanAdopted, ProjectRegistered
from govproject.ids import new_id
from govproject.messaging import Delivery, Messaging, TransientError, outbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.persistence.database import Database
from govproject.persistence.tables import table_registry

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
WITHIN = 30.0


class Table(SQLModel, registry=table_registry()):
    pass


class Effect(Table, table=True):
    """One row an effect: a second one of the same event would show."""

    id: int | None = Field(default=None, primary_key=True)
    project_id: UUID
    number: int


@dataclass
class Review:
    """A consumer whose handler can be told to fail, by number."""

    db: Database
    bad: set[int] = field(default_factory=set)
    later: set[int] = field(default_factory=set)
    now: datetime = NOW

    def __post_init__(self) -> None:
        with self.db.write() as session:
            Table.metadata.create_all(session.connection())

    @property
    def handlers(self):
        return {ProjectPlanAdopted: self.on_plan_adopted}

    def clock(self) -> datetime:
        return self.now

    def on_plan_adopted(
        self, session: Session, event: ProjectPlanAdopted, delivery: Delivery
    ) -> None:
        session.add(Effect(project_id=event.project_id, number=event.plan_year))
        session.flush()
        if event.plan_year in self.bad:
            raise RuntimeError("cannot be applied")
        if event.plan_year in self.later:
            raise TransientError("not yet")

    def effects(self, project_id: UUID) -> list[int]:
        with self.db.read() as session:
            effects = session.exec(
                select(Effect).where(Effect.project_id == project_id).order_by(col(Effect.id))
            ).all()
        return [effect.number for effect in effects]


@pytest.fixture
def review(db) -> Review:
    return Review(db)


def event(project_id: UUID, number: int) -> ProjectPlanAdopted:
    """An event that the consumer handles; the number tells which."""
    return ProjectPlanAdopted(project_id=project_id, plan_year=number, adopted_at=NOW)


def envelope(project_id: UUID, number: int, **changes) -> Envelope:
    """The number-th event of a project's stream."""
    made = Envelope(
        event_id=new_id(),
        source="intake",
        ce_type=type_of(ProjectPlanAdopted),
        aggregate_type="project",
        aggregate_id=str(project_id),
        aggregate_seq=number,
        time=NOW,
        body=event(project_id, number).model_dump_json().encode(),
    )
    return replace(made, **changes)


def arrival(envelope: Envelope, **changes) -> Arrival:
    """An event as it comes out of a queue."""
    made = Arrival(source="intake", headers=envelope.headers(), body=envelope.body)
    return replace(made, **changes)


def uninteresting(project_id: UUID, number: int) -> Envelope:
    """An event that is known, but that the consumer has no handler for."""
    return envelope(
        project_id,
        number,
        ce_type=type_of(ProjectRegistered),
        body=ProjectRegistered(
            project_id=project_id, city_system_ref=f"R-{number}", registered_at=NOW
        )
        .model_dump_json()
        .encode(),
    )


def append(db: Database, project_id: UUID, *numbers: int) -> None:
    """Write events to the outbox, one transaction each."""
    for number in numbers:
        with db.write() as session:
            outbox.append(session, event(project_id, number), now=NOW)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that must come."""
    async with asyncio.timeout(WITHIN):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.02)


@dataclass
class Suite:
    """Runs messaging of services on a real broker."""

    amqp_url: str

    @asynccontextmanager
    async def intake(self, db: Database, **options) -> AsyncIterator[Messaging]:
        async with self._running("intake", db, {}, (), lambda: NOW, options) as messaging:
            yield messaging

    @asynccontextmanager
    async def review(self, review: Review, **options) -> AsyncIterator[Messaging]:
        async with self._running(
            "review", review.db, review.handlers, ("intake",), review.clock, options
        ) as messaging:
            yield messaging

    @asynccontextmanager
    async def _running(self, name, db, handlers, follows, clock, options):
        ready = options.pop("ready", True)
        options.setdefault("registry", CollectorRegistry())
        messaging = Messaging(
            name, self.amqp_url, db, handlers, follows, clock=clock, **options
        )
        await messaging.start()
        try:
            if ready:
                await until(lambda: healthy(messaging))
            yield messaging
        finally:
            await messaging.stop()

    @asynccontextmanager
    async def channel(self):
        """A channel for looking at the broker, and for publishing by hand."""
        async with (
            await aio_pika.connect(self.amqp_url) as connection,
            connection.channel() as channel,
        ):
            yield channel

    async def publish(self, *envelopes: Envelope, **changes) -> None:
        """Publish by hand, as the producer would."""
        async with self.channel() as channel:
            for one in envelopes:
                await send(channel, one, **changes)


async def send(channel, one: Envelope, *, headers=None, body=None) -> None:
    exchange = await channel.get_exchange(f"govproject.{one.source}")
    message = aio_pika.Message(
        one.body if body is None else body,
        headers=one.headers() if headers is None else headers,
        delivery_mode=2,
    )
    await exchange.publish(message, routing_key="project.plan_adopted.v1.0")


def healthy(messaging: Messaging) -> bool:
    return set(messaging.health().values()) == {None}


@pytest.fixture
def suite(amqp_url) -> Suite:
    return Suite(amqp_url)


@pytest.fixture
def intake_db(sqlite_db) -> Database:
    return sqlite_db("intake")


LONG_AGO = timedelta(days=400)
