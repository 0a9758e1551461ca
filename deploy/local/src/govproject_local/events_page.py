"""`docs/events.md`: the AsyncAPI document, and nothing else, in words and tables."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]


def page(document: Json) -> Iterator[str]:
    """The lines of the page."""
    schemas: Mapping[str, Json] = document["components"]["schemas"]
    yield f"# Events, version {document['info']['version']}\n"
    yield f"{document['info']['description']}\n"
    yield "This page is [asyncapi.json](asyncapi.json) in words.\n"
    yield "## Queues of the suite\n"
    yield "| service | its events | what the broker gave up |"
    yield "|---|---|---|"
    for service, names in document["x-queues"]["suite"].items():
        yield f"| {service} | `{names['events']}` | `{names['deadLetters']}` |"
    yield ""
    yield "## Header fields\n"
    for name in ("EventHeaders", "HeartbeatHeaders"):
        yield f"{schemas[name]['description']}\n"
        yield from _fields(schemas[name], schemas)
    producer = ""
    for channel in document["channels"].values():
        if channel["x-producer"] != producer and "parameters" in channel:
            producer = channel["x-producer"]
            followers = ", ".join(channel["x-followers"]) or "nobody"
            exchange = channel["bindings"]["amqp"]["exchange"]["name"]
            yield f"## {producer}\n"
            yield f"Exchange `{exchange}`; followed by {followers}.\n"
        if "parameters" in channel:
            yield from _event(document, channel)
    yield from _heartbeat(document)
    yield "## Compound values\n"
    for name in _used(document, kind="properties"):
        yield f"### {name}\n"
        yield f"{schemas[name].get('description', '')}\n"
        yield from _fields(schemas[name], schemas)
    yield "## Vocabularies\n"
    for name in _used(document, kind="enum"):
        yield f"### {name}\n"
        yield f"{schemas[name].get('description', '')}\n"
        yield "| value | in Chinese |"
        yield "|---|---|"
        chinese = schemas[name].get("x-chinese", {})
        for value in schemas[name]["enum"]:
            yield f"| `{value}` | {chinese.get(value, '')} |"
        yield ""


def _event(document: Json, channel: Json) -> Iterator[str]:
    (name,) = channel["messages"]
    message = document["components"]["messages"][name]
    schemas = document["components"]["schemas"]
    title = channel["title"].partition(": ")[2]
    event, _, version = title.rpartition(" ")
    yield f"### `{event}` {version}\n"
    if newest := channel.get("x-superseded-by"):
        yield f"**Deprecated**: new events are `{newest}`.\n"
    yield f"{message['summary']}\n"
    acting = ", ".join(channel["x-acting"]) or "no service of the suite"
    yield f"Type `{name}`, routing key `{channel['address']}`. Acted on by {acting}.\n"
    yield from _fields(schemas[_name(message["payload"])], schemas)
    yield from _example(message)


def _heartbeat(document: Json) -> Iterator[str]:
    channel = next(each for each in document["channels"].values() if "parameters" not in each)
    (name,) = channel["messages"]
    message = document["components"]["messages"][name]
    schemas = document["components"]["schemas"]
    yield "## Heartbeat of every producer\n"
    yield f"{message['summary']} Routing key `{channel['address']}`.\n"
    yield from _fields(schemas[_name(message["payload"])], schemas)
    yield from _example(message)


def _fields(schema: Json, schemas: Mapping[str, Json]) -> Iterator[str]:
    yield "| field | type | meaning |"
    yield "|---|---|---|"
    needed = schema.get("required", ())
    for name, field in schema["properties"].items():
        kind = _type(field, schemas) + ("" if name in needed else ", may be missing")
        meaning = field.get("description", field.get("title", ""))
        yield f"| `{name}` | {kind} | {meaning} |"
    yield ""


def _example(message: Json) -> Iterator[str]:
    (example,) = message["examples"]
    yield "```json"
    yield json.dumps(example, ensure_ascii=False, indent=1)
    yield "```\n"


def _type(schema: Json, schemas: Mapping[str, Json]) -> str:
    """A type as a reader says it; what has a section of its own is linked to it."""
    if "allOf" in schema:
        return _type(schema["allOf"][0], schemas)
    if "$ref" in schema:
        return f"[{_name(schema)}](#{_name(schema).lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(each, schemas) for each in schema["anyOf"])
    if "items" in schema:
        length = f"{schema['minItems']} " if "minItems" in schema else ""
        return f"array of {length}{_type(schema['items'], schemas)}"
    if "const" in schema:
        return f"`{schema['const']}`"
    words = str(schema["type"])
    if "format" in schema:
        words += f" ({schema['format']})"
    if "minimum" in schema:
        words += f" from {schema['minimum']}"
    if "maximum" in schema:
        words += f" to {schema['maximum']}"
    return words


def _used(document: Json, kind: str) -> list[str]:
    """Schemas of this kind that are neither a message's body nor its headers."""
    bodies = {_name(each["payload"]) for each in document["components"]["messages"].values()}
    return sorted(
        name
        for name, schema in document["components"]["schemas"].items()
        if kind in schema and name not in bodies and not name.endswith("Headers")
    )


def _name(reference: Json) -> str:
    name: str = reference["$ref"].rpartition("/")[2]
    return name
