"""Reading and finding what the handlers work on. Nothing here commits."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from govproject.errors import NotFound
from govproject.regulation.findings import Relief
from govproject_acceptance.lifecycle import ObligationStatus
from govproject_acceptance.tables import (
    AgencyReport,
    Approval,
    ArchiveCheck,
    Change,
    Contract,
    ExceptionGrant,
    FinalRound,
    Guidance,
    MustFixItem,
    Obligation,
    PreliminaryRound,
    Project,
    Trial,
    Waiver,
)

T = TypeVar("T", bound=SQLModel)


def _get(session: Session, table: type[T], key: UUID, what: str) -> T:
    row = session.get(table, key)
    if row is None:
        raise NotFound("not_found", f"{what}不存在。", id=str(key))
    return row


def project(session: Session, project_id: UUID) -> Project:
    """One project.

    Raises:
        NotFound: it is not declared, or its declaration has not arrived here yet.
    """
    return _get(session, Project, project_id, "项目")


def must_fix_item(session: Session, item_id: UUID) -> MustFixItem:
    """One entry of a rectification list. Raises NotFound."""
    return _get(session, MustFixItem, item_id, "整改事项")


def trial(session: Session, trial_id: UUID) -> Trial:
    """One trial operation. Raises NotFound."""
    return _get(session, Trial, trial_id, "试运行")


def obligation(session: Session, obligation_id: UUID) -> Obligation:
    """One duty. Raises NotFound."""
    return _get(session, Obligation, obligation_id, "义务事项")


def change(session: Session, change_id: UUID) -> Change:
    """One change. Raises NotFound."""
    return _get(session, Change, change_id, "变更")


def approval(session: Session, project_id: UUID) -> Approval | None:
    """The project's approval, if there is one."""
    return session.get(Approval, project_id)


def archive_checks(session: Session, project_id: UUID) -> Sequence[ArchiveCheck]:
    """The project's archive checks, first to last."""
    return session.exec(
        select(ArchiveCheck)
        .where(ArchiveCheck.project_id == project_id)
        .order_by(col(ArchiveCheck.checked_at), col(ArchiveCheck.id))
    ).all()


def changes(session: Session, project_id: UUID) -> Sequence[Change]:
    """The project's changes."""
    return session.exec(select(Change).where(Change.project_id == project_id)).all()


def contracts(session: Session, project_id: UUID) -> Sequence[Contract]:
    """The project's contracts."""
    return session.exec(select(Contract).where(Contract.project_id == project_id)).all()


def preliminary_rounds(session: Session, project_id: UUID) -> Sequence[PreliminaryRound]:
    """The project's preliminary meetings, first to last."""
    return session.exec(
        select(PreliminaryRound)
        .where(PreliminaryRound.project_id == project_id)
        .order_by(col(PreliminaryRound.round))
    ).all()


def must_fix_items(session: Session, project_id: UUID) -> Sequence[MustFixItem]:
    """The project's rectification lists, all meetings together."""
    return session.exec(
        select(MustFixItem)
        .where(MustFixItem.project_id == project_id)
        .order_by(col(MustFixItem.id))
    ).all()


def waivers(session: Session, project_id: UUID) -> Sequence[Waiver]:
    """The steps that the project leaves out."""
    return session.exec(
        select(Waiver).where(Waiver.project_id == project_id).order_by(col(Waiver.id))
    ).all()


def trials(session: Session, project_id: UUID) -> Sequence[Trial]:
    """The project's trial operations, first to last."""
    return session.exec(
        select(Trial).where(Trial.project_id == project_id).order_by(col(Trial.number))
    ).all()


def reports(session: Session, project_id: UUID) -> Sequence[AgencyReport]:
    """The project's test reports."""
    return session.exec(
        select(AgencyReport)
        .where(AgencyReport.project_id == project_id)
        .order_by(col(AgencyReport.id))
    ).all()


def guidance(session: Session, project_id: UUID) -> Sequence[Guidance]:
    """The bureau's guidance records for the project."""
    return session.exec(
        select(Guidance).where(Guidance.project_id == project_id).order_by(col(Guidance.id))
    ).all()


def final_rounds(session: Session, project_id: UUID) -> Sequence[FinalRound]:
    """The project's final meetings, first to last."""
    return session.exec(
        select(FinalRound)
        .where(FinalRound.project_id == project_id)
        .order_by(col(FinalRound.round))
    ).all()


def obligations_of(session: Session, project_id: UUID) -> Sequence[Obligation]:
    """The project's duties."""
    return session.exec(
        select(Obligation).where(Obligation.project_id == project_id).order_by(col(Obligation.id))
    ).all()


def projects(unit: str | None) -> SelectOfScalar[Project]:
    """All projects, or one unit's."""
    return select(Project) if unit is None else select(Project).where(Project.unit == unit)


def obligations(unit: str | None, status: ObligationStatus | None) -> SelectOfScalar[Obligation]:
    """All duties or one unit's, in one status or in any."""
    query = select(Obligation)
    if unit is not None:
        query = query.join(Project).where(Project.unit == unit)
    match status:
        case ObligationStatus.OPEN:
            return query.where(col(Obligation.closed_at).is_(None))
        case ObligationStatus.CLOSED:
            return query.where(col(Obligation.closed_at).is_not(None))
        case None:
            return query


def reliefs(session: Session, project_id: UUID) -> tuple[Relief, ...]:
    """The bureau's recorded acts for the project, expired ones included."""
    found = session.exec(select(ExceptionGrant).where(ExceptionGrant.project_id == project_id))
    return tuple(Relief.model_validate(grant, from_attributes=True) for grant in found)
