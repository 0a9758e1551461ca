"""Ask a gate without effect: `GET /checks` lists the gates, `POST /checks/{gate}` answers one.

Each gate gets a route of its own, so that the OpenAPI document says exactly which facts it takes.
"""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Discriminator, Field, Tag, ValidationError, create_model
from sqlmodel import Session
from starlette.responses import Response

from govproject.context import Context
from govproject.facts import Facts
from govproject.fields import Command
from govproject.gates import Gate
from govproject.regulation.findings import Decision
from govproject.service import Service, StoredFacts
from govproject.web import problems
from govproject.web.access import Read, read_as

AnyReader = Annotated[Read, read_as()]


class StoredProject(Command):
    """Ask about a project as it is stored here, with some facts supposed to be otherwise."""

    project_id: UUID
    suppose: dict[str, Any] = Field(
        default={}, description='要假设改变的事实，例如 {"requested": {"vcpus": 8}}'
    )


class GateView(BaseModel):
    """One gate and what can be asked of it."""

    gate: str
    title: str
    rules: list[str]
    stored_projects: bool
    facts_schema: dict[str, Any]


class GatesView(BaseModel):
    """The gates of a service."""

    gates: list[GateView]


def router(service: Service) -> APIRouter:
    """The routes for every gate of a service."""
    routes = APIRouter(prefix="/checks", tags=["规则预检"])

    def list_gates(session: Session, context: Context) -> GatesView:
        return GatesView(gates=[_view(gate, service, context) for gate in service.gates])

    @routes.get("", response_model=GatesView, responses=problems.responses(401, 403, 503))
    def checks(read: AnyReader) -> Response:
        """列出本服务的全部关口、各关口的规则，以及所需事实的 JSON Schema."""
        return read.answer(list_gates)

    for gate in service.gates:
        routes.add_api_route(
            f"/{gate.name}",
            _endpoint(gate, service.stored_facts.get(gate.name)),
            methods=["POST"],
            name=f"check_{gate.name}",
            summary=f"{gate.title}：预检",
            description="按给定事实作出结论，不产生任何效果。",
            response_model=Decision,
            responses=problems.responses(400, 401, 403, 404, 413, 415, 422, 503),
        )
    return routes


def _view(gate: Gate[Facts], service: Service, context: Context) -> GateView:
    return GateView(
        gate=gate.name,
        title=gate.title,
        rules=[check.rule for check in context.hooks.checks(gate.hook)],
        stored_projects=gate.name in service.stored_facts,
        facts_schema=gate.facts.model_json_schema(),
    )


def _which(asked: Any) -> str:
    """Which of the two questions it is, so that errors speak of that one only."""
    is_stored = "project_id" in asked if isinstance(asked, dict) else hasattr(asked, "project_id")
    return "project_id" if is_stored else "facts"


def _supposing(facts: Facts, otherwise: dict[str, Any]) -> Facts:
    try:
        return facts.supposing(otherwise)
    except ValidationError as error:
        found = [{**each, "loc": ("body", "suppose", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(found) from error


def _endpoint(gate: Gate[Facts], stored: StoredFacts | None) -> Callable[..., Response]:
    title = "".join(part.title() for part in gate.name.split("_"))
    given = create_model(f"Check{title}", __base__=Command, facts=(gate.facts, ...))
    question: Any = given
    if stored is not None:
        tagged: Any = Annotated[given, Tag("facts")]
        by_id: Any = Annotated[StoredProject, Tag("project_id")]
        question = Annotated[tagged | by_id, Discriminator(_which)]

    def answer(session: Session, context: Context, asked: Any) -> Decision:
        if stored is not None and isinstance(asked, StoredProject):
            facts, pack = stored(session, context, asked.project_id)
            facts = _supposing(facts, asked.suppose)
        else:
            facts, pack = asked.facts, context.pack
        return context.ask(gate, facts, pack=pack)

    def endpoint(asked: Any, read: AnyReader) -> Response:
        return read.answer(answer, asked)

    endpoint.__annotations__["asked"] = question
    return endpoint
