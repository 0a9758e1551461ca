"""Composition root: everything the review service is made of, on one page."""

from importlib.metadata import version

from fastapi import FastAPI

from govproject.gates import APPROVAL, MATERIALS, PANEL, PRE_REVIEW, TENDER
from govproject.obligations import reminding, routes
from govproject.service import Service
from govproject.settings import Settings
from govproject.web.app import build
from govproject_review import api, consumers, rules
from govproject_review.handlers import (
    approvals,
    expert_reviews,
    materials,
    next_steps,
    obligations,
    panels,
    pre_reviews,
    tenders,
)

SERVICE = Service(
    name="review",
    title="项目评审与立项",
    package="govproject_review",
    version=version("govproject-review"),
    routers=(api.router, routes.router(obligations.KEEPER, tag="review")),
    handlers=consumers.HANDLERS,
    follows=consumers.FOLLOWS,
    rules=rules.MODULES,
    gates=(MATERIALS, PRE_REVIEW, PANEL, APPROVAL, TENDER),
    stored_facts={
        MATERIALS.name: materials.stored_facts,
        PRE_REVIEW.name: pre_reviews.stored_facts,
        PANEL.name: expert_reviews.stored_facts,
        APPROVAL.name: approvals.stored_facts,
        TENDER.name: tenders.stored_facts,
    },
    next_steps=next_steps.NEXT_STEPS,
    shown_to_experts=panels.judges_by,
    workers=(reminding.worker(obligations.KEEPER.events),),
)


def create_app(settings: Settings) -> FastAPI:
    """The review service as an ASGI application."""
    return build(SERVICE, settings)
