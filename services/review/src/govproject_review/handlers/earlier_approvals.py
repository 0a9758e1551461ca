"""Approvals of before the system was in service: taken over, so that nobody builds unapproved."""

from uuid import UUID

from sqlmodel import Session

from govproject import calendar
from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.files import records
from govproject.gates import APPROVAL
from govproject.persistence.tables import StoredFile
from govproject.plugins import Check
from govproject.regulation.pack import RulePack, pack
from govproject_review import repository
from govproject_review.handlers import approvals, documents
from govproject_review.handlers.approvals import must_be_its_code, must_be_new_number
from govproject_review.handlers.obligations import KEEPER
from govproject_review.handlers.projects import application_view, full_process
from govproject_review.lifecycle import ApplicationState
from govproject_review.rules.article_02_exemption import approved_system_on_district_cloud
from govproject_review.rules.article_03_registration import register_in_city_system
from govproject_review.rules.article_11_approval import (
    approval_on_complete_knowledge,
    approval_on_current_knowledge,
    filing_form_10_workdays,
    filing_form_period,
)
from govproject_review.rules.article_25_results import poor_no_related_approval
from govproject_review.rules.article_28_changes import approval_within_budget
from govproject_review.tables import Application, FiscalEvaluation, Panel, PreReview, Project
from govproject_review.views import ApplicationView, RecordEarlierApproval

_ASKED = frozenset(
    rule.__name__
    for rule in (
        approved_system_on_district_cloud,
        register_in_city_system,
        approval_on_complete_knowledge,
        approval_on_current_knowledge,
        poor_no_related_approval,
        approval_within_budget,
    )
)
"""What does not rest on how the approval came about, so is asked of one of before as well."""


def record(
    session: Session, context: Context, project_id: UUID, command: RecordEarlierApproval
) -> ApplicationView:
    """Take over what was approved before; how it came about is not looked at again (Arts 6, 44).

    From now on the project is one that was approved on that day. The filing form is owed only while
    its period runs (Art 11).

    Raises:
        Conflict: the project is on the filing track or approved, its review has begun here, or
            code, number or document are another's.
        Invalid: the system was in service on that day, it is yet to come or before the year that
            the project was planned for, or the file is unknown.
        Refused: a rule that asks nothing of how it came about blocks (Arts 2, 3, 11, 25, 28), or
            one of a department, which sees of the facts that the approval is of before.
    """
    project = full_process(session, context, project_id)
    rules = pack(project.rule_pack)
    _must_not_be_reviewed_here(session, project)
    _must_be_of_before(context, project, command, rules)
    must_be_its_code(session, project_id, command.project_code)
    must_be_new_number(session, command.approval_number)
    file = records.referred(session, context, command.file_id)
    _must_be_its_document(session, file)
    now = context.now()
    row = Application(
        project_id=project.id,
        state=ApplicationState.APPROVED,
        project_code=command.project_code,
        documents=[file.name],
        files=documents.on_record(session, context, [command.file_id]),
        submitted_at=now,
        decided_by=context.caller.subject,
        decided_at=now,
        approval_number=command.approval_number,
        approved_yuan=command.approved_yuan,
        approved_on=command.approved_on,
        earlier_file_id=file.id,
    )
    facts = approvals.facts(session, context, project, row, amount_yuan=command.approved_yuan)
    row.decision = context.decide(APPROVAL, facts, pack=rules, asked=_is_asked)
    if not row.decision.allowed:
        raise Refused(row.decision)
    session.add(row)
    due = filing_form_period(command.approved_on, rules).due(calendar.table(session))
    context.publish(
        session,
        events.ProjectApproved(
            project_id=project.id,
            approval_number=command.approval_number,
            project_code=row.project_code,
            approved_yuan=command.approved_yuan,
            approved_on=command.approved_on,
            cloud_plan=project.cloud_plan,
            filing_form_due_on=due.day,
            filing_form_due_provisional=due.provisional,
        ),
    )
    if due.day >= context.today():
        duty = filing_form_10_workdays(command.approved_on, rules)
        KEEPER.open(session, context, duty, project_id=project.id, unit=project.unit)
    return application_view(session, row)


def _must_not_be_reviewed_here(session: Session, project: Project) -> None:
    """What has begun here is decided here, however far it has come."""
    if repository.application(session, project.id) is not None:
        raise Conflict("applied_here", "项目已在本系统报送审批，请按程序办理立项（第11条）。")
    begun = {
        "预审": repository.latest(session, PreReview, project.id),
        "部门会审": repository.opinions(session, project.id),
        "专家评审": repository.latest(session, Panel, project.id),
        "财政评审": repository.latest(session, FiscalEvaluation, project.id),
    }
    steps = "、".join(name for name, found in begun.items() if found)
    if steps:
        raise Conflict(
            "reviewed_here",
            f"项目已在本系统办理{steps}，不能补登以前的批复（第7至11条）。",
        )


def _must_be_of_before(
    context: Context, project: Project, command: RecordEarlierApproval, rules: RulePack
) -> None:
    if command.approved_on >= rules.in_service_from:
        raise Invalid(
            "approved_in_service",
            f"批复日期{command.approved_on}不早于系统启用日期{rules.in_service_from}，"
            "应按程序办理立项，不能补登（第6、11条）。",
        )
    if command.approved_on > context.today():
        raise Invalid("date_in_future", "批复日期不能晚于今天。")
    planned = max(project.plan_year or 0, project.plan_adopted_year or 0)
    if planned > command.approved_on.year:
        raise Invalid(
            "planned_in_service",
            f"项目按{planned}年度计划申报，不可能在{command.approved_on}已经立项。",
        )


def _must_be_its_document(session: Session, file: StoredFile) -> None:
    """An approval is of one project, so its document is, too."""
    if repository.earlier_with_file(session, file.sha256) is not None:
        raise Conflict(
            "approval_file_taken",
            f"批复文件“{file.name}”已用于补登其他项目，请上传本项目的立项批复。",
        )


def _is_asked(check: Check) -> bool:
    """A department may add a refusal, and never has one taken away."""
    return not check.is_built_in or check.rule in _ASKED
