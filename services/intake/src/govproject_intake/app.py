"""Composition root: everything the intake service is made of, on one page."""

from importlib.metadata import version

from fastapi import FastAPI

from govproject.gates import ANNUAL_PLAN, CHANGE, CONSTRUCTION, CONTRACT, DECLARATION, FILING
from govproject.obligations import reminding, routes
from govproject.service import Service
from govproject.settings import Settings
from govproject.web.app import build
from govproject_intake import adapters, api, consumers, exchange, oversight_api, rules
from govproject_intake.handlers import changes, contracts, filings, next_steps, obligations, plans

SERVICE = Service(
    name="intake",
    title="项目申报与报备",
    package="govproject_intake",
    version=version("govproject-intake"),
    routers=(
        exchange.router,
        api.router,
        oversight_api.router,
        routes.router(obligations.KEEPER, tag="intake"),
    ),
    handlers=consumers.HANDLERS,
    follows=consumers.FOLLOWS,
    rules=(*rules.MODULES, adapters),
    gates=(DECLARATION, ANNUAL_PLAN, FILING, CONTRACT, CHANGE, CONSTRUCTION),
    stored_facts={
        ANNUAL_PLAN.name: plans.stored_facts,
        FILING.name: filings.stored_facts,
        CONTRACT.name: contracts.stored_facts,
        CHANGE.name: changes.stored_facts,
    },
    next_steps=next_steps.NEXT_STEPS,
    workers=(reminding.worker(obligations.KEEPER.events),),
)


def create_app(settings: Settings) -> FastAPI:
    """The intake service as an ASGI application."""
    return build(SERVICE, settings)
