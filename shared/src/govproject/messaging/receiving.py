"""One transaction's receipt of messages: each event once, and in the order of its stream.

    number ≤ cursor                  a duplicate, however old
    number = cursor + 1              its turn: the handler runs in a savepoint
    number > cursor + 1              deferred: an earlier one is missing, or itself kept
    a handler's transient error      deferred
    any other error, unknown type    parked: the stream stops here until an operator decides
    no place in a stream             parked, unplaced

Whatever handlers did, the events they appended, the marks and the cursors commit together.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import structlog
from sqlmodel import Session

from govproject.clock import Clock
from govproject.messaging import heartbeat, versions, watermark
from govproject.messaging.delivery import Delivery, Handlers, is_transient
from govproject.messaging.envelope import Arrival, Envelope, UnparsableError
from govproject.messaging.streams import Kept, Stream, Streams, stream_of
from govproject.persistence.database import is_unavailable
from govproject.persistence.tables import InboxState

logger = logging.getLogger(__name__)

REMEMBERED = timedelta(days=1)
"""The inbox remembers finished events at least this long by id, and by number for ever."""

_DRAIN = 200


class Outcome(StrEnum):
    """What became of a message."""

    DONE = InboxState.DONE
    SKIPPED = InboxState.SKIPPED
    DEFERRED = InboxState.DEFERRED
    PARKED = InboxState.PARKED
    DUPLICATE = "duplicate"
    HEARTBEAT = "heartbeat"


class Verdict(NamedTuple):
    """An end that is known beforehand: the handler is not asked."""

    state: InboxState
    reason: str


class Receiver:
    """Applies messages within the transaction of `session`.

    Args:
        session: a write transaction.
        consumer: the service's name.
        handlers: what it does on each event; None of them commits.
        clock: the service's clock.
        verdict: what becomes of the events, whatever the handlers would say.
    """

    def __init__(
        self,
        session: Session,
        consumer: str,
        handlers: Handlers,
        clock: Clock,
        verdict: Verdict | None = None,
    ) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self._session = session
        self._consumer = consumer
        self._handlers = handlers
        self._clock = clock
        self._verdict = verdict
        self._streams = Streams(session, consumer)
        self._cursors: dict[Stream, int] = {}
        self._first_kept: dict[Stream, int] = {}
        self._final: list[tuple[Envelope, InboxState]] = []
        self._moved: dict[Stream, int] = {}

    def receive(
        self, arrivals: Sequence[Arrival], *, partition: int = 0, drain: bool = True
    ) -> None:
        """Apply messages in the order of arrival.

        Args:
            arrivals: the messages.
            partition: the queue they came through.
            drain: go on with kept events whose turn has come.
        """
        read = [_read(arrival) for arrival in arrivals]
        self._open({stream_of(one) for one in read if isinstance(one, Envelope)})
        heard: dict[str, datetime] = {}
        latest = self._clock() + heartbeat.AHEAD
        for arrival, one in zip(arrivals, read, strict=True):
            match one:
                case Envelope():
                    outcome = self._receive(arrival, one)
                    if drain and outcome in (Outcome.DONE, Outcome.SKIPPED):
                        self._drain(stream_of(one))
                case datetime():
                    if one <= latest:
                        heard[arrival.source] = max(one, heard.get(arrival.source, one))
                    else:
                        logger.error(
                            "heartbeat of %s from %s ignored: a clock is wrong", arrival.source, one
                        )
                    outcome = Outcome.HEARTBEAT
                case UnparsableError():
                    outcome = self._set_aside(arrival, str(one))
            self.outcomes[outcome] += 1
        self._close()
        for source, as_of in heard.items():
            watermark.record(self._session, self._consumer, source, partition, as_of, latest=latest)

    def advance(self, stream: Stream, limit: int) -> None:
        """Go on with the kept events of one stream, as far as their turn has come."""
        self._open({stream})
        self._drain(stream, limit)
        self._close()

    def _open(self, streams: set[Stream]) -> None:
        if streams:
            self._cursors = self._streams.lock(streams)
            self._first_kept = self._streams.first_kept(streams)

    def _close(self) -> None:
        self._streams.add_final(self._final)
        self._streams.move(self._moved)

    def _receive(self, arrival: Arrival, envelope: Envelope) -> Outcome:
        stream, seq = stream_of(envelope), envelope.aggregate_seq
        last = self._cursors[stream]
        if seq <= last:
            return self._duplicate(arrival, envelope)
        first_kept = self._first_kept.get(stream)
        if first_kept is not None and seq >= first_kept:
            twin = next(self._streams.kept(stream, after=seq - 1, limit=1), None)
            if twin is not None and twin.aggregate_seq == seq:
                return self._kept_already(arrival, envelope, twin)
        if self._verdict is not None:
            return self._keep(arrival, envelope, *self._verdict)
        if seq > last + 1:
            return self._keep(arrival, envelope, InboxState.DEFERRED, None)
        state, reason = self._apply(envelope)
        if state not in _FINAL:
            return self._keep(arrival, envelope, state, reason)
        self._final.append((envelope, state))
        self._moved[stream] = self._cursors[stream] = seq
        return Outcome(state)

    def _duplicate(self, arrival: Arrival, envelope: Envelope) -> Outcome:
        # A producer whose database was restored from a backup counts anew: its new events would
        # pass for duplicates. They are recent, and the inbox has never seen their ids.
        recent = envelope.time > self._clock() - REMEMBERED
        known = any(envelope.event_id == final.event_id for final, _ in self._final)
        if recent and not known and not self._streams.was_received(envelope):
            return self._set_aside(
                arrival, f"another event has had number {envelope.aggregate_seq} already"
            )
        return Outcome.DUPLICATE

    def _kept_already(self, arrival: Arrival, envelope: Envelope, twin: Kept) -> Outcome:
        if twin.event_id != envelope.event_id:
            return self._set_aside(
                arrival, f"another event has number {envelope.aggregate_seq}: {twin.event_id}"
            )
        if self._verdict is not None:
            self._streams.conclude(envelope.source, envelope.event_id, *self._verdict)
            return Outcome(self._verdict.state)
        return Outcome.DUPLICATE

    def _keep(
        self, arrival: Arrival, envelope: Envelope, state: InboxState, reason: str | None
    ) -> Outcome:
        if not self._streams.keep(arrival, envelope, state, reason):
            return self._set_aside(arrival, f"event id {envelope.event_id} is taken")
        stream, seq = stream_of(envelope), envelope.aggregate_seq
        self._first_kept[stream] = min(seq, self._first_kept.get(stream, seq))
        return Outcome(state)

    def _set_aside(self, arrival: Arrival, reason: str) -> Outcome:
        logger.error("message parked, unplaced: %s", reason)
        self._streams.set_aside(arrival, reason)
        return Outcome.PARKED

    def _drain(self, stream: Stream, limit: int = _DRAIN) -> None:
        if self._first_kept.get(stream) != self._cursors[stream] + 1:
            return
        for kept in self._streams.kept(stream, after=self._cursors[stream], limit=limit):
            if kept.aggregate_seq != self._cursors[stream] + 1 or kept.state is InboxState.PARKED:
                break
            state, reason = self._apply(Envelope.parse(kept.arrival))
            self._streams.conclude(stream.source, kept.event_id, state, reason)
            self.outcomes[Outcome(state)] += 1
            if state not in _FINAL:
                break
            self._moved[stream] = self._cursors[stream] = kept.aggregate_seq
        first_kept = self._streams.first_kept({stream})
        self._first_kept |= first_kept
        if stream not in first_kept:
            del self._first_kept[stream]

    def _apply(self, envelope: Envelope) -> tuple[InboxState, str | None]:
        """Run the handler; whatever it did is undone unless it succeeds."""
        if self._verdict is not None:
            return self._verdict
        contract = envelope.contract()
        if contract is None:
            return InboxState.PARKED, f"unknown event type {envelope.ce_type}"
        wanted = versions.handled(contract, self._handlers)
        if wanted is None:
            return InboxState.SKIPPED, None
        delivery = Delivery(
            event_id=envelope.event_id,
            source=envelope.source,
            aggregate_id=envelope.aggregate_id,
            aggregate_seq=envelope.aggregate_seq,
            time=envelope.time,
            request_id=envelope.request_id,
            traceparent=envelope.traceparent,
            now=self._clock(),
        )
        try:
            with (
                structlog.contextvars.bound_contextvars(**_log_context(envelope)),
                self._session.begin_nested(),
            ):
                event = contract.model_validate_json(envelope.body)
                if event.aggregate_id != envelope.aggregate_id:
                    raise ValueError(f"the body is about {event.aggregate_id}")  # noqa: TRY301  # one place decides
                event = versions.upgraded(event, wanted)
                self._handlers[wanted](self._session, event, delivery)
        except Exception as error:
            if is_unavailable(error):
                raise
            reason = f"{type(error).__name__}: {error}"
            if is_transient(error):
                logger.warning("event %s deferred: %s", envelope.event_id, reason)
                return InboxState.DEFERRED, reason
            logger.exception("event %s parked", envelope.event_id)
            return InboxState.PARKED, reason
        return InboxState.DONE, None


_FINAL = (InboxState.DONE, InboxState.SKIPPED)


def _read(arrival: Arrival) -> Envelope | datetime | UnparsableError:
    try:
        if heartbeat.is_heartbeat(arrival):
            return heartbeat.as_of(arrival)
        return Envelope.parse(arrival)
    except UnparsableError as error:
        return error


def _log_context(envelope: Envelope) -> dict[str, str]:
    context = {"event_id": str(envelope.event_id), "aggregate_id": envelope.aggregate_id}
    if envelope.request_id is not None:
        context["request_id"] = envelope.request_id
    if envelope.traceparent is not None:
        context["trace_id"] = envelope.traceparent.removeprefix("00-").partition("-")[0]
    return context
