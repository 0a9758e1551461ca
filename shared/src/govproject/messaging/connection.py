"""One connection to the broker with one channel, for as long as it lasts.

Over `amqps` the broker proves who it is, or there is no connection.

Nothing here reconnects: whoever works on the channel is supervised, and starts over with a new one.
That keeps all state of a lost connection from leaking into the next. The channel is the lower-level
one of aiormq, which aio-pika wraps: it spares an object for every message.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import cast

import aio_pika
from aio_pika.abc import AbstractConnection
from aio_pika.exceptions import CONNECTION_EXCEPTIONS
from aiormq.channel import Channel
from yarl import URL

from govproject.messaging import decoding, tls

_CONNECT_SECONDS = 10
_CLOSE_SECONDS = 5
# A peer that vanished without a word is noticed after about three of these.
_HEARTBEAT_SECONDS = 20


class BrokenChannelError(Exception):
    """The broker, or the way to it, ended the channel."""


async def connect(url: str, name: str) -> AbstractConnection:
    """Connect.

    Raises:
        OSError, AMQPError, TimeoutError: the broker is away, or is not whom it should be.
    """
    decoding.tolerate()
    address = URL(url)
    if "heartbeat" not in address.query:
        address = address.update_query(heartbeat=_HEARTBEAT_SECONDS)
    connection = aio_pika.Connection(
        address,
        client_properties={"connection_name": name},
        # Never the client's own: an address could switch that one's verification off.
        ssl_context=await asyncio.to_thread(tls.context, url),
    )
    try:
        await connection.connect(timeout=_CONNECT_SECONDS)
    except BaseException:
        # One that is still open when it is collected closes itself, in whichever thread that is.
        await _close(connection)
        raise
    return connection


async def _close(connection: AbstractConnection) -> None:
    # Closing what is broken already may fail in as many ways.
    with suppress(*CONNECTION_EXCEPTIONS, TimeoutError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            await connection.close()


@asynccontextmanager
async def open_channel(
    url: str, name: str, *, wake: asyncio.Event, confirms: bool = False
) -> AsyncIterator[Channel]:
    """Connect, and close on leaving.

    Args:
        url: of the broker, with what `tls.context` reads.
        name: shown in the broker's list of connections.
        wake: set when the channel ends by itself; `check` then says why.
        confirms: whether the broker shall confirm what is published, and refuse by raising.
    """
    connection = await connect(url, name)
    try:
        # aio-pika's own channel must be held on to, or it is collected and closed.
        holder = connection.channel(publisher_confirms=confirms, on_return_raises=confirms)
        await holder.initialize(timeout=_CONNECT_SECONDS)
        channel = cast("Channel", await holder.get_underlay_channel())
        channel.closing.add_done_callback(lambda _: wake.set())
        yield channel
    finally:
        await _close(connection)


def check(channel: Channel) -> None:
    """Raise unless the channel is open.

    Raises:
        BrokenChannelError: with the reason, as far as the broker gave one.
    """
    if channel.is_closed:
        closing = channel.closing
        reason = closing.exception() if closing.done() and not closing.cancelled() else None
        raise BrokenChannelError(str(reason or "the broker closed the channel"))


def user_of(channel: Channel) -> str:
    """The broker user that the channel was opened as."""
    return channel.connection.url.user or "guest"
