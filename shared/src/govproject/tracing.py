"""One trace from a request through outbox, message and handler into the logs (W3C Trace Context).

Each unit of work is a `Span`: its ids are in its log lines, and its traceparent goes with what it
causes. That is all, unless an endpoint is configured: then spans are measured and exported as well,
by `govproject.otlp`, whose libraries are installed with the extra `tracing`.
"""

import importlib
import re
from collections.abc import Mapping
from random import getrandbits
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from govproject.errors import PrerequisiteError

if TYPE_CHECKING:
    from govproject.otlp import Recorder

_TRACEPARENT = re.compile(
    r"(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.*)?"
)
_SAMPLED = 1

Kind = Literal["SERVER", "PRODUCER", "CONSUMER", "CLIENT"]
"""The part of a span in the traffic between programs."""

recorder: "Recorder | None" = None
"""What measures and exports the spans of this process, if anything does."""


def parse(given: Any) -> str | None:
    """The traceparent that somebody else sent, in the version that we write; None for any other.

    Of the flags only "sampled" is carried on, as the specification demands of those it does not
    define.

    >>> parse("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-09-what-the-future-may-bring")
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    """
    match = _TRACEPARENT.fullmatch(given) if isinstance(given, str) else None
    if match is None:
        return None
    version, ids, flags, more = match.groups()
    if version == "00" and more is not None:
        return None
    return f"00-{ids}-0{int(flags, 16) & _SAMPLED}"


class Span:
    """A unit of work, as a context manager; this one has ids and nothing else.

    Args:
        parent: a traceparent, from `parse` or from another span; None begins a new trace.
    """

    __slots__ = ("flags", "span_id", "trace_id")

    def __init__(self, parent: str | None) -> None:
        # Names, not secrets, and asked for with every event.
        if parent is None:
            self.trace_id = f"{getrandbits(128) or 1:032x}"
            self.flags = "00"
        else:
            self.trace_id = parent[3:35]
            self.flags = parent[53:]
        self.span_id = f"{getrandbits(64) or 1:016x}"

    @property
    def traceparent(self) -> str:
        """What tells others that this span caused their work."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"

    def note(self, attributes: Mapping[str, Any], *, name: str | None = None) -> None:
        """Add what became known on the way."""

    def fail(self, kind: str) -> None:
        """Mark the work as failed, with a word for the kind of failure."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the work, as failed if an exception ends it."""


def configure(service: str, version: str, endpoint: str) -> None:
    """Export the spans of this process from now on. Called once, by the process's main.

    Args:
        service: the name under which they appear.
        version: of the service.
        endpoint: base address of an OTLP/HTTP receiver, such as `http://127.0.0.1:4318`.

    Raises:
        PrerequisiteError: the extra `tracing` is not installed.
    """
    global recorder  # noqa: PLW0603  # there is one destination a process, as for its logs
    try:
        otlp = importlib.import_module("govproject.otlp")
    except ImportError as error:
        raise PrerequisiteError(
            f"GOVPROJECT_OTLP_ENDPOINT is set, but {error.name} is not installed: "
            "install govproject[tracing], or unset it"
        ) from error
    recorder = otlp.Recorder(service, version, endpoint)


def shutdown() -> None:
    """Export what is left, for a few seconds at most. Later spans are not recorded."""
    global recorder
    if recorder is not None:
        last, recorder = recorder, None
        last.shutdown()
