"""Who may see which project, and under which rules it started."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.regulation.pack import RulePack, pack
from govproject_archive import repository
from govproject_archive.tables import Project


def visible(session: Session, context: Context, project_id: UUID) -> Project:
    """A project the caller may see; a unit sees its own. Raises NotFound, Forbidden."""
    project = repository.project(session, project_id)
    context.caller.must_own(project.unit)
    return project


def pack_of(project: Project) -> RulePack:
    """The rules under which a declared project started."""
    if project.rule_pack is None:
        raise RuntimeError("a declared project has its rule pack")  # `visible` found it declared
    return pack(project.rule_pack)
