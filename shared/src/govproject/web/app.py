"""The app factory: a service's parts become a FastAPI application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog
from anyio import to_thread
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.types import Scope

from govproject.clock import Clock, system_clock
from govproject.contracts import FOLLOWERS
from govproject.files.folder import FolderStore
from govproject.identity import LocalAccounts, Verifier, is_local, refuse_local_in_production
from govproject.messaging.runtime import Messaging
from govproject.next_steps import routes as next_steps
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.plugins import load
from govproject.service import Service
from govproject.settings import Settings
from govproject.web import (
    checks,
    events,
    files,
    health,
    metrics,
    openapi,
    problems,
    regulation,
    tokens,
)
from govproject.web.metrics import Metrics
from govproject.web.requests import Requests
from govproject.web.runtime import Runtime

log = structlog.get_logger(__name__)

API = "/api/v1"
# What any authenticated route may answer; a route adds what is its own.
COMMON = (400, 401, 403, 404, 409, 413, 415, 422, 503)


def build(service: Service, settings: Settings, *, clock: Clock = system_clock) -> FastAPI:
    """Put a service together. Connections are made when the application starts, not here.

    Raises:
        PrerequisiteError: the identity is missing, or local in production.
        PluginError: a plugin must not be loaded; the message says why.
    """
    runtime = _runtime(service, settings, clock)
    app = FastAPI(
        title=service.title,
        version=service.version,
        lifespan=_lifespan,
        # The bundled pages load their scripts from a CDN, which a government network cannot reach.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.runtime = runtime
    problems.install(app)
    openapi.install(app)
    app.include_router(health.router)
    app.include_router(metrics.router)
    app.include_router(regulation.router)
    if is_local(settings.identity_dir):
        accounts = LocalAccounts.load(settings.identity_dir)
        app.include_router(tokens.router(accounts), prefix=API)
    if service.gates:
        app.include_router(checks.router(service), prefix=API)
    routers = [*service.routers, files.router, events.router(service.name)]
    if service.next_steps is not None:
        routers.append(next_steps.router(service, service.next_steps))
    for router in routers:
        app.include_router(router, prefix=API, responses=problems.responses(*COMMON))
    app.add_middleware(
        Requests,
        metrics=runtime.metrics,
        clock=clock,
        route_of=_route_of(app),
        uploads=frozenset({API + files.PATH}),
    )
    return app


def _runtime(service: Service, settings: Settings, clock: Clock) -> Runtime:
    if settings.environment == "production":
        refuse_local_in_production(settings.identity_dir)
    db = Database(settings.database_url)
    plugins = load(service.rules, folder=settings.plugins_dir)
    counters = Metrics(service.name)
    for gauges in service.gauges:
        counters.registry.register(gauges(db, clock))
    return Runtime(
        service=service,
        settings=settings,
        clock=clock,
        db=db,
        plugins=plugins,
        files=plugins.adapters.store_file() or FolderStore(settings.files_dir),
        verifier=Verifier.load(settings.identity_dir),
        messaging=Messaging(
            service.name,
            settings.broker_url,
            db,
            service.handlers,
            service.follows,
            registry=counters.registry,
            clock=clock,
            partitions=settings.partitions,
            required=FOLLOWERS.get(service.name, ()),
        ),
        metrics=counters,
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Bring the tables up to date and connect; on leaving, drain and close."""
    runtime: Runtime = app.state.runtime
    await to_thread.run_sync(migrate.upgrade, runtime.db, runtime.service.package)
    await runtime.messaging.start()
    surroundings = runtime.surroundings()
    for work in runtime.service.workers:
        task = asyncio.create_task(work(surroundings))
        task.add_done_callback(_log_failure)
        runtime.workers[work.__module__] = task
    try:
        yield
    finally:
        runtime.draining = True
        for task in runtime.workers.values():
            task.cancel()
        await asyncio.gather(*runtime.workers.values(), return_exceptions=True)
        await runtime.messaging.stop()
        runtime.db.dispose()


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("worker failed", exc_info=error)


def _route_of(app: FastAPI) -> Callable[[Scope], str]:
    """Answers the path template that a request matched, prefix included, for labels and logs."""
    templates: dict[int, str] = {}

    def route_of(scope: Scope) -> str:
        if not templates:  # routes may be added until the first request
            templates.update(
                (id(context.original_route), context.path_format or "")
                for context in iter_route_contexts(app.routes)
            )
        return templates.get(id(scope.get("route")), "unmatched")

    return route_of
