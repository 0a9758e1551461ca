"""What the broker gave up delivering becomes a parked event, where operators can see and replay it.

That happens only to a message that was on its way each of the many times a process died.
"""

from collections.abc import Sequence

from govproject.clock import Clock
from govproject.messaging.envelope import Arrival
from govproject.messaging.heartbeat import is_heartbeat
from govproject.messaging.receiving import Receiver, Verdict
from govproject.persistence.database import Database
from govproject.persistence.tables import InboxState

_REASON = "the broker gave it up after too many deliveries that were never acknowledged"


def park(db: Database, consumer: str, arrivals: Sequence[Arrival], *, clock: Clock) -> None:
    """Park dead letters in their place; what took effect in the meantime is left alone."""
    events = [arrival for arrival in arrivals if not is_heartbeat(arrival)]
    with db.write() as session:
        verdict = Verdict(InboxState.PARKED, _REASON)
        Receiver(session, consumer, {}, clock, verdict).receive(events)
