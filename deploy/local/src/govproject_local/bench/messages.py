"""The messages that every contender gets: a real event with its headers, in many streams."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from govproject.clock import system_clock
from govproject.contracts.intake import SOURCE, FilingAccepted
from govproject.ids import new_id
from govproject.messaging import topology
from govproject.messaging.envelope import Envelope, type_of

STREAMS = 1000
PRODUCER = SOURCE
CONSUMER = "review"
EXCHANGE = topology.exchange(PRODUCER)
QUEUE = topology.queue(CONSUMER, 0)
PRODUCING = topology.Topology(PRODUCER, (), 1)
FOLLOWING = topology.Topology(CONSUMER, (PRODUCER,), 1)
"""The producer's and the consumer's part of the broker."""

TYPE = type_of(FilingAccepted)
REQUEST_ID = "0198a0c0-5f0e-7b1c-8a5e-6d559c3b6f0f"
TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


class Message(NamedTuple):
    """What goes over the wire."""

    event_id: UUID
    routing_key: str
    headers: dict[str, str]
    body: bytes


def projects(count: int = STREAMS) -> list[UUID]:
    """New streams."""
    return [new_id() for _ in range(count)]


def event(project_id: UUID, now: datetime) -> FilingAccepted:
    """A fact of a realistic size."""
    return FilingAccepted(project_id=project_id, filing_id=new_id(), accepted_at=now)


def messages(count: int, streams: Sequence[UUID], *, after: int = 0) -> Iterator[Message]:
    """So many messages, in turn from each stream.

    Args:
        count: how many in all.
        streams: the projects.
        after: the number of the last event that each stream has had.
    """
    for index in range(count):
        yield message(streams[index % len(streams)], after + 1 + index // len(streams))


def message(project_id: UUID, number: int) -> Message:
    """The event of this number in its stream, as the relay would send it."""
    now = system_clock()
    fact = event(project_id, now)
    envelope = Envelope(
        event_id=new_id(),
        source=PRODUCER,
        ce_type=TYPE,
        aggregate_type=fact.aggregate_type,
        aggregate_id=fact.aggregate_id,
        aggregate_seq=number,
        time=now,
        body=fact.model_dump_json().encode(),
        request_id=REQUEST_ID,
        traceparent=TRACEPARENT,
    )
    slot = topology.slot(fact.aggregate_id)
    return Message(
        envelope.event_id,
        topology.routing_key(fact.name, fact.version, slot),
        envelope.headers(),
        envelope.body,
    )
