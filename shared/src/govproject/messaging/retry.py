"""Kept events are tried again, in the order of their stream, with growing pauses.

A handler that kills its process would do so for ever: each attempt is noted beforehand, in a
transaction of its own, and an event whose attempts never report back is parked.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable

from sqlalchemy import and_, select
from sqlmodel import Session

from govproject.clock import Clock
from govproject.messaging.delivery import Handlers
from govproject.messaging.inbox import verdict_on
from govproject.messaging.receiving import Outcome, Receiver, Verdict
from govproject.messaging.streams import CURSOR, INBOX, Kept, Stream, Streams
from govproject.messaging.threads import in_thread, wait_for
from govproject.persistence.database import Database, is_unavailable
from govproject.persistence.tables import InboxState

logger = logging.getLogger(__name__)

_POLL_SECONDS = 0.5
_FIRST_DELAY = 0.5
_LONGEST_DELAY = 30.0
_STREAMS = 500
_EVENTS = 200
_DEADLY = 20
# Of its own: whoever seeds or watches the process's generator must not meet our pauses in it.
_CHANCE = random.SystemRandom()


class Retrier:
    """Looks after one consumer's kept events. Pauses are kept in memory: a restart tries at once.

    Args:
        db: the service's database.
        consumer: the service's name.
        handlers: what it does on each event.
        clock: the service's clock.
    """

    def __init__(self, db: Database, consumer: str, handlers: Handlers, clock: Clock) -> None:
        self._db = db
        self._consumer = consumer
        self._handlers = handlers
        self._clock = clock
        self._stopping = asyncio.Event()
        self._pauses: dict[Stream, tuple[float, float]] = {}

    def stop(self) -> None:
        """End after the stream at hand."""
        self._stopping.set()

    async def session(self, ready: Callable[[], None]) -> None:
        """Work until told to stop."""
        ready()
        while not self._stopping.is_set():
            await in_thread(self.run_once)
            await wait_for(self._stopping, _POLL_SECONDS)

    def run_once(self) -> None:
        """Try everything whose turn has come and whose pause is over."""
        place_anew(self._db, self._consumer, self._clock)
        with self._db.read() as session:
            turns = ready_streams(session, self._consumer)
        self._pauses = {stream: self._pauses[stream] for stream in turns if stream in self._pauses}
        for stream in turns:
            if self._stopping.is_set():
                return
            until, length = self._pauses.get(stream, (0.0, 0.0))
            if time.monotonic() < until:
                continue
            length = min(length * 2 or _FIRST_DELAY, _LONGEST_DELAY)
            # Spread out, so that what failed together does not come again together. Set beforehand:
            # when the database fails in the middle, others shall have their turn first.
            self._pauses[stream] = (time.monotonic() + _CHANCE.uniform(0.5, 1) * length, length)
            if advance(self._db, self._consumer, self._handlers, stream, self._clock):
                del self._pauses[stream]


def ready_streams(session: Session, consumer: str) -> list[Stream]:
    """Streams whose next event is here and was put off."""
    rows = session.execute(
        select(*(INBOX.c[field] for field in Stream._fields))
        .join(
            CURSOR,
            and_(
                CURSOR.c.consumer == INBOX.c.consumer,
                *(CURSOR.c[field] == INBOX.c[field] for field in Stream._fields),
            ),
        )
        .where(
            INBOX.c.consumer == consumer,
            INBOX.c.finished_at.is_(None),
            INBOX.c.state == InboxState.DEFERRED,
            INBOX.c.aggregate_seq == CURSOR.c.last_seq + 1,
        )
        # What was put off often comes last: it must not fill the limit for ever.
        .order_by(INBOX.c.attempts, INBOX.c.received_at)
        .limit(_STREAMS)
    )
    return [Stream(*row) for row in rows]


def advance(db: Database, consumer: str, handlers: Handlers, stream: Stream, clock: Clock) -> bool:
    """Go on with a stream's kept events; False when the next one was put off again.

    Raises:
        Exception: only when `is_unavailable`; nothing is done.
    """
    with db.write() as session:
        streams = Streams(session, consumer)
        last = streams.lock({stream})[stream]
        head = next(streams.kept(stream, after=last, limit=1), None)
        if head is None or head.aggregate_seq != last + 1 or head.state is InboxState.PARKED:
            return True  # somebody else was here
        streams.count_unfinished(stream.source, head.event_id)
    verdict = None
    if head.unfinished >= _DEADLY:
        logger.error("event %s parked: its attempts never end", head.event_id)
        verdict = Verdict(InboxState.PARKED, f"{head.unfinished} attempts ended the process")
    # After a bad end one at a time, so that the right one is blamed.
    limit = _EVENTS if head.unfinished == 0 else 1

    def attempt(limit: int, verdict: Verdict | None) -> bool:
        with db.write() as session:
            receiver = Receiver(session, consumer, handlers, clock, verdict)
            receiver.advance(stream, limit)
        return Outcome.DEFERRED not in receiver.outcomes

    try:
        return _repeatedly(attempt, limit, verdict)
    except Exception as error:
        if is_unavailable(error):  # the database failed, and not the process
            _take_back(db, consumer, stream, head)
        raise


def _take_back(db: Database, consumer: str, stream: Stream, head: Kept) -> None:
    try:
        with db.write() as session:
            Streams(session, consumer).discount_unfinished(stream.source, head.event_id)
    except Exception as error:
        if not is_unavailable(error):
            raise
        logger.warning("an attempt at %s stays counted: %s", head.event_id, error)


def _repeatedly(
    attempt: Callable[[int, Verdict | None], bool], limit: int, verdict: Verdict | None
) -> bool:
    """All at once; if that cannot be committed, one alone; if not even that, one is concluded."""
    try:
        return attempt(limit, verdict)
    except Exception as error:
        if is_unavailable(error):
            raise
        logger.exception("kept events cannot be committed")
    try:
        return attempt(1, verdict)
    except Exception as error:
        if is_unavailable(error):
            raise
        return attempt(1, verdict_on(error))


def place_anew(db: Database, consumer: str, clock: Clock) -> None:
    """Give a place to what had none and was released by an operator; `advance` does the rest."""
    verdict = Verdict(InboxState.DEFERRED, "released by an operator")
    with db.read() as session:
        released = list(Streams(session, consumer).released(_EVENTS))
    for kept in released:
        with db.write() as session:
            if Streams(session, consumer).forget(kept.arrival.source, kept.event_id):
                receiver = Receiver(session, consumer, {}, clock, verdict, recalled=True)
                receiver.receive([kept.arrival], drain=False)
