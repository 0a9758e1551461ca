"""`docs/asyncapi.json`: the events as other systems see them, as an AsyncAPI 3.0 document.

Made from the contracts, the topology and the envelope; what they cannot say about receiving is in
`guide.md` beside this module.
"""

import inspect
import json
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from govproject.contracts import FOLLOWERS, PRODUCERS, Event
from govproject.contracts.event import known
from govproject.messaging import heartbeat, topology, versions
from govproject.messaging.envelope import CONTENT_TYPE, type_of
from govproject.terms import Term
from govproject_local import examples, schemas
from govproject_local.suite import SERVICES, module

Json = dict[str, Any]

_AMQP = "0.3.0"
_PERSISTENT = 2
_ANY = "*"


def document() -> Json:
    """The whole document."""
    contracts = published()
    return {
        "asyncapi": "3.0.0",
        "id": "urn:govproject:events",
        "info": _info(),
        "defaultContentType": CONTENT_TYPE,
        "servers": {"broker": _server()},
        "channels": {type_of(each): _channel(each) for each in contracts}
        | {heartbeat.type_of(producer): _heartbeat_channel(producer) for producer in PRODUCERS},
        "operations": dict(_operations(contracts)),
        "components": {
            "messages": {type_of(each): _message(each) for each in contracts}
            | {heartbeat.type_of(producer): _heartbeat_message(producer) for producer in PRODUCERS},
            "schemas": _schemas(contracts),
            "securitySchemes": {"account": {"type": "userPassword"}},
        },
        "x-delivery": {
            "guarantee": "at-least-once",
            "stream": ["ce-source", "ce-subject"],
            "sequence": "ce-sequence",
            "id": "ce-id",
        },
        "x-queues": _queues(),
    }


def text(made: Json) -> str:
    """A document as it is written down."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def published() -> list[type[Event]]:
    """Every event, as its producer's module has it; producers in the order of the process."""
    order = {producer: place for place, producer in enumerate(PRODUCERS)}
    return sorted(known().values(), key=lambda each: order[each.source])


def superseded_by(contract: type[Event]) -> type[Event] | None:
    """The newest version, when this is not it."""
    newest = max(
        (each for each in known().values() if _event(each) == _event(contract)),
        key=lambda each: each.version,
    )
    return newest if newest is not contract else None


def acting(contract: type[Event]) -> list[str]:
    """The services that do something on an event; the others that follow its producer skip it."""
    return [
        service
        for service in SERVICES
        if contract.source in (consumers := import_module(f"{module(service)}.consumers")).FOLLOWS
        and versions.handled(contract, consumers.HANDLERS)
    ]


def _event(contract: type[Event]) -> tuple[str, str]:
    return contract.source, contract.name


def _info() -> Json:
    return {
        "title": "govproject events",
        "version": version("govproject"),
        "description": Path(__file__).with_name("guide.md").read_text(encoding="utf-8").strip(),
        "license": {"name": "MulanPSL-2.0"},
        "tags": [{"name": producer} for producer in PRODUCERS],
    }


def _server() -> Json:
    return {
        "host": "{host}:{port}",
        "protocol": "amqp",
        "protocolVersion": "0-9-1",
        "description": "The site's RabbitMQ, 3.10 or newer. Its operator says which virtual host it"
        " is, and gives each system an account of its own.",
        "variables": {
            "host": {"default": "localhost", "description": "As the operator says."},
            "port": {"default": "5672", "description": "5671 with TLS."},
        },
        "security": [_ref("securitySchemes", "account")],
        "bindings": {"amqp": {}},
    }


def _channel(contract: type[Event]) -> Json:
    made = _addressed(contract.source, type_of(contract), _routing_key(contract)) | {
        "title": f"{contract.source}: {contract.name} v{contract.version}",
        "summary": _summary(contract),
        "parameters": {
            "slot": {
                "description": f"CRC-32 of the project's id modulo {topology.SLOTS}."
                f" Bind `{topology.routing_key(contract.name, contract.version, _ANY)}` for all.",
                "examples": [str(topology.slot(examples.event(contract).aggregate_id))],
            }
        },
        "x-acting": acting(contract),
    }
    if newest := superseded_by(contract):
        made["x-superseded-by"] = type_of(newest)
    return made


def _heartbeat_channel(producer: str) -> Json:
    return _addressed(producer, heartbeat.type_of(producer), heartbeat.ROUTING_KEY) | {
        "title": f"{producer}: {topology.HEARTBEAT} v{heartbeat.VERSION}",
        "summary": "How far the producer's events have been sent.",
    }


def _addressed(producer: str, message: str, address: str) -> Json:
    exchange = {
        "name": topology.exchange(producer),
        "type": "topic",
        "durable": True,
        "autoDelete": False,
    }
    return {
        "address": address,
        "servers": [{"$ref": "#/servers/broker"}],
        "messages": {message: _ref("messages", message)},
        "tags": [{"name": producer}],
        "bindings": {
            "amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": _AMQP},
        },
        "x-producer": producer,
        "x-followers": list(FOLLOWERS[producer]),
    }


def _message(contract: type[Event]) -> Json:
    example = examples.envelope(contract)
    newest = superseded_by(contract)
    made = {
        "name": type_of(contract),
        "title": contract.__name__,
        "summary": _summary(contract),
        "contentType": CONTENT_TYPE,
        "correlationId": {
            "description": "The request that caused it, where known.",
            "location": "$message.header#/ce-requestid",
        },
        "headers": _headers("EventHeaders", contract.source, type_of(contract)),
        "payload": _ref("schemas", contract.__name__),
        "tags": [{"name": contract.source}, *([{"name": "deprecated"}] if newest else [])],
        "bindings": _message_bindings(type_of(contract)),
        "examples": [{"headers": example.headers(), "payload": json.loads(example.body)}],
        "x-properties": {
            "content_type": CONTENT_TYPE,
            "delivery_mode": _PERSISTENT,
            "message_id": "as ce-id",
            "type": type_of(contract),
        },
    }
    return made | ({"x-deprecated": True} if newest else {})


def _heartbeat_message(producer: str) -> Json:
    headers, body = heartbeat.message(producer, examples.HEARTBEAT)
    return {
        "name": heartbeat.type_of(producer),
        "title": "Heartbeat",
        "summary": "Everything that the producer committed before a moment has been sent.",
        "contentType": CONTENT_TYPE,
        "headers": _headers("HeartbeatHeaders", producer, heartbeat.type_of(producer)),
        "payload": _ref("schemas", "Heartbeat"),
        "tags": [{"name": producer}],
        "examples": [{"headers": dict(headers), "payload": json.loads(body)}],
        "x-properties": {"content_type": CONTENT_TYPE},
    }


def _message_bindings(message: str) -> Json:
    return {"amqp": {"messageType": message, "bindingVersion": _AMQP}}


def _headers(component: str, producer: str, message: str) -> Json:
    return {
        "type": "object",
        "allOf": [_ref("schemas", component)],
        "properties": {
            "ce-source": {"const": f"govproject/{producer}"},
            "ce-type": {"const": message},
        },
    }


def _operations(contracts: Iterable[type[Event]]) -> Iterable[tuple[str, Json]]:
    for contract in contracts:
        name = type_of(contract)
        yield (
            f"{contract.source}.sends.{name}",
            _operation("send", contract.source, name)
            | {"bindings": {"amqp": {"deliveryMode": _PERSISTENT, "bindingVersion": _AMQP}}},
        )
        for service in acting(contract):
            yield (
                f"{service}.receives.{name}",
                _operation("receive", service, name)
                | {"bindings": {"amqp": {"ack": True, "bindingVersion": _AMQP}}},
            )
    for producer in PRODUCERS:
        name = heartbeat.type_of(producer)
        yield f"{producer}.sends.{name}", _operation("send", producer, name)


def _operation(action: str, service: str, name: str) -> Json:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
        "tags": [{"name": service}],
        "x-service": service,
    }


def _schemas(contracts: list[type[Event]]) -> Mapping[str, Json]:
    _, made = models_json_schema(
        [(each, "serialization") for each in contracts], ref_template="#/components/schemas/{model}"
    )
    found: dict[str, Json] = {
        name: schemas.tidied(schema) for name, schema in made["$defs"].items()
    }
    for contract in contracts:
        if superseded_by(contract):
            found[contract.__name__]["deprecated"] = True
    for term in Term.__subclasses__():
        if term.__name__ in found:
            found[term.__name__]["x-chinese"] = {member.value: member.zh for member in term}
    return {**found, **schemas.HEADERS, "Heartbeat": schemas.HEARTBEAT}


def _queues() -> Json:
    return {
        "own": {
            "name": "<system>.<purpose>",
            "durable": True,
            "arguments": {"x-queue-type": "quorum", "x-single-active-consumer": True},
            "prefetch": 1,
        },
        "everything": "#",
        "reserved": topology.exchange(""),
        "suite": {
            service: {
                "events": topology.queue(service, 0).removesuffix("0") + "<partition>",
                "deadLetters": topology.dead_letter_queue(service),
            }
            for service in SERVICES
            if any(service in followers for followers in FOLLOWERS.values())
        },
    }


def _routing_key(contract: type[Event]) -> str:
    return topology.routing_key(contract.name, contract.version, "{slot}")


def _summary(contract: type[Event]) -> str:
    return (inspect.getdoc(contract) or "").partition("\n\n")[0].replace("\n", " ")


def _ref(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}
