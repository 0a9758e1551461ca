"""What every service knows of the bureau's acts: those it recorded itself and those it heard of."""

from uuid import UUID

from sqlmodel import Session, col, select

from govproject.contracts.intake import ExceptionGranted, ExceptionWithdrawn
from govproject.messaging import Delivery
from govproject.persistence.tables import RecordedRelief
from govproject.regulation.findings import Relief


def keep(session: Session, event: ExceptionGranted) -> RecordedRelief:
    """Keep an act: from now on the gates know it, until its last day."""
    record = RecordedRelief(id=event.exception_id, **event.model_dump(exclude={"exception_id"}))
    session.add(record)
    return record


def forget(session: Session, event: ExceptionWithdrawn) -> None:
    """Let an act lift nothing any more; what was decided with it stays as it was."""
    record = session.get(RecordedRelief, event.exception_id, with_for_update=True)
    # An operator may have passed over the act itself.
    if record is not None:
        record.withdrawn_by = event.withdrawn_by
        record.withdrawn_at = event.withdrawn_at
        record.withdrawal_reason = event.reason


def of(session: Session, project_id: UUID) -> tuple[Relief, ...]:
    """A project's acts in the order of recording: expired ones included, withdrawn ones not."""
    found = session.exec(
        select(RecordedRelief)
        .where(RecordedRelief.project_id == project_id, col(RecordedRelief.withdrawn_at).is_(None))
        .order_by(col(RecordedRelief.id))
    )
    return tuple(Relief.model_validate(record, from_attributes=True) for record in found)


def on_exception_granted(session: Session, event: ExceptionGranted, delivery: Delivery) -> None:
    """Keep the exception: the gates here show it on what it lifts."""
    keep(session, event)


def on_exception_withdrawn(session: Session, event: ExceptionWithdrawn, delivery: Delivery) -> None:
    """Forget the exception for what is still to be decided."""
    forget(session, event)
