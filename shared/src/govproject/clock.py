"""One injected clock. Legal days are days in Asia/Shanghai, whatever the host's zone."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in Asia/Shanghai."""


def system_clock() -> datetime:
    """The host's time, in Asia/Shanghai."""
    return datetime.now(UTC).astimezone(SHANGHAI)
