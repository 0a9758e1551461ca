"""One event meets its handler."""

import logging
from functools import partial

from sqlmodel import Session

from govproject import logs
from govproject.clock import Clock
from govproject.contracts import Event
from govproject.messaging import spans, versions
from govproject.messaging.delivery import Delivery, Handlers, is_transient
from govproject.messaging.envelope import Envelope
from govproject.persistence.database import is_unavailable
from govproject.persistence.tables import InboxState
from govproject.tracing import Span

logger = logging.getLogger(__name__)


def apply(
    session: Session, handlers: Handlers, envelope: Envelope, *, clock: Clock, careful: bool
) -> tuple[InboxState, str | None]:
    """Run the handler of an event whose turn it is.

    Args:
        session: the transaction.
        handlers: what the consumer does on each event.
        envelope: the event.
        clock: the consumer's.
        careful: run the handler in a savepoint and take its failure for an outcome, of which no
            trace is left. Without it the failure is raised, and the transaction is of no use.

    Returns:
        What became of the event, and why if it did not take effect.
    """
    contract = envelope.contract()
    if contract is None:
        return InboxState.PARKED, f"unknown event type {envelope.ce_type}"
    wanted = versions.handled(contract, handlers)
    if wanted is None:
        return InboxState.SKIPPED, None
    try:
        event = versions.upgraded(_content(contract, envelope), wanted)
    except Exception as error:  # noqa: BLE001  # kept as the reason; nothing has been touched yet
        return InboxState.PARKED, _reason(error)
    handler = handlers[wanted]
    span = spans.process(envelope)
    before = logs.about.set(partial(_about, envelope, span))
    try:
        with span:
            if careful:
                with session.begin_nested():
                    handler(session, event, _delivery(envelope, span, clock))
            else:
                handler(session, event, _delivery(envelope, span, clock))
            logger.info("event applied")
    except Exception as error:
        if not careful or is_unavailable(error):
            raise
        return _failure(envelope, error)
    finally:
        logs.about.reset(before)
    return InboxState.DONE, None


def _content(contract: type[Event], envelope: Envelope) -> Event:
    event = contract.model_validate_json(envelope.body)
    if event.aggregate_id != envelope.aggregate_id:
        raise ValueError(f"the body is about {event.aggregate_id}")
    return event


def _delivery(envelope: Envelope, span: Span, clock: Clock) -> Delivery:
    return Delivery(
        event_id=envelope.event_id,
        source=envelope.source,
        aggregate_id=envelope.aggregate_id,
        aggregate_seq=envelope.aggregate_seq,
        time=envelope.time,
        request_id=envelope.request_id,
        traceparent=span.traceparent,
        now=clock(),
    )


def _failure(envelope: Envelope, error: Exception) -> tuple[InboxState, str]:
    if is_transient(error):
        logger.warning("event %s deferred: %s", envelope.event_id, _reason(error))
        return InboxState.DEFERRED, _reason(error)
    logger.error("event %s parked", envelope.event_id, exc_info=error)
    return InboxState.PARKED, _reason(error)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _about(envelope: Envelope, span: Span) -> dict[str, str]:
    context = {
        "event_id": str(envelope.event_id),
        "event_type": envelope.ce_type,
        "aggregate_id": envelope.aggregate_id,
        "trace_id": span.trace_id,
        "span_id": span.span_id,
    }
    if envelope.request_id is not None:
        context["request_id"] = envelope.request_id
    return context
