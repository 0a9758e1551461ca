"""Reading and finding what the handlers work on. Nothing here commits."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, and_, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from govproject.errors import NotFound
from govproject.persistence.tables import Obligation
from govproject_acceptance.lifecycle import AcceptanceState
from govproject_acceptance.projection import (
    Approval,
    ArchiveCheck,
    Change,
    Contract,
    PartyOfficeOpinion,
    PreReview,
    Project,
)
from govproject_acceptance.tables import (
    AgencyReport,
    AnnualReport,
    CompletionCorrection,
    ContractAbsence,
    DocumentVerification,
    Evaluation,
    FinalRound,
    Guidance,
    Indicator,
    Issue,
    LotRound,
    Material,
    MustFixItem,
    Operation,
    Plan,
    PreliminaryRound,
    Rectification,
    SelfEvaluation,
    Trial,
    TrialProblem,
    UncontractedPayment,
    Waiver,
)

T = TypeVar("T", bound=SQLModel)


def _get(
    session: Session, table: type[T], key: UUID, what: str, *, with_for_update: bool = False
) -> T:
    row = session.get(table, key, with_for_update=with_for_update)
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


def trial_problem(session: Session, problem_id: UUID) -> TrialProblem:
    """One problem of a trial operation. Raises NotFound."""
    return _get(session, TrialProblem, problem_id, "试运行问题")


def issue(session: Session, issue_id: UUID) -> Issue:
    """One major issue, dispute or untrue document. Raises NotFound."""
    return _get(session, Issue, issue_id, "重大问题、法律纠纷或不真实的材料")


def self_evaluation(session: Session, evaluation_id: UUID) -> SelfEvaluation:
    """One self-evaluation. Raises NotFound."""
    return _get(session, SelfEvaluation, evaluation_id, "项目自评")


def change(session: Session, change_id: UUID) -> Change:
    """One change. Raises NotFound."""
    return _get(session, Change, change_id, "变更")


def contract_to_change(session: Session, contract_id: UUID) -> Contract:
    """One contract, locked until the commit, for the worker changes it too. Raises NotFound."""
    return _get(session, Contract, contract_id, "合同", with_for_update=True)


def approval(session: Session, project_id: UUID) -> Approval | None:
    """The project's approval, if there is one."""
    return session.get(Approval, project_id)


def pre_review(session: Session, project_id: UUID) -> PreReview | None:
    """What the project's passed pre-review says, if one was heard of."""
    return session.get(PreReview, project_id)


def party_office_opinion(session: Session, project_id: UUID) -> PartyOfficeOpinion | None:
    """What the party office last said of the project, if that was heard of."""
    return session.get(PartyOfficeOpinion, project_id)


def archive_checks(session: Session, project_id: UUID) -> Sequence[ArchiveCheck]:
    """The project's archive checks, first to last."""
    return session.exec(
        select(ArchiveCheck)
        .where(ArchiveCheck.project_id == project_id)
        .order_by(col(ArchiveCheck.checked_at), col(ArchiveCheck.id))
    ).all()


def changes(session: Session, project_id: UUID) -> Sequence[Change]:
    """The project's changes, first to last in the order of filing; unfiled ones in no order."""
    return session.exec(
        select(Change)
        .where(Change.project_id == project_id)
        .order_by(col(Change.filed_at), col(Change.determined_at), col(Change.id))
    ).all()


def contracts(session: Session, project_id: UUID) -> Sequence[Contract]:
    """The project's contracts."""
    return session.exec(
        select(Contract).where(Contract.project_id == project_id).order_by(col(Contract.id))
    ).all()


def lots(session: Session, project: Project) -> Sequence[Contract]:
    """The contracts that carry the project out, in parts or as one."""
    return [each for each in contracts(session, project.id) if each.carries_out(project.kind)]


def no_contract_reason(session: Session, project_id: UUID) -> str | None:
    """Why the project has no contract, if the unit has said so."""
    absence = session.get(ContractAbsence, project_id)
    return None if absence is None else absence.reason


def uncontracted_payments(session: Session, project_id: UUID) -> Sequence[UncontractedPayment]:
    """What was paid for the project without a contract, as the unit has said."""
    return session.exec(
        select(UncontractedPayment)
        .where(UncontractedPayment.project_id == project_id)
        .order_by(col(UncontractedPayment.id))
    ).all()


def plans(session: Session, project_id: UUID) -> Sequence[Plan]:
    """The project's implementation file, first to last; of a kind the last one counts."""
    return session.exec(
        select(Plan).where(Plan.project_id == project_id).order_by(col(Plan.id))
    ).all()


def indicators(session: Session, project_id: UUID) -> Sequence[Indicator]:
    """The project's indicators, first to last, replaced ones included."""
    return session.exec(
        select(Indicator).where(Indicator.project_id == project_id).order_by(col(Indicator.id))
    ).all()


def completion_corrections(session: Session, project_id: UUID) -> Sequence[CompletionCorrection]:
    """The days of the project's completion that were corrected, first to last."""
    return session.exec(
        select(CompletionCorrection)
        .where(CompletionCorrection.project_id == project_id)
        .order_by(col(CompletionCorrection.id))
    ).all()


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


def trial_without_duty(session: Session, rule: str) -> tuple[Trial, Project] | None:
    """A trial that runs, with its project, of which no duty of a rule is open."""
    owed = select(Obligation.project_id).where(
        Obligation.rule == rule, col(Obligation.closed_at).is_(None)
    )
    return session.exec(
        select(Trial, Project)
        .join(Project)
        .where(
            col(Trial.ended_on).is_(None),
            col(Project.decommissioned_at).is_(None),
            col(Trial.project_id).not_in(owed),
        )
        .order_by(col(Trial.id))
        .limit(1)
    ).first()


def trial_problems(session: Session, project_id: UUID) -> Sequence[TrialProblem]:
    """The problems of the project's trial operations, all trials together."""
    return session.exec(
        select(TrialProblem)
        .where(TrialProblem.project_id == project_id)
        .order_by(col(TrialProblem.id))
    ).all()


def issues(session: Session, project_id: UUID) -> Sequence[Issue]:
    """The project's major issues, disputes and untrue documents, in the order of recording."""
    return session.exec(
        select(Issue).where(Issue.project_id == project_id).order_by(col(Issue.id))
    ).all()


def verifications(session: Session, issue_id: UUID) -> Sequence[DocumentVerification]:
    """What the bureau found of a document, first to last."""
    return session.exec(
        select(DocumentVerification)
        .where(DocumentVerification.issue_id == issue_id)
        .order_by(col(DocumentVerification.id))
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


def lot_rounds(session: Session, project_id: UUID) -> Sequence[LotRound]:
    """The acceptances of the project's lots, in the order of recording."""
    return session.exec(
        select(LotRound).where(LotRound.project_id == project_id).order_by(col(LotRound.id))
    ).all()


def final_materials(session: Session, project_id: UUID) -> Sequence[Material]:
    """What is on record for the experts of the project's final acceptance."""
    return session.exec(
        select(Material).where(Material.project_id == project_id).order_by(col(Material.id))
    ).all()


def final_rounds(session: Session, project_id: UUID) -> Sequence[FinalRound]:
    """The project's final meetings, first to last."""
    return session.exec(
        select(FinalRound)
        .where(FinalRound.project_id == project_id)
        .order_by(col(FinalRound.round))
    ).all()


def final_round(session: Session, round_id: UUID) -> FinalRound:
    """One final meeting. Raises NotFound."""
    return _get(session, FinalRound, round_id, "终验")


def rectifications(session: Session, project_id: UUID) -> Sequence[Rectification]:
    """What was mended after the project's failed finals."""
    return session.exec(
        select(Rectification)
        .where(Rectification.project_id == project_id)
        .order_by(col(Rectification.id))
    ).all()


def accepted_on(session: Session, project_id: UUID) -> date | None:
    """The day on which the project passed its final."""
    return next((r.held_on for r in final_rounds(session, project_id) if r.passed), None)


def operation(session: Session, project_id: UUID) -> Operation | None:
    """How the project's system is operated, if that is on record."""
    return session.get(Operation, project_id)


def self_evaluations(session: Session, project_id: UUID) -> Sequence[SelfEvaluation]:
    """The unit's evaluations of its project, first to last."""
    return session.exec(
        select(SelfEvaluation)
        .where(SelfEvaluation.project_id == project_id)
        .order_by(col(SelfEvaluation.evaluated_on), col(SelfEvaluation.id))
    ).all()


def evaluations(session: Session, project_id: UUID) -> Sequence[Evaluation]:
    """The finance bureau's evaluations of the project, first to last."""
    return session.exec(
        select(Evaluation)
        .where(Evaluation.project_id == project_id)
        .order_by(col(Evaluation.evaluated_on), col(Evaluation.id))
    ).all()


def annual_report(session: Session, unit: str, year: int) -> AnnualReport | None:
    """A unit's report on a year, if it has reported."""
    return session.exec(
        select(AnnualReport).where(AnnualReport.unit == unit, AnnualReport.year == year)
    ).first()


def annual_reports(unit: str | None, year: int | None) -> SelectOfScalar[AnnualReport]:
    """All yearly reports or one unit's, of one year or of any."""
    query = select(AnnualReport)
    if unit is not None:
        query = query.where(AnnualReport.unit == unit)
    return query if year is None else query.where(AnnualReport.year == year)


def existing(session: Session, unit: str, begin: datetime, end: datetime) -> Sequence[Project]:
    """A unit's projects that there were at some time of a period, in order of declaration."""
    return session.exec(
        select(Project).where(Project.unit == unit, *_existed(begin, end)).order_by(col(Project.id))
    ).all()


def units_without_report(
    session: Session, year: int, begin: datetime, end: datetime
) -> Sequence[tuple[str, int]]:
    """The units that had projects in a year and did not report on it, with how many they had."""
    reported = select(AnnualReport.unit).where(AnnualReport.year == year)
    return session.exec(
        select(Project.unit, func.count())
        .where(*_existed(begin, end), col(Project.unit).not_in(reported))
        .group_by(Project.unit)
        .order_by(Project.unit)
    ).all()


def evaluable(unit: str | None, today: date) -> SelectOfScalar[Project]:
    """The projects, all or one unit's, that may be evaluated today (Art 24).

    Accepted, or in service for a full year and still so: who stops before acceptance is not.
    """
    return (
        projects(unit)
        .join(Operation, isouter=True)
        .where(
            or_(
                Project.state == AcceptanceState.ACCEPTED,
                and_(
                    col(Project.decommissioned_at).is_(None),
                    col(Operation.evaluable_from) <= today,
                ),
            )
        )
    )


def projects(unit: str | None) -> SelectOfScalar[Project]:
    """All projects, or one unit's."""
    return select(Project) if unit is None else select(Project).where(Project.unit == unit)


def _existed(begin: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Project.declared_at) < end,
        or_(
            col(Project.decommissioned_at).is_(None),
            col(Project.decommissioned_at) >= begin,
        ),
    )
