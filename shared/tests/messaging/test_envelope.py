import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproject.contracts.intake import ProjectPlanAdopted, ProjectRegistered
from govproject.messaging.envelope import Arrival, Envelope, UnparsableError, storable

PROJECT = UUID(int=7)


def test_headers_are_cloudevents(events):
    envelope = events.envelope(
        PROJECT,
        3,
        event_id=UUID(int=1),
        time=datetime(2026, 8, 3, 1, 30, tzinfo=UTC),
        request_id="request-1",
        traceparent="00-x-y-01",
    )

    # Clients in other languages read these: names and formats stay.
    assert envelope.headers() == {
        "ce-specversion": "1.0",
        "ce-id": "00000000-0000-0000-0000-000000000001",
        "ce-source": "govproject/intake",
        "ce-type": "govproject.intake.project.plan_adopted.v1",
        "ce-time": "2026-08-03T01:30:00+00:00",
        "ce-subject": str(PROJECT),
        "ce-sequence": "3",
        "ce-aggregatetype": "project",
        "ce-requestid": "request-1",
        "traceparent": "00-x-y-01",
    }


def test_an_envelope_survives_the_journey(events):
    envelope = events.envelope(PROJECT, 3)

    assert Envelope.parse(events.arrival(envelope)) == envelope


@pytest.mark.parametrize("name", ["traceparent", "ce-requestid"])
@pytest.mark.parametrize("value", ["", "a\0b", "\ud800", "x" * 1000, 7, b"x", ["x"], {"x": 1}])
def test_the_place_of_an_event_does_not_depend_on_where_it_comes_from(events, name, value):
    envelope = events.envelope(PROJECT, 3)
    arrival = events.arrival(envelope, headers=envelope.headers() | {name: value})

    assert Envelope.parse(arrival) == envelope


@pytest.mark.parametrize("source", ["", "review"])
def test_only_the_producers_exchange_gives_a_place(events, source):
    envelope = events.envelope(PROJECT, 3, source=source)
    headers = envelope.headers() | {"ce-source": f"govproject/{'' if source == '' else 'intake'}"}

    with pytest.raises(UnparsableError, match="came through the exchange of"):
        Envelope.parse(events.arrival(envelope, source=source, headers=headers))


def test_the_contract_is_found_by_type(events):
    assert events.envelope(PROJECT, 1).contract() is ProjectPlanAdopted
    assert events.uninteresting(PROJECT, 1).contract() is ProjectRegistered


def test_the_digest_does_not_depend_on_what_the_broker_adds():
    sent = Arrival("intake", {"a": 1, "b": [2]}, b"body")
    redelivered = Arrival(
        "intake", {"b": [2], "x-death": [{"count": 1}], "a": 1}, b"body", redelivered=True
    )

    assert sent.digest() == redelivered.digest()


@pytest.mark.parametrize(
    "other",
    [
        Arrival("review", {"a": 1}, b"body"),
        Arrival("intake", {"a": 2}, b"body"),
        Arrival("intake", {"a": 1}, b"other"),
    ],
)
def test_the_digest_tells_messages_apart(other):
    assert Arrival("intake", {"a": 1}, b"body").digest() != other.digest()


header_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text()
    | st.binary()
    | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(Envelope._fields) | st.text(), header_values))
def test_any_headers_can_be_stored(headers):
    json.loads(storable(headers))


def test_headers_that_no_json_has_are_described():
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    headers = {"a": float("nan"), "b": deep, "c": 10**5000, "d": "text", "e": 7}

    assert json.loads(storable(headers)) == {
        "a": "nan",
        "b": "<list>",
        "c": "<int>",
        "d": "text",
        "e": "7",
    }


@pytest.mark.parametrize("number", [True, 0, -1, 2**63, 10**1000, 2.0, "01", "１", "1\n", ["1"]])
def test_what_is_no_number_gives_no_place(events, number):
    envelope = events.envelope(PROJECT, 1)
    arrival = events.arrival(envelope, headers=envelope.headers() | {"ce-sequence": number})

    with pytest.raises(UnparsableError, match="not a number that counts from 1"):
        Envelope.parse(arrival)


@given(
    st.dictionaries(
        st.sampled_from(
            ["ce-id", "ce-source", "ce-type", "ce-time", "ce-subject", "ce-sequence", "traceparent"]
        ),
        header_values | st.just("govproject/intake"),
    ),
    st.binary(),
)
def test_any_message_is_parsed_or_refused(headers, body):
    try:
        parsed = Envelope.parse(Arrival("intake", headers, body))
    except UnparsableError:
        return
    assert headers["ce-source"] == "govproject/intake"
    assert parsed.event_id == UUID(headers["ce-id"])
