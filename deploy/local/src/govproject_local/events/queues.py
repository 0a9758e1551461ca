"""How much waits in the broker, read without taking anything out."""

from typing import NamedTuple

import aio_pika
from aio_pika.abc import AbstractConnection
from aio_pika.exceptions import ChannelNotFoundEntity

from govproject.errors import PrerequisiteError
from govproject.messaging.topology import dead_letter_queue, queue

_SECONDS = 5


class Depth(NamedTuple):
    """A queue, the messages that wait in it, and how many read from it."""

    queue: str
    messages: int
    consumers: int


async def depths(url: str, services: list[str]) -> list[Depth]:
    """The queues of these services, as far as they exist.

    Raises:
        PrerequisiteError: the broker does not answer.
    """
    try:
        async with await aio_pika.connect(url, timeout=_SECONDS) as connection:
            return [depth for name in services for depth in await _of(connection, name)]
    except (OSError, TimeoutError, ValueError, aio_pika.exceptions.AMQPError) as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise PrerequisiteError(f"the broker does not answer ({reason}): check --broker") from error


async def _of(connection: AbstractConnection, service: str) -> list[Depth]:
    found = []
    partition = 0
    while depth := await _depth(connection, queue(service, partition)):
        found.append(depth)
        partition += 1
    if depth := await _depth(connection, dead_letter_queue(service)):
        found.append(depth)
    return found


async def _depth(connection: AbstractConnection, name: str) -> Depth | None:
    # Not `basic.get`: a queue with a single active consumer refuses it. The broker answers "there
    # is none" by closing the channel, so each is asked on its own.
    channel = await connection.channel()
    try:
        declared = await channel.declare_queue(name, passive=True)
    except ChannelNotFoundEntity:
        return None
    await channel.close()
    result = declared.declaration_result
    return Depth(name, result.message_count or 0, result.consumer_count or 0)
