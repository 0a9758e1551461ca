"""Composition root: everything the cloud-allocation service is made of, on one page."""

from importlib.metadata import version

from fastapi import FastAPI

from govproject.gates import ALLOCATION
from govproject.obligations import reminding, routes
from govproject.service import Service
from govproject.settings import Settings
from govproject.web.app import build
from govproject_cloud_alloc import adapters, api, consumers, rules, worker
from govproject_cloud_alloc.handlers import next_steps, obligations, standings

SERVICE = Service(
    name="cloud-alloc",
    title="政务云资源分配",
    package="govproject_cloud_alloc",
    version=version("govproject-cloud-alloc"),
    routers=(api.router, routes.router(obligations.KEEPER, tag="cloud-alloc")),
    handlers=consumers.HANDLERS,
    follows=consumers.FOLLOWS,
    rules=(*rules.MODULES, adapters),
    gates=(ALLOCATION,),
    stored_facts={ALLOCATION.name: standings.stored_facts},
    workers=(worker.run, worker.keep_duties, reminding.worker(obligations.KEEPER.events)),
    next_steps=next_steps.NEXT_STEPS,
)


def create_app(settings: Settings) -> FastAPI:
    """The cloud-allocation service as an ASGI application."""
    return build(SERVICE, settings)
