"""A contract's schedule: submitted, kept to, and put right by an extension (Art 15)."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.facts import ConstructionFacts
from govproject.gates import CONSTRUCTION
from govproject.ids import new_id
from govproject.regulation.findings import Finding
from govproject.regulation.pack import pack
from govproject.reliefs import keeping
from govproject.terms import ConstructionStep
from govproject_intake import repository
from govproject_intake.construction import (
    ConfirmationView,
    ProgressView,
    ReachMilestone,
    ScheduleView,
    SubmitSchedule,
)
from govproject_intake.handlers import contracts
from govproject_intake.parties import Milestone, PlannedMilestone
from govproject_intake.tables import Contract, Schedule


def submit(
    session: Session, context: Context, contract_id: UUID, command: SubmitSchedule
) -> ScheduleView:
    """Plan a contract's milestones within its last day (Art 15).

    Raises:
        Conflict: the contract's last day is known already and another is given, the contract is
            terminated, or the project stopped.
        Refused: a rule of the construction gate blocks.
    """
    contract, project = contracts.carried_on(session, context, contract_id)
    if command.contract_ends_on not in (None, contract.ends_on):
        if contract.ends_on is not None:
            raise Conflict(
                "contract_end_known",
                f"合同工期截止日已登记为{contract.ends_on}，变动须提出延期申请（第15条）。",
            )
        contract.ends_on = command.contract_ends_on
    asked = facts(session, context, contract, command.milestones)
    decision = context.decide(CONSTRUCTION, asked, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    kept = keep(session, context, contract, command.milestones)
    return _view(kept, warnings=decision.findings)


def facts(
    session: Session,
    context: Context,
    contract: Contract,
    milestones: Sequence[PlannedMilestone] = (),
) -> ConstructionFacts:
    """What the gate is asked about a schedule of a contract."""
    return ConstructionFacts(
        today=context.today(),
        reliefs=keeping.of(session, contract.project_id),
        step=ConstructionStep.SCHEDULE,
        contract_ends_on=contract.ends_on,
        milestones=tuple(milestone.due_on for milestone in milestones),
    )


def keep(
    session: Session, context: Context, contract: Contract, milestones: Sequence[PlannedMilestone]
) -> Schedule:
    """Put a new version in force and tell the last day; what was reached stays reached."""
    earlier = repository.schedules(session, contract.id)
    reached = {m.title: m.reached_on for m in earlier[-1].milestones} if earlier else {}
    if contract.ends_on is None:
        raise ValueError("the construction gate lets no schedule pass without a last day")
    schedule = Schedule(
        id=new_id(),
        contract_id=contract.id,
        number=len(earlier) + 1,
        ends_on=contract.ends_on,
        milestones=[
            Milestone(
                title=milestone.title,
                due_on=milestone.due_on,
                reached_on=reached.get(milestone.title),
            )
            for milestone in milestones
        ],
        recorded_at=context.now(),
    )
    session.add(schedule)
    context.publish(
        session,
        events.ContractScheduled(
            project_id=contract.project_id,
            contract_id=contract.id,
            ends_on=schedule.ends_on,
            recorded_at=schedule.recorded_at,
        ),
    )
    return schedule


def reach(
    session: Session, context: Context, contract_id: UUID, command: ReachMilestone
) -> ScheduleView:
    """Record that a milestone is reached (Art 15).

    Raises:
        Conflict: the contract is terminated, or the project stopped.
        Invalid: the schedule in force has no such milestone, or the day is yet to come.
    """
    contracts.carried_on(session, context, contract_id)
    if command.reached_on > context.today():
        raise Invalid("date_in_future", "节点完成日期不能晚于今天。")
    versions = repository.schedules(session, contract_id)
    titles = {milestone.title for milestone in versions[-1].milestones} if versions else set()
    if command.title not in titles:
        raise Invalid("milestone_unknown", f"现行进度计划没有“{command.title}”节点，请核对。")
    schedule = versions[-1]
    schedule.milestones = [
        milestone.model_copy(update={"reached_on": command.reached_on})
        if milestone.title == command.title
        else milestone
        for milestone in schedule.milestones
    ]
    return _view(schedule)


def progress(session: Session, context: Context, contract_id: UUID) -> ProgressView:
    """How a contract is kept; a unit sees its own."""
    contract, _ = contracts.of(session, context, contract_id)
    versions = repository.schedules(session, contract_id)
    current = versions[-1].milestones if versions else []
    today = context.today()
    return ProgressView(
        contract_id=contract.id,
        ends_on=contract.ends_on,
        schedules=[_view(schedule) for schedule in versions],
        overdue=[m for m in current if m.reached_on is None and m.due_on < today],
        personnel=contract.personnel,
        confirmations=[
            ConfirmationView.model_validate(confirmation, from_attributes=True)
            for confirmation in repository.confirmations(session, contract_id)
        ],
    )


def _view(schedule: Schedule, warnings: tuple[Finding, ...] = ()) -> ScheduleView:
    return ScheduleView.model_validate({**dict(schedule), "warnings": warnings})
