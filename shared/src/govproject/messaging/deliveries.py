"""Deliveries taken as they come off the connection.

The client library hands each frame to the channel's reader through a queue, and begins a task for
each message, which took about two fifths of an event's time (decisions/0013). Here a message is put
together as its frames arrive, and everything else goes on to the reader as before.
"""

from collections.abc import Callable
from typing import Any

from aiormq.abc import DeliveredMessage
from aiormq.channel import Channel
from pamqp import commands
from pamqp.body import ContentBody
from pamqp.header import ContentHeader

Take = Callable[[DeliveredMessage], None]
"""Takes a message, at once: whatever takes time is done later and elsewhere."""


def divert(channel: Channel, take: Take) -> None:
    """Have all deliveries of a channel taken, from now on, before its reader sees them."""
    pass_on = channel.frames.put
    delivery: commands.Basic.Deliver | None = None
    header = ContentHeader()
    parts: list[bytes] = []
    missing = 0

    async def put(item: tuple[int, Any]) -> None:
        nonlocal delivery, header, missing
        frame = item[1]
        if delivery is None:
            if isinstance(frame, commands.Basic.Deliver):
                delivery = frame
            else:
                await pass_on(item)
            return
        match frame:
            case ContentHeader():
                header, missing = frame, frame.body_size
            case ContentBody():
                parts.append(frame.value)
                missing -= len(frame.value)
            case _:  # the channel ends in the middle of a message, which nobody will see
                delivery = None
                parts.clear()
                await pass_on(item)
                return
        if missing <= 0:
            taken = DeliveredMessage(delivery, header, b"".join(parts), channel)
            delivery = None
            parts.clear()
            take(taken)

    # An attribute of this one queue: the library offers no other place to look at frames.
    channel.frames.put = put  # type: ignore[method-assign]
