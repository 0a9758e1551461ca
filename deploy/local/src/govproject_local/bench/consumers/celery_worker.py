"""Celery as documented for work that must not be lost: late acknowledgement on a quorum queue.

The `solo` pool runs tasks in the worker's own thread: the database serialises the work, so that
threads would take turns, and processes would no longer be one process.
"""

from typing import Any

from celery import Celery

from govproject.contracts.intake import FilingAccepted
from govproject_local.bench import effects, messages
from govproject_local.bench.stage import Settings

_PREFETCH = 100
_TASK = "filing.accepted"


def application(amqp_url: str) -> Any:
    """The application that producer and worker share."""
    app: Any = Celery("bench", broker=amqp_url)
    app.conf.update(
        task_default_queue="bench",
        task_default_queue_type="quorum",
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        broker_transport_options={"confirm_publish": True},
        broker_connection_retry_on_startup=True,
        worker_prefetch_multiplier=_PREFETCH,
        worker_hijack_root_logger=False,
    )
    return app


def fill(settings: Settings) -> None:
    """Publish so many messages."""
    app = application(settings.amqp_url)
    with app.producer_or_acquire() as producer:
        for each in messages.messages(settings.messages, messages.projects()):
            app.send_task(
                _TASK,
                (str(each.event_id), each.body.decode()),
                headers=each.headers,
                producer=producer,
            )


def run(settings: Settings) -> None:
    """Consume until told to stop."""
    apply = effects.opened(settings.database)

    def accept(event_id: str, body: str) -> None:
        apply(event_id, FilingAccepted.model_validate_json(body))

    app = application(settings.amqp_url)
    app.task(accept, name=_TASK)
    app.worker_main(
        [
            *("worker", "--pool=solo", "--loglevel=ERROR"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ]
    )
