"""What the experts of a final acceptance look at: handed in before or with the meeting (Art 19)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.ids import new_id
from govproject_acceptance.finals import (
    HandInMaterial,
    MaterialView,
)
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import in_progress
from govproject_acceptance.tables import Material


def hand_in(
    session: Session, context: Context, project_id: UUID, command: HandInMaterial
) -> MaterialView:
    """Add a file to the materials; there may be several of a kind."""
    project = in_progress(session, context, project_id)
    material = Material(
        id=new_id(),
        project_id=project.id,
        kind=command.kind,
        paper=papers.referred(session, context, command.file_id),
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(material)
    return MaterialView.model_validate(material, from_attributes=True)
