"""What the broker gave up delivering is kept, and tried again one event at a time.

That happens to messages that were on their way each of the many times a process died: to the one
that killed it, and to its neighbours, which are not to blame. The broker cannot tell them apart;
`retry` can, and parks the culprit alone.
"""

from collections.abc import Sequence

from govproject.clock import Clock
from govproject.messaging import heartbeat
from govproject.messaging.envelope import Arrival, UnparsableError
from govproject.messaging.receiving import Receiver, Verdict
from govproject.persistence.database import Database
from govproject.persistence.tables import InboxState

_REASON = "the broker gave it up after too many deliveries that were never acknowledged"


def keep(db: Database, consumer: str, arrivals: Sequence[Arrival], *, clock: Clock) -> None:
    """Keep dead letters in their place; what took effect in the meantime is left alone."""
    kept = [arrival for arrival in arrivals if not _is_superseded(arrival)]
    with db.write() as session:
        verdict = Verdict(InboxState.DEFERRED, _REASON)
        Receiver(session, consumer, {}, clock, verdict).receive(kept, drain=False)


def _is_superseded(arrival: Arrival) -> bool:
    """True for a heartbeat, as others have come since, but not for what only claims to be one."""
    if not heartbeat.is_heartbeat(arrival):
        return False
    try:
        heartbeat.read(arrival)
    except UnparsableError:
        return False
    return True
