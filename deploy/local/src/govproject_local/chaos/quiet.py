"""Waits until nothing is on its way any more, or nothing moves that still is."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import aio_pika
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from govproject.contracts import FOLLOWERS
from govproject.messaging import topology
from govproject.persistence.tables import Inbox, Outbox, core
from govproject_local.chaos.journal import EFFECT
from govproject_local.chaos.stage import Stage

_OUTBOX = core(Outbox)
_INBOX = core(Inbox)

_POLL_SECONDS = 0.5
_AT_REST_SECONDS = 3.0
_LONGEST_SECONDS = 600.0


class State(NamedTuple):
    """How far the work has got, in all services together."""

    written: int
    unpublished: int
    expected: int
    """Applications: one for every event and follower."""
    applied: int
    kept: int
    queued: int

    @property
    def done(self) -> bool:
        """Whether everything has arrived everywhere."""
        return self.applied >= self.expected and not (self.unpublished or self.kept or self.queued)


async def until_quiet(stage: Stage, progress: Callable[[str], None], *, stuck_after: float) -> bool:
    """Wait until all is done and stays so for a while; False when it does not come to that.

    Args:
        stage: where the work was.
        progress: gets a sentence now and then.
        stuck_after: seconds without any change after which no more is to be expected.
    """
    began = changed = told = time.monotonic()
    last: State | None = None
    while True:
        state = await _state(stage)
        now = time.monotonic()
        # Heartbeats come and go in the queues: they are no movement.
        if (moved := state and state._replace(queued=0)) != last:
            last, changed = moved, now
        if state is not None and state.done and now - changed > _AT_REST_SECONDS:
            return True
        if now - changed > stuck_after or now - began > _LONGEST_SECONDS:
            progress(f"nothing moves any more: {state}")
            return False
        if now - told > 5:  # noqa: PLR2004  # seconds
            told = now
            progress(f"waiting for rest: {state}")
        await asyncio.sleep(_POLL_SECONDS)


async def _state(stage: Stage) -> State | None:
    """None while a database or the broker is not up."""
    try:
        found = await asyncio.to_thread(_databases, stage.databases)
        queued = await _queued(stage.amqp_url)
    except (SQLAlchemyError, OSError, aio_pika.exceptions.AMQPError):
        return None
    return found._replace(queued=queued)


def _databases(databases: Mapping[str, str]) -> State:
    total = State(0, 0, 0, 0, 0, 0)
    for service, url in databases.items():
        engine = create_engine(url)
        try:
            with engine.connect() as connection:
                written, published, applied, kept = (
                    connection.execute(statement).scalar_one()
                    for statement in (
                        select(func.count()).select_from(_OUTBOX),
                        select(func.count(_OUTBOX.c.published_at)),
                        select(func.count()).select_from(EFFECT),
                        select(func.count()).where(_INBOX.c.finished_at.is_(None)),
                    )
                )
        finally:
            engine.dispose()
        total = State(
            total.written + written,
            total.unpublished + written - published,
            total.expected + written * len(FOLLOWERS[service]),
            total.applied + applied,
            total.kept + kept,
            0,
        )
    return total


async def _queued(amqp_url: str) -> int:
    """Messages that wait in the services' queues, heartbeats included."""
    connection = await aio_pika.connect(amqp_url, timeout=10)
    async with connection:
        channel = await connection.channel()
        total = 0
        for consumer in FOLLOWERS:
            for name in (topology.queue(consumer, 0), topology.dead_letter_queue(consumer)):
                declared = await channel.declare_queue(name, passive=True)
                total += declared.declaration_result.message_count or 0
        return total
