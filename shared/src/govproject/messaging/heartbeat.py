"""How consumers know how old their knowledge is.

Every few seconds a producer sends, behind all its events, "everything that I committed before
`as_of` is ahead of this message". Queues keep their order, so whoever reads it has seen all that.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from govproject.messaging import topology
from govproject.messaging.envelope import Arrival, UnparsableError

AHEAD = timedelta(minutes=5)
"""By how much clocks may differ. What vouches for a moment beyond that comes from a wrong one."""
VERSION = 1
ROUTING_KEY = topology.routing_key(topology.HEARTBEAT, VERSION, "all")


def type_of(source: str) -> str:
    """The CloudEvents type of a producer's heartbeat."""
    return f"govproject.{source}.{topology.HEARTBEAT}.v{VERSION}"


def message(source: str, as_of: datetime) -> tuple[Mapping[str, Any], bytes]:
    """Headers and body of a heartbeat."""
    headers = {
        "ce-specversion": "1.0",
        "ce-source": f"govproject/{source}",
        "ce-type": type_of(source),
    }
    return headers, json.dumps({"as_of": as_of.isoformat()}).encode()


def is_heartbeat(arrival: Arrival) -> bool:
    """True for a heartbeat of the producer whose exchange it came through."""
    return arrival.source != "" and arrival.headers.get("ce-type") == type_of(arrival.source)


def as_of(arrival: Arrival) -> datetime:
    """The moment that a heartbeat vouches for.

    Raises:
        UnparsableError: the body does not say.
    """
    try:
        moment = datetime.fromisoformat(json.loads(arrival.body)["as_of"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnparsableError(f"heartbeat without a moment: {error}") from error
    if moment.utcoffset() is None:
        raise UnparsableError("heartbeat without a time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise UnparsableError(f"heartbeat without a moment: {error}") from error
