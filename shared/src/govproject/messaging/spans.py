"""The spans of a message, by the semantic conventions of OpenTelemetry for RabbitMQ.

    request or handler ──▶ send ──▶ process, in each consumer ──▶ send …
                                       ╎ link
                                    receive, of a batch

Unless spans are recorded, `process` has ids and the others are nothing at all.
"""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from types import TracebackType
from typing import TYPE_CHECKING, Any

from govproject import tracing
from govproject.messaging import topology
from govproject.messaging.envelope import Envelope
from govproject.messaging.outbox import Row
from govproject.tracing import Span

if TYPE_CHECKING:
    from govproject.otlp import Recorder

_batch: ContextVar["_Batch | None"] = ContextVar("_batch", default=None)


def send(exchange: str, row: Row) -> AbstractContextManager[dict[str, Any]]:
    """Cover the sending of an event, up to the broker's word; the value is its headers."""
    if tracing.recorder is None:
        return nullcontext(dict(row.headers))
    return _sending(tracing.recorder, exchange, row)


@contextmanager
def _sending(recorder: "Recorder", exchange: str, row: Row) -> Iterator[dict[str, Any]]:
    name, attributes = _described("send", exchange, row.routing_key)
    attributes["messaging.message.id"] = str(row.event_id)
    attributes["messaging.message.body.size"] = len(row.body)
    with recorder.start(name, "PRODUCER", row.headers.get("traceparent"), attributes) as span:
        yield {**row.headers, "traceparent": span.traceparent}


def receive(queue: str, size: int) -> AbstractContextManager[object]:
    """Cover the receipt of a batch of so many messages."""
    if tracing.recorder is None:
        return nullcontext()
    return _Batch(tracing.recorder, queue, size)


def process(envelope: Envelope) -> Span:
    """Cover the handling of one event."""
    recorder = tracing.recorder
    if recorder is None:
        return Span(envelope.traceparent)
    kind = envelope.ce_type.removeprefix(f"govproject.{envelope.source}.")
    key = f"{kind}.{topology.slot(envelope.aggregate_id)}"
    name, attributes = _described("process", topology.exchange(envelope.source), key)
    attributes["messaging.message.id"] = str(envelope.event_id)
    attributes["messaging.message.body.size"] = len(envelope.body)
    if envelope.request_id is not None:
        attributes["messaging.message.conversation_id"] = envelope.request_id
    links: tuple[Span, ...] = ()
    # An event that was kept has left its batch long ago.
    batch = _batch.get()
    if batch is not None:
        attributes["messaging.destination.name"] += f":{batch.queue}"
        if envelope.traceparent is None or envelope.traceparent.endswith("1"):
            links = (batch.span(),)
    return recorder.start(name, "CONSUMER", envelope.traceparent, attributes, links=links)


class _Batch:
    """The receipt of a batch. It becomes a span with its first event: heartbeats make none."""

    def __init__(self, recorder: "Recorder", queue: str, size: int) -> None:
        self.queue = queue
        self._recorder = recorder
        self._size = size
        self._began = time.time_ns()
        self._span: Span | None = None

    def span(self) -> Span:
        if self._span is None:
            attributes = _operation("receive", self.queue)
            attributes["messaging.batch.message_count"] = self._size
            self._span = self._recorder.start(
                f"receive {self.queue}", "CLIENT", None, attributes, began=self._began
            )
        return self._span

    def __enter__(self) -> None:
        self._token = _batch.set(self)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _batch.reset(self._token)
        if self._span is not None:
            self._span.__exit__(kind, error, trace)


def _described(operation: str, exchange: str, routing_key: str) -> tuple[str, dict[str, Any]]:
    """A span's name, which is the same for all slots, and the attributes it has in any case."""
    template = f"{exchange}:{routing_key.rpartition('.')[0]}.{{slot}}"
    attributes = _operation(operation, f"{exchange}:{routing_key}")
    attributes["messaging.destination.template"] = template
    attributes["messaging.rabbitmq.destination.routing_key"] = routing_key
    return f"{operation} {template}", attributes


def _operation(name: str, destination: str) -> dict[str, Any]:
    return {
        "messaging.system": "rabbitmq",
        "messaging.operation.name": name,
        "messaging.operation.type": name,
        "messaging.destination.name": destination,
    }
