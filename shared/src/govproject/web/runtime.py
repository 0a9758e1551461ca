"""What one running service holds; routes reach it through `request.app.state.runtime`."""

from asyncio import Task
from dataclasses import dataclass, field
from typing import cast

from fastapi import Request

from govproject.adapters import FileStore
from govproject.clock import Clock
from govproject.context import Context
from govproject.identity import Principal, Verifier
from govproject.messaging.runtime import Messaging
from govproject.persistence.database import Database
from govproject.plugins import Plugins
from govproject.regulation.pack import pack_on
from govproject.service import Service, Surroundings
from govproject.settings import Settings
from govproject.web.metrics import Metrics


@dataclass(slots=True)
class Runtime:
    """The parts of a running service."""

    service: Service
    settings: Settings
    clock: Clock
    db: Database
    plugins: Plugins
    verifier: Verifier
    messaging: Messaging
    metrics: Metrics
    files: FileStore
    workers: dict[str, Task[None]] = field(default_factory=dict)
    draining: bool = False

    def context(self, request: Request, caller: Principal) -> Context:
        """What a handler is told about this request."""
        return Context(
            caller=caller,
            service=self.service.name,
            follows=self.service.follows,
            clock=self.clock,
            hooks=self.plugins,
            pack=pack_on(self.clock().date()),
            settings=self.settings,
            files=self.files,
            request_id=request.state.request_id,
            traceparent=request.state.traceparent,
            on_decision=self.metrics.decision,
            on_failure=self.metrics.rule_failure,
            shown_to_experts=self.service.shown_to_experts,
        )

    def surroundings(self) -> Surroundings:
        """What the service's workers are told."""
        return Surroundings(
            db=self.db,
            plugins=self.plugins,
            clock=self.clock,
            files=self.files,
            settings=self.settings,
        )


def of(request: Request) -> Runtime:
    """The runtime of the app that serves this request."""
    return cast("Runtime", request.app.state.runtime)
