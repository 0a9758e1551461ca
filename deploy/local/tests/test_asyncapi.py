import json

import jsonschema_rs
import pytest

from govproject.contracts import FOLLOWERS, PRODUCERS
from govproject.contracts.event import Event, known
from govproject.contracts.intake import FilingAccepted
from govproject.messaging import heartbeat, topology
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject_local import asyncapi, examples

EVENTS = asyncapi.published()
DOCUMENT = asyncapi.document()
ACCEPTED = "govproject.intake.filing.accepted"


def faults(schema, value):
    whole = {"allOf": [schema], "components": DOCUMENT["components"]}
    validator = jsonschema_rs.Draft7Validator(whole, validate_formats=True)
    return [fault.message for fault in validator.iter_errors(value)]


def test_it_is_the_same_each_time():
    assert asyncapi.text(asyncapi.document()) == asyncapi.text(DOCUMENT)


@pytest.mark.parametrize("contract", EVENTS, ids=type_of)
def test_an_event_has_a_channel_where_it_is_sent(contract):
    channel = DOCUMENT["channels"][type_of(contract)]
    slot = topology.slot("x")
    sent = topology.routing_key(contract.name, contract.version, slot)

    assert channel["address"].format(slot=slot) == sent
    assert channel["bindings"]["amqp"]["exchange"]["name"] == topology.exchange(contract.source)
    assert channel["x-followers"] == list(FOLLOWERS[contract.source])
    assert set(channel["x-acting"]) <= set(channel["x-followers"])


@pytest.mark.parametrize("name", DOCUMENT["components"]["messages"])
def test_an_example_is_as_its_message_says(name):
    message = DOCUMENT["components"]["messages"][name]
    [example] = message["examples"]

    assert faults(message["headers"], example["headers"]) == []
    assert faults(message["payload"], example["payload"]) == []


@pytest.mark.parametrize("contract", EVENTS, ids=type_of)
def test_an_example_is_one_that_a_service_would_take(contract):
    [example] = DOCUMENT["components"]["messages"][type_of(contract)]["examples"]
    body = json.dumps(example["payload"]).encode()

    envelope = Envelope.parse(Arrival(contract.source, example["headers"], body))

    assert envelope.contract() is contract
    event = contract.model_validate_json(envelope.body)
    assert event == examples.event(contract)
    assert event.aggregate_id == envelope.aggregate_id


def test_the_headers_described_are_those_that_are_sent():
    described = DOCUMENT["components"]["schemas"]["EventHeaders"]
    sent = examples.envelope(FilingAccepted)
    assert set(described["properties"]) == set(sent.headers())


def test_a_real_heartbeat_is_as_its_message_says():
    message = DOCUMENT["components"]["messages"][heartbeat.type_of("intake")]
    headers, body = heartbeat.message("intake", examples.HEARTBEAT)
    assert faults(message["headers"], headers) == []
    assert faults(message["payload"], json.loads(body)) == []


@pytest.mark.parametrize("contract", EVENTS, ids=type_of)
def test_every_field_says_what_it_means(contract):
    schema = DOCUMENT["components"]["schemas"][contract.__name__]
    silent = [name for name, field in schema["properties"].items() if "description" not in field]
    assert silent == []


def test_producers_send_and_who_acts_receives():
    operations = DOCUMENT["operations"]
    for contract in EVENTS:
        name = type_of(contract)
        assert operations[f"{contract.source}.sends.{name}"]["action"] == "send"
        receivers = {
            each["x-service"]
            for each in operations.values()
            if each["action"] == "receive" and each["channel"]["$ref"] == f"#/channels/{name}"
        }
        assert receivers == set(DOCUMENT["channels"][name]["x-acting"])
    assert {each["x-service"] for each in operations.values() if each["action"] == "send"} == set(
        PRODUCERS
    )


@pytest.fixture
def second_version(monkeypatch):
    monkeypatch.setattr("govproject.contracts.event._known", dict(known()))

    class FilingAccepted2(Event, source="intake", name="filing.accepted", version=2):
        """The bureau found the filing regular."""

        accepted_by: str
        """Who found it so."""

    return FilingAccepted2


def test_an_old_version_is_deprecated_once_there_is_a_newer_one(second_version):
    document = asyncapi.document()
    messages, schemas = (document["components"][kind] for kind in ("messages", "schemas"))

    assert document["channels"][f"{ACCEPTED}.v1"]["x-superseded-by"] == f"{ACCEPTED}.v2"
    assert messages[f"{ACCEPTED}.v1"]["x-deprecated"]
    assert {"name": "deprecated"} in messages[f"{ACCEPTED}.v1"]["tags"]
    assert schemas["FilingAccepted"]["deprecated"]
    assert "x-superseded-by" not in document["channels"][f"{ACCEPTED}.v2"]
    assert "x-deprecated" not in messages[f"{ACCEPTED}.v2"]
    assert "deprecated" not in schemas["FilingAccepted2"]
    assert [
        name for name, schema in DOCUMENT["components"]["schemas"].items() if "deprecated" in schema
    ] == []
