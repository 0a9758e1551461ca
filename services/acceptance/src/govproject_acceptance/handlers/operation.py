"""A system in operation: who answers for it, and how it is kept safe (Arts 30, 32, 33)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts.acceptance import OBLIGATIONS
from govproject.errors import Conflict, Refused
from govproject.facts import OperationFacts
from govproject.gates import OPERATION
from govproject.obligations.keeping import move
from govproject.obligations.repository import of_rule
from govproject.regulation.pack import RulePack, pack
from govproject.regulation.periods import Period, add_months
from govproject.reliefs import keeping
from govproject_acceptance import repository
from govproject_acceptance.follow_up import OperationView, RecordOperation
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import must_have_happened, visible
from govproject_acceptance.papers import Paper
from govproject_acceptance.projection import Project
from govproject_acceptance.rules.article_21_self_evaluation import self_evaluation_12_months
from govproject_acceptance.tables import Operation

_FILES = ("operation_rules", "security_rules", "outsourcing_rules")


def record(
    session: Session, context: Context, project_id: UUID, command: RecordOperation
) -> OperationView:
    """Take the place of what was recorded before; the answer says what is still missing.

    Operation that began after the final moves the day of the self-evaluation (Art 21).

    Raises:
        Conflict: the system is decommissioned.
    """
    project = visible(session, context, project_id)
    if project.decommissioned_at is not None:
        raise Conflict("decommissioned", "项目已报停用，不再登记运行情况。")
    for day, what in (
        (command.in_service_since, "开始提供服务的日期"),
        (command.outsourcing_assessed_on, "外包风险评估日期"),
    ):
        if day is not None:
            must_have_happened(context, day, what)
    since = command.in_service_since
    months = pack(project.rule_pack).evaluation_service_months
    operation = session.merge(
        Operation(
            **dict(command)
            | {
                name: papers.referred_if_given(session, context, getattr(command, name))
                for name in _FILES
            },
            project_id=project.id,
            evaluable_from=since and add_months(since, months),
            recorded_by=context.caller.subject,
            recorded_at=context.now(),
        )
    )
    if since is not None:
        _count_from(session, context, project, since)
    return view(session, context, project, operation)


def _count_from(session: Session, context: Context, project: Project, since: date) -> None:
    """The year for the self-evaluation runs from the later day; what was handed in stays so."""
    passed_on = repository.accepted_on(session, project.id)
    duty = of_rule(session, project.id, self_evaluation_12_months.__name__)
    if passed_on is not None and duty is not None and duty.closed_at is None:
        months = pack(project.rule_pack).self_evaluation_months
        move(session, context, OBLIGATIONS, duty, Period.of_months(max(passed_on, since), months))


def must_be_in_order(session: Session, context: Context, project_id: UUID) -> None:
    """Refuse while anything is missing. Raises Refused.

    Of what is decommissioned nothing more is recorded, and so nothing asked.
    """
    project = visible(session, context, project_id)
    if project.decommissioned_at is not None:
        return
    facts = _facts(session, context, project)
    decision = context.decide(OPERATION, facts, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[OperationFacts, RulePack]:
    """What is on record of a project's operation."""
    project = visible(session, context, project_id)
    return _facts(session, context, project), pack(project.rule_pack)


def view(
    session: Session, context: Context, project: Project, operation: Operation
) -> OperationView:
    """What is on record, and the gate's answer to it."""
    facts = _said(session, context, operation)
    decision = context.ask(OPERATION, facts, pack=pack(project.rule_pack))
    return OperationView.model_validate({**dict(operation), "decision": decision})


def _facts(session: Session, context: Context, project: Project) -> OperationFacts:
    operation = repository.operation(session, project.id)
    if operation is None:
        reliefs = keeping.of(session, project.id)
        return OperationFacts(today=context.today(), reliefs=reliefs)
    return _said(session, context, operation)


def _said(session: Session, context: Context, operation: Operation) -> OperationFacts:
    return OperationFacts(
        today=context.today(),
        reliefs=keeping.of(session, operation.project_id),
        operator=operation.operator,
        user_unit=operation.user_unit,
        operation_rules=_name(operation.operation_rules),
        security_rules=_name(operation.security_rules),
        security_body=operation.security_body,
        security_officer=operation.security_officer,
        security_funds_yuan=operation.security_funds_yuan,
        measures=tuple(operation.measures),
        outsourced=operation.outsourced,
        outsourcing_rules=_name(operation.outsourcing_rules),
        outsourcing_assessed_on=operation.outsourcing_assessed_on,
    )


def _name(paper: Paper | None) -> str | None:
    return None if paper is None else paper.name
