"""The routes about next steps, of every service that names any."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from sqlmodel import Session
from starlette.responses import HTMLResponse

from govproject.context import Context
from govproject.next_steps import asking
from govproject.next_steps.page import page
from govproject.next_steps.steps import NextSteps
from govproject.next_steps.views import NextStepsView
from govproject.service import Service
from govproject.web import pages
from govproject.web.access import Read, look_as, read_as

AnyReader = Annotated[Read, read_as()]
AnyLooker = Annotated[Read, look_as()]


def router(service: Service, steps: NextSteps) -> APIRouter:
    """The routes of one service."""
    made = APIRouter(prefix="/projects/{project_id}", tags=["规则预检"])

    def show(session: Session, context: Context, project_id: UUID) -> NextStepsView:
        return asking.show(session, context, service, steps, project_id)

    @made.get("/next-step", response_model=NextStepsView)
    def show_next_step(project_id: UUID, read: AnyReader) -> Response:
        """项目下一环节还缺什么：按已登记的情况预检，不产生任何效果；项目单位只看到本单位的项目。"""
        return read.answer(show, project_id)

    @made.get("/next-step.html", response_class=HTMLResponse)
    def print_next_step(project_id: UUID, look: AnyLooker) -> Response:
        """项目下一环节还缺什么，供阅读和打印的页面。"""
        return pages.answer(page(look.find(show, project_id)))

    return made
