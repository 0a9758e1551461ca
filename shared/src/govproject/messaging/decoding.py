"""What the broker carries and the client library cannot read must not end a connection.

It would end it with every delivery, and with it the delivery of everything else in the queue. Read
as below, such a message has no place, and is parked with what could be saved of it.
"""

from datetime import UTC, datetime

from pamqp import decode
from pamqp.common import FieldTable

UNREADABLE = "unreadable"
"""The only header of a message whose headers cannot be read; its value are their bytes in hex."""

_TEXT = ord("S")
_OTHER = (ValueError, IndexError)
_ERRORS = (ValueError, OverflowError, OSError, RecursionError)


def tolerate() -> None:
    """Let the library read whatever comes; harmless when it does already."""
    decode.METHODS.update(table=_table, shortstr=_short_text, timestamp=_moment)


def _table(value: bytes) -> tuple[int, FieldTable]:
    """Tables with moments beyond the calendar, with names that are no text, or nested too deep."""
    end = 4 + int.from_bytes(value[:4], "big")
    try:
        return end, _texts(value, end)
    except _OTHER:
        pass
    try:
        return decode.field_table(value)
    except _ERRORS:
        return end, {UNREADABLE: value[4:end].hex()}


def _texts(value: bytes, end: int) -> FieldTable:
    """A table of nothing but texts, as all events have, in one loop.

    Raises:
        ValueError, IndexError: it is none.
    """
    table: FieldTable = {}
    at = 4
    while at < end:
        named = at + 1 + value[at]
        if value[named] != _TEXT:
            raise ValueError("not a text")
        begin = named + 5
        stop = begin + int.from_bytes(value[named + 1 : begin], "big")
        table[value[at + 1 : named].decode()] = value[begin:stop].decode()
        at = stop
    if at != end or end > len(value):
        raise ValueError("the lengths do not agree")
    return table


def _short_text(value: bytes) -> tuple[int, str]:
    """Names and keys that are no UTF-8."""
    end = 1 + value[0]
    return end, value[1:end].decode(errors="backslashreplace")


def _moment(value: bytes) -> tuple[int, datetime]:
    """Moments beyond the calendar; nobody reads this property."""
    try:
        return decode.timestamp(value)
    except _ERRORS:
        return 8, datetime.fromtimestamp(0, UTC)
