"""Approvals of before the system was in service: taken over, so that nobody builds unapproved."""

from uuid import UUID

from sqlmodel import Session

from govproject import calendar
from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict, Invalid
from govproject.files import records
from govproject.regulation.pack import pack
from govproject_review import repository
from govproject_review.handlers.approvals import must_be_its_code, must_be_new_number
from govproject_review.handlers.obligations import KEEPER
from govproject_review.handlers.projects import application_view, full_process
from govproject_review.lifecycle import ApplicationState
from govproject_review.rules.article_11_approval import (
    filing_form_10_workdays,
    filing_form_period,
)
from govproject_review.tables import Application
from govproject_review.views import ApplicationView, RecordEarlierApproval


def record(
    session: Session, context: Context, project_id: UUID, command: RecordEarlierApproval
) -> ApplicationView:
    """Take over what was approved before; how it came about is not looked at again (Arts 6, 44).

    From now on the project is one that was approved on that day. The filing form is owed only while
    its period runs (Art 11).

    Raises:
        Conflict: the project is on the filing track or approved, has applied for approval here, or
            code or number are another's.
        Invalid: the system was in service on that day, it is yet to come, or the file is unknown.
    """
    project = full_process(session, context, project_id)
    rules = pack(project.rule_pack)
    if repository.application(session, project_id) is not None:
        raise Conflict("applied_here", "项目已在本系统报送审批，请按程序办理立项（第11条）。")
    if command.approved_on >= rules.in_service_from:
        raise Invalid(
            "approved_in_service",
            f"批复日期{command.approved_on}不早于系统启用日期{rules.in_service_from}，"
            "应按程序办理立项，不能补登（第6、11条）。",
        )
    if command.approved_on > context.today():
        raise Invalid("date_in_future", "批复日期不能晚于今天。")
    must_be_its_code(session, project_id, command.project_code)
    must_be_new_number(session, command.approval_number)
    file = records.referred(session, context, command.file_id)
    now = context.now()
    row = Application(
        project_id=project.id,
        state=ApplicationState.APPROVED,
        project_code=command.project_code,
        documents=[file.name],
        submitted_at=now,
        decided_by=context.caller.subject,
        decided_at=now,
        approval_number=command.approval_number,
        approved_yuan=command.approved_yuan,
        approved_on=command.approved_on,
        earlier_file_id=file.id,
    )
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
