"""Composition root: everything the acceptance service is made of, on one page."""

from importlib.metadata import version

from fastapi import FastAPI

from govproject.gates import ACCEPTANCE, EVALUATION, OPERATION
from govproject.obligations import reminding, routes
from govproject.service import Service
from govproject.settings import Settings
from govproject.web.app import build
from govproject_acceptance import api, consumers, rules, worker
from govproject_acceptance.handlers import evaluations, facts, next_steps, obligations, operation

SERVICE = Service(
    name="acceptance",
    title="项目验收",
    package="govproject_acceptance",
    version=version("govproject-acceptance"),
    routers=(api.router, routes.router(obligations.KEEPER, tag="acceptance")),
    handlers=consumers.HANDLERS,
    follows=consumers.FOLLOWS,
    rules=rules.MODULES,
    gates=(ACCEPTANCE, OPERATION, EVALUATION),
    stored_facts={
        ACCEPTANCE.name: facts.stored_facts,
        OPERATION.name: operation.stored_facts,
        EVALUATION.name: evaluations.stored_facts,
    },
    next_steps=next_steps.NEXT_STEPS,
    workers=(reminding.worker(obligations.KEEPER.events), worker.run),
)


def create_app(settings: Settings) -> FastAPI:
    """The acceptance service as an ASGI application."""
    return build(SERVICE, settings)
