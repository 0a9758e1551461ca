"""Is the process there, and can it work? For supervisors, load balancers and people."""

from asyncio import Task

import structlog
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from govproject.persistence import migrate
from govproject.web import problems, runtime
from govproject.web.runtime import Runtime

log = structlog.get_logger(__name__)

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The event loop turns."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """Database, broker, consumers and migrations: all as they must be to do work."""
    checks = check(runtime.of(request))
    reasons = {name: reason for name, reason in checks.items() if reason is not None}
    if not reasons:
        return JSONResponse({"status": "ready", "checks": dict.fromkeys(checks, "ok")})
    return problems.response(
        request,
        503,
        "not_ready",
        f"服务尚未就绪：{'、'.join(reasons)}。",
        extra={"checks": {name: reasons.get(name, "ok") for name in checks}},
    )


@router.get("/version")
def version(request: Request) -> dict[str, str]:
    """What runs here."""
    running = runtime.of(request)
    service = running.service
    return {"service": service.name, "title": service.title, "version": service.version}


def check(running: Runtime) -> dict[str, str | None]:
    """Each thing that must be well, by name: None if it is, else the reason."""
    return {
        "process": "shutting down" if running.draining else None,
        **_database(running),
        **running.messaging.health(),
        **{name: _worker(task) for name, task in running.workers.items()},
    }


def _worker(task: Task[None]) -> str | None:
    if not task.done():
        return None
    failure = None if task.cancelled() else task.exception()
    return f"stopped: {failure!r}" if failure else "stopped"


def _database(running: Runtime) -> dict[str, str | None]:
    try:
        running.db.ping()
        current = migrate.is_current(running.db, running.service.package)
    except Exception as error:
        log.exception("database check failed")
        return {"database": type(error).__name__, "migrations": "unknown"}
    return {"database": None, "migrations": None if current else "not applied"}
