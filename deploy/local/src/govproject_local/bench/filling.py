"""Puts messages into the consumer's queue before anybody reads it."""

import asyncio
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from aiormq.channel import Channel
from pamqp import commands

from govproject.messaging.connection import open_channel
from govproject.messaging.envelope import CONTENT_TYPE
from govproject_local.bench.messages import EXCHANGE, FOLLOWING, PRODUCING, TYPE, Message

T = TypeVar("T")

_GROUP = 500
_PERSISTENT = 2


async def declare(amqp_url: str) -> None:
    """Make the producer's exchanges and the consumer's queue, as the library does."""
    async with open_channel(amqp_url, "bench", wake=asyncio.Event()) as channel:
        await PRODUCING.declare_exchanges(channel)
        await FOLLOWING.declare(channel)


async def fill(amqp_url: str, messages: Iterable[Message]) -> None:
    """Publish; when this returns, the broker has confirmed them all."""
    await declare(amqp_url)
    async with open_channel(amqp_url, "bench", wake=asyncio.Event(), confirms=True) as channel:
        for group in groups(messages, _GROUP):
            await send(channel, group)


async def send(channel: Channel, messages: Iterable[Message]) -> None:
    """Publish at once; when this returns, the broker has confirmed them all."""
    await asyncio.gather(
        *(
            channel.basic_publish(
                message.body,
                exchange=EXCHANGE,
                routing_key=message.routing_key,
                properties=properties(message),
                mandatory=True,
                wait=False,
            )
            for message in messages
        )
    )


def groups(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, so many at a time.

    >>> list(groups("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(items)
    while group := list(islice(rest, size)):
        yield group


def properties(message: Message) -> commands.Basic.Properties:
    """What the relay sends along."""
    return commands.Basic.Properties(
        content_type=CONTENT_TYPE,
        delivery_mode=_PERSISTENT,
        message_id=str(message.event_id),
        message_type=TYPE,
        headers=dict(message.headers),
    )
