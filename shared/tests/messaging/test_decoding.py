"""Messages as another client library may write them: ours refuses to, so its encoder is bent."""

import struct
from datetime import UTC, datetime
from uuid import UUID

import aio_pika
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pamqp import decode, encode

from govproject.messaging import decoding
from govproject.messaging.topology import dead_letter_queue, queue

PROJECT = UUID(int=7)
NO_TEXT = "(no text)"
NEVER = datetime(1999, 12, 31, tzinfo=UTC)


@pytest.fixture
def bent(monkeypatch):
    """Writes NEVER as a moment beyond the calendar, and NO_TEXT as bytes that are no UTF-8."""
    short_string, timestamp = encode.short_string, encode.timestamp

    def short(value):
        return b"\x02\xff\xfe" if value == NO_TEXT else short_string(value)

    def moment(value):
        return struct.pack(">Q", 2**63 - 1) if value == NEVER else timestamp(value)

    monkeypatch.setattr(encode, "short_string", short)
    monkeypatch.setattr(encode, "timestamp", moment)
    monkeypatch.setitem(encode.METHODS, "shortstr", short)
    monkeypatch.setitem(encode.METHODS, "timestamp", moment)


@pytest.mark.parametrize(
    ("headers", "properties"),
    [
        ({"moment": NEVER}, {}),
        ({"nested": [{"moment": NEVER}]}, {}),
        ({NO_TEXT: 1}, {}),
        ({}, {"timestamp": NEVER}),
        ({}, {"content_type": NO_TEXT}),
        ({}, {"message_id": NO_TEXT, "type": NO_TEXT, "app_id": NO_TEXT}),
    ],
)
async def test_what_cannot_be_read_is_parked_and_holds_up_nobody(
    suite, review, events, bent, caplog, headers, properties
):
    envelopes = [events.envelope(PROJECT, number) for number in (1, 2)]
    async with suite.review(review) as messaging:
        await suite.publish((envelopes[0].headers(), envelopes[0].body))
        async with suite.channel() as channel:
            exchange = await channel.get_exchange("govproject.intake")
            message = aio_pika.Message(b"strange", headers=headers, **properties)
            await exchange.publish(message, routing_key="project.plan_adopted.v1.0")
        await suite.publish((envelopes[1].headers(), envelopes[1].body))
        await suite.until(lambda: review.effects(PROJECT) == [1, 2])
        assert suite.healthy(messaging)

    [parked] = review.parked()
    assert (parked.aggregate_id, parked.reason) == ("", "ce-source is missing")
    assert "trying again" not in caplog.text
    assert await suite.count(queue("review", 0)) == 0
    assert await suite.count(dead_letter_queue("review")) == 0


tables = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(0, 9), max_size=4)
bites = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=3)


@given(tables, bites, st.binary(max_size=3))
@example({"a": "b"}, [(3, 255)], b"")
@example({"a": "b"}, [(10, 255)], b"")
def test_a_table_reads_as_the_library_reads_it(table, spoiled, behind):
    written = bytearray(encode.field_table(table))
    for place, byte in spoiled:
        written[place % len(written)] = byte
    given = bytes(written) + behind
    try:
        expected = decode.field_table(given)
    except (ValueError, OverflowError, OSError, RecursionError, KeyError):
        _, read = decoding._table(given)
        assert [*read] == [decoding.UNREADABLE]
    else:
        assert decoding._table(given) == expected
