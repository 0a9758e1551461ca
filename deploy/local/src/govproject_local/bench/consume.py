"""From a queue that is full to the last row that is committed."""

from collections.abc import Awaitable, Callable
from contextlib import closing

from govproject_local.bench import messages
from govproject_local.bench.filling import fill
from govproject_local.bench.stage import Settings, Stage
from govproject_local.bench.watch import EFFECTS, Measured, Watch, until


async def limit(stage: Stage, count: int) -> Measured:
    """How fast messages can be read at all."""
    async with stage.vhost() as amqp_url:
        await fill(amqp_url, messages.messages(count, messages.projects()))
        settings = Settings(amqp_url, messages=count)
        async with stage.contender("consumers.limit", settings) as contender:
            return await contender.during(contender.spoken())


async def ours(stage: Stage, count: int) -> Measured:
    """The library."""
    return await _effects(stage, count, "ours", unique=False)


async def plain(stage: Stage, count: int) -> Measured:
    """aio-pika alone."""
    return await _effects(stage, count, "plain", unique=True)


async def _effects(stage: Stage, count: int, name: str, *, unique: bool) -> Measured:
    async with stage.vhost() as amqp_url:
        await fill(amqp_url, messages.messages(count, messages.projects()))
        with stage.database(unique=unique) as url, closing(Watch(url)) as watch:
            settings = Settings(amqp_url, url, count)
            async with stage.contender(f"consumers.{name}", settings) as contender:
                return await contender.during(until(watch, EFFECTS, 0, count))


CONTENDERS: dict[str, Callable[[Stage, int], Awaitable[Measured]]] = {
    "limit": limit,
    "ours": ours,
    "plain": plain,
}
