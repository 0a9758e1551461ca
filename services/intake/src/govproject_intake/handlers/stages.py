"""A project's whole life on one page, and the events by which other systems follow it (Art 6)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.stages import TOLD_BY
from govproject.terms import Stage
from govproject_intake import repository
from govproject_intake.tables import StageReached
from govproject_intake.views import LifecycleView, StageView


def reach(session: Session, project_id: UUID, stage: Stage, on: date) -> None:
    """Note that a project has come to a stage; of several times the first counts."""
    if not reached(session, project_id, stage):
        session.add(StageReached(project_id=project_id, stage=stage, reached_on=on))


def reached(session: Session, project_id: UUID, stage: Stage) -> bool:
    """Whether a project has come to a stage."""
    return session.get(StageReached, (project_id, stage)) is not None


def show(session: Session, context: Context, project_id: UUID) -> LifecycleView:
    """All stages, reached or not; a unit sees its own project's."""
    project = repository.project(session, project_id)
    context.caller.must_own(project.unit)
    reached = {row.stage: row for row in repository.stages(session, project.id)}
    return LifecycleView(
        project_id=project.id,
        city_system_ref=project.city_system_ref,
        stages=[
            StageView(
                stage=stage,
                name=stage.zh,
                reached_on=reached[stage].reached_on if stage in reached else None,
                told_by=f"{event.source} {event.name}",
            )
            for stage, event in TOLD_BY.items()
        ],
    )
