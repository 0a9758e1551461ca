"""An event on the wire: CloudEvents 1.0 attributes as `ce-` headers, and a JSON body.

Nothing in a message is believed until `Envelope.parse` has checked it, except the exchange it came
through: the broker lets only the producer itself write there.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, Self
from uuid import UUID, uuid5

from govproject import tracing
from govproject.contracts import Event, lookup

CONTENT_TYPE = "application/json"

_TYPE = re.compile(r"govproject\.(?P<source>[a-z-]+)\.(?P<name>[a-z_.]+)\.v(?P<version>[0-9]{1,4})")
_UNPLACED = UUID("5f0e2b1c-5a8e-5d55-9c3b-6f0f6a1d7c11")  # any fixed namespace
_SEQ = re.compile(r"[1-9][0-9]{0,18}")
_MAX_TEXT = 200
_MAX_SEQ = 2**63 - 1


class UnparsableError(Exception):
    """A message that cannot be given a place in any stream; the text says why."""


class Arrival(NamedTuple):
    """A message as it came. `source` is the producer whose exchange it came through, or ""."""

    source: str
    headers: Mapping[str, Any]
    body: bytes
    redelivered: bool = False

    def digest(self) -> UUID:
        """An id made of the content, for a message whose own id cannot be trusted."""
        # The broker adds headers of its own (x-delivery-count, x-death) on the way.
        own = {name: value for name, value in self.headers.items() if not name.startswith("x-")}
        return uuid5(_UNPLACED, f"{self.source}\n{storable(own)}\n{self.body.hex()}")


class Envelope(NamedTuple):
    """An event with its place: `aggregate_seq` counts from 1 in its stream without a gap."""

    event_id: UUID
    source: str
    ce_type: str
    aggregate_type: str
    aggregate_id: str
    aggregate_seq: int
    time: datetime
    body: bytes
    request_id: str | None = None
    traceparent: str | None = None

    def headers(self) -> dict[str, str]:
        """The attributes as AMQP headers."""
        optional = {"ce-requestid": self.request_id, "traceparent": self.traceparent}
        return {
            "ce-specversion": "1.0",
            "ce-id": str(self.event_id),
            "ce-source": f"govproject/{self.source}",
            "ce-type": self.ce_type,
            "ce-time": self.time.isoformat(),
            "ce-subject": self.aggregate_id,
            "ce-sequence": str(self.aggregate_seq),
            "ce-aggregatetype": self.aggregate_type,
        } | {name: value for name, value in optional.items() if value is not None}

    @classmethod
    def parse(cls, arrival: Arrival) -> Self:
        """Check every attribute that decides on the message's place.

        What only tells where it comes from, request and trace, is left out when it is unusable.

        Raises:
            UnparsableError: it has no place.
        """
        headers = arrival.headers
        claimed = _text(headers, "ce-source")
        if not arrival.source or claimed != f"govproject/{arrival.source}":
            raise UnparsableError(
                f"ce-source {claimed!r} came through the exchange of {arrival.source!r}"
            )
        return cls(
            event_id=_uuid(headers, "ce-id"),
            source=arrival.source,
            ce_type=_text(headers, "ce-type"),
            aggregate_type=_text(headers, "ce-aggregatetype"),
            aggregate_id=_text(headers, "ce-subject"),
            aggregate_seq=_sequence(headers, "ce-sequence"),
            time=_time(headers, "ce-time"),
            body=arrival.body,
            request_id=_request_id(headers),
            traceparent=tracing.parse(headers.get("traceparent")),
        )

    def contract(self) -> type[Event] | None:
        """The event's model, or None when this build does not know the type or its version."""
        source, name, version = _parts(self.ce_type)
        if source != self.source:
            return None
        known = lookup(source, name, version)
        # In another stream than its own, an event would have a place in no order.
        return known if known and known.aggregate_type == self.aggregate_type else None


@lru_cache
def _parts(ce_type: str) -> tuple[str, str, int]:
    match = _TYPE.fullmatch(ce_type)
    return (match["source"], match["name"], int(match["version"])) if match else ("", "", 0)


def type_of(event: Event | type[Event]) -> str:
    """The CloudEvents type of a contract.

    >>> from govproject.contracts.intake import FilingAccepted
    >>> type_of(FilingAccepted)
    'govproject.intake.filing.accepted.v1'
    """
    return f"govproject.{event.source}.{event.name}.v{event.version}"


def subject_of(arrival: Arrival) -> str:
    """The project that a message without a place says it is about; "" when it does not say."""
    try:
        return _text(arrival.headers, "ce-subject")
    except UnparsableError:
        return ""


def storable(headers: Mapping[str, Any]) -> str:
    """Headers as JSON that every database takes, whatever a stranger put into them."""
    try:
        return json.dumps(headers, sort_keys=True, default=repr, allow_nan=False)
    except (RecursionError, ValueError):  # nested too deep, or a number that no JSON has
        plain = {name: _described(value) for name, value in headers.items()}
        return json.dumps(plain, sort_keys=True)


def _described(value: Any) -> str:
    try:
        return value if isinstance(value, str) else repr(value)
    except (RecursionError, ValueError):
        return f"<{type(value).__name__}>"


def _text(headers: Mapping[str, Any], name: str) -> str:
    value = headers.get(name)
    if not isinstance(value, str) or not value:
        raise UnparsableError(f"{name} is missing")
    # Unprintable characters (NUL, lone surrogates) would not even be storable everywhere.
    if len(value) > _MAX_TEXT or not value.isprintable():
        raise UnparsableError(f"{name} is not a short printable text")
    return value


def _request_id(headers: Mapping[str, Any]) -> str | None:
    try:
        return _text(headers, "ce-requestid")
    except UnparsableError:
        return None


def _uuid(headers: Mapping[str, Any], name: str) -> UUID:
    try:
        return UUID(_text(headers, name))
    except ValueError as error:
        raise UnparsableError(f"{name} is not a UUID") from error


def _sequence(headers: Mapping[str, Any], name: str) -> int:
    given = headers.get(name)
    if isinstance(given, str) and _SEQ.fullmatch(given):
        given = int(given)
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= _MAX_SEQ:
        raise UnparsableError(f"{name} is not a number that counts from 1")
    return given


def _time(headers: Mapping[str, Any], name: str) -> datetime:
    text = _text(headers, name)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnparsableError(f"{name} is not a moment") from error
    if moment.utcoffset() is None:
        raise UnparsableError(f"{name} has no time zone")
    return moment
