"""The books of all services: each one's own, and every producer's with those of its followers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from govproject.clock import system_clock
from govproject.contracts import FOLLOWERS
from govproject.messaging import operations
from govproject.messaging.operations import Books, Comparison
from govproject.persistence.database import Database
from govproject_local.progress import told


@dataclass(frozen=True)
class Examination:
    """What was found."""

    books: list[Books]
    comparisons: list[Comparison]

    @property
    def is_clean(self) -> bool:
        """True when nothing is wrong; what waits is not wrong."""
        return not any(each.total for each in self.books) and all(
            each.is_whole for each in self.comparisons
        )

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "clean": self.is_clean,
            "books": [each.model_dump(mode="json") for each in self.books],
            "comparisons": [each.model_dump(mode="json") for each in self.comparisons],
        }


def examine(databases: Mapping[str, Database], grace: timedelta) -> Examination:
    """Examine what these services know of themselves and of one another.

    Args:
        databases: by service; a pair is compared when both are here.
        grace: how long an event may be on its way.
    """
    pairs = [
        (source, consumer)
        for source in databases
        for consumer in FOLLOWERS[source]
        if consumer in databases
    ]
    books, comparisons = [], []
    steps = len(databases) + len(pairs)
    with told("verify", steps, stopped=lambda: "nothing was changed") as begin:
        for service, db in databases.items():
            begin(f"the books of {service}")
            now = system_clock()
            with db.read() as session:
                books.append(operations.verify(session, service, now=now))
        for source, consumer in pairs:
            begin(f"what {consumer} has of {source}")
            # Fresh snapshots for each pair: the order in which they are taken matters.
            with databases[consumer].read() as there, databases[source].read() as here:
                comparisons.append(
                    operations.compare(here, there, source=source, consumer=consumer, grace=grace)
                )
    return Examination(books, comparisons)
