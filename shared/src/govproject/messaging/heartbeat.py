"""How consumers know how old their knowledge is.

Every few seconds a producer sends, behind all its events, "everything that I committed before
`as_of` has been published, and that makes so many events in each slot, ever". Whoever has received
as many knows all that; whoever has not has lost some, or they are still on their way.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from govproject.messaging import topology
from govproject.messaging.envelope import Arrival, UnparsableError

AHEAD = timedelta(minutes=5)
"""By how much clocks may differ. What vouches for a moment beyond that comes from a wrong one."""
VERSION = 1
ROUTING_KEY = topology.routing_key(topology.HEARTBEAT, VERSION, "all")


class _Body(BaseModel):
    model_config = ConfigDict(strict=True)

    as_of: AwareDatetime
    published: tuple[Annotated[int, Field(ge=0, lt=2**63)], ...] = Field(
        min_length=topology.SLOTS, max_length=topology.SLOTS
    )


class Heartbeat(NamedTuple):
    """What a producer vouches for."""

    as_of: datetime
    published: tuple[int, ...]
    """Events ever published, by slot."""


def type_of(source: str) -> str:
    """The CloudEvents type of a producer's heartbeat."""
    return f"govproject.{source}.{topology.HEARTBEAT}.v{VERSION}"


def message(source: str, beat: Heartbeat) -> tuple[Mapping[str, Any], bytes]:
    """Headers and body of a heartbeat."""
    headers = {
        "ce-specversion": "1.0",
        "ce-source": f"govproject/{source}",
        "ce-type": type_of(source),
    }
    body = {"as_of": beat.as_of.isoformat(), "published": beat.published}
    return headers, json.dumps(body).encode()


def is_heartbeat(arrival: Arrival) -> bool:
    """True for a heartbeat of the producer whose exchange it came through."""
    return arrival.source != "" and arrival.headers.get("ce-type") == type_of(arrival.source)


def read(arrival: Arrival) -> Heartbeat:
    """What a heartbeat vouches for.

    Raises:
        UnparsableError: the body does not say.
    """
    try:
        body = _Body.model_validate_json(arrival.body)
        return Heartbeat(body.as_of.astimezone(UTC), body.published)
    except (ValidationError, OverflowError) as error:
        raise UnparsableError(f"a heartbeat that vouches for nothing: {error}") from error
