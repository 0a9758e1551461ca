"""The finance bureau's evaluation: an amount that becomes a ceiling (Art 10)."""

from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict
from govproject.ids import new_id
from govproject.names import numbered
from govproject.regulation.pack import pack
from govproject.terms import FilingStatus, Track
from govproject_review import repository
from govproject_review.handlers.projects import is_approved, not_stopped, panel_passed
from govproject_review.tables import FiscalEvaluation, Project
from govproject_review.views import FiscalEvaluationView, RecordFiscalEvaluation


def record(
    session: Session, context: Context, project_id: UUID, command: RecordFiscalEvaluation
) -> FiscalEvaluationView:
    """Record a report; a later one replaces it.

    What is approved is evaluated again while a change of it is determined and not filed, so that
    the bureau can approve the change up to the new amount; the approval stays as it is.

    The threshold names district projects in general, so filing-track projects from 50万 on are
    evaluated too: after the unit's own review, which a filing that is not found irregular shows, as
    others after the experts.

    Raises:
        Conflict: the amount needs no evaluation, neither the experts nor the unit itself passed the
            project, nothing of an approved one is to change, or the report number is taken.
    """
    project = not_stopped(session, context, project_id)
    approved = is_approved(session, project_id)
    amount_yuan = _changed_yuan(session, project) if approved else project.budget_yuan
    if not pack(project.rule_pack).needs_fiscal_evaluation(amount_yuan):
        raise Conflict("evaluation_not_required", "项目投资额不足50万元，不须财政评审（第10条）。")
    if not approved:
        _must_be_passed(session, project)
    if numbered(command.report_number) in map(numbered, repository.report_numbers(session)):
        raise Conflict(
            "report_number_taken",
            "该财评报告文号已登记，请核对。",
            report_number=command.report_number,
        )
    last = repository.latest(session, FiscalEvaluation, project_id)
    row = FiscalEvaluation(
        id=new_id(),
        project_id=project.id,
        round=last.round + 1 if last else 1,
        report_number=command.report_number,
        evaluated_yuan=command.evaluated_yuan,
        edition=project.edition,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(row)
    context.publish(
        session,
        events.FiscalEvaluationRecorded(
            project_id=project.id,
            report_number=row.report_number,
            evaluated_yuan=row.evaluated_yuan,
            recorded_at=row.recorded_at,
        ),
    )
    return FiscalEvaluationView.model_validate(row, from_attributes=True)


def _changed_yuan(session: Session, project: Project) -> Decimal:
    """The most to which an open change brings an approved project. Raises Conflict if none is."""
    changes = [
        change
        for change in repository.open_changes(session, project.id)
        if any(aspect.is_reviewed for aspect in change.aspects)
    ]
    if not changes:
        raise Conflict(
            "already_approved",
            "项目已经立项，没有已确定、尚未报备的建设内容、规模或金额变更，不再进行财政评审。",
        )
    return max(project.budget_yuan, *(change.new_budget_yuan or Decimal(0) for change in changes))


def _must_be_passed(session: Session, project: Project) -> None:
    if project.track is Track.FILING:
        _must_be_filed(project.filing_status)
    elif not panel_passed(session, project):
        raise Conflict("panel_not_passed", "项目通过专家评审后方可报区财政局评审（第10条）。")


def _must_be_filed(status: FilingStatus | None) -> None:
    if status is FilingStatus.NONE:
        raise Conflict(
            "not_filed",
            "项目尚未报备单位内部技术审查论证情况（第26条），不能报区财政局评审（第10条）；"
            "请先在系统提交报备。",
        )
    if status is FilingStatus.IRREGULAR:
        raise Conflict(
            "filing_irregular",
            "项目报备信息不规范（第27条），不能报区财政局评审（第10条）；请先在系统更正报备信息。",
        )
