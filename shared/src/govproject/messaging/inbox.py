"""Every event takes effect once, in the order of its stream, whatever the broker delivers.

`process` is what consumers call. Services ask how old and how complete is what they know; what
operators can do about parked events is in `operations`.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select, tuple_
from sqlmodel import Session

from govproject.clock import Clock
from govproject.messaging.delivery import Handlers, is_transient
from govproject.messaging.envelope import Arrival
from govproject.messaging.receiving import REMEMBERED, Outcome, Receiver, Verdict
from govproject.messaging.streams import INBOX
from govproject.messaging.watermark import knowledge
from govproject.messaging.windows import Window, passing
from govproject.persistence.database import Database, is_unavailable
from govproject.persistence.tables import InboxState

__all__ = ["backlog", "knowledge", "process", "purge"]

logger = logging.getLogger(__name__)


def process(
    db: Database,
    consumer: str,
    handlers: Handlers,
    arrivals: Sequence[Arrival],
    *,
    clock: Clock,
    partition: int = 0,
    partitions: int = 1,
) -> Counter[Outcome]:
    """Receive messages; when this returns, they may be acknowledged.

    They share one transaction. At first nothing keeps the handlers' effects apart, for that costs
    more than most handlers do. Should anything fail, all is taken back and done again with care:
    each handler in a savepoint, and if the transaction still fails, half by half, until the culprit
    alone is left and is parked.

    Args:
        db: the consumer's database.
        consumer: the service's name.
        handlers: what it does on each event.
        arrivals: the messages, in their order.
        clock: the consumer's clock.
        partition: the queue they came through, of so many `partitions`.
        partitions: how many there are.

    Returns:
        How many messages, and kept events whose turn came, had which outcome.

    Raises:
        Exception: only when `is_unavailable`; nothing is done, and the messages stay the broker's.
    """

    def receive(
        batch: Sequence[Arrival], *, drain: bool, careful: bool, verdict: Verdict | None = None
    ) -> Counter[Outcome]:
        with db.write() as session:
            receiver = Receiver(session, consumer, handlers, clock, verdict, careful=careful)
            receiver.receive(batch, partition=partition, partitions=partitions, drain=drain)
            passing(Window.APPLIED)
        passing(Window.RECORDED)
        return receiver.outcomes

    def receive_carefully(batch: Sequence[Arrival]) -> Counter[Outcome]:
        # A message comes again when a process died over it. Then nothing else may be at risk.
        drain = not any(arrival.redelivered for arrival in batch)
        try:
            return receive(batch, drain=drain, careful=True)
        except Exception as error:
            if is_unavailable(error):
                raise
            logger.warning("a batch of %d failed: %s", len(batch), error)
        if len(batch) > 1:
            middle = len(batch) // 2
            return receive_carefully(batch[:middle]) + receive_carefully(batch[middle:])
        try:
            return receive(batch, drain=False, careful=True)
        except Exception as error:
            if is_unavailable(error):
                raise
            logger.exception("a message cannot be committed")
            return receive(batch, drain=False, careful=True, verdict=verdict_on(error))

    try:
        drain = not any(arrival.redelivered for arrival in arrivals)
        return receive(arrivals, drain=drain, careful=False)
    except Exception as error:
        if is_unavailable(error):
            raise
        logger.info("a batch of %d is done again, with care: %s", len(arrivals), error)
    # Out here, where the failure and the half-read results that it holds are gone.
    return receive_carefully(arrivals)


def verdict_on(error: Exception) -> Verdict:
    """What becomes of an event whose transaction could not be committed."""
    state = InboxState.DEFERRED if is_transient(error) else InboxState.PARKED
    return Verdict(state, f"{type(error).__name__}: {error}")


def backlog(session: Session, consumer: str, *aggregate_ids: str) -> int:
    """How many events about projects, of whichever source, have arrived and not taken effect."""
    count: int = session.execute(
        select(func.count()).where(
            INBOX.c.consumer == consumer,
            INBOX.c.aggregate_id.in_(aggregate_ids),
            INBOX.c.finished_at.is_(None),
        )
    ).scalar_one()
    return count


def purge(session: Session, older_than: timedelta, limit: int) -> int:
    """Forget up to `limit` final events; the cursors stay, and with them what is a duplicate."""
    old = (
        select(INBOX.c.consumer, INBOX.c.source, INBOX.c.event_id)
        .where(
            INBOX.c.finished_at.is_not(None),
            INBOX.c.finished_at < datetime.now(UTC) - max(older_than, REMEMBERED),
        )
        .limit(limit)
    )
    key = tuple_(INBOX.c.consumer, INBOX.c.source, INBOX.c.event_id)
    return session.connection().execute(delete(INBOX).where(key.in_(old))).rowcount
