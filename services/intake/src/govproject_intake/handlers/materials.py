"""The files of a declaration: read before it, kept with it (Art 5)."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.documents import reading
from govproject.documents.chapters import Seen, look_for
from govproject.files import records
from govproject.files.kinds import FileKind
from govproject.persistence.tables import StoredFile
from govproject.terms import MaterialKind, PlanSection
from govproject_intake import repository
from govproject_intake.rules.article_05_declaration import PLAN_HEADINGS
from govproject_intake.tables import Material
from govproject_intake.views import DeclareProject, MaterialsView, MaterialView, SectionView
from govproject_intake.views import Material as Given

SectionsSeen = dict[PlanSection, Seen]
HandedIn = tuple[MaterialKind, StoredFile]


def plan_sections(session: Session, context: Context, command: DeclareProject) -> SectionsSeen:
    """What the first implementation plan among the materials contains; empty without one.

    Raises:
        Invalid: the file is unknown, or broken inside.
        Forbidden: it is another unit's.
    """
    for material in command.materials:
        if material.kind is MaterialKind.IMPLEMENTATION_PLAN:
            stored = records.referred(session, context, material.file_id)
            with records.content(context, stored) as content:
                text = reading.read(content, FileKind(stored.kind), stored.name)
            return look_for(text, PLAN_HEADINGS)
    return {}


def handed_in(session: Session, context: Context, given: Sequence[Given]) -> list[HandedIn]:
    """The files that a declaration refers to. Raises Invalid, Forbidden."""
    return [(each.kind, records.referred(session, context, each.file_id)) for each in given]


def keep(session: Session, project_id: UUID, files: Sequence[HandedIn]) -> None:
    """Keep which files belong to a declaration."""
    for number, (kind, stored) in enumerate(files, start=1):
        session.add(
            Material(
                project_id=project_id,
                number=number,
                kind=kind,
                file_id=stored.id,
                name=stored.name,
                sha256=stored.sha256,
            )
        )


def show(session: Session, context: Context, project_id: UUID) -> MaterialsView:
    """What was handed in; a unit sees its own."""
    project = repository.project(session, project_id)
    context.caller.must_own(project.unit)
    return MaterialsView(
        materials=[
            MaterialView.model_validate(material, from_attributes=True)
            for material in repository.materials(session, project_id)
        ],
        plan_sections=[
            SectionView(section=section, **seen._asdict())
            for section, seen in project.plan_sections.items()
        ],
    )
