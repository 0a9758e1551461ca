"""Run one service as a process: prerequisites, then uvicorn, then an orderly end.

On SIGTERM or SIGINT: readiness off, consumers cancelled and their batch finished, HTTP drained, the
relay flushed, everything closed. What is missing at the start is one line on stderr and exit code
2, never a traceback.
"""

import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from govproject import logs, tracing
from govproject.errors import PrerequisiteError
from govproject.persistence.database import Database
from govproject.plugins import PluginError
from govproject.settings import Settings
from govproject.web.runtime import Runtime

log = structlog.get_logger(__name__)

DRAIN_SECONDS = 5
_BACKLOG = 2048
# Longer than clients and proxies keep idle connections: whoever closes first must not be us, or a
# request that is just being sent meets a closed door.
_KEEP_ALIVE_SECONDS = 75


class DrainingServer(uvicorn.Server):
    """Stops taking messages before it stops taking requests."""

    def __init__(self, config: uvicorn.Config, runtime: Runtime) -> None:
        super().__init__(config)
        self._runtime = runtime

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Called once, when a signal has ended the main loop."""
        self._runtime.draining = True
        try:
            await self._runtime.messaging.stop_consuming()
        finally:
            await super().shutdown(sockets)


def run(create_app: Callable[[Settings], FastAPI]) -> None:
    """Run the service until it is told to stop; exits the process.

    Args:
        create_app: the service's composition root.
    """
    # uvicorn raises the signal again after its own orderly end; that end is a success.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    try:
        settings = Settings.from_environment()
        app = create_app(settings)
        runtime: Runtime = app.state.runtime
        _must_be_writable(runtime.db)
        if settings.otlp_endpoint is not None:
            tracing.configure(runtime.service.name, runtime.service.version, settings.otlp_endpoint)
        listener = _listen(settings)
    except (PrerequisiteError, PluginError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    logs.configure(runtime.service.name, settings.log_level)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
    )
    log.info("starting", host=settings.service_host, port=settings.port)
    try:
        DrainingServer(config, runtime).run(sockets=[listener])
    finally:
        tracing.shutdown()


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def _listen(settings: Settings) -> socket.socket:
    """Take the port now, so that nobody else can between the check and the start."""
    family = socket.AF_INET6 if ":" in settings.service_host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.service_host, settings.port))
        # Bound alone, it could still be bound by a second process.
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise PrerequisiteError(
            f"cannot listen on {settings.service_host}:{settings.port} "
            f"({(error.strerror or str(error)).lower()}); "
            "free it or set GOVPROJECT_PORT and GOVPROJECT_SERVICE_HOST"
        ) from error
    return listener


def _must_be_writable(db: Database) -> None:
    try:
        with db.write() as session:
            session.connection()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise PrerequisiteError(
            f"the database cannot be written ({reason}); check that it is running or that its "
            "directory exists and is writable, and set GOVPROJECT_DATABASE_URL"
        ) from error
    finally:
        db.dispose()
