"""Which project a caller may see or work on, and when recorded days make sense."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject_acceptance import repository
from govproject_acceptance.lifecycle import AcceptanceState
from govproject_acceptance.projection import Project


def visible(session: Session, context: Context, project_id: UUID) -> Project:
    """A project the caller may see: a unit sees its own. Raises NotFound, Forbidden."""
    project = repository.project(session, project_id)
    context.caller.must_own(project.unit)
    return project


def in_progress(session: Session, context: Context, project_id: UUID) -> Project:
    """A project whose acceptance the caller may go on with; a unit works on its own.

    Raises:
        Conflict: it is accepted already, or decommissioned.
    """
    project = visible(session, context, project_id)
    if project.decommissioned_at is not None:
        raise Conflict("decommissioned", "项目已报停用，不能办理验收。")
    if project.state is AcceptanceState.ACCEPTED:
        raise Conflict("already_accepted", "项目已通过终验。")
    return project


def must_have_happened(context: Context, day: date, what: str) -> None:
    """Refuse a day that has not come yet.

    Raises:
        Invalid: `date_in_future`.
    """
    if day > context.today():
        raise Invalid("date_in_future", f"{what}不能晚于今天。", day=day.isoformat())
