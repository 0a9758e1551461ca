"""What makes one service: the parts that `govproject.web.app.build` puts together."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from uuid import UUID

from fastapi import APIRouter
from prometheus_client.registry import Collector
from sqlmodel import Session

from govproject.adapters import FileStore
from govproject.clock import Clock
from govproject.context import Context
from govproject.contracts import Event
from govproject.facts import Facts
from govproject.gates import Gate
from govproject.messaging import Handler, outbox
from govproject.next_steps.steps import NextSteps
from govproject.persistence.database import Database
from govproject.plugins import Plugins
from govproject.regulation.pack import RulePack
from govproject.settings import Settings

StoredFacts = Callable[[Session, Context, UUID], tuple[Facts, RulePack]]
"""Builds a stored project's facts, and answers with the pack under which the project started.

Raises NotFound for an unknown project, and Forbidden for another unit's.
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a worker is given: nobody calls it, so there is no caller and no request."""

    db: Database
    plugins: Plugins
    clock: Clock
    files: FileStore
    settings: Settings

    def publish(self, session: Session, event: Event) -> UUID:
        """Append an event to the outbox; it leaves when the session's transaction commits."""
        return outbox.append(session, event, now=self.clock())


Worker = Callable[[Surroundings], Coroutine[None, None, None]]
"""Runs until cancelled; one that ends by itself makes the service unready."""

Gauges = Callable[[Database, Clock], Collector]
"""Makes what reads numbers from the service's database at each scrape of /metrics."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service. Its composition root fills this in; everything else follows from it."""

    name: str
    """As in its URL, its exchange and its queues: "intake"."""
    title: str
    """What officials call it, in Chinese."""
    package: str
    """Its import package, which holds its migrations."""
    version: str
    routers: tuple[APIRouter, ...]
    """Routes, mounted under /api/v1."""
    handlers: Mapping[type[Event], Handler] = field(default_factory=dict)
    """What it does on each event it follows."""
    follows: tuple[str, ...] = ()
    """The producers whose events it consumes."""
    rules: tuple[ModuleType, ...] = ()
    """Its built-in rules and adapters: `govproject_<service>.rules.MODULES`."""
    gates: tuple[Gate[Facts], ...] = ()
    """The questions it answers at /api/v1/checks."""
    workers: tuple[Worker, ...] = ()
    """What it does beside answering requests and taking in events, each until cancelled."""
    gauges: tuple[Gauges, ...] = ()
    """Its own numbers, beside those that every service has."""
    stored_facts: Mapping[str, StoredFacts] = field(default_factory=dict)
    """By gate name: the gates that can also be asked about a stored project."""
    next_steps: NextSteps | None = None
    """What its projects stand before, at /api/v1/projects/{project_id}/next-step."""
    shown_to_experts: Callable[[Session, Context, UUID], bool] | None = None
    """Whether the calling expert is to judge a project by a file; None: no file is for experts."""
