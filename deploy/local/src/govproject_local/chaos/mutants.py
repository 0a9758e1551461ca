"""Known mistakes in a delivery protocol, planted to see whether a run finds them.

Each is planted from here, by replacing documented functions in the process at hand; the product
has no switch for any of them. With each goes where a process must die for the mistake to show.
"""

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from aiormq.channel import Channel

from govproject.messaging import outbox, relay
from govproject.messaging.outbox import Row
from govproject.messaging.publisher import Result, publish
from govproject.messaging.streams import Stream, Streams
from govproject.messaging.windows import Window, passing
from govproject.persistence.database import Database

_PASSINGS = 3


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mistake, and which deaths bring it to light."""

    plant: Callable[[], None]
    target: str
    window: Window
    finding: str
    """What the run must then count."""
    nth: int = 1
    """The passing of the window at which to die."""


def _ack_before_commit() -> None:
    """The broker forgets a message as soon as it has left, done or not."""
    consume = Channel.basic_consume

    async def consume_without_ack(self: Channel, *args: Any, **kwargs: Any) -> Any:
        return await consume(self, *args, **kwargs | {"no_ack": True})

    async def ack_nothing(self: Channel, *args: Any, **kwargs: Any) -> None:
        """Nothing is left to acknowledge."""

    Channel.basic_consume = consume_without_ack  # type: ignore[method-assign]  # the mutation
    Channel.basic_ack = ack_nothing  # type: ignore[method-assign]  # the mutation


def _mark_before_confirm() -> None:
    """The relay calls events published before it has sent them."""
    db = Database(os.environ["GOVPROJECT_DATABASE_URL"])

    async def publish_marked(
        channel: Channel,
        exchange: str,
        rows: Sequence[Row],
        *,
        confirm_seconds: float,
        mandatory: bool,
    ) -> Result:
        with db.write() as session:
            outbox.settle(session, [row.seq for row in rows], {})
        # The relay says it once more after sending, and may say so of two batches in a row, for it
        # marks one beside the next. The third passing from any moment on is one before sending.
        for _ in range(_PASSINGS):
            passing(Window.MARKED)
        return await publish(
            channel, exchange, rows, confirm_seconds=confirm_seconds, mandatory=mandatory
        )

    vars(relay)["publish"] = publish_marked


def _no_cursor() -> None:
    """The inbox takes every message for the next one of its stream."""
    lock = Streams.lock

    def lock_nothing(self: Streams, streams: Collection[Stream]) -> dict[Stream, int]:
        return {stream: _Anywhere(last) for stream, last in lock(self, streams).items()}

    Streams.lock = lock_nothing  # type: ignore[method-assign]  # the mutation


class _Anywhere(int):
    """A cursor that nothing lies behind and nothing too far ahead of."""

    def __add__(self, other: int) -> "_Anywhere":
        return _Anywhere(int(self) + other)

    def __ge__(self, other: int) -> bool:
        return False

    def __lt__(self, other: int) -> bool:
        return False


MUTANTS = {
    "ack-before-commit": Mutant(_ack_before_commit, "archive", Window.APPLIED, "lost"),
    "mark-before-confirm": Mutant(
        _mark_before_confirm, "intake", Window.MARKED, "lost", nth=_PASSINGS
    ),
    "no-cursor": Mutant(_no_cursor, "archive", Window.RECORDED, "duplicated"),
}
