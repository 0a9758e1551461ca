"""Finding duties. Nothing here commits."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from govproject.errors import NotFound
from govproject.obligations.views import ObligationStatus
from govproject.persistence.tables import Obligation


def one(session: Session, obligation_id: UUID, *, to_change: bool = False) -> Obligation:
    """One duty, locked until the commit if it is to be changed. Raises NotFound."""
    found = session.get(Obligation, obligation_id, with_for_update=to_change)
    if found is None:
        raise NotFound("not_found", "义务事项不存在。", id=str(obligation_id))
    return found


def of_project(session: Session, project_id: UUID) -> Sequence[Obligation]:
    """A project's duties, in the order of opening."""
    return session.exec(
        select(Obligation).where(Obligation.project_id == project_id).order_by(col(Obligation.id))
    ).all()


def of_rule(session: Session, project_id: UUID, rule: str) -> Obligation | None:
    """A project's duty of one rule, the last one if there were several."""
    return session.exec(
        select(Obligation)
        .where(Obligation.project_id == project_id, Obligation.rule == rule)
        .order_by(col(Obligation.id).desc())
        .limit(1)
    ).first()


def selected(unit: str | None, status: ObligationStatus | None) -> SelectOfScalar[Obligation]:
    """All duties or one unit's, in one status or in any."""
    query = select(Obligation)
    if unit is not None:
        query = query.where(Obligation.unit == unit)
    match status:
        case ObligationStatus.OPEN:
            return query.where(col(Obligation.closed_at).is_(None))
        case ObligationStatus.CLOSED:
            return query.where(col(Obligation.closed_at).is_not(None))
        case None:
            return query
