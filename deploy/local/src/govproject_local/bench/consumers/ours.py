"""The library, put together as a service does it."""

from prometheus_client import CollectorRegistry

from govproject.clock import system_clock
from govproject.contracts.intake import FilingAccepted
from govproject.messaging import Messaging
from govproject.persistence.database import Database
from govproject_local.bench import effects, signals
from govproject_local.bench.messages import CONSUMER, PRODUCER
from govproject_local.bench.stage import Settings


async def run(settings: Settings) -> None:
    """Consume until told to stop."""
    db = Database(settings.database)
    messaging = Messaging(
        CONSUMER,
        settings.amqp_url,
        db,
        {FilingAccepted: effects.handle},
        (PRODUCER,),
        registry=CollectorRegistry(),
        clock=system_clock,
    )
    await messaging.start()
    await signals.stopped()
    await messaging.stop()
    db.dispose()
