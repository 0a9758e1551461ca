"""A producer called intake, a consumer called review, and what the consumer's handler leaves.

Test files are not packages: helpers come as fixtures, but for what `strange` makes messages of.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import aio_pika
import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel, col, select
from yarl import URL

from govproject.clock import SHANGHAI
from govproject.contracts.intake import ProjectPlanAdopted, ProjectRegistered
from govproject.ids import new_id
from govproject.messaging import (
    Delivery,
    Messaging,
    TransientError,
    heartbeat,
    inbox,
    operations,
    outbox,
)
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.topology import SLOTS, Topology, slot
from govproject.persistence.database import Database
from govproject.persistence.tables import table_registry

WITHIN_SECONDS = 60
PROJECT = UUID(int=7)


class Table(SQLModel, registry=table_registry()):
    pass


class Effect(Table, table=True):
    """One row an effect: a second one of the same event would show."""

    id: int | None = Field(default=None, primary_key=True)
    project_id: UUID
    number: int


class Events:
    """Makes events of one project's stream; the number is its place, and its content as well."""

    NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)

    def event(self, project_id: UUID, number: int) -> ProjectPlanAdopted:
        return ProjectPlanAdopted(project_id=project_id, plan_year=number, adopted_at=self.NOW)

    def envelope(self, project_id: UUID, number: int, **changes: Any) -> Envelope:
        made = Envelope(
            event_id=new_id(),
            source="intake",
            ce_type=type_of(ProjectPlanAdopted),
            aggregate_type="project",
            aggregate_id=str(project_id),
            aggregate_seq=number,
            time=self.NOW,
            body=self.event(project_id, number).model_dump_json().encode(),
        )
        return made._replace(**changes)

    def uninteresting(self, project_id: UUID, number: int) -> Envelope:
        """Known, but the consumer has no handler for it."""
        content = ProjectRegistered(
            project_id=project_id, city_system_ref=f"R-{number}", registered_at=self.NOW
        )
        return self.envelope(
            project_id,
            number,
            ce_type=type_of(ProjectRegistered),
            body=content.model_dump_json().encode(),
        )

    def arrival(self, envelope: Envelope, **changes: Any) -> Arrival:
        """As it comes out of a queue."""
        return Arrival("intake", envelope.headers(), envelope.body)._replace(**changes)

    def beat(
        self, as_of: datetime = NOW, *, published: Mapping[UUID, int] | None = None
    ) -> Arrival:
        """A heartbeat of intake, as it comes out of a queue; `published` is by project."""
        counts = [0] * SLOTS
        for project_id, count in (published or {}).items():
            counts[slot(str(project_id))] += count
        headers, body = heartbeat.message("intake", Heartbeat(as_of, tuple(counts)))
        return Arrival("intake", headers, body)

    def append(self, db: Database, project_id: UUID, *numbers: int) -> None:
        """Write to the outbox, one transaction each."""
        for number in numbers:
            with db.write() as session:
                outbox.append(session, self.event(project_id, number), now=self.NOW)


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def arrive(events):
    """The n-th event of the project, as it arrives; the same one each time it is asked for."""
    made = {}

    def arrive(number, project_id=PROJECT, **changes: Any):
        key = project_id, number
        made.setdefault(key, events.envelope(project_id, number))
        return events.arrival(made[key], **changes)

    return arrive


@dataclass
class Review:
    """A consumer whose handler can be told to fail, by number."""

    db: Database
    bad: set[int] = field(default_factory=set)
    later: set[int] = field(default_factory=set)
    now: datetime = Events.NOW
    deliveries: list[Delivery] = field(default_factory=list)

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
        self.deliveries.append(delivery)
        session.add(Effect(project_id=event.project_id, number=event.plan_year))
        session.flush()
        if event.plan_year in self.bad:
            raise RuntimeError("cannot be applied")
        if event.plan_year in self.later:
            raise TransientError("not yet")

    def process(self, *arrivals: Arrival, **options: Any) -> dict[str, int]:
        outcomes = inbox.process(
            self.db, "review", self.handlers, arrivals, clock=self.clock, **options
        )
        return {outcome.value: count for outcome, count in outcomes.items()}

    def effects(self, project_id: UUID) -> list[int]:
        with self.db.read() as session:
            rows = session.exec(
                select(Effect).where(Effect.project_id == project_id).order_by(col(Effect.id))
            ).all()
        return [row.number for row in rows]

    def backlog(self, project_id: UUID) -> int:
        with self.db.read() as session:
            return inbox.backlog(session, "review", str(project_id))

    def parked(self) -> list[operations.ParkedEvent]:
        with self.db.read() as session:
            return operations.parked(session, "review", operations.Filter(), limit=100)[0]

    def replay(self, event_id: UUID) -> None:
        self._act(operations.replay, event_id)

    def skip(self, event_id: UUID) -> None:
        self._act(operations.skip, event_id)

    def _act(self, act: Callable[..., object], event_id: UUID) -> None:
        with self.db.write() as session:
            act(
                session,
                "review",
                operations.Selection(ids=(event_id,)),
                operations.Order("ops", "agreed with the bureau", self.now),
            )

    def inbox_rows(self) -> list[tuple[int, str, bool]]:
        """Number, state, and whether the content is still there."""
        with self.db.read() as session:
            return [
                (number, state, body is not None)
                for number, state, body in session.execute(
                    text("SELECT aggregate_seq, state, body FROM inbox ORDER BY aggregate_seq")
                )
            ]


@pytest.fixture
def review(db) -> Review:
    return Review(db)


@pytest.fixture
def sqlite_review(sqlite_db) -> Review:
    return Review(sqlite_db("review"))


async def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that must come."""
    async with asyncio.timeout(WITHIN_SECONDS):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110  # what others do
            await asyncio.sleep(0.02)


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], Awaitable[None]]:
    return wait_until


class Line:
    """The way to the broker, which can be cut and mended."""

    def __init__(self, url: URL) -> None:
        self._broker = url
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None] | None] = set()
        self._port = 0
        self.passed = 0

    @property
    def url(self) -> str:
        return str(self._broker.with_host("127.0.0.1").with_port(self._port))

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """End all connections without a word, and refuse new ones until mended."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.disturb()
        # What is left open when the loop ends is an error in whichever test runs then.
        while self._passing:  # noqa: ASYNC110  # what others do
            await asyncio.sleep(0)

    def disturb(self) -> None:
        """End all connections without a word."""
        for end in list(self._ends):
            end.transport.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passing = asyncio.current_task()
        self._passing.add(passing)
        try:
            there = await asyncio.open_connection(self._broker.host, self._broker.port)
        except OSError:
            writer.transport.abort()
        else:
            ends = {writer, there[1]}
            self._ends |= ends
            if self._server is None:  # cut meanwhile
                self.disturb()
            else:
                self.passed += 1
            await asyncio.gather(self._pass(reader, there[1]), self._pass(there[0], writer))
            self._ends -= ends
        finally:
            self._passing.discard(passing)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


@pytest.fixture
async def line(amqp_url) -> AsyncIterator[Line]:
    line = Line(URL(amqp_url))
    await line.mend()
    yield line
    await line.cut()


@dataclass
class Suite:
    """Runs the messaging of services on a real broker."""

    amqp_url: str
    until = staticmethod(wait_until)

    @asynccontextmanager
    async def intake(self, db: Database, **options: Any) -> AsyncIterator[Messaging]:
        def clock() -> datetime:
            return Events.NOW

        async with self._running("intake", db, {}, (), clock, **options) as messaging:
            yield messaging

    @asynccontextmanager
    async def review(self, review: Review, **options: Any) -> AsyncIterator[Messaging]:
        async with self._running(
            "review", review.db, review.handlers, ("intake",), review.clock, **options
        ) as messaging:
            yield messaging

    @asynccontextmanager
    async def _running(
        self, name, db, handlers, follows, clock, *, ready=True, url=None, **options: Any
    ):
        options.setdefault("registry", CollectorRegistry())
        await self.declare(Topology(name, follows, options.get("partitions", 1)))
        messaging = Messaging(
            name, url or self.amqp_url, db, handlers, follows, clock=clock, **options
        )
        await messaging.start()
        try:
            if ready:
                await wait_until(lambda: self.healthy(messaging))
            yield messaging
        finally:
            await messaging.stop()

    def healthy(self, messaging: Messaging) -> bool:
        return set(messaging.health().values()) == {None}

    async def until_count(self, queue: str, count: int) -> None:
        """Wait until a queue holds so many messages."""
        async with asyncio.timeout(WITHIN_SECONDS):
            while await self.count(queue) != count:  # noqa: ASYNC110  # what the broker does
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def channel(self):
        """A channel for looking at the broker."""
        async with (
            await aio_pika.connect(self.amqp_url) as connection,
            connection.channel() as channel,
        ):
            yield channel

    async def declare(self, topology: Topology) -> None:
        """Declare a service's part, after the exchanges that it follows."""
        async with self.channel() as channel:
            own = await channel.get_underlay_channel()
            for producer in topology.follows:
                await Topology(producer, (), 1).declare_exchanges(own)
            await topology.declare(own)

    async def count(self, queue: str) -> int:
        """Messages ready in a queue."""
        async with self.channel() as channel:
            declared = await channel.declare_queue(queue, passive=True)
            return declared.declaration_result.message_count

    async def publish(self, *messages: tuple[dict, bytes], key="project.plan_adopted.v1.0") -> None:
        """Publish by hand, as intake would."""
        async with self.channel() as channel:
            exchange = await channel.get_exchange("govproject.intake")
            for headers, body in messages:
                user = URL(self.amqp_url).user
                message = aio_pika.Message(body, headers=headers, delivery_mode=2, user_id=user)
                await exchange.publish(message, routing_key=key)


@pytest.fixture
def suite(amqp_url) -> Suite:
    return Suite(amqp_url)


@pytest.fixture
def intake_db(sqlite_db) -> Database:
    return sqlite_db("intake")
