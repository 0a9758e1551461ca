"""JSON Schemas of `docs/asyncapi.json`: the contracts' own, tidied, and those of the headers."""

from collections.abc import Mapping
from typing import Any

from govproject.messaging.topology import SLOTS

Json = dict[str, Any]


def tidied(schema: Json) -> Json:
    """A schema of pydantic's as a reader wants it: without titles that only repeat names.

    >>> tidied({"type": "object", "properties": {"due_on": {"type": "string", "title": "Due On"}}})
    {'type': 'object', 'properties': {'due_on': {'type': 'string'}}}
    """
    made = dict(schema)
    if "description" in made:
        # What follows the first paragraph of a docstring is for programmers.
        made["description"] = made["description"].partition("\n\n")[0].replace("\n", " ")
    if "properties" in made:
        made["properties"] = {
            name: _member(name, each) for name, each in made["properties"].items()
        }
    return made


def _member(name: str, schema: Json) -> Json:
    member = dict(schema)
    if member.get("title") == name.replace("_", " ").title():
        del member["title"]
    # Beside a reference, other keywords would not count.
    if "$ref" in member and len(member) > 1:
        member["allOf"] = [{"$ref": member.pop("$ref")}]
    return member


def _text(description: str, **more: Any) -> Json:
    return {"type": "string", "description": description, **more}


_ALWAYS: Mapping[str, Json] = {
    "ce-specversion": _text("The version of CloudEvents.", const="1.0"),
    "ce-source": _text("`govproject/<producer>`."),
    "ce-type": _text("`govproject.<producer>.<event>.v<version>`."),
}
_OF_EVENTS: Mapping[str, Json] = {
    "ce-id": _text("The event, the same on every repetition.", format="uuid"),
    "ce-time": _text("When it was committed, by the producer's clock.", format="date-time"),
    "ce-subject": _text("The project, and so the stream.", format="uuid"),
    "ce-sequence": _text(
        "The event's place among those of this producer about this project, from 1 without a gap,"
        " whatever the event.",
        pattern="^[1-9][0-9]{0,18}$",
    ),
    "ce-aggregatetype": _text("What the subject is.", const="project"),
}
_WHERE_KNOWN: Mapping[str, Json] = {
    "ce-requestid": _text("The request that caused it, where known."),
    "traceparent": _text(
        "The W3C trace it belongs to, where known.",
        pattern="^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
    ),
}

HEADERS: Mapping[str, Json] = {
    "EventHeaders": {
        "type": "object",
        "description": "AMQP headers of an event: its CloudEvents 1.0 attributes.",
        "properties": {**_ALWAYS, **_OF_EVENTS, **_WHERE_KNOWN},
        "required": [*_ALWAYS, *_OF_EVENTS],
    },
    "HeartbeatHeaders": {
        "type": "object",
        "description": "AMQP headers of a heartbeat, which has no place in any stream.",
        "properties": dict(_ALWAYS),
        "required": [*_ALWAYS],
    },
}

HEARTBEAT: Json = {
    "type": "object",
    "description": "How far a producer's events have been sent.",
    "properties": {
        "as_of": _text(
            "Everything that the producer committed before this moment has been sent.",
            format="date-time",
        ),
        "published": {
            "type": "array",
            "description": "How many events have ever been sent, by slot.",
            "items": {"type": "integer", "minimum": 0},
            "minItems": SLOTS,
            "maxItems": SLOTS,
        },
    },
    "required": ["as_of", "published"],
}
