"""What a published event may become without a new version, and what not.

Readers are of two kinds: old programs that read new messages, and new ones that read old messages,
kept in a queue or an inbox. A change has to suit both. It may add a field that has a default, and a
value to a vocabulary.

Schemas are compared as `published` normalises them: inlined, without words for people.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

_OF_OBJECTS = {"properties", "required"}


def breaks(old: Schema, new: Schema, at: str = "") -> Iterator[str]:
    """Say, a clause each, what makes the new schema of one place incompatible with the old one.

    Args:
        old: as published.
        new: as declared now.
        at: the place, e.g. `cloud_plan.vcpus`; empty for the whole body.
    """
    if _kind(old) != _kind(new):
        yield f"{_name(at)} changes its type from {_words(old)} to {_words(new)}"
    elif "properties" in old:
        yield from _object(old, new, at)
    elif "items" in old:
        yield from breaks(old["items"], new["items"], f"{at}[]")
    elif "anyOf" in old:
        for one, other in zip(old["anyOf"], new["anyOf"], strict=True):
            yield from breaks(one, other, at)
    elif "enum" in old:
        for value in old["enum"]:
            if value not in new["enum"]:
                yield f"{_name(at)} loses the value {value!r}"
    if old.get("default", ...) != new.get("default", ...):
        yield f"{_name(at)} changes its default"


def _object(old: Schema, new: Schema, at: str) -> Iterator[str]:
    before, after = old["properties"], new["properties"]
    needed_before, needed_after = old.get("required", ()), new.get("required", ())
    for name, schema in before.items():
        place = f"{at}.{name}" if at else name
        if name not in after:
            yield f"{_name(place)} is gone"
            continue
        if name in needed_before and name not in needed_after:
            yield f"{_name(place)} is no longer always there"
        elif name in needed_after and name not in needed_before:
            yield f"{_name(place)} becomes required, and older messages may lack it"
        # A field that gains or loses its default says so above; the same twice helps nobody.
        ignored = {"default"} if (name in needed_before) != (name in needed_after) else set()
        yield from breaks(_without(schema, ignored), _without(after[name], ignored), place)
    for name in after:
        place = f"{at}.{name}" if at else name
        if name in before:
            continue
        if old.get("additionalProperties") is False:
            yield f"{_name(place)} is new where readers refuse what they do not know"
        elif name in needed_after:
            yield f"{_name(place)} is new without a default, and older messages lack it"


def _kind(schema: Schema) -> Any:
    """All that must stay as it is; what is inside is compared by itself."""
    kind: dict[str, Any] = {
        key: value
        for key, value in schema.items()
        if key not in {"default", "enum", "items", "anyOf", *_OF_OBJECTS}
    }
    kind |= {key: True for key in ("enum", "items", "properties") if key in schema}
    if "anyOf" in schema:
        kind["anyOf"] = [_kind(each) for each in schema["anyOf"]]
    return kind


def _words(schema: Schema) -> str:
    if "anyOf" in schema:
        return " or ".join(_words(each) for each in schema["anyOf"])
    if "items" in schema:
        return f"array of {_words(schema['items'])}"
    facets = [
        f"{key} {value}"
        for key, value in schema.items()
        if key not in {"type", "default", *_OF_OBJECTS}
    ]
    kind: str = schema.get("type", "anything")
    return f"{kind} ({', '.join(facets)})" if facets else kind


def _name(at: str) -> str:
    return f"`{at}`" if at else "the body"


def _without(schema: Schema, keys: set[str]) -> Schema:
    return {key: value for key, value in schema.items() if key not in keys}
