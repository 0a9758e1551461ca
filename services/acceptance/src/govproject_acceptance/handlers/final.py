"""Final acceptance: the bureau's guidance, then meetings until one passes (Arts 19, 20).

Two kinds of refusal. What forbids the *meeting* (order, an unfiled change, an even panel, …)
refuses the request, and nothing is recorded. What forbids *passing* (the nine vetoes) fails the
round: the meeting took place, and its opinion with the limit for rectification is on record.
"""

from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import acceptance as events
from govproject.errors import Invalid, Refused
from govproject.facts import FreeOperations
from govproject.gates import ACCEPTANCE
from govproject.ids import new_id
from govproject.regulation.findings import Decision
from govproject.regulation.pack import pack
from govproject.steps import after
from govproject.terms import AcceptanceStage, ContractSubject, ParticipantRole, Veto
from govproject.wording import is_reason
from govproject_acceptance import repository
from govproject_acceptance.finals import (
    FinalRoundView,
    GuidanceView,
    HoldFinal,
    RecordGuidance,
)
from govproject_acceptance.handlers import (
    amounts,
    completion,
    indicators,
    issues,
    obligations,
    papers,
)
from govproject_acceptance.handlers.access import in_progress, must_have_happened
from govproject_acceptance.handlers.facts import gather
from govproject_acceptance.lifecycle import STEPS
from govproject_acceptance.papers import Paper
from govproject_acceptance.people import (
    Participant,
    came_for,
    external,
    insiders,
    repeated,
    silent_dissent,
    unsigned,
)
from govproject_acceptance.projection import Project
from govproject_acceptance.rules.accepted import Accepted
from govproject_acceptance.tables import FinalRound, Guidance

_VETO_RULES = {f"veto_{veto.value}": veto for veto in Veto}
_BUILDING = (ParticipantRole.CONTRACTOR, ParticipantRole.SUPERVISOR)


def guide(
    session: Session, context: Context, project_id: UUID, command: RecordGuidance
) -> GuidanceView:
    """Record that the bureau agreed the plan of the final acceptance."""
    project = in_progress(session, context, project_id)
    must_have_happened(context, command.agreed_on, "指导日期")
    guidance = Guidance(
        id=new_id(),
        project_id=project.id,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
        **dict(command),
    )
    session.add(guidance)
    return GuidanceView.model_validate(guidance, from_attributes=True)


def hold(
    session: Session, context: Context, project_id: UUID, command: HoldFinal
) -> FinalRoundView:
    """Record a final acceptance meeting; the vetoes and the votes decide its outcome.

    Raises:
        Refused: a rule forbids the meeting; nothing is recorded.
        Invalid: the record contradicts its own outcome.
        Conflict: the signed papers are one file, or one that is on record as something else.
    """
    project = in_progress(session, context, project_id)
    must_have_happened(context, command.held_on, "终验日期")
    completion.presume(session, context, project, command.held_on)
    earlier = repository.final_rounds(session, project.id)
    if earlier and command.held_on < earlier[-1].held_on:
        raise Invalid("before_last_round", "终验日期不能早于上一次终验日期。")
    came = came_for(_attended(session, project))
    counted = external(command.experts, _involved(session, project), came)
    judged = indicators.judge(session, project, command.held_on, command.indicators)
    votes_in_favour = sum(expert.in_favour for expert in counted)
    facts = gather(
        session,
        context,
        project,
        AcceptanceStage.FINAL,
        held_on=command.held_on,
        external_experts=len(counted),
        repeated_experts=repeated(command.experts),
        insiders=insiders(command.experts, came),
        votes_in_favour=votes_in_favour,
        unsigned_experts=unsigned(command.experts),
        silent_dissent=silent_dissent(command.experts),
        mobile_found=command.mobile,
        lists_compared=tuple(command.compared),
        xinchuang_compared=command.xinchuang is not None and is_reason(command.xinchuang),
        **indicators.of(session, project.id, command.held_on, judged),
        vetoes={veto: "found" if found else "clear" for veto, found in command.vetoes.items()},
        rectify_by=command.rectify_by,
        settled_yuan=command.settled_yuan,
        opinion_on_file=command.opinion_file_id is not None,
        resolution_on_file=command.resolution_file_id is not None,
    )
    decision = context.decide(ACCEPTANCE, facts, pack=pack(project.rule_pack))
    if any(finding.rule not in _VETO_RULES for finding in decision.blocking):
        raise Refused(decision)
    if decision.allowed:
        _must_be_complete(context, command)
    opinion, resolution = _signed(session, context, project, command)
    final = FinalRound(
        id=new_id(),
        project_id=project.id,
        round=len(earlier) + 1,
        held_on=command.held_on,
        experts=command.experts,
        external_experts=len(counted),
        votes_in_favour=votes_in_favour,
        mobile=command.mobile,
        compared=command.compared,
        xinchuang=command.xinchuang,
        indicators=judged,
        questioned_documents=issues.questioned(session, project.id),
        vetoes=command.vetoes,
        opinion=command.opinion,
        opinion_paper=opinion,
        resolution_paper=resolution,
        passed=decision.allowed,
        found=[_VETO_RULES[finding.rule] for finding in decision.blocking],
        reasons=_reasons(decision, command),
        rectify_by=command.rectify_by,
        settled_yuan=command.settled_yuan,
        decision=decision,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(final)
    project.state = after(STEPS, project.state, "pass_final" if final.passed else "fail_final")
    obligations.after_meeting(session, context, project, final)
    if final.passed:
        context.publish(
            session,
            events.FinalPassed(project_id=project.id, passed_on=final.held_on, round=final.round),
        )
        completion.accepted(session, context, project, final.held_on)
        obligations.open_all(session, context, project, _accepted(session, project, command))
    else:
        context.publish(session, _failed(final))
    return FinalRoundView.model_validate(final, from_attributes=True)


def _involved(session: Session, project: Project) -> set[str]:
    """Who is or was under contract, who tested, who came to a preliminary as one that builds."""
    contracts = repository.contracts(session, project.id)
    attended = (
        participant for participant in _attended(session, project) if participant.role in _BUILDING
    )
    return {
        project.unit,
        *(participant.employer for participant in attended),
        *(report.agency for report in repository.reports(session, project.id)),
        *(contract.contractor for contract in contracts),
        *(contract.supervisor for contract in contracts if contract.supervisor),
    }


def _signed(
    session: Session, context: Context, project: Project, command: HoldFinal
) -> tuple[Paper | None, Paper | None]:
    """The opinion and the resolution, which are made at this meeting and at no other."""
    opinion = papers.referred_if_given(session, context, command.opinion_file_id)
    resolution = papers.referred_if_given(session, context, command.resolution_file_id)
    others = [
        *papers.signed(session, project.id),
        *((m.kind.zh, m.paper) for m in repository.final_materials(session, project.id)),
    ]
    if opinion is not None:
        papers.must_differ(session, "终验意见", opinion, others)
    if resolution is not None:
        papers.must_differ(session, "专家组决议", resolution, [*others, ("终验意见", opinion)])
    return opinion, resolution


def _attended(session: Session, project: Project) -> list[Participant]:
    """Who came to the project's preliminary meetings."""
    return [
        participant
        for meeting in repository.preliminary_rounds(session, project.id)
        for participant in meeting.participants
    ]


def _must_be_complete(context: Context, command: HoldFinal) -> None:
    if command.rectify_by is not None or command.reasons:
        raise Invalid("passed_with_rectification", "终验通过时不应填写整改期限和不通过的依据。")
    if command.settled_yuan is None:
        raise Invalid(
            "settled_amount_missing", "终验通过时须填写实际支付（结算）金额，用以核定结余资金。"
        )
    if command.in_operation_on is not None:
        must_have_happened(context, command.in_operation_on, "投入运行日期")


def _reasons(decision: Decision, command: HoldFinal) -> list[str]:
    return [*(finding.message for finding in decision.blocking), *command.reasons]


def _failed(final: FinalRound) -> events.FinalFailed:
    assert final.rectify_by is not None  # noqa: S101  # else failed_final_rectify refused
    return events.FinalFailed(
        project_id=final.project_id,
        vetoes=tuple(final.found),
        reasons=tuple(final.reasons),
        rectify_by=final.rectify_by,
        round=final.round,
    )


def _accepted(session: Session, project: Project, command: HoldFinal) -> Accepted:
    day = command.held_on
    approval = repository.approval(session, project.id)
    changes = repository.changes(session, project.id)
    contracts = repository.contracts(session, project.id)
    plans = repository.plans(session, project.id)
    operation = repository.operation(session, project.id)
    in_service_since = operation.in_service_since if operation else None
    begin = amounts.begin(project, approval, contracts, plans, day)
    left = amounts.given(project, approval, changes, begin, day) - (command.settled_yuan or 0)
    return Accepted(
        kind=project.kind,
        passed_on=day,
        in_operation_on=command.in_operation_on or in_service_since or day,
        surplus_yuan=max(left, Decimal(0)),
        content_changed=amounts.content_changed(project, approval, contracts, plans, changes, day),
        free_ops=tuple(
            FreeOperations(contractor=c.contractor, months=c.free_ops_months)
            for c in contracts
            if c.subject in (None, ContractSubject.CONSTRUCTION) and c.terminated_on is None
        ),
    )
