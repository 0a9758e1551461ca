"""Dramatiq as documented: acknowledged after the actor returns, retried on failure.

It declares classic queues and has no setting for others; they are durable, and less work for the
broker. It has one worker thread: the database serialises the work, so that more would take turns.
"""

import os
import signal
from collections.abc import Callable
from typing import Any

_PREFETCH = 100
os.environ["dramatiq_queue_prefetch"] = str(_PREFETCH)  # noqa: SIM112 - its name, read on import

import dramatiq  # noqa: E402
from dramatiq.brokers.rabbitmq import RabbitmqBroker  # noqa: E402

from govproject.contracts.intake import FilingAccepted  # noqa: E402
from govproject_local.bench import effects, messages  # noqa: E402
from govproject_local.bench.stage import Settings  # noqa: E402

_ACTOR = "filing_accepted"


def fill(settings: Settings) -> None:
    """Publish so many messages."""
    broker = RabbitmqBroker(url=settings.amqp_url, confirm_delivery=True)
    actor = _actor(broker, _never)
    for each in messages.messages(settings.messages, messages.projects()):
        actor.send(str(each.event_id), each.body.decode())
    broker.close()


def run(settings: Settings) -> None:
    """Consume until told to stop."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    apply = effects.opened(settings.database)

    def accept(event_id: str, body: str) -> None:
        apply(event_id, FilingAccepted.model_validate_json(body))

    broker = RabbitmqBroker(url=settings.amqp_url, confirm_delivery=True)
    _actor(broker, accept)
    worker = dramatiq.Worker(broker, worker_threads=1)
    worker.start()
    signal.sigwait({signal.SIGTERM})
    worker.stop()
    broker.close()


def _never(event_id: str, body: str) -> None:
    """Whoever only sends, needs an actor's name and not its work."""


def _actor(broker: RabbitmqBroker, function: Callable[[str, str], None]) -> Any:
    return dramatiq.actor(function, actor_name=_ACTOR, queue_name="bench", broker=broker)
