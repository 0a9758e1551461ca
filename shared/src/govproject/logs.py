"""Logs as one JSON object a line on stdout, our own and those of every library.

Every line carries the service, and within a request its request and trace id. Credentials never
reach a log: members with telling names are blanked as a last resort.
"""

import io
import logging
import sys
from collections.abc import Callable
from contextvars import ContextVar

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_SECRET = (
    "password",
    "token",
    "authorization",
    "secret",
    "signing_key",
    "database_url",
    "amqp_url",
)

about: ContextVar[Callable[[], dict[str, str]] | None] = ContextVar("about", default=None)
"""What the lines of the work at hand say beside their message: asked for when there is a line."""


def configure(service: str, level: str) -> None:
    """Send all logging of this process through structlog. Called once, by the process's main."""

    def with_service(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["service"] = service
        return event

    shared: list[Processor] = [
        with_work,
        with_service,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        blank_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A log line must come out whatever the terminal's locale or the text in it.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # It announces each look at the version table, which tells an operator nothing.
    logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)


def with_work(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Add what the line is about; the line itself knows better."""
    ask = about.get()
    return event if ask is None else {**ask(), **event}


def blank_secrets(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace the values of members whose name says that they are a credential."""
    for name in event:
        if any(word in name.lower() for word in _SECRET):
            event[name] = "***"
    return event
