"""One transaction's receipt of messages: each event once, and in the order of its stream.

    number ≤ cursor                  a duplicate, however old
    number = cursor + 1              its turn: the handler runs
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

from sqlmodel import Session

from govproject.clock import Clock
from govproject.messaging import heartbeat, topology, watermark
from govproject.messaging.applying import apply
from govproject.messaging.delivery import Handlers
from govproject.messaging.envelope import Arrival, Envelope, UnparsableError
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.streams import Kept, Stream, Streams, stream_of
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
        careful: run each handler in a savepoint, so that one that fails leaves no trace and the
            others count. Without it, its failure is raised: the transaction is of no use.
        recalled: the messages were set aside here before, and an operator releases them: whatever
            their age, one whose event was never received is no duplicate.
    """

    def __init__(
        self,
        session: Session,
        consumer: str,
        handlers: Handlers,
        clock: Clock,
        verdict: Verdict | None = None,
        *,
        careful: bool = True,
        recalled: bool = False,
    ) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self._session = session
        self._consumer = consumer
        self._handlers = handlers
        self._clock = clock
        self._verdict = verdict
        self._careful = careful
        self._recalled = recalled
        self._streams = Streams(session, consumer)
        self._cursors: dict[Stream, int] = {}
        self._first_kept: dict[Stream, int] = {}
        self._final: list[tuple[Envelope, InboxState]] = []
        self._moved: dict[Stream, int] = {}
        self._placed: Counter[tuple[str, int]] = Counter()

    def receive(
        self,
        arrivals: Sequence[Arrival],
        *,
        partition: int = 0,
        partitions: int = 1,
        drain: bool = True,
    ) -> None:
        """Apply messages in the order of arrival.

        Args:
            arrivals: the messages.
            partition: the queue they came through.
            partitions: how many there are.
            drain: go on with kept events whose turn has come.
        """
        read = [_read(arrival) for arrival in arrivals]
        self._open({stream_of(one) for one in read if isinstance(one, Envelope)})
        heard: dict[str, tuple[Heartbeat, Counter[tuple[str, int]]]] = {}
        repeated: set[str] = set()
        latest = self._clock() + heartbeat.AHEAD
        for arrival, one in zip(arrivals, read, strict=True):
            match one:
                case Envelope():
                    outcome = self._receive(arrival, one)
                    if drain and outcome in (Outcome.DONE, Outcome.SKIPPED):
                        self._drain(stream_of(one))
                    if outcome is Outcome.DUPLICATE:
                        # Another consumer had this batch while this one hung, and may have taken in
                        # what came behind a heartbeat that follows here.
                        repeated.add(arrival.source)
                case Heartbeat():
                    if arrival.source not in repeated and _is_credible(arrival, one, latest):
                        last = heard.get(arrival.source)
                        if last is None or one > last[0]:
                            heard[arrival.source] = one, self._placed.copy()
                    outcome = Outcome.HEARTBEAT
                case UnparsableError():
                    outcome = self._set_aside(arrival, str(one))
            self.outcomes[outcome] += 1
        self._close()
        for source, (beat, before) in heard.items():
            watermark.record(
                self._session,
                self._consumer,
                source,
                beat,
                # What came behind it must not make up for what is missing in front of it.
                behind=_of(source, self._placed - before),
                partition=partition,
                partitions=partitions,
                latest=latest,
            )

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
        self._streams.count(self._placed)

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
        self._count(envelope)
        self._moved[stream] = self._cursors[stream] = seq
        return Outcome(state)

    def _duplicate(self, arrival: Arrival, envelope: Envelope) -> Outcome:
        # A producer whose database was restored from a backup counts anew: its new events would
        # pass for duplicates. They are recent, and the inbox has never seen their ids.
        recent = self._recalled or envelope.time > self._clock() - REMEMBERED
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
        return Outcome.DUPLICATE

    def _keep(
        self, arrival: Arrival, envelope: Envelope, state: InboxState, reason: str | None
    ) -> Outcome:
        if not self._streams.keep(arrival, envelope, state, reason):
            return self._set_aside(arrival, f"event id {envelope.event_id} is taken")
        self._count(envelope)
        stream, seq = stream_of(envelope), envelope.aggregate_seq
        self._first_kept[stream] = min(seq, self._first_kept.get(stream, seq))
        return Outcome(state)

    def _count(self, envelope: Envelope) -> None:
        self._placed[envelope.source, topology.slot(envelope.aggregate_id)] += 1

    def _set_aside(self, arrival: Arrival, reason: str) -> Outcome:
        logger.error(
            "message parked, unplaced: %s (id %s, through %s)",
            reason,
            arrival.digest(),
            arrival.source or "no producer's exchange",
        )
        self._streams.set_aside(arrival, reason)
        return Outcome.PARKED

    def _drain(self, stream: Stream, limit: int = _DRAIN) -> None:
        if self._first_kept.get(stream) != self._cursors[stream] + 1:
            return
        for kept in self._streams.kept(stream, after=self._cursors[stream], limit=limit):
            if kept.aggregate_seq != self._cursors[stream] + 1 or kept.state is InboxState.PARKED:
                break
            state, reason = self._reconsider(kept)
            self._streams.conclude(stream.source, kept.event_id, state, reason)
            self.outcomes[Outcome(state)] += 1
            if state not in _FINAL:
                break
            self._moved[stream] = self._cursors[stream] = kept.aggregate_seq
        first_kept = self._streams.first_kept({stream})
        self._first_kept |= first_kept
        if stream not in first_kept:
            del self._first_kept[stream]

    def _reconsider(self, kept: Kept) -> tuple[InboxState, str | None]:
        if self._verdict is not None:
            return self._verdict
        try:
            envelope = Envelope.parse(kept.arrival)
        except UnparsableError as error:  # it was kept by a build that read it
            return InboxState.PARKED, str(error)
        return self._apply(envelope)

    def _apply(self, envelope: Envelope) -> tuple[InboxState, str | None]:
        return apply(
            self._session, self._handlers, envelope, clock=self._clock, careful=self._careful
        )


_FINAL = (InboxState.DONE, InboxState.SKIPPED)


def _of(source: str, placed: Counter[tuple[str, int]]) -> dict[int, int]:
    return {slot: count for (of, slot), count in placed.items() if of == source}


def _is_credible(arrival: Arrival, beat: Heartbeat, latest: datetime) -> bool:
    """Whether to believe a heartbeat; another one follows soon."""
    if arrival.redelivered:
        return False  # what came behind it may have arrived before it now
    if beat.as_of > latest:
        logger.error(
            "heartbeat of %s from %s ignored: a clock is wrong", arrival.source, beat.as_of
        )
        return False
    return True


def _read(arrival: Arrival) -> Envelope | Heartbeat | UnparsableError:
    try:
        if heartbeat.is_heartbeat(arrival):
            return heartbeat.read(arrival)
        return Envelope.parse(arrival)
    except UnparsableError as error:
        return error
