"""aio-pika with each confirmation awaited before the next message is sent."""

from govproject_local.bench.publishers import raw
from govproject_local.bench.stage import Settings


async def run(settings: Settings) -> None:
    """Publish so many messages, and say how long it took."""
    await raw.run(settings, group=1)
