"""Whether an event costs more once a million others have gone before."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import NamedTuple

from govproject.messaging.threads import in_thread
from govproject_local.bench import consume, history, messages, publish
from govproject_local.bench.filling import fill
from govproject_local.bench.stage import Stage


class Cost(NamedTuple):
    """Seconds an event."""

    publish: float
    consume: float

    @property
    def event(self) -> float:
        """Of its whole way."""
        return self.publish + self.consume


class Grown:
    """Databases with a past."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._of: dict[int, tuple[history.History, str]] = {}

    async def cost(self, size: int, count: int) -> Cost:
        """What each of `count` new events costs after `size` others."""
        past, url = self._of[size]
        streams = past.going_on()
        with self._stage.copy(url) as copied:
            await in_thread(publish.append, copied, streams, count)
            sent = await publish.emptied(self._stage, copied, count, before=size)
            async with self._stage.vhost() as amqp_url:
                await fill(amqp_url, messages.messages(count, streams, after=past.each))
                received = await consume.emptied(self._stage, amqp_url, copied, count)
        return Cost(1 / sent.rate, 1 / received.rate)

    async def grow(self, size: int, url: str) -> None:
        """Give a database a past."""
        past = history.past(size)
        await history.write(url, past)
        self._of[size] = past, url


@asynccontextmanager
async def grown(stage: Stage, sizes: tuple[int, ...]) -> AsyncIterator[Grown]:
    """Databases with pasts of these sizes; they are deleted on leaving."""
    made = Grown(stage)
    with ExitStack() as databases:
        for size in sizes:
            await made.grow(size, databases.enter_context(stage.database()))
        yield made
