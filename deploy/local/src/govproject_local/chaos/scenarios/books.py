"""Reads the workers' databases from outside, by SQL, and compares what should be with what is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from govproject.messaging.streams import INBOX
from govproject.persistence.database import Database
from govproject.persistence.tables import Outbox, core
from govproject_local.chaos.scenarios.journal import APPLIED, COMMITTED

_OUTBOX = core(Outbox)

Number = tuple[UUID, int]
"""An event: its project and its number there."""


@dataclass(frozen=True)
class Books:
    """What is on record at one moment."""

    told: frozenset[Number]
    """Events of which a producer was told that they are committed."""
    committed: Counter[Number]
    unpublished: int
    applied: tuple[Number, ...]
    """In the order of application."""
    kept: Mapping[str, str | None]
    """What the consumer has received and not finished: by id, the reason or None."""

    @property
    def lost(self) -> int:
        """Events without effect; a commit that is gone again counts as well."""
        return len((self.told | self.committed.keys()) - set(self.applied))

    @property
    def duplicated(self) -> int:
        """Effects beyond the first of an event."""
        return len(self.applied) - len(set(self.applied))

    @property
    def reordered(self) -> int:
        """Effects that came behind those of a later event."""
        count = 0
        highest: defaultdict[UUID, int] = defaultdict(int)
        for project, number in self.applied:
            count += number < highest[project]
            highest[project] = max(number, highest[project])
        return count


@dataclass
class Reader:
    """Opens the databases of one scenario.

    Args:
        producers: addresses of the producers' databases.
        consumer: the address of the consumer's.
    """

    producers: set[str] = field(default_factory=set)
    consumer: str = ""
    _open: dict[str, Database] = field(default_factory=dict)

    def read(self, told: Iterable[Number] = ()) -> Books:
        """Read everything; the databases must be there."""
        committed: Counter[Number] = Counter()
        unpublished = 0
        for url in self.producers:
            with self.database(url).read() as session:
                committed.update(
                    (project, number)
                    for project, number in session.execute(
                        select(COMMITTED.c.project, COMMITTED.c.number)
                    )
                )
                unpublished += len(
                    session.execute(
                        select(_OUTBOX.c.seq).where(_OUTBOX.c.published_at.is_(None))
                    ).all()
                )
        with self.database(self.consumer).read() as session:
            applied = session.execute(
                select(APPLIED.c.project, APPLIED.c.number).order_by(APPLIED.c.id)
            ).all()
            kept = session.execute(
                select(INBOX.c.event_id, INBOX.c.error).where(INBOX.c.finished_at.is_(None))
            ).all()
        return Books(
            told=frozenset(told),
            committed=committed,
            unpublished=unpublished,
            applied=tuple((project, number) for project, number in applied),
            kept={str(event_id): error for event_id, error in kept},
        )

    def database(self, url: str) -> Database:
        """One of the databases."""
        if url not in self._open:
            self._open[url] = Database(url)
        return self._open[url]

    def close(self) -> None:
        """Close all connections."""
        for database in self._open.values():
            database.dispose()
        self._open.clear()
