"""The implementation file: opened when building starts, supplemented until the final (Art 14)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Refused
from govproject.gates import ACCEPTANCE
from govproject.ids import new_id
from govproject.regulation.pack import pack
from govproject.terms import AcceptanceStage, ImplementationPlan
from govproject_acceptance import repository
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import in_progress
from govproject_acceptance.handlers.facts import gather
from govproject_acceptance.implementation import (
    HandInPlan,
    HandInPlans,
    ImplementationView,
    PlanView,
)
from govproject_acceptance.tables import Plan


def hand_in(
    session: Session, context: Context, project_id: UUID, command: HandInPlans
) -> ImplementationView:
    """Add plans to the file, or why there are none; what is still missing is pointed out.

    Raises:
        Refused: the project may not be built yet; nothing is recorded.
        Conflict: a file has the content of a plan of another kind.
    """
    project = in_progress(session, context, project_id)
    handed_in = [_plan(session, context, project.id, given) for given in command.plans]
    _must_differ(session, [*repository.plans(session, project.id), *handed_in], handed_in)
    session.add_all(handed_in)
    session.flush()
    facts = gather(session, context, project, AcceptanceStage.KICK_OFF)
    decision = context.decide(ACCEPTANCE, facts, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    return ImplementationView(
        plans=[view(plan) for plan in current(repository.plans(session, project.id))],
        missing=missing(facts.plans, facts.plans_not_applicable),
        decision=decision,
    )


def current(plans: Sequence[Plan]) -> list[Plan]:
    """Of each kind the last one, in the article's order."""
    last = {plan.kind: plan for plan in plans}
    return [last[kind] for kind in ImplementationPlan if kind in last]


def missing(*there: Collection[ImplementationPlan]) -> list[ImplementationPlan]:
    """What is in none of these."""
    return [kind for kind in ImplementationPlan if not any(kind in kinds for kinds in there)]


def view(plan: Plan) -> PlanView:
    """One entry of the file."""
    return PlanView.model_validate(plan, from_attributes=True)


def _plan(session: Session, context: Context, project_id: UUID, given: HandInPlan) -> Plan:
    return Plan(
        id=new_id(),
        project_id=project_id,
        kind=given.kind,
        paper=papers.referred_if_given(session, context, given.file_id),
        not_applicable=given.not_applicable,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )


def _must_differ(session: Session, plans: Sequence[Plan], handed_in: Sequence[Plan]) -> None:
    """Of the plans that count from now on, what is new is no other one under a second name."""
    counting = current(plans)
    for plan in handed_in:
        if plan.paper is not None:
            others = [(each.kind.zh, each.paper) for each in counting if each.kind != plan.kind]
            papers.must_differ(session, plan.kind.zh, plan.paper, others)
