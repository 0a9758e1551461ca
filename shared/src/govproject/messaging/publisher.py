"""Sends events and waits for the broker's word on each, with many on the way at once.

Wave k is the k-th event of every stream: within a wave nothing has an order, so its confirmations
are awaited together. A stream whose event is not confirmed takes no part in later waves; the other
streams go on.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aiormq.channel import Channel
from pamqp import commands

from govproject.messaging import spans
from govproject.messaging.connection import BrokenChannelError, user_of
from govproject.messaging.envelope import CONTENT_TYPE
from govproject.messaging.outbox import Row
from govproject.messaging.windows import Window, passing

_PERSISTENT = 2


@dataclass(slots=True)
class Result:
    """What the broker said."""

    confirmed: list[int] = field(default_factory=list)
    """The `seq` of what it has taken over."""
    failed: list[tuple[Row, str]] = field(default_factory=list)
    """What it has not, and why: the stream shall wait a while."""
    broken: Exception | None = None
    """Why the channel is of no more use; what is neither confirmed nor failed is unknown."""


async def publish(
    channel: Channel, exchange: str, rows: Sequence[Row], *, confirm_seconds: float, mandatory: bool
) -> Result:
    """Send rows, which are ordered by `seq`, in waves.

    Args:
        channel: with confirmations, and returns that raise.
        exchange: the service's own.
        rows: what to send.
        confirm_seconds: how long to wait for a confirmation.
        mandatory: whether an event that no queue takes is a failure.
    """
    result = Result()
    failed: set[tuple[str, str]] = set()
    for wave in _waves(rows):
        going = [row for row in wave if _stream(row) not in failed]
        answers = await asyncio.gather(
            *(_send(channel, exchange, row, confirm_seconds, mandatory=mandatory) for row in going),
            return_exceptions=True,
        )
        for row, answer in zip(going, answers, strict=True):
            match answer:
                case None:
                    result.confirmed.append(row.seq)
                case TimeoutError():
                    # Not a refusal: the broker may have it. Sent again under its id on this
                    # channel, it could be mistaken for its predecessor; hence a new channel.
                    result.failed.append((row, f"not confirmed within {confirm_seconds:g} s"))
                    result.broken = answer
                case Exception() if channel.is_closed:
                    result.broken = answer
                case Exception():
                    # Refused (a queue is full), returned (no queue is bound), or not even sendable.
                    result.failed.append((row, f"{type(answer).__name__}: {answer}"))
                    failed.add(_stream(row))
                case _:
                    # A lost connection cancels what waits for it; nobody cancelled us.
                    result.broken = BrokenChannelError("the connection was lost")
        if result.broken is not None:
            break
    return result


async def _send(
    channel: Channel, exchange: str, row: Row, confirm_seconds: float, *, mandatory: bool
) -> None:
    with spans.send(exchange, row) as headers:
        await channel.basic_publish(
            row.body,
            exchange=exchange,
            routing_key=row.routing_key,
            properties=commands.Basic.Properties(
                content_type=CONTENT_TYPE,
                delivery_mode=_PERSISTENT,
                message_id=str(row.event_id),
                message_type=row.type,
                headers=headers,
                user_id=user_of(channel),
            ),
            mandatory=mandatory,
            timeout=confirm_seconds,
            # The confirmation says more than that the bytes left this process.
            wait=False,
        )
    passing(Window.PUBLISHED)


def _stream(row: Row) -> tuple[str, str]:
    return row.aggregate_type, row.aggregate_id


def _waves(rows: Sequence[Row]) -> Iterator[list[Row]]:
    streams: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        streams[_stream(row)].append(row)
    for k in range(max(map(len, streams.values()), default=0)):
        yield [stream[k] for stream in streams.values() if k < len(stream)]
