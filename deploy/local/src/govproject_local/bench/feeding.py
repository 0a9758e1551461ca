"""Keeps the consumer's queue short but never empty, until enough has gone through it."""

import asyncio

from aiormq.channel import Channel

from govproject.messaging.connection import open_channel
from govproject_local.bench import messages
from govproject_local.bench.filling import groups, send
from govproject_local.bench.messages import QUEUE
from govproject_local.bench.stage import Settings

_GROUP = 500
_ENOUGH = 5_000
_PAUSE_SECONDS = 0.05


async def run(settings: Settings) -> None:
    """Publish so many messages, a group whenever there is room for it."""
    async with open_channel(settings.amqp_url, "bench", wake=asyncio.Event(), confirms=True) as to:
        every = messages.messages(settings.messages, messages.projects())
        for group in groups(every, _GROUP):
            while await _waiting(to) > _ENOUGH:  # noqa: ASYNC110 - another process
                await asyncio.sleep(_PAUSE_SECONDS)
            await send(to, group)


async def _waiting(channel: Channel) -> int:
    declared = await channel.queue_declare(QUEUE, passive=True)
    return declared.message_count or 0
