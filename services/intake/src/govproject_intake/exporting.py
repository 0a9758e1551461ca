"""Finding what tables are written from: of all projects, or of one unit's, at once."""

from uuid import UUID

from sqlmodel import Session, col, select

from govproject.terms import LinkState
from govproject_intake.tables import Filing, Material, PlanEntry, Project, ProjectLink


def projects_in_detail(
    session: Session, unit: str | None, plan_year: int | None
) -> list[tuple[Project, Filing | None, PlanEntry | None]]:
    """Projects in order of declaration, with their filing and their entry in a plan."""
    query = (
        select(Project, Filing, PlanEntry)
        .outerjoin(Filing, col(Filing.project_id) == col(Project.id))
        .outerjoin(PlanEntry, col(PlanEntry.project_id) == col(Project.id))
    )
    if unit is not None:
        query = query.where(Project.unit == unit)
    if plan_year is not None:
        query = query.where(Project.plan_year == plan_year)
    return list(session.exec(query.order_by(col(Project.id))))


def materials_by_project(session: Session, unit: str | None) -> dict[UUID, list[Material]]:
    """What was handed in with each declaration, in its order; all, or one unit's."""
    query = select(Material).order_by(col(Material.project_id), col(Material.number))
    if unit is not None:
        query = query.join(Project, col(Project.id) == col(Material.project_id)).where(
            Project.unit == unit
        )
    found: dict[UUID, list[Material]] = {}
    for material in session.exec(query):
        found.setdefault(material.project_id, []).append(material)
    return found


def linked_by_project(session: Session, unit: str | None) -> dict[UUID, list[UUID]]:
    """With which projects each project is linked so that it counts; all, or one unit's."""
    query = (
        select(ProjectLink)
        .where(col(ProjectLink.state).in_((LinkState.NAMED, LinkState.CONFIRMED)))
        .order_by(col(ProjectLink.project_id), col(ProjectLink.related_id))
    )
    if unit is not None:
        query = query.join(Project, col(Project.id) == col(ProjectLink.project_id)).where(
            Project.unit == unit
        )
    found: dict[UUID, list[UUID]] = {}
    for link in session.exec(query):
        found.setdefault(link.project_id, []).append(link.related_id)
    return found
