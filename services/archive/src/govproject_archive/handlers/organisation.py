"""How archive work is organised: in the unit, and in step with each project (Arts 35-37, 42)."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.ids import new_id
from govproject.terms import ArchivePlace
from govproject.web.paging import Page, Paging, paginate
from govproject_archive import repository
from govproject_archive.handlers.access import visible
from govproject_archive.organising import InStepView, OrganiseArchive, RecordInStep, UnitArchiveView
from govproject_archive.tables import InStep, UnitArchive


def organise(session: Session, context: Context, command: OrganiseArchive) -> UnitArchiveView:
    """Record who answers for the caller's unit's archives; earlier records are kept."""
    unit = context.caller.unit
    if unit is None:
        raise RuntimeError("a unit's account has its unit")  # the verifier lets in no other
    row = UnitArchive(
        id=new_id(),
        unit=unit,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
        **dict(command),
    )
    session.add(row)
    return _view(row)


def browse(session: Session, context: Context, paging: Paging) -> Page[UnitArchiveView]:
    """All records, oldest first; a unit sees its own."""
    return paginate(
        session,
        repository.unit_archives(context.caller.limited_to),
        key=col(UnitArchive.id),
        paging=paging,
        view=_view,
    )


def record_in_step(
    session: Session, context: Context, project_id: UUID, command: RecordInStep
) -> InStepView:
    """Record where the project's archive work is written down."""
    project = visible(session, context, project_id)
    session.add_all(
        InStep(
            id=new_id(),
            project_id=project.id,
            place=place,
            basis=basis,
            recorded_by=context.caller.subject,
            recorded_at=context.now(),
        )
        for place, basis in command.places.items()
    )
    session.flush()
    return show_in_step(session, context, project_id)


def show_in_step(session: Session, context: Context, project_id: UUID) -> InStepView:
    """All five places; a unit sees its own project's."""
    project = visible(session, context, project_id)
    written = {row.place: row.basis for row in repository.in_step(session, project.id)}
    return InStepView(places={place: written.get(place) for place in ArchivePlace})


def _view(row: UnitArchive) -> UnitArchiveView:
    return UnitArchiveView.model_validate(row, from_attributes=True)
