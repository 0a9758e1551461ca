"""Pauses a worker at a moment at which it holds no lock in its database.

A hung host that does hold one is another matter: then nobody can go on, by the database's rules.
"""

import asyncio
import sqlite3
from contextlib import closing

from sqlalchemy import make_url, text

from govproject.persistence.database import Database
from govproject_local.chaos.scenarios.hand import Hand
from govproject_local.chaos.scenarios.waiting import NeverError

_ATTEMPTS = 400
_PAUSE_SECONDS = 0.03
_LOCK_SECONDS = 0.5

_AT_WORK = text(
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = :name AND state <> 'idle'"
)


async def pause_between_transactions(hand: Hand) -> None:
    """Pause a worker.

    Raises:
        NeverError: it was always in the middle of a transaction.
    """
    for _ in range(_ATTEMPTS):
        hand.pause()
        await asyncio.sleep(_PAUSE_SECONDS)  # what its server was doing for it has an end
        if await asyncio.to_thread(_is_still, hand):
            return
        hand.resume()
        await asyncio.sleep(_PAUSE_SECONDS)
    raise NeverError(f"{hand.orders.name} is between two transactions")


def _is_still(hand: Hand) -> bool:
    url = make_url(hand.orders.database)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database), timeout=_LOCK_SECONDS)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
        return True
    db = Database(hand.orders.database)
    try:
        with db.read() as session:
            at_work: int = session.execute(_AT_WORK, {"name": hand.orders.name}).scalar_one()
    finally:
        db.dispose()
    return at_work == 0
