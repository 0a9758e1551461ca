"""Approval: the unit applies with its project code, the bureau approves or rejects (Art 11)."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from govproject import calendar
from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.facts import ApprovalFacts
from govproject.gates import APPROVAL
from govproject.messaging import knowing
from govproject.names import numbered
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.steps import after
from govproject.terms import ChangeAspect, Department, Verdict
from govproject_review import repository
from govproject_review.handlers import documents, related
from govproject_review.handlers.corrections import superseded
from govproject_review.handlers.obligations import KEEPER
from govproject_review.handlers.opinions import unanswered
from govproject_review.handlers.projects import (
    application_view,
    full_process,
    has_preliminary_design,
    outdated_opinions,
    pre_review_passed,
    pre_review_stands,
    visible,
)
from govproject_review.lifecycle import APPLICATION_STEPS, ApplicationState, PanelState
from govproject_review.rules.article_11_approval import (
    filing_form_10_workdays,
    filing_form_period,
)
from govproject_review.tables import (
    Application,
    FiscalEvaluation,
    Panel,
    Project,
    RejectedApplication,
)
from govproject_review.views import ApplicationView, ApplyForApproval, ApproveProject, Reason


def apply(
    session: Session, context: Context, project_id: UUID, command: ApplyForApproval
) -> ApplicationView:
    """Send in code and documents; a rejected application may be made again, and is kept.

    Raises:
        Invalid: a document was not uploaded.
        Forbidden: a document is another unit's.
        Conflict: an application waits for the bureau, or the code belongs to another project.
    """
    project = full_process(session, context, project_id)
    last = repository.application(session, project_id)
    if last is not None:
        after(APPLICATION_STEPS, last.state, "apply")
        kept_with = superseded(context, last.rejection_reason, asked_again=True)
        session.add(RejectedApplication(**dict(last), **kept_with))
    must_be_its_code(session, project_id, command.project_code)
    files = documents.on_record(session, context, command.documents)
    row = session.merge(
        Application(
            project_id=project.id,
            revision=last.revision + 1 if last else 1,
            state=ApplicationState.SUBMITTED,
            project_code=command.project_code,
            documents=[each.name for each in files],
            files=files,
            submitted_at=context.now(),
            decided_by=None,
            decided_at=None,
            rejection_reason=None,
        )
    )
    context.publish(
        session,
        events.ApplicationSubmitted(
            project_id=project.id,
            project_code=row.project_code,
            documents=tuple(row.documents),
            submitted_at=row.submitted_at,
            revision=row.revision,
        ),
    )
    return application_view(session, row)


def approve(
    session: Session, context: Context, project_id: UUID, command: ApproveProject
) -> ApplicationView:
    """Approve the project; the day starts the period for the filing form (Art 11).

    An approval that is recorded later than it was given names its day.

    Raises:
        Conflict: the project is on the filing track, or the number is taken.
        Invalid: its day is yet to come.
        Refused: a rule of the approval gate blocks.
    """
    project = full_process(session, context, project_id)
    rules = pack(project.rule_pack)
    row = _open_application(session, project_id)
    approved_on = command.approved_on or context.today()
    if approved_on > context.today():
        raise Invalid("date_in_future", f"批复日期{approved_on}不能晚于今天。")
    amount = command.approved_yuan
    asked = facts(session, context, project, row, amount_yuan=amount, approved_on=approved_on)
    decision = context.decide(APPROVAL, asked, pack=rules)
    # Without an open application there is no project code, which the gate has refused.
    if not decision.allowed or row is None:
        raise Refused(decision)
    must_be_new_number(session, command.approval_number)
    row.state = after(APPLICATION_STEPS, row.state, "approve")
    row.decided_by, row.decided_at = context.caller.subject, context.now()
    row.approval_number = command.approval_number
    row.approved_yuan, row.approved_on = command.approved_yuan, approved_on
    row.decision = decision
    due = filing_form_period(approved_on, rules).due(calendar.table(session))
    context.publish(
        session,
        events.ProjectApproved(
            project_id=project.id,
            approval_number=command.approval_number,
            project_code=row.project_code,
            approved_yuan=command.approved_yuan,
            approved_on=approved_on,
            cloud_plan=project.cloud_plan,
            filing_form_due_on=due.day,
            filing_form_due_provisional=due.provisional,
        ),
    )
    duty = filing_form_10_workdays(approved_on, rules)
    KEEPER.open(session, context, duty, project_id=project.id, unit=project.unit)
    return application_view(session, row)


def reject(
    session: Session, context: Context, project_id: UUID, command: Reason
) -> ApplicationView:
    """Reject the open application, with the reason (Art 11).

    Raises:
        Conflict: there is no open application.
    """
    project = full_process(session, context, project_id)
    row = _open_application(session, project_id)
    if row is None:
        raise Conflict("no_open_application", "项目没有待审批的报批申请。")
    row.state = after(APPLICATION_STEPS, row.state, "reject")
    row.decided_by, row.decided_at = context.caller.subject, context.now()
    row.rejection_reason = command.reason
    context.publish(
        session,
        events.ProjectRejected(
            project_id=project.id, reason=command.reason, rejected_at=row.decided_at
        ),
    )
    return application_view(session, row)


def must_be_its_code(session: Session, project_id: UUID, code: str) -> None:
    """Raises Conflict where the code belongs to another project."""
    namesake = repository.by_project_code(session, code)
    if namesake is not None and namesake.project_id != project_id:
        raise Conflict("project_code_taken", "该项目代码已用于其他项目。", project_code=code)


def must_be_new_number(session: Session, number: str) -> None:
    """Raises Conflict where another project was approved under the number."""
    if numbered(number) in map(numbered, repository.approval_numbers(session)):
        raise Conflict(
            "approval_number_taken", "该批复文号已用于其他项目。", approval_number=number
        )


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[ApprovalFacts, RulePack]:
    """The approval gate's facts of a stored project, at the amount that could be approved now."""
    project = visible(session, context, project_id)
    report = repository.latest(session, FiscalEvaluation, project_id)
    amount = min(project.budget_yuan, report.evaluated_yuan) if report else project.budget_yuan
    row = _open_application(session, project_id)
    return facts(session, context, project, row, amount_yuan=amount), pack(project.rule_pack)


def _steps_on(
    session: Session, project: Project, application: Application | None
) -> dict[str, date]:
    """When the steps came to an end that an approval of the project as it is now rests on."""
    passed = repository.last_passed(session, project)
    panel = repository.latest(session, Panel, project.id)
    report = repository.latest(session, FiscalEvaluation, project.id)
    ended: dict[str, datetime | None] = {"预审": passed.reviewed_at if passed else None}
    for each in repository.opinions(session, project.id):
        ended[f"{each.department.zh}会审"] = each.answered_at or each.recorded_at
    ended |= {
        "专家评审": panel.concluded_at if panel else None,
        "财政评审": report.recorded_at if report else None,
        "报送审批文件": application.submitted_at if application else None,
    }
    return {step: at.date() for step, at in ended.items() if at is not None}


def _open_application(session: Session, project_id: UUID) -> Application | None:
    row = repository.application(session, project_id)
    return row if row is not None and row.state is ApplicationState.SUBMITTED else None


def _open_changes(session: Session, project_id: UUID) -> tuple[ChangeAspect, ...]:
    """What the changes touch that are surely not filed yet, each aspect once."""
    changes = repository.open_changes(session, project_id)
    touched = {aspect for change in changes if change.followed for aspect in change.aspects}
    return tuple(aspect for aspect in ChangeAspect if aspect in touched)


def facts(
    session: Session,
    context: Context,
    project: Project,
    application: Application | None,
    *,
    amount_yuan: Decimal,
    approved_on: date | None = None,
) -> ApprovalFacts:
    """What the gate is asked about a project that is to be approved at an amount, on a day."""
    opinions = {row.department: row for row in repository.opinions(session, project.id)}
    panel = repository.latest(session, Panel, project.id)
    report = repository.latest(session, FiscalEvaluation, project.id)
    pre_reviewed = pre_review_passed(session, project.id)
    return ApprovalFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        city_system_ref=project.city_system_ref,
        kind=project.kind,
        builds_system=project.builds_system,
        deployment_target=project.deployment_target,
        standalone_basis=project.standalone_basis,
        plan_year_adopted=project.plan_adopted_year,
        plan_year=project.plan_year,
        related=related.known(session, project.id),
        related_backlog=related.waiting(session, context, project.id),
        budget_yuan=project.budget_yuan,
        amount_yuan=amount_yuan,
        pre_review_passed=pre_reviewed,
        pre_review_outdated=pre_reviewed and not pre_review_stands(session, project),
        has_preliminary_design=has_preliminary_design(session, project.id),
        opinions={department: row.verdict for department, row in opinions.items()},
        outdated_opinions=outdated_opinions(session, project),
        audit_observation_unanswered=unanswered(opinions.get(Department.AUDIT)),
        conditions_unanswered=tuple(
            department
            for department, row in opinions.items()
            if row.verdict is Verdict.PASS_WITH_CONDITIONS and unanswered(row)
        ),
        panel_passed=panel is not None and panel.state is PanelState.PASSED,
        panel_attended=len(panel.attended) if panel else 0,
        panel_outdated=panel is not None and panel.edition != project.edition,
        evaluated_yuan=report.evaluated_yuan if report else None,
        evaluation_outdated=report is not None and report.edition != project.edition,
        project_code=application.project_code if application else None,
        approval_documents=tuple(each.name for each in application.files) if application else (),
        approved_on=approved_on,
        steps_on=_steps_on(session, project, application),
        approved_before_service=application is not None and application.earlier_file_id is not None,
        open_changes=_open_changes(session, project.id),
        **knowing.about(session, context, project.id),
    )
