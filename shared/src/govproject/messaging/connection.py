"""One connection to the broker with one channel, for as long as it lasts.

Nothing here reconnects: whoever works on the channel is supervised, and starts over with a new one.
That keeps all state of a lost connection from leaking into the next. The channel is the lower-level
one of aiormq, which aio-pika wraps: it spares an object for every message.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import aio_pika
from aio_pika.exceptions import CONNECTION_EXCEPTIONS
from aiormq.abc import AbstractChannel
from yarl import URL

_CONNECT_SECONDS = 10
_CLOSE_SECONDS = 5
# A peer that vanished without a word is noticed after about three of these.
_HEARTBEAT_SECONDS = 20


class BrokenChannelError(Exception):
    """The broker, or the way to it, ended the channel."""


@asynccontextmanager
async def open_channel(
    url: str, name: str, *, on_broken: Callable[[], None]
) -> AsyncIterator[AbstractChannel]:
    """Connect, and close on leaving.

    Args:
        url: of the broker.
        name: shown in the broker's list of connections.
        on_broken: called once if the channel ends by itself.

    Raises:
        Exception: whatever prevents it, after `_CONNECT_SECONDS` at the latest.
    """
