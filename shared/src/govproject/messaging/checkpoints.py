"""SQLite's log is written back beside the work, or a commit now and then would have to do it.

Such a commit takes many times as long as the others, and all who wait behind it do so as well.
"""

import asyncio
from collections.abc import Callable

from govproject.messaging.threads import in_thread, wait_for
from govproject.persistence.database import Database

_EVERY_SECONDS = 1.0


class Checkpointer:
    """Has the log of a database written back, again and again.

    Args:
        db: the service's database.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End after the present one."""
        self._stopping.set()

    async def session(self, ready: Callable[[], None]) -> None:
        """Work until told to stop."""
        ready()
        while not self._stopping.is_set():
            await in_thread(self._db.checkpoint)
            await wait_for(self._stopping, _EVERY_SECONDS)
