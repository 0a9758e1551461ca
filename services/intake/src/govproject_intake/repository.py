"""Reading and finding what the handlers work on. Nothing here commits."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel, and_, col, not_, select
from sqlmodel.sql.expression import SelectOfScalar

from govproject.errors import NotFound
from govproject.persistence.tables import RecordedRelief
from govproject.terms import (
    ContractSubject,
    FilingStatus,
    LinkState,
    ProjectKind,
    ReliefKind,
    Track,
)
from govproject_intake.lifecycle import OrderState
from govproject_intake.tables import (
    AnnualPlan,
    Baseline,
    Change,
    Confirmation,
    Contract,
    Evaluation,
    Filing,
    Material,
    PlanEntry,
    Project,
    ProjectLink,
    QualityControl,
    RectificationOrder,
    Schedule,
    SpotCheck,
    SpotCheckResult,
    StageReached,
)

T = TypeVar("T", bound=SQLModel)


def _get(session: Session, table: type[T], key: UUID, what: str) -> T:
    row = session.get(table, key)
    if row is None:
        raise NotFound("not_found", f"{what}不存在。", id=str(key))
    return row


def project(session: Session, project_id: UUID) -> Project:
    """One project. Raises NotFound."""
    return _get(session, Project, project_id, "项目")


def filing(session: Session, filing_id: UUID) -> Filing:
    """One filing. Raises NotFound."""
    return _get(session, Filing, filing_id, "报备")


def change(session: Session, change_id: UUID) -> Change:
    """One change. Raises NotFound."""
    return _get(session, Change, change_id, "变更")


def order(session: Session, order_id: UUID) -> RectificationOrder:
    """One rectification order. Raises NotFound."""
    return _get(session, RectificationOrder, order_id, "整改令")


def order_after(
    session: Session, spot_check_id: UUID, project_id: UUID
) -> RectificationOrder | None:
    """The first order to a project that rests on a spot check."""
    return session.exec(
        select(RectificationOrder)
        .where(
            RectificationOrder.spot_check_id == spot_check_id,
            RectificationOrder.project_id == project_id,
        )
        .order_by(col(RectificationOrder.id))
        .limit(1)
    ).one_or_none()


def orders_of(session: Session, project_id: UUID) -> list[RectificationOrder]:
    """A project's rectification orders, the oldest first."""
    found = session.exec(
        select(RectificationOrder)
        .where(RectificationOrder.project_id == project_id)
        .order_by(col(RectificationOrder.id))
    )
    return list(found)


def open_orders(session: Session, project_id: UUID) -> list[RectificationOrder]:
    """Those of them that are not found in place."""
    return [each for each in orders_of(session, project_id) if each.state is not OrderState.CLEARED]


def orders(unit: str | None, state: OrderState | None) -> SelectOfScalar[RectificationOrder]:
    """All orders or those to one unit, in one state or in any."""
    query = select(RectificationOrder)
    if unit is not None:
        query = query.join(Project, col(RectificationOrder.project_id) == col(Project.id)).where(
            Project.unit == unit
        )
    return query if state is None else query.where(RectificationOrder.state == state)


def contract(session: Session, contract_id: UUID) -> Contract:
    """One contract. Raises NotFound."""
    return _get(session, Contract, contract_id, "合同")


def confirmation(session: Session, confirmation_id: UUID) -> Confirmation:
    """One extension or change of personnel. Raises NotFound."""
    return _get(session, Confirmation, confirmation_id, "延期或人员变更申请")


def evaluations(session: Session, project_id: UUID) -> list[Evaluation]:
    """A project's results, the latest last."""
    found = session.exec(
        select(Evaluation)
        .where(Evaluation.project_id == project_id)
        .order_by(col(Evaluation.evaluated_on), col(Evaluation.id))
    )
    return list(found)


def link(session: Session, project_id: UUID, related_id: UUID) -> ProjectLink:
    """What links two projects. Raises NotFound."""
    found = session.get(ProjectLink, (project_id, related_id))
    if found is None:
        raise NotFound("not_found", "两个项目之间没有关联。", id=str(project_id))
    return found


def links(session: Session, project_id: UUID) -> list[ProjectLink]:
    """What a project is linked with, whatever the state."""
    found = session.exec(
        select(ProjectLink)
        .where(ProjectLink.project_id == project_id)
        .order_by(col(ProjectLink.related_id))
    )
    return list(found)


def related(
    session: Session,
    project_id: UUID,
    states: Sequence[LinkState] = (LinkState.NAMED, LinkState.CONFIRMED),
) -> list[Project]:
    """The projects whose link with this one is in such a state; by default, those that count."""
    found = session.exec(
        select(Project)
        .join(ProjectLink, col(ProjectLink.related_id) == col(Project.id))
        .where(
            ProjectLink.project_id == project_id,
            col(ProjectLink.state).in_(states),
        )
        .order_by(col(Project.id))
    )
    return list(found)


def projects_with_system(session: Session, unit: str) -> list[Project]:
    """A unit's projects that name their system."""
    found = session.exec(
        select(Project)
        .where(Project.unit == unit, col(Project.system_name).is_not(None))
        .order_by(col(Project.id))
    )
    return list(found)


def plan_versions(session: Session, plan_year: int) -> list[AnnualPlan]:
    """The versions of a year's plan, in order."""
    found = session.exec(
        select(AnnualPlan)
        .where(AnnualPlan.plan_year == plan_year)
        .order_by(col(AnnualPlan.version))
    )
    return list(found)


def latest_plan(session: Session, plan_year: int) -> AnnualPlan | None:
    """The last version of a year's plan, whatever its state."""
    return session.exec(
        select(AnnualPlan)
        .where(AnnualPlan.plan_year == plan_year)
        .order_by(col(AnnualPlan.version).desc())
        .limit(1)
    ).one_or_none()


def plan_entry(session: Session, project_id: UUID) -> PlanEntry | None:
    """Which plan a project is in."""
    return session.get(PlanEntry, project_id)


def plan_entries(session: Session, plan_year: int, version: int) -> list[PlanEntry]:
    """What came into a plan with a version, in order of declaration."""
    found = session.exec(
        select(PlanEntry)
        .where(PlanEntry.plan_year == plan_year, PlanEntry.version == version)
        .order_by(col(PlanEntry.project_id))
    )
    return list(found)


def plan_version(session: Session, entry: PlanEntry) -> AnnualPlan:
    """The version of the plan with which an entry came in. Raises NotFound."""
    found = session.get(AnnualPlan, (entry.plan_year, entry.version))
    if found is None:
        raise NotFound("not_found", "年度计划不存在。", id=str(entry.project_id))
    return found


def left_out(session: Session, plan_year: int) -> list[Project]:
    """The projects declared for a year that are in no plan, and have not ended."""
    found = session.exec(
        select(Project)
        .outerjoin(PlanEntry, col(PlanEntry.project_id) == col(Project.id))
        .where(
            Project.plan_year == plan_year,
            col(PlanEntry.project_id).is_(None),
            col(Project.decommissioned_at).is_(None),
        )
        .order_by(col(Project.id))
    )
    return list(found)


def spot_check(session: Session, spot_check_id: UUID) -> SpotCheck:
    """One spot check. Raises NotFound."""
    return _get(session, SpotCheck, spot_check_id, "抽查")


def spot_checks(session: Session) -> list[SpotCheck]:
    """All spot checks, the latest first."""
    return list(session.exec(select(SpotCheck).order_by(col(SpotCheck.id).desc())))


def spot_check_result(
    session: Session, spot_check_id: UUID, project_id: UUID
) -> SpotCheckResult | None:
    """What a spot check found at a project, if it is recorded."""
    return session.get(SpotCheckResult, (spot_check_id, project_id))


def filed_projects(session: Session) -> list[UUID]:
    """The projects that are filed, in whatever state, and whose system has not ended."""
    found = session.exec(
        select(Project.id)
        .join(Filing, col(Filing.project_id) == col(Project.id))
        .where(col(Project.decommissioned_at).is_(None))
    )
    return list(found)


def quality_controls(session: Session, project_id: UUID) -> list[QualityControl]:
    """The project's controls of quality, in the order in which they were recorded."""
    found = session.exec(
        select(QualityControl)
        .where(QualityControl.project_id == project_id)
        .order_by(col(QualityControl.id))
    )
    return list(found)


def schedules(session: Session, contract_id: UUID) -> list[Schedule]:
    """The versions of a contract's schedule; the last is in force."""
    found = session.exec(
        select(Schedule).where(Schedule.contract_id == contract_id).order_by(col(Schedule.number))
    )
    return list(found)


def confirmations(session: Session, contract_id: UUID) -> list[Confirmation]:
    """What was to be confirmed about a contract, oldest first."""
    found = session.exec(
        select(Confirmation)
        .where(Confirmation.contract_id == contract_id)
        .order_by(col(Confirmation.id))
    )
    return list(found)


def materials(session: Session, project_id: UUID) -> list[Material]:
    """What was handed in with the declaration, in its order."""
    found = session.exec(
        select(Material).where(Material.project_id == project_id).order_by(col(Material.number))
    )
    return list(found)


def baseline(session: Session, project_id: UUID) -> Baseline | None:
    """What was approved; None before the approval."""
    return session.get(Baseline, project_id)


def changes(session: Session, project_id: UUID) -> list[Change]:
    """The project's changes, in the order in which they were determined."""
    found = session.exec(
        select(Change).where(Change.project_id == project_id).order_by(col(Change.id))
    )
    return list(found)


def contracts(session: Session, project_id: UUID) -> list[Contract]:
    """The project's contracts, in the order in which they were recorded."""
    found = session.exec(
        select(Contract).where(Contract.project_id == project_id).order_by(col(Contract.id))
    )
    return list(found)


def contracts_in_force(session: Session, project_id: UUID) -> list[Contract]:
    """The same without those that were terminated."""
    return [each for each in contracts(session, project_id) if each.terminated_on is None]


def contracted_yuan(session: Session, project_id: UUID) -> Decimal:
    """What the project's contracts cost together; a terminated one, what is settled for it."""
    return sum(map(_cost, contracts(session, project_id)), Decimal(0))


def prepared_yuan(session: Session, project: Project, before: date | None) -> Decimal:
    """The same of those alone that carry nothing out and were awarded before a day, if any is."""
    preparing = (
        contract
        for contract in contracts(session, project.id)
        if not contract.subject.carries_out(project.kind)
        and (before is None or contract.award_notice_on < before)
    )
    return sum(map(_cost, preparing), Decimal(0))


def services_yuan(session: Session, project_id: UUID) -> Decimal:
    """The same of those that are called services."""
    return sum(
        (
            _cost(contract)
            for contract in contracts(session, project_id)
            if contract.subject is ContractSubject.SERVICE
        ),
        Decimal(0),
    )


def _cost(contract: Contract) -> Decimal:
    return contract.amount_yuan if contract.settled_yuan is None else contract.settled_yuan


def filing_of(session: Session, project_id: UUID) -> Filing | None:
    """The project's filing, if it has one."""
    return session.exec(select(Filing).where(Filing.project_id == project_id)).one_or_none()


def filings(unit: str | None, status: FilingStatus | None) -> SelectOfScalar[Filing]:
    """All filings or those of one unit's projects, in one status or in any."""
    query = select(Filing)
    if unit is not None:
        query = query.join(Project, col(Filing.project_id) == col(Project.id)).where(
            Project.unit == unit
        )
    return query if status is None else query.where(Filing.status == status)


def exceptions(
    unit: str | None, today: date, *, in_force: bool | None
) -> SelectOfScalar[RecordedRelief]:
    """The exceptions of all projects or of one unit's, in force today, or not, or both."""
    query = select(RecordedRelief).where(RecordedRelief.kind == ReliefKind.EXCEPTION)
    if unit is not None:
        query = query.join(Project, col(Project.id) == col(RecordedRelief.project_id)).where(
            Project.unit == unit
        )
    holds = and_(
        col(RecordedRelief.withdrawn_at).is_(None), col(RecordedRelief.expires_on) >= today
    )
    return query if in_force is None else query.where(holds if in_force else not_(holds))


def by_city_system_ref(session: Session, reference: str) -> Project | None:
    """The project that already has this municipal reference."""
    return session.exec(select(Project).where(Project.city_system_ref == reference)).one_or_none()


def stages(session: Session, project_id: UUID) -> list[StageReached]:
    """The stages that the project has come to, in no order."""
    found = session.exec(select(StageReached).where(StageReached.project_id == project_id))
    return list(found.all())


class Sibling(NamedTuple):
    """What is looked at of a project when another of its unit is declared (Art 4)."""

    project_name: str
    system_name: str | None
    kind: ProjectKind
    plan_year: int
    budget_yuan: Decimal
    accepted_on: date | None
    decommissioned_at: datetime | None


def siblings(session: Session, unit: str, but: UUID | None = None) -> list[Sibling]:
    """The unit's filing-track projects, without one of them if it is named."""
    # Each row of a table of declarations looks at all of them: nothing else is read.
    found = session.execute(
        core_select(*(getattr(Project, name) for name in Sibling._fields))
        .where(
            col(Project.unit) == unit,
            col(Project.track) == Track.FILING,
            col(Project.id) != but,
        )
        .order_by(col(Project.id))
    )
    return [Sibling(*row) for row in found]


def projects(unit: str | None) -> SelectOfScalar[Project]:
    """All projects, or one unit's."""
    return select(Project) if unit is None else select(Project).where(Project.unit == unit)
