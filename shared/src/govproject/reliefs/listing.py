"""All acts of the bureau for a project, whether they still lift anything or not."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from govproject.context import Context
from govproject.persistence.tables import RecordedRelief
from govproject.reliefs.views import ReliefStatus, ReliefView
from govproject.terms import ReliefKind
from govproject.web.paging import Page, Paging, paginate


def browse(
    session: Session, context: Context, project_id: UUID, kind: ReliefKind, paging: Paging
) -> Page[ReliefView]:
    """Those of one kind in the order of recording, expired and withdrawn ones included."""
    return paginate(
        session,
        select(RecordedRelief).where(
            RecordedRelief.project_id == project_id, RecordedRelief.kind == kind
        ),
        key=col(RecordedRelief.id),
        paging=paging,
        view=lambda record: view(context, record),
    )


def view(context: Context, record: RecordedRelief) -> ReliefView:
    """An act, and whether it lifts anything today."""
    status = _status(record, context.today())
    return ReliefView.model_validate({**dict(record), "status": status})


def _status(record: RecordedRelief, today: date) -> ReliefStatus:
    if record.withdrawn_at is not None:
        return ReliefStatus.WITHDRAWN
    return ReliefStatus.EXPIRED if record.expires_on < today else ReliefStatus.IN_FORCE
