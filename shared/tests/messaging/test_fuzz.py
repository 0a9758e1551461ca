"""Messages that nobody should send, to a real consumer: each is accounted for, none does harm.

Two kinds of streams: the sound ones, whose events must take effect once and in order whatever else
is in the queue, and the spoiled ones, which the strange messages claim as their place.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import aio_pika
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, example, given, settings
from sqlalchemy import select
from yarl import URL

from govproject.messaging import dead_letters, heartbeat, inbox, retry
from govproject.messaging.envelope import Arrival, Envelope, UnparsableError
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.streams import CURSOR, INBOX, Stream, stream_of
from govproject.messaging.supervise import Supervised
from govproject.messaging.topology import (
    dead_letter_queue,
    exchange,
    queue,
)
from govproject.persistence.tables import InboxState
from govproject_local.hosted import ALL

from .strange import (
    BUNCH,
    DEAD_LETTERS,
    FATES,
    GIVEN_UP,
    ONE_OF_EACH,
    Kitchen,
    bunches,
    carried,
    uncarried,
)

# Of each property, and on each of two databases.
MESSAGES = 10_000 if ALL in os.environ else 1_000
QUEUE = queue("review", 0)


@dataclass
class Books:
    """Accounts for what arrived."""

    review: Any
    arrived: list[Arrival] = field(default_factory=list)
    totals: Counter[str] = field(default_factory=Counter)

    def close(self) -> int:
        """Find out what became of each message, and begin anew.

        Returns:
            How many there were.

        Raises:
            AssertionError: nobody knows.
        """
        arrived = self.arrived.copy()
        self.arrived.clear()
        read = [(arrival, _read(arrival)) for arrival in arrived]
        places = [one for _, one in read if isinstance(one, Envelope)]
        ids = {arrival.digest() for arrival in arrived} | {one.event_id for one in places}
        with self.review.db.read() as session:
            rows = {
                (row.source, row.event_id): row
                for row in session.execute(select(INBOX).where(INBOX.c.event_id.in_(ids)))
            }
            subjects = {one.aggregate_id for one in places}
            cursors = {
                Stream(row.source, row.aggregate_type, row.aggregate_id): row.last_seq
                for row in session.execute(
                    select(CURSOR).where(CURSOR.c.aggregate_id.in_(subjects))
                )
            }
        for arrival, one in read:
            self.totals[_fate(arrival, one, rows, cursors)] += 1
        return len(arrived)

    def all_tried_again(self) -> bool:
        """True when no dead letter waits although its turn has come."""
        with self.review.db.read() as session:
            return not retry.ready_streams(session, "review")


def _read(arrival: Arrival) -> Envelope | Heartbeat | None:
    try:
        if heartbeat.is_heartbeat(arrival):
            return heartbeat.read(arrival)
        return Envelope.parse(arrival)
    except UnparsableError:
        return None


def _fate(
    arrival: Arrival,
    one: Envelope | Heartbeat | None,
    rows: dict[tuple[str, UUID], Any],
    cursors: dict[Stream, int],
) -> str:
    if isinstance(one, Heartbeat):
        return "heartbeat"
    aside = rows.get((arrival.source, arrival.digest()))
    if aside is not None:
        assert (aside.aggregate_seq, aside.state) == (0, InboxState.PARKED)
        assert aside.error
        return "parked, unplaced"
    assert one is not None, f"lost: {arrival}"
    assert arrival.source, f"a message from nobody has a place: {arrival}"
    last = cursors.get(stream_of(one), 0)
    if one.aggregate_seq <= last:
        return "final"
    row = rows.get((arrival.source, one.event_id))
    assert row is not None, f"lost: {arrival}"
    assert (row.aggregate_id, row.aggregate_seq) == (one.aggregate_id, one.aggregate_seq)
    if row.state == InboxState.DEFERRED:
        assert one.aggregate_seq > last + 1, "its turn has come"
        return "deferred"
    assert row.state == InboxState.PARKED
    assert row.error
    return "parked"


FUZZ = settings(
    max_examples=MESSAGES // BUNCH,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def books(review, monkeypatch):
    """Knows every message that the consumer has dealt with."""
    books = Books(review)
    for module, name in ((inbox, "process"), (dead_letters, "keep")):
        monkeypatch.setattr(module, name, _witnessed(getattr(module, name), books.arrived))
    return books


def _witnessed(work: Callable[..., Any], arrived: list[Arrival]) -> Callable[..., Any]:
    def witnessed(*args: Any, **options: Any) -> Any:
        result = work(*args, **options)
        arrived.extend(next(arg for arg in args if isinstance(arg, list)))
        return result

    return witnessed


@pytest.fixture
def sessions(monkeypatch):
    """How often each part of the messaging was started."""
    counts: Counter[str] = Counter()
    session = Supervised._session

    async def counted(self):
        counts[self.name] += 1
        await session(self)

    monkeypatch.setattr(Supervised, "_session", counted)
    return counts


@dataclass
class Wire:
    """Publishes to the running consumer."""

    suite: Any
    portal: BlockingPortal
    messaging: Any
    channel: Any
    exchanges: dict[str, Any]

    def publish(self, messages: list[tuple[str, Arrival]]) -> None:
        self.portal.call(self._publish, messages)

    async def _publish(self, messages: list[tuple[str, Arrival]]) -> None:
        # They go out in this order, and nobody waits for the broker's word on each.
        await asyncio.gather(*(self._send(*message) for message in messages))

    async def _send(self, via: str, arrival: Arrival) -> None:
        message = aio_pika.Message(arrival.body, headers=dict(arrival.headers))
        if via == GIVEN_UP:
            message.headers["x-death"] = [{"exchange": exchange("intake")}]
            message.user_id = URL(self.suite.amqp_url).user
        keys = {"": QUEUE, DEAD_LETTERS: "review", GIVEN_UP: "review"}
        await self.exchanges[via].publish(
            message, routing_key=keys.get(via, "project.plan_adopted.v1.0"), mandatory=True
        )

    def count(self) -> int:
        """Messages in the consumer's queues."""
        names = (QUEUE, dead_letter_queue("review"))
        return sum(self.portal.call(self._count, name) for name in names)

    async def _count(self, name: str) -> int:
        queue = await self.channel.declare_queue(name, passive=True)
        return queue.declaration_result.message_count


@pytest.fixture
def wire(suite, review, books, sessions, monkeypatch):
    monkeypatch.setattr(retry, "_POLL_SECONDS", 0.02)
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(suite.review(review)) as messaging,
        portal.wrap_async_context_manager(suite.channel()) as channel,
    ):
        exchanges = {"": channel.default_exchange}
        for name in (exchange("intake"), DEAD_LETTERS):
            exchanges[name] = portal.call(channel.get_exchange, name)
        exchanges[GIVEN_UP] = exchanges[DEAD_LETTERS]
        yield Wire(suite, portal, messaging, channel, exchanges)


# The consumer, in its thread, may want a random number just when hypothesis looks.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
def test_whatever_is_in_the_queue_every_message_is_accounted_for(
    wire, suite, review, events, books, sessions
):
    started = Counter(sessions)

    @FUZZ
    @example(ONE_OF_EACH)
    @given(bunches(carried))
    def fuzz(bunch):
        kitchen = Kitchen(events)
        wire.publish([kitchen.prepare(recipe) for recipe in bunch])
        wire.portal.call(suite.until, lambda: len(books.arrived) >= len(bunch))
        wire.portal.call(suite.until, books.all_tried_again)
        assert books.close() == len(bunch)
        for project in kitchen.sound:
            assert review.effects(project) == kitchen.numbers(project)
        assert wire.count() == 0
        assert suite.healthy(wire.messaging)

    fuzz()
    assert sessions == started
    assert books.totals.keys() == FATES
    assert books.totals.total() >= MESSAGES


def test_what_the_broker_would_not_carry_is_accounted_for_as_well(review, events):
    books = Books(review)

    @FUZZ
    @example(ONE_OF_EACH)
    @given(bunches(carried | uncarried))
    def fuzz(bunch):
        kitchen = Kitchen(events)
        books.arrived.extend(kitchen.prepare(recipe)[1] for recipe in bunch)
        for sent in (books.arrived[:5], books.arrived[5:]):
            review.process(*sent)
        books.close()
        for project in kitchen.sound:
            assert review.effects(project) == kitchen.numbers(project)

    fuzz()
    assert books.totals.keys() == FATES
    assert books.totals.total() >= MESSAGES
