"""What operators see of events and do about them; commands and HTTP routes share these functions.

    parked, tail, lag       what waits, what happens, how old the knowledge is
    replay, skip            a consumer's parked events
    republish               a producer's events, for consumers whose queue was lost
    verify, compare         do the books of one service, or of two, agree

Whatever changes something writes one `EventAction` in the same transaction.
"""

from govproject.messaging.operations.across import GRACE, Comparison, compare
from govproject.messaging.operations.books import Books, verify
from govproject.messaging.operations.kept import ParkedEvent, Place, parked
from govproject.messaging.operations.repair import Affected, Order, replay, republish, skip
from govproject.messaging.operations.selection import Filter, Selection
from govproject.messaging.operations.watching import Entry, Lag, Position, Tail, lag, tail

__all__ = [
    "GRACE",
    "Affected",
    "Books",
    "Comparison",
    "Entry",
    "Filter",
    "Lag",
    "Order",
    "ParkedEvent",
    "Place",
    "Position",
    "Selection",
    "Tail",
    "compare",
    "lag",
    "parked",
    "replay",
    "republish",
    "skip",
    "tail",
    "verify",
]
