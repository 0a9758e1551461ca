"""What the experts of a final acceptance look at: handed in before or with the meeting (Art 19)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.ids import new_id
from govproject_acceptance import repository
from govproject_acceptance.finals import (
    HandInMaterial,
    MaterialView,
)
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import in_progress
from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.tables import Material


def hand_in(
    session: Session, context: Context, project_id: UUID, command: HandInMaterial
) -> MaterialView:
    """Add a file to the materials; there may be several of a kind.

    Raises:
        Conflict: a material of another kind, or what was signed at a meeting, has its content.
    """
    project = in_progress(session, context, project_id)
    paper = papers.referred(session, context, command.file_id)
    papers.must_differ(
        session,
        command.kind.zh,
        paper,
        [
            *papers.signed(session, project.id),
            *(
                (each.kind.zh, each.paper)
                for each in repository.final_materials(session, project.id)
                if each.kind != command.kind
            ),
        ],
    )
    material = Material(
        id=new_id(),
        project_id=project.id,
        kind=command.kind,
        paper=paper,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(material)
    return MaterialView.model_validate(material, from_attributes=True)


def of(session: Session, project_id: UUID, day: date) -> dict[str, object]:
    """What the gate is told: of which kinds there is something, and what came after the day."""
    there = repository.final_materials(session, project_id)
    return {
        "final_materials": tuple({each.kind: None for each in there}),
        "late_materials": tuple(
            f"{each.kind.zh}（{each.paper.name}）"
            for each in there
            if legal_day(each.recorded_at) > day
        ),
    }
