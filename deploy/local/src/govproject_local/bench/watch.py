"""What has been done, as the database shows it to somebody else; nobody's word is taken for it.

The clock starts when the first commit is seen and stops when the last one is. What the first commit
held was done before the clock started, and does not count.
"""

import asyncio
import sqlite3
import time
from typing import NamedTuple

import psycopg
from sqlalchemy import make_url

_POLL_SECONDS = 0.005
_PATIENCE_SECONDS = 120.0


class Progress(NamedTuple):
    """Two queries for one growing number: asked often, the first must cost next to nothing."""

    quick: str
    """May run ahead, where transactions do not commit in the order of their rows."""
    exact: str


EFFECTS = Progress("SELECT coalesce(max(id), 0) FROM effect", "SELECT count(*) FROM effect")
PUBLISHED = Progress(
    "SELECT coalesce((SELECT min(seq) - 1 FROM outbox WHERE published_at IS NULL), max(seq), 0)"
    " FROM outbox",
    "SELECT count(*) FROM outbox WHERE published_at IS NOT NULL",
)


class StandstillError(Exception):
    """A contender runs, and does not do what it is there for."""


class Measured(NamedTuple):
    """One run."""

    messages: int
    seconds: float

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds


class Watch:
    """Looks into a database over a connection of its own."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self._connection: sqlite3.Connection | psycopg.Connection
        if parsed.get_backend_name() == "postgresql":
            self._connection = psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
        else:
            self._connection = sqlite3.connect(parsed.database or "", isolation_level=None)

    def number(self, query: str) -> int:
        """What a query for one number answers."""
        row = self._connection.execute(query).fetchone()
        if row is None:
            raise LookupError(f"no number: {query}")
        return int(row[0])

    def close(self) -> None:
        """Disconnect."""
        self._connection.close()


async def until(watch: Watch, progress: Progress, first: int, last: int) -> Measured:
    """Follow a number from `first` to `last`.

    Raises:
        StandstillError: it does not get there, or all at once.
    """
    began: tuple[int, float] | None = None
    seen, seen_at = first, time.monotonic()
    while True:
        now, number = time.monotonic(), watch.number(progress.quick)
        if number >= last:
            number = watch.number(progress.exact)
        if number != seen:
            seen, seen_at = number, now
            began = began or (number, now)
        if number >= last:
            break
        if now - seen_at > _PATIENCE_SECONDS:
            raise StandstillError(f"nothing moves: {number} of {last} for {now - seen_at:.0f} s")
        await asyncio.sleep(_POLL_SECONDS)
    if began is None or began[0] == last:
        raise StandstillError("all was done at one stroke: too few messages to measure")
    return Measured(last - began[0], now - began[1])
