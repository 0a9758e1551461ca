"""The snapshot of every event version that was ever published, and whether the code still keeps it.

`contracts/published.json` only ever grows. `./govproject docs` adds to it; what contradicts it is
refused there and by `./govproject check`, which runs this module.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from govproject_local import asyncapi
from govproject_local.compatibility import breaks
from govproject_local.paths import ROOT

PATH = ROOT / "shared/src/govproject/contracts/published.json"

Json = dict[str, Any]
Snapshot = Mapping[str, Json]
"""By `<source>/<event>/<version>`: the schema of the body."""

# Words for people: they may change.
_WORDS = {"title", "description", "examples", "deprecated", "x-chinese"}


def snapshot() -> Snapshot:
    """What was published, as written down."""
    found: Snapshot = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}
    return found


def current(document: Json) -> Snapshot:
    """What an AsyncAPI document of ours says today."""
    schemas = document["components"]["schemas"]
    return {
        f"{each.source}/{each.name}/{each.version}": normalised(schemas[each.__name__], schemas)
        for each in asyncapi.published()
    }


def normalised(schema: Json, schemas: Mapping[str, Json]) -> Json:
    """A schema with what it refers to in it, without words, in a fixed order."""
    if "$ref" in schema:
        return normalised(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    made = {key: value for key, value in sorted(schema.items()) if key not in _WORDS}
    if "allOf" in made:
        # How a reference stands beside other keywords.
        (referred,) = made.pop("allOf")
        made = normalised(referred, schemas) | made
    if "const" in made:
        made["enum"] = [made.pop("const")]
    for key, value in made.items():
        match key:
            case "properties":
                made[key] = {name: normalised(value[name], schemas) for name in sorted(value)}
            case "anyOf":
                made[key] = sorted((normalised(each, schemas) for each in value), key=_place)
            case "required":
                made[key] = sorted(value)
            case "items" | "additionalProperties" if isinstance(value, dict):
                made[key] = normalised(value, schemas)
            case "prefixItems" | "oneOf":
                made[key] = [normalised(each, schemas) for each in value]
    return made


def _place(option: Json) -> tuple[str, str]:
    # By type first: what happens inside an option does not move it.
    return str(option.get("type")), json.dumps(option, sort_keys=True)


def violations(before: Snapshot, now: Snapshot) -> Iterator[str]:
    """Say in a line each where the code breaks what was published, and what to do instead."""
    for key, schema in before.items():
        source, name, version = key.split("/")
        event = f"{source} {name} v{version}"
        if key not in now:
            yield f"{event} was published and is not declared any more: declare it again"
            continue
        newest = max(int(each.rpartition("/")[2]) for each in now if _same(each, key))
        for clause in breaks(schema, now[key]):
            advice = (
                f"make it version {newest + 1} beside v{version}"
                if newest == int(version)
                else f"leave v{version} as it was, there is v{newest} for that"
            )
            yield f"{event}: {clause}: {advice}"


def text(before: Snapshot, now: Snapshot) -> str:
    """The snapshot with what the code adds to it; what contradicts it is left as it was."""
    kept = {
        key: schema
        for key, schema in before.items()
        if key in now and any(breaks(schema, now[key]))
    }
    made = {**before, **now, **kept}
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _same(key: str, other: str) -> bool:
    return key.rpartition("/")[0] == other.rpartition("/")[0]


def main() -> int:
    """Print the violations; 1 if there are any."""
    found = list(violations(snapshot(), current(asyncapi.document())))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
