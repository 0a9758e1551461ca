"""Projects on one system: named at the declaration, and what is known of them (Arts 25, 31)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Invalid, NotFound
from govproject.facts import RelatedProject
from govproject.regulation.pack import pack
from govproject.regulation.periods import add_months
from govproject_intake import repository
from govproject_intake.rules.kinds import SERVES
from govproject_intake.tables import Project, ProjectLink


def named(session: Session, context: Context, project_ids: Sequence[UUID]) -> list[Project]:
    """The projects that a declaration names as related, each once.

    Raises:
        Invalid: there is no such project.
        Forbidden: it is another unit's.
    """
    return [_own(session, context, project_id) for project_id in dict.fromkeys(project_ids)]


def keep(session: Session, project_id: UUID, related: Sequence[Project]) -> None:
    """Keep which projects a declared one is related to."""
    for project in related:
        session.add(ProjectLink(project_id=project_id, related_id=project.id))


def facts(session: Session, related: Sequence[Project]) -> tuple[RelatedProject, ...]:
    """What rules are told of related projects."""
    return tuple(
        RelatedProject(project_name=project.project_name, free_until=_free_until(session, project))
        for project in related
    )


def _own(session: Session, context: Context, project_id: UUID) -> Project:
    try:
        project = repository.project(session, project_id)
    except NotFound:
        raise Invalid(
            "related_unknown", "所填写的关联项目不存在，请核对。", id=str(project_id)
        ) from None
    context.caller.must_own(project.unit)
    return project


def _free_until(session: Session, project: Project) -> date | None:
    """The last day of free maintenance; None before final acceptance, or where none is owed."""
    if project.accepted_on is None:
        return None
    least = 0 if project.kind in SERVES else pack(project.rule_pack).free_ops_min_months
    agreed = [contract.free_ops_months for contract in repository.contracts(session, project.id)]
    months = max(least, *agreed, 0)
    return add_months(project.accepted_on, months) if months else None
