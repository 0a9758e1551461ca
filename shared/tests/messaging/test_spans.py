from uuid import UUID

import pytest

from govproject import tracing
from govproject.messaging import outbox, spans
from govproject.messaging.topology import SLOTS
from govproject.tracing import Span

PROJECT = UUID(int=7)
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Notes:
    """A recorder that keeps what it was asked for."""

    def __init__(self) -> None:
        self.started = []

    def start(self, name, kind, parent, attributes, *, links=(), began=None):
        self.started.append((name, kind, parent, attributes, links))
        return Span(parent)


@pytest.fixture
def recorder(monkeypatch):
    notes = Notes()
    monkeypatch.setattr(tracing, "recorder", notes)
    return notes


@pytest.fixture
def row(intake_db, events):
    with intake_db.write() as session:
        outbox.append(session, events.event(PROJECT, 1), now=events.NOW, traceparent=PARENT)
    with intake_db.read() as session:
        [row] = outbox.due(session, range(SLOTS), 1)
    return row


def test_unrecorded_an_event_is_sent_with_what_it_was_written_with(row):
    with spans.send("govproject.intake", row) as headers:
        assert headers == row.headers


def test_recorded_an_event_is_sent_as_caused_by_its_sending(row, recorder):
    with spans.send("govproject.intake", row) as headers:
        sent = headers.pop("traceparent")
    kept = dict(row.headers)
    assert kept.pop("traceparent") == PARENT
    assert headers == kept
    assert sent[:36] == PARENT[:36]
    assert sent != PARENT

    [(name, kind, parent, attributes, _)] = recorder.started
    assert (kind, parent) == ("PRODUCER", PARENT)
    assert name == "send govproject.intake:project.plan_adopted.v1.{slot}"
    assert attributes == {
        "messaging.system": "rabbitmq",
        "messaging.operation.name": "send",
        "messaging.operation.type": "send",
        "messaging.destination.name": f"govproject.intake:{row.routing_key}",
        "messaging.destination.template": "govproject.intake:project.plan_adopted.v1.{slot}",
        "messaging.rabbitmq.destination.routing_key": row.routing_key,
        "messaging.message.id": str(row.event_id),
        "messaging.message.body.size": len(row.body),
    }


def test_unrecorded_an_event_is_handled_in_the_trace_it_came_with(events):
    span = spans.process(events.envelope(PROJECT, 1, traceparent=PARENT))

    assert span.traceparent[:36] == PARENT[:36]
    assert span.traceparent != PARENT


def test_a_batch_becomes_a_span_with_its_first_event(events, recorder):
    with spans.receive("govproject.review.t1.0", 3):
        assert recorder.started == []
        for number in (1, 2):
            spans.process(events.envelope(PROJECT, number, traceparent=PARENT))
    spans.process(events.envelope(PROJECT, 3, traceparent=PARENT))

    names = [name.partition(" ")[0] for name, *_ in recorder.started]
    assert names == ["receive", "process", "process", "process"]
    receive, *processes = recorder.started
    assert receive[1:3] == ("CLIENT", None)
    assert receive[3]["messaging.batch.message_count"] == 3
    assert receive[3]["messaging.destination.name"] == "govproject.review.t1.0"
    assert [len(links) for *_, links in processes] == [1, 1, 0]
    of_batch, later = processes[0][3], processes[2][3]
    assert of_batch["messaging.destination.name"].endswith(":govproject.review.t1.0")
    assert later["messaging.destination.name"] == (
        f"govproject.intake:{later['messaging.rabbitmq.destination.routing_key']}"
    )


def test_a_batch_that_nobody_samples_makes_no_span(events, recorder):
    with spans.receive("govproject.review.t1.0", 1):
        spans.process(events.envelope(PROJECT, 1, traceparent=f"{PARENT[:-1]}0"))

    [(name, *_)] = recorder.started
    assert name.startswith("process ")
