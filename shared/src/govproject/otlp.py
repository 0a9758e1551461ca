"""Measures spans and sends them to an OTLP/HTTP receiver, in batches and in the background.

What cannot be sent is lost, with a warning now and then: tracing disturbs nobody. How much is
sampled, headers, certificates and the like are read from the `OTEL_*` variables by OpenTelemetry.
"""

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanContext, SpanKind, StatusCode, TraceFlags

from govproject.tracing import Kind, Span

logger = logging.getLogger(__name__)

_EXPORT_SECONDS = 3.0
_SHUTDOWN_SECONDS = 3.0
_WARNING_SECONDS = 60.0


class Recorded(Span):
    """A span that is measured, and exported when it ends."""

    __slots__ = ("_span",)

    def __init__(self, span: trace.Span) -> None:
        context = span.get_span_context()
        self.trace_id = trace.format_trace_id(context.trace_id)
        self.span_id = trace.format_span_id(context.span_id)
        self.flags = "01" if context.trace_flags.sampled else "00"
        self._span = span

    def note(self, attributes: Mapping[str, Any], *, name: str | None = None) -> None:
        """Add what became known on the way."""
        self._span.set_attributes(attributes)
        if name is not None:
            self._span.update_name(name)

    def fail(self, kind: str) -> None:
        """Mark the work as failed. What was said about it is in the log, under the same ids."""
        self._span.set_attribute("error.type", kind)
        self._span.set_status(StatusCode.ERROR)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the work, as failed if an exception ends it."""
        if kind is not None:
            self.fail(kind.__qualname__)
        self._span.end()


class Recorder:
    """Makes the recorded spans of one process.

    Args:
        service: the name under which they appear.
        version: of the service.
        endpoint: base address of the receiver.
    """

    def __init__(self, service: str, version: str, endpoint: str) -> None:
        _hear_rarely()
        self._provider = TracerProvider(
            resource=Resource.create(
                {
                    "service.namespace": "govproject",
                    "service.name": service,
                    "service.version": version,
                }
            ),
            shutdown_on_exit=False,
        )
        self._exporter = OTLPSpanExporter(
            endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=_EXPORT_SECONDS
        )
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self._tracer = self._provider.get_tracer("govproject", version)

    def start(
        self,
        name: str,
        kind: Kind,
        parent: str | None,
        attributes: Mapping[str, Any],
        *,
        links: Sequence[Span] = (),
        began: int | None = None,
    ) -> Span:
        """Begin a span.

        Args:
            name: as the semantic conventions have it.
            kind: its part in the traffic.
            parent: a traceparent, as for `Span`.
            attributes: as the semantic conventions have them.
            links: spans of other traces that it has to do with.
            began: nanoseconds since 1970; now, if not given.
        """
        # Never the one that happens to be current: whoever starts a span says what caused it.
        context = trace.set_span_in_context(trace.NonRecordingSpan(_context_of(parent)))
        return Recorded(
            self._tracer.start_span(
                name,
                context,
                SpanKind[kind],
                attributes,
                [Link(_context_of(span.traceparent)) for span in links],
                began,
            )
        )

    def shutdown(self) -> None:
        """Export what is left, but wait no longer than the bound."""
        last = threading.Thread(target=self._provider.shutdown, name="last spans", daemon=True)
        last.start()
        last.join(_SHUTDOWN_SECONDS)
        if last.is_alive():
            # It gives up what it would try again.
            self._exporter.shutdown()  # type: ignore[no-untyped-call]  # so it is upstream


def _context_of(traceparent: str | None) -> SpanContext:
    if traceparent is None:
        return trace.INVALID_SPAN_CONTEXT
    return SpanContext(
        trace_id=int(traceparent[3:35], 16),
        span_id=int(traceparent[36:52], 16),
        is_remote=True,
        trace_flags=TraceFlags(int(traceparent[53:], 16)),
    )


class _Rarely(logging.Handler):
    """Passes on what OpenTelemetry has to say: one warning a minute, without its stack trace."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._not_before = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        now = time.monotonic()
        if now >= self._not_before:
            self._not_before = now + _WARNING_SECONDS
            logger.warning("tracing: %s", record.getMessage())


def _hear_rarely() -> None:
    library = logging.getLogger("opentelemetry")
    library.handlers[:] = [_Rarely()]
    library.propagate = False
