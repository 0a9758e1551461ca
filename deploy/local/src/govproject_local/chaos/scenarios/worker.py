"""A producer or a consumer, as a process of its own: the product's messaging and nothing else.

    python -m govproject_local.chaos.scenarios.worker ORDERS

ORDERS are JSON. What is wrong with the worker is told on stdout, one JSON object a change.
"""

import asyncio
import json
import logging
import os
import signal
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from types import ModuleType
from uuid import UUID

from prometheus_client import CollectorRegistry
from sqlalchemy import func, select
from sqlmodel import Session

from govproject.clock import Clock, system_clock
from govproject.contracts.intake import ProjectPlanAdopted
from govproject.messaging import Delivery, Handler, Handlers, Messaging, outbox, retry, topology
from govproject.messaging.threads import wait_for
from govproject.persistence import migrate
from govproject.persistence.database import Database, is_unavailable
from govproject_local.chaos.scenarios.journal import APPLIED, COMMITTED, Table, projects
from govproject_local.chaos.scenarios.orders import CONSUMER, DIED, PRODUCER, Orders

_WATCH_SECONDS = 0.05
_AT_MOST = 3


def main(argument: str) -> None:
    """Work until SIGTERM, and stop in order."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    # It tells at length what `supervise` says in a line.
    logging.getLogger("aiormq").setLevel(logging.ERROR)
    orders = Orders(**json.loads(argument))
    if orders.patience is not None:
        _shorten(retry, "_DEADLY", orders.patience)
        _shorten(topology, "_ATTEMPTS", orders.patience)
    asyncio.run(_work(orders))


async def _work(orders: Orders) -> None:
    db = Database(orders.database)
    migrate.upgrade(db)
    with db.write() as session:
        Table.metadata.create_all(session.connection())
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    clock = _clock(orders.clock_file)
    messaging = _messaging(orders, db, clock)
    await messaging.start()
    watching = asyncio.create_task(_tell_health(messaging))
    if orders.role == "producer":
        await asyncio.to_thread(_append, db, orders, clock, stop)
    await stop.wait()
    watching.cancel()
    await messaging.stop()
    db.dispose()


def _messaging(orders: Orders, db: Database, clock: Clock) -> Messaging:
    registry = CollectorRegistry()
    if orders.role == "producer":
        return Messaging(
            PRODUCER,
            orders.amqp_url,
            db,
            {},
            (),
            registry=registry,
            clock=clock,
            required=(CONSUMER,),
        )
    handlers: Handlers = {ProjectPlanAdopted: _handler(orders)}
    return Messaging(
        CONSUMER, orders.amqp_url, db, handlers, (PRODUCER,), registry=registry, clock=clock
    )


def _append(db: Database, orders: Orders, clock: Clock, stop: asyncio.Event) -> None:
    """Commit events of random projects until there are enough."""
    enough = Path(orders.place) / "enough"
    chance = Random(f"{orders.seed} {orders.name} {time.time()}")  # noqa: S311  # not secret
    everything = projects(orders.seed, orders.name, orders.projects)
    with orders.told_file.open("a", encoding="ascii") as told:
        while not enough.exists() and not stop.is_set():
            chosen = chance.sample(everything, chance.randint(1, _AT_MOST))
            try:
                with db.write() as session:
                    written = [(project, _next(session, project, clock())) for project in chosen]
            except Exception as error:
                if not is_unavailable(error):
                    raise
            else:
                # Only now has anybody been told that it is committed.
                told.writelines(f"{project} {number}\n" for project, number in written)
                told.flush()
            time.sleep(orders.pause_seconds)


def _next(session: Session, project: UUID, now: datetime) -> int:
    number: int = (
        1
        + session.execute(
            select(func.count()).select_from(COMMITTED).where(COMMITTED.c.project == project)
        ).scalar_one()
    )
    event = ProjectPlanAdopted(project_id=project, plan_year=number, adopted_at=now)
    outbox.append(session, event, now=now)
    session.execute(COMMITTED.insert(), {"project": project, "number": number})
    return number


def _handler(orders: Orders) -> Handler:
    """Writes down each application, and fails on the events that it was ordered to fail on."""
    repaired = Path(orders.place) / "repaired"

    def apply(session: Session, event: ProjectPlanAdopted, _: Delivery) -> None:
        key = f"{event.project_id} {event.plan_year}"
        session.execute(APPLIED.insert(), {"project": event.project_id, "number": event.plan_year})
        if key in orders.kills and not repaired.exists():
            os._exit(DIED)
        if key in orders.raises and not repaired.exists():
            raise RuntimeError("cannot be applied")

    return apply


async def _tell_health(messaging: Messaging) -> None:
    told: dict[str, str | None] = {}
    never = asyncio.Event()
    while True:
        health = messaging.health()
        if health != told:
            print(json.dumps(health), flush=True)
            told = health
        await wait_for(never, _WATCH_SECONDS)


def _clock(file: Path) -> Clock:
    def clock() -> datetime:
        ahead = int(file.read_text()) if file.exists() else 0
        return system_clock() + timedelta(seconds=ahead)

    return clock


def _shorten(module: ModuleType, name: str, value: int) -> None:
    if not hasattr(module, name):
        raise AttributeError(f"{module.__name__} has no {name} to shorten")
    setattr(module, name, value)


if __name__ == "__main__":
    main(sys.argv[1])
