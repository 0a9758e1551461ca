"""The library's relay, put together as a service does it."""

from prometheus_client import CollectorRegistry

from govproject.clock import system_clock
from govproject.messaging import Messaging
from govproject.persistence.database import Database
from govproject_local.bench import signals
from govproject_local.bench.messages import CONSUMER, PRODUCER
from govproject_local.bench.stage import Settings


async def run(settings: Settings) -> None:
    """Publish what the outbox holds until told to stop."""
    db = Database(settings.database)
    messaging = Messaging(
        PRODUCER,
        settings.amqp_url,
        db,
        {},
        (),
        registry=CollectorRegistry(),
        clock=system_clock,
        required=(CONSUMER,),
    )
    await messaging.start()
    await signals.stopped()
    await messaging.stop()
    db.dispose()
