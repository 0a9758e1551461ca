"""From a queue that is full to the last row that is committed."""

from collections.abc import Awaitable, Callable
from contextlib import closing

from govproject_local.bench import messages
from govproject_local.bench.filling import fill
from govproject_local.bench.stage import Settings, Stage
from govproject_local.bench.watch import EFFECTS, Measured, Watch, until


async def limit(stage: Stage, count: int) -> Measured:
    """How fast messages can be read at all; there is no effect, so its own word is taken."""
    async with stage.vhost() as amqp_url:
        await fill(amqp_url, messages.messages(count, messages.projects()))
        settings = Settings(amqp_url, messages=count)
        async with stage.contender("consumers.limit:run", settings) as contender:
            return Measured(**await contender.during(contender.spoken()))


async def ours(stage: Stage, count: int) -> Measured:
    """The library."""
    return await _same_queue(stage, count, "ours", unique=False)


async def plain(stage: Stage, count: int) -> Measured:
    """aio-pika alone."""
    return await _same_queue(stage, count, "plain", unique=True)


async def faststream(stage: Stage, count: int) -> Measured:
    """FastStream."""
    return await _same_queue(stage, count, "fast_stream", unique=True)


async def celery(stage: Stage, count: int) -> Measured:
    """Celery."""
    return await _own_queue(stage, count, "celery_worker")


async def dramatiq(stage: Stage, count: int) -> Measured:
    """Dramatiq."""
    return await _own_queue(stage, count, "dramatiq_worker")


async def _same_queue(stage: Stage, count: int, name: str, *, unique: bool) -> Measured:
    async with stage.vhost() as amqp_url:
        await fill(amqp_url, messages.messages(count, messages.projects()))
        with stage.database(unique=unique) as url:
            return await emptied(stage, amqp_url, url, count, name)


async def _own_queue(stage: Stage, count: int, name: str) -> Measured:
    # Task queues have formats of their own: they fill their queues themselves.
    async with stage.vhost() as amqp_url:
        settings = Settings(amqp_url, messages=count)
        async with stage.contender(f"consumers.{name}:fill", settings) as filler:
            await filler.ended()
        with stage.database(unique=True) as url:
            return await emptied(stage, amqp_url, url, count, name)


async def emptied(
    stage: Stage, amqp_url: str, url: str, count: int, name: str = "ours"
) -> Measured:
    """Let a consumer empty the queue.

    Args:
        stage: where.
        amqp_url: the broker's address.
        url: the database's address; it holds no effects yet.
        count: how many messages the queue holds.
        name: the module of the consumer.
    """
    settings = Settings(amqp_url, url, count)
    with closing(Watch(url)) as watch:
        async with stage.contender(f"consumers.{name}:run", settings) as contender:
            return await contender.during(until(watch, EFFECTS, 0, count))


CONTENDERS: dict[str, Callable[[Stage, int], Awaitable[Measured]]] = {
    "limit": limit,
    "ours": ours,
    "plain": plain,
    "faststream": faststream,
    "celery": celery,
    "dramatiq": dramatiq,
}
