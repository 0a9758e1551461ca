"""Numbers of one service's messaging: counters, and gauges read from its database when scraped."""

import logging
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlmodel import Session

from govproject.clock import Clock
from govproject.messaging.streams import INBOX
from govproject.messaging.watermark import knowledge, missing
from govproject.persistence.database import Database, is_unavailable
from govproject.persistence.tables import InboxState, Outbox, core

logger = logging.getLogger(__name__)

_OUTBOX = core(Outbox)


class Metrics:
    """What the relay and the consumers count."""

    def __init__(
        self, registry: CollectorRegistry, db: Database, consumer: str, clock: Clock
    ) -> None:
        self.published = Counter(
            "govproject_outbox_published", "Events confirmed by the broker.", registry=registry
        )
        self.publish_failures = Counter(
            "govproject_outbox_publish_failures",
            "Events that the broker refused, returned or did not confirm in time.",
            registry=registry,
        )
        self.received = Counter(
            "govproject_inbox_messages",
            "Messages received, and kept events whose turn came, by what became of them.",
            ["outcome"],
            registry=registry,
        )
        registry.register(_Backlog(db, consumer, clock))


class _Backlog(Collector):
    """What waits, as of the moment of the scrape."""

    def __init__(self, db: Database, consumer: str, clock: Clock) -> None:
        self._db = db
        self._consumer = consumer
        self._clock = clock

    def describe(self) -> Iterator[Metric]:
        """Nothing: registering must not read the database."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Read the gauges; none while the database is away."""
        try:
            with self._db.read() as session:
                yield from [
                    self._unpublished(session),
                    self._kept(session),
                    self._age(session),
                    self._missing(session),
                ]
        except Exception as error:
            if not is_unavailable(error):
                raise
            logger.warning("no messaging gauges: %s", error)

    def _unpublished(self, session: Session) -> Metric:
        count = session.execute(
            select(func.count()).select_from(_OUTBOX).where(_OUTBOX.c.published_at.is_(None))
        ).scalar_one()
        return GaugeMetricFamily(
            "govproject_outbox_unpublished", "Events not yet confirmed.", value=count
        )

    def _kept(self, session: Session) -> Metric:
        family = GaugeMetricFamily(
            "govproject_inbox_kept",
            "Events deferred until their turn, or parked for an operator.",
            labels=["state"],
        )
        counts = dict.fromkeys((InboxState.DEFERRED, InboxState.PARKED), 0)
        rows = session.execute(
            select(INBOX.c.state, func.count())
            .where(INBOX.c.consumer == self._consumer, INBOX.c.finished_at.is_(None))
            .group_by(INBOX.c.state)
        )
        counts |= {InboxState(state): count for state, count in rows}
        for state, count in counts.items():
            family.add_metric([state], count)
        return family

    def _age(self, session: Session) -> Metric:
        family = GaugeMetricFamily(
            "govproject_knowledge_age_seconds",
            "How old the knowledge of a source is; absent while unknown.",
            labels=["source"],
        )
        now = self._clock()
        for source, as_of in knowledge(session, self._consumer).items():
            if as_of is not None:
                family.add_metric([source], (now - as_of).total_seconds())
        return family

    def _missing(self, session: Session) -> Metric:
        family = GaugeMetricFamily(
            "govproject_inbox_missing",
            "Events that a source has published and that have not arrived.",
            labels=["source"],
        )
        for source, count in missing(session, self._consumer).items():
            family.add_metric([source], count)
        return family
