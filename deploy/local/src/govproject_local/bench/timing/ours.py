"""The library: from the commit that holds the event to the commit that holds its effect."""

import asyncio
import threading
import time
from uuid import UUID  # noqa: TC003 - beside those that are needed at run time

from prometheus_client import CollectorRegistry
from sqlmodel import Session

from govproject.clock import system_clock
from govproject.contracts.intake import FilingAccepted
from govproject.messaging import Delivery, Messaging, outbox
from govproject.messaging.threads import in_thread
from govproject.persistence.database import Database
from govproject_local.bench import effects, messages
from govproject_local.bench.stage import Settings
from govproject_local.bench.timing.pace import paced, tell, tell_ready


async def produce(settings: Settings) -> None:
    """Append at the pace, each in a transaction and a thread, like a request."""
    db = Database(settings.database)
    left: dict[UUID, float] = {}
    here = threading.local()

    def commit(_: Session) -> None:
        here.at = time.monotonic()

    db.on_commit(commit)  # before the library's own listener, which wakes the relay
    streams = messages.projects()

    def append(index: int) -> None:
        now = system_clock()
        with db.write() as session:
            event_id = outbox.append(
                session,
                messages.event(streams[index % len(streams)], now),
                now=now,
                request_id=messages.REQUEST_ID,
                traceparent=messages.TRACEPARENT,
            )
        left[event_id] = here.at

    async def send(index: int) -> None:
        await in_thread(append, index)

    messaging = Messaging(
        messages.PRODUCER,
        settings.amqp_url,
        db,
        {},
        (),
        registry=CollectorRegistry(),
        clock=system_clock,
        required=(messages.CONSUMER,),
    )
    await messaging.start()
    await _healthy(messaging)
    await paced(settings, send)
    await messaging.stop()
    db.dispose()
    tell(left)


async def consume(settings: Settings) -> None:
    """Receive so many events."""
    db = Database(settings.database)
    arrived: dict[UUID, float] = {}
    complete = asyncio.Event()
    loop = asyncio.get_running_loop()
    here = threading.local()

    def handle(session: Session, event: FilingAccepted, delivery: Delivery) -> None:
        effects.handle(session, event, delivery)
        here.__dict__.setdefault("handled", []).append(delivery.event_id)

    def commit(_: Session) -> None:
        handled: list[UUID] = here.__dict__.pop("handled", [])
        arrived.update(dict.fromkeys(handled, time.monotonic()))
        if len(arrived) == settings.messages:
            loop.call_soon_threadsafe(complete.set)

    db.on_commit(commit)
    messaging = Messaging(
        messages.CONSUMER,
        settings.amqp_url,
        db,
        {FilingAccepted: handle},
        (messages.PRODUCER,),
        registry=CollectorRegistry(),
        clock=system_clock,
    )
    await messaging.start()
    await _healthy(messaging)
    tell_ready()
    await complete.wait()
    await messaging.stop()
    db.dispose()
    tell(arrived)


async def _healthy(messaging: Messaging) -> None:
    while any(messaging.health().values()):  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.05)
