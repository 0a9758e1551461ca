"""From an outbox that is full to the last event that is marked as published."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from uuid import UUID

from govproject.clock import system_clock
from govproject.messaging import outbox
from govproject.messaging.threads import in_thread
from govproject.persistence.database import Database
from govproject_local.bench import messages
from govproject_local.bench.filling import declare, groups
from govproject_local.bench.stage import Settings, Stage
from govproject_local.bench.watch import PUBLISHED, Measured, Watch, until

_TRANSACTION = 1000


async def raw(stage: Stage, count: int) -> Measured:
    """How fast messages can be published and confirmed at all."""
    return await _said(stage, count, "raw")


async def one_by_one(stage: Stage, count: int) -> Measured:
    """Waiting for each."""
    return await _said(stage, count, "one_by_one")


async def faststream(stage: Stage, count: int) -> Measured:
    """FastStream."""
    return await _said(stage, count, "fast_stream")


async def ours(stage: Stage, count: int) -> Measured:
    """The library."""
    with stage.database() as url:
        await in_thread(append, url, messages.projects(), count)
        return await emptied(stage, url, count)


async def emptied(stage: Stage, url: str, count: int, *, before: int = 0) -> Measured:
    """Let the library's relay empty an outbox.

    Args:
        stage: where.
        url: the database's address.
        count: how many events wait in its outbox.
        before: how many have left it already.
    """
    async with stage.vhost() as amqp_url:
        await declare(amqp_url)
        with closing(Watch(url)) as watch:
            settings = Settings(amqp_url, url, count)
            async with stage.contender("publishers.ours:run", settings) as contender:
                return await contender.during(until(watch, PUBLISHED, before, before + count))


async def _said(stage: Stage, count: int, name: str) -> Measured:
    async with stage.vhost() as amqp_url:
        await declare(amqp_url)
        settings = Settings(amqp_url, messages=count)
        async with stage.contender(f"publishers.{name}:run", settings) as contender:
            await contender.ended()
            return Measured(**await contender.spoken())


def append(url: str, streams: Sequence[UUID], count: int) -> None:
    """Fill an outbox, as handlers do but many in a transaction."""
    db = Database(url)
    for some in groups(range(count), _TRANSACTION):
        with db.write() as session:
            for index in some:
                now = system_clock()
                outbox.append(
                    session,
                    messages.event(streams[index % len(streams)], now),
                    now=now,
                    request_id=messages.REQUEST_ID,
                    traceparent=messages.TRACEPARENT,
                )
    db.dispose()


CONTENDERS: dict[str, Callable[[Stage, int], Awaitable[Measured]]] = {
    "raw": raw,
    "ours": ours,
    "one_by_one": one_by_one,
    "faststream": faststream,
}
