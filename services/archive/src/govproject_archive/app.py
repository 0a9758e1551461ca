"""Composition root: everything the archive service is made of, on one page."""

from importlib.metadata import version

from fastapi import FastAPI

from govproject.gates import ARCHIVE
from govproject.obligations import reminding, routes
from govproject.service import Service
from govproject.settings import Settings
from govproject.web.app import build
from govproject_archive import api, consumers, gauges, opening, rules, worker
from govproject_archive.handlers import checks, next_steps, obligations

SERVICE = Service(
    name="archive",
    title="项目档案",
    package="govproject_archive",
    version=version("govproject-archive"),
    routers=(api.router, routes.router(obligations.KEEPER, tag="archive")),
    handlers=consumers.HANDLERS,
    follows=consumers.FOLLOWS,
    rules=rules.MODULES,
    gates=(ARCHIVE,),
    workers=(reminding.worker(obligations.KEEPER.events), opening.run, worker.run),
    gauges=(gauges.Audits,),
    stored_facts={ARCHIVE.name: checks.stored_facts},
    next_steps=next_steps.NEXT_STEPS,
)


def create_app(settings: Settings) -> FastAPI:
    """The archive service as an ASGI application."""
    return build(SERVICE, settings)
