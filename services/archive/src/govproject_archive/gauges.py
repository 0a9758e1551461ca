"""Numbers of the archive, read from its database when scraped."""

from collections.abc import Iterator

import structlog
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from govproject.clock import Clock
from govproject.persistence.database import Database, is_unavailable
from govproject.terms import Fixity
from govproject_archive import repository
from govproject_archive.handlers.audits import AT_ONCE

log = structlog.get_logger(__name__)


class Audits(Collector):
    """What the audits have found, and how late they are; the same from every replica."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def describe(self) -> Iterator[Metric]:
        """Nothing: registering must not read the database."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Read the gauges; none while the database is away."""
        lost = GaugeMetricFamily(
            "govproject_archive_files_not_intact",
            "Electronic files of the archive that their last audit found not intact.",
            labels=["fixity"],
        )
        late = GaugeMetricFamily(
            "govproject_archive_audit_delay_seconds",
            "For how long the file that waits longest has been due for its audit.",
        )
        try:
            with self._db.read() as session:
                counts = repository.lost_by_fixity(session)
                due_at = repository.earliest_due(session, AT_ONCE)
        except Exception as error:
            if not is_unavailable(error):
                raise
            log.warning("no gauges of audits", error=str(error))
            return
        for fixity in Fixity:
            if fixity is not Fixity.INTACT:
                lost.add_metric([fixity.value], counts.get(fixity, 0))
        waits = 0.0 if due_at is None else (self._clock() - due_at).total_seconds()
        late.add_metric([], max(waits, 0.0))
        yield lost
        yield late
