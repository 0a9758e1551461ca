"""The finance bureau evaluates projects; the data bureau gets a copy (Arts 23, 24)."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import acceptance as events
from govproject.errors import Invalid, Refused
from govproject.facts import EvaluationFacts
from govproject.gates import EVALUATION
from govproject.ids import new_id
from govproject.names import person
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.terms import ContractSubject, EvaluationPart, ParticipantRole
from govproject.web.paging import Page, Paging, paginate
from govproject_acceptance import repository
from govproject_acceptance.follow_up import EligibleProject, Evaluate, EvaluationView
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import must_have_happened, visible
from govproject_acceptance.people import Parties, came_for, group
from govproject_acceptance.projection import Project
from govproject_acceptance.tables import Evaluation


def conclude(
    session: Session, context: Context, project_id: UUID, command: Evaluate
) -> EvaluationView:
    """Record an evaluation and send the data bureau its copy.

    Raises:
        Refused: a rule of the gate forbids it; nothing is recorded.
        Invalid: the day makes no sense, or nobody handed the report in.
    """
    project = visible(session, context, project_id)
    must_have_happened(context, command.evaluated_on, "评价日期")
    earlier = repository.evaluations(session, project.id)
    if earlier and command.evaluated_on < earlier[-1].evaluated_on:
        raise Invalid("before_last_evaluation", "评价日期不能早于上一次评价日期。")
    facts = _facts(
        session,
        context,
        project,
        evaluated_on=command.evaluated_on,
        **group(command.experts, command.agencies, _parties(session, project))._asdict(),
        dimensions=tuple(command.dimensions),
        evaluation_report=command.file_id is not None,
    )
    decision = context.decide(EVALUATION, facts, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    evaluation = Evaluation(
        id=new_id(),
        project_id=project.id,
        paper=papers.referred_if_given(session, context, command.file_id),
        decision=decision,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
        **{name: given for name, given in command if name != "file_id"},
    )
    session.add(evaluation)
    context.publish(
        session,
        events.EvaluationCompleted(
            project_id=project.id, grade=evaluation.grade, evaluated_on=evaluation.evaluated_on
        ),
    )
    return view(evaluation)


def browse_eligible(session: Session, context: Context, paging: Paging) -> Page[EligibleProject]:
    """The projects that may be evaluated today; a unit sees its own."""
    return paginate(
        session,
        repository.evaluable(context.caller.limited_to, context.today()),
        key=col(Project.id),
        paging=paging,
        view=lambda project: EligibleProject.model_validate(project, from_attributes=True),
    )


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[EvaluationFacts, RulePack]:
    """Whether the finance bureau may evaluate a project now."""
    project = visible(session, context, project_id)
    return _facts(session, context, project), pack(project.rule_pack)


def view(evaluation: Evaluation) -> EvaluationView:
    """One evaluation."""
    return EvaluationView.model_validate(evaluation, from_attributes=True)


def _parties(session: Session, project: Project) -> Parties:
    """Who is or was under contract, who tested, who came to a meeting, and as what."""
    contracts = repository.contracts(session, project.id)
    came = [
        participant
        for meeting in repository.preliminary_rounds(session, project.id)
        for participant in meeting.participants
    ]
    builder, supervisor = ParticipantRole.CONTRACTOR, ParticipantRole.SUPERVISOR
    supervising = ContractSubject.SUPERVISION
    return Parties(
        unit=project.unit,
        builders={
            builder.zh: {c.contractor for c in contracts if c.is_about(project.kind)}
            | {each.employer for each in came if each.role is builder},
            supervisor.zh: {c.supervisor for c in contracts if c.supervisor}
            | {c.contractor for c in contracts if c.subject is supervising}
            | {each.employer for each in came if each.role is supervisor},
        },
        others={
            "测评机构": {report.agency for report in repository.reports(session, project.id)}
            | {c.contractor for c in contracts if c.subject is ContractSubject.TEST},
            "项目其他合同的服务单位": {c.contractor for c in contracts},
        },
        sat={
            person(expert.name): "终验专家"
            for final in repository.final_rounds(session, project.id)
            for expert in final.experts
        }
        | {name: f"初验时的{role}" for name, role in came_for(came).items()},
    )


def _facts(
    session: Session, context: Context, project: Project, **evaluation: Any
) -> EvaluationFacts:
    operation = repository.operation(session, project.id)
    accepted_on = repository.accepted_on(session, project.id)
    # What was written before the final says nothing of what passed it (Art 21: 终验并投入运行后).
    own = [
        each
        for each in repository.self_evaluations(session, project.id)
        if accepted_on is None or each.evaluated_on >= accepted_on
    ]
    return EvaluationFacts.model_validate(
        {
            "today": context.today(),
            "reliefs": keeping.of(session, project.id),
            "part": EvaluationPart.FINANCE,
            "accepted_on": accepted_on,
            "in_service_since": operation.in_service_since
            if operation is not None and project.decommissioned_at is None
            else None,
            **(
                {
                    "self_evaluation": tuple(own[-1].parts),
                    "self_evaluated_on": own[-1].evaluated_on,
                    "rectified_on": own[-1].rectified_on,
                }
                if own
                else {}
            ),
            **evaluation,
        }
    )
