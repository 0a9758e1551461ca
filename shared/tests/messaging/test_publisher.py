import asyncio
from typing import Any
from uuid import UUID

import pytest
from aio_pika.exceptions import CONNECTION_EXCEPTIONS

from govproject.messaging import outbox
from govproject.messaging.connection import open_channel
from govproject.messaging.publisher import publish
from govproject.messaging.topology import SLOTS, Topology, slot

ONE, TWO, THREE = (UUID(int=n) for n in (7, 8, 9))
EXCHANGE = "govproject.intake"


@pytest.fixture
def rows(intake_db, events):
    """Three events of one stream, two of another, one of a third."""
    for project, number in [(ONE, 1), (TWO, 1), (ONE, 2), (ONE, 3), (TWO, 2), (THREE, 1)]:
        events.append(intake_db, project, number)
    with intake_db.read() as session:
        return outbox.due(session, range(SLOTS), 100)


@pytest.fixture
async def channel(suite):
    await suite.declare(Topology("review", ("intake",), 1))
    async with open_channel(suite.amqp_url, "test", wake=asyncio.Event(), confirms=True) as channel:
        yield channel


async def _publish(channel, rows, **changes: Any):
    options = {"confirm_seconds": 10.0, "mandatory": False} | changes
    return await publish(channel, EXCHANGE, rows, **options)


def _seqs(rows, project):
    return {row.seq for row in rows if row.aggregate_id == str(project)}


async def test_everything_is_confirmed_and_stays_in_order(suite, channel, rows):
    result = await _publish(channel, rows)

    assert sorted(result.confirmed) == [row.seq for row in rows]
    assert (result.failed, result.broken) == ([], None)
    bodies = []
    async with suite.channel() as reading:
        queue = await reading.declare_queue("govproject.review.t1.0", passive=True)
        async with queue.iterator(no_ack=True) as messages:
            async for message in messages:
                bodies.append((message.headers["ce-subject"], message.headers["ce-sequence"]))
                if len(bodies) == len(rows):
                    break
    assert [n for project, n in bodies if project == str(ONE)] == ["1", "2", "3"]
    assert [n for project, n in bodies if project == str(TWO)] == ["1", "2"]


async def test_messages_are_sent_as_persistent_with_their_names(suite, channel, rows):
    await _publish(channel, rows[:1])

    async with suite.channel() as reading:
        queue = await reading.declare_queue("govproject.review.t1.0", passive=True)
        async with queue.iterator(no_ack=True) as messages:
            message = await anext(messages)
    assert message.delivery_mode == 2
    assert message.content_type == "application/json"
    assert message.message_id == str(rows[0].event_id)
    assert message.type == "govproject.intake.project.plan_adopted.v1"


async def test_a_full_queue_stops_its_streams_alone(suite, channel, rows):
    async with suite.channel() as other:
        full = await other.declare_queue(
            "full", durable=True, arguments={"x-max-length": 1, "x-overflow": "reject-publish"}
        )
        await full.bind(EXCHANGE, f"*.*.*.{slot(str(ONE))}")

    result = await _publish(channel, rows)

    # The first fits in; the second is refused; the third is not even tried.
    first, second, _ = sorted(_seqs(rows, ONE))
    assert [(row.seq, reason.partition(":")[0]) for row, reason in result.failed] == [
        (second, "DeliveryError")
    ]
    assert set(result.confirmed) == {first} | _seqs(rows, TWO) | _seqs(rows, THREE)
    assert result.broken is None


async def test_what_no_queue_takes_comes_back_if_somebody_needs_it(suite, channel, rows):
    async with suite.channel() as other:
        queue = await other.declare_queue("govproject.review.t1.0", passive=True)
        await queue.unbind(EXCHANGE, f"*.*.*.{slot(str(TWO))}")

    result = await _publish(channel, rows, mandatory=True)

    assert [row.aggregate_id for row, _ in result.failed] == [str(TWO)]
    assert set(result.confirmed) == _seqs(rows, ONE) | _seqs(rows, THREE)


async def test_an_event_that_cannot_be_sent_stops_its_stream_alone(channel, rows):
    rows[0] = rows[0]._replace(routing_key="x" * 300)

    result = await _publish(channel, rows)

    assert [row.seq for row, _ in result.failed] == [rows[0].seq]
    assert set(result.confirmed) == _seqs(rows, TWO) | _seqs(rows, THREE)


async def test_a_missing_confirmation_is_no_refusal_and_ends_the_channels_use(channel, rows):
    result = await _publish(channel, rows, confirm_seconds=1e-9)

    assert isinstance(result.broken, TimeoutError)
    assert result.confirmed == []
    assert {reason for _, reason in result.failed} == {"not confirmed within 1e-09 s"}
    assert {row.seq for row, _ in result.failed} == {rows[0].seq, rows[1].seq, rows[5].seq}


async def test_after_the_connection_is_lost_nothing_is_known(channel, rows):
    await channel.connection.close()

    result = await _publish(channel, rows)

    assert isinstance(result.broken, CONNECTION_EXCEPTIONS)
    assert (result.confirmed, result.failed) == ([], [])
