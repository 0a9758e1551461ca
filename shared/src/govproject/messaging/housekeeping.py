"""Deletes what is no longer needed, a little at a time, so that nobody has to wait for it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from govproject.messaging import inbox, outbox
from govproject.messaging.threads import in_thread, wait_for
from govproject.persistence.database import Database

logger = logging.getLogger(__name__)

_EVERY_SECONDS = 60.0
_CHUNK = 500


class Housekeeper:
    """Purges published events and final inbox rows.

    Args:
        db: the service's database.
        retention: how long they are kept. Stream numbers and cursors are kept for ever.
    """

    def __init__(self, db: Database, retention: timedelta) -> None:
        self._db = db
        self._retention = retention
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End after the present chunk."""
        self._stopping.set()

    async def session(self, ready: Callable[[], None]) -> None:
        """Work until told to stop."""
        ready()
        while not self._stopping.is_set():
            purged = await in_thread(self.run_once)
            if purged == 0:
                await wait_for(self._stopping, _EVERY_SECONDS)

    def run_once(self) -> int:
        """Delete one chunk of each table; returns how many rows went."""
        with self._db.write() as session:
            return outbox.purge(session, self._retention, _CHUNK) + inbox.purge(
                session, self._retention, _CHUNK
            )
