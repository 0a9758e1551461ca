"""A unit evaluates its own project, and mends what it found (Arts 21, 23)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Invalid, Refused
from govproject.facts import EvaluationFacts
from govproject.gates import EVALUATION
from govproject.ids import new_id
from govproject.regulation.findings import Finding
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.terms import EvaluationPart
from govproject_acceptance import repository
from govproject_acceptance.follow_up import EvaluateItself, Rectify, SelfEvaluationView
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import must_have_happened, visible
from govproject_acceptance.projection import Project
from govproject_acceptance.tables import SelfEvaluation


def evaluate(
    session: Session, context: Context, project_id: UUID, command: EvaluateItself
) -> SelfEvaluationView:
    """Record the unit's evaluation of its own project.

    Raises:
        Refused: one of its parts is missing, or its report.
    """
    project = visible(session, context, project_id)
    must_have_happened(context, command.evaluated_on, "自评日期")
    evaluation = SelfEvaluation(
        id=new_id(),
        project_id=project.id,
        evaluated_on=command.evaluated_on,
        parts=command.parts,
        paper=papers.referred_if_given(session, context, command.file_id),
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    facts = _facts(session, context, project, evaluation)
    findings = _must_be_whole(context, facts, pack(project.rule_pack))
    session.add(evaluation)
    return view(evaluation, warnings=findings)


def rectify(
    session: Session, context: Context, evaluation_id: UUID, command: Rectify
) -> SelfEvaluationView:
    """Record what the unit mended after its evaluation, or that nothing had to be.

    Raises:
        Conflict: it is on record already.
        Invalid: the day lies before the evaluation, or in the future.
    """
    evaluation = repository.self_evaluation(session, evaluation_id)
    visible(session, context, evaluation.project_id)
    if evaluation.rectified_on is not None:
        raise Conflict("already_rectified", "已登记该次自评后的整改情况。")
    must_have_happened(context, command.rectified_on, "整改完成日期")
    if command.rectified_on < evaluation.evaluated_on:
        raise Invalid("rectified_before_evaluation", "整改完成日期不能早于自评日期。")
    evaluation.rectified_on = command.rectified_on
    evaluation.rectification = command.rectification
    return view(evaluation)


def must_be_complete(session: Session, context: Context, project_id: UUID) -> None:
    """Refuse while no self-evaluation after final acceptance is on record. Raises Refused."""
    facts, rules = stored_facts(session, context, project_id)
    _must_be_whole(context, facts, rules)


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[EvaluationFacts, RulePack]:
    """What is on record of a project's last self-evaluation after its final acceptance."""
    project = visible(session, context, project_id)
    accepted_on = repository.accepted_on(session, project.id)
    since = [
        each
        for each in repository.self_evaluations(session, project.id)
        if accepted_on is not None and each.evaluated_on >= accepted_on
    ]
    last = since[-1] if since else None
    return _facts(session, context, project, last), pack(project.rule_pack)


def view(evaluation: SelfEvaluation, warnings: tuple[Finding, ...] = ()) -> SelfEvaluationView:
    """One self-evaluation and what was mended after it."""
    return SelfEvaluationView.model_validate({**dict(evaluation), "warnings": warnings})


def _facts(
    session: Session, context: Context, project: Project, evaluation: SelfEvaluation | None
) -> EvaluationFacts:
    return EvaluationFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        part=EvaluationPart.SELF,
        evaluated_on=evaluation.evaluated_on if evaluation else None,
        self_evaluation=tuple(evaluation.parts) if evaluation else (),
        self_evaluation_report=evaluation is not None and evaluation.paper is not None,
    )


def _must_be_whole(
    context: Context, facts: EvaluationFacts, rules: RulePack
) -> tuple[Finding, ...]:
    decision = context.decide(EVALUATION, facts, pack=rules)
    if not decision.allowed:
        raise Refused(decision)
    return decision.findings
