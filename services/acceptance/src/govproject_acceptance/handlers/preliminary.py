"""The preliminary acceptance meeting, its rectification list, and leaving a step out (Art 19)."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import acceptance as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.gates import ACCEPTANCE
from govproject.ids import new_id
from govproject.regulation.pack import pack
from govproject.steps import after
from govproject.terms import AcceptanceStage, ContractSubject, ParticipantRole
from govproject_acceptance import repository
from govproject_acceptance.handlers import completion, papers
from govproject_acceptance.handlers.access import in_progress, must_have_happened
from govproject_acceptance.handlers.facts import gather
from govproject_acceptance.lifecycle import STEPS, AcceptanceState
from govproject_acceptance.people import in_several_roles, roles_of_others
from govproject_acceptance.projection import Project, goods_only
from govproject_acceptance.rules.requirements import ON_NEED
from govproject_acceptance.tables import MustFixItem, PreliminaryRound, Waiver
from govproject_acceptance.views import (
    CloseMustFix,
    Explain,
    HoldPreliminary,
    MustFixView,
    PreliminaryView,
    WaiverView,
    WaiveStage,
)


def hold(
    session: Session, context: Context, project_id: UUID, command: HoldPreliminary
) -> PreliminaryView:
    """Record a preliminary acceptance meeting and what it concluded.

    Raises:
        Refused: a rule of the gate forbids the meeting; nothing is recorded.
        Conflict: one has passed already, or the trial is under way.
    """
    project = in_progress(session, context, project_id)
    must_have_happened(context, command.held_on, "初验日期")
    state = after(
        STEPS, project.state, "pass_preliminary" if command.passed else "fail_preliminary"
    )
    earlier = repository.preliminary_rounds(session, project.id)
    if any(each.passed for each in earlier):
        raise Conflict("preliminary_passed", "项目初验已合格，不再组织初验。")
    if earlier and command.held_on < earlier[-1].held_on:
        raise Invalid("before_last_round", "初验日期不能早于上一次初验日期。")
    completion.presume(session, context, project, command.held_on)
    facts = gather(
        session,
        context,
        project,
        AcceptanceStage.PRELIMINARY,
        held_on=command.held_on,
        participants=tuple(dict.fromkeys(p.role for p in command.participants)),
        in_several_roles=in_several_roles(command.participants),
        roles_of_others=roles_of_others(command.participants, _parties(session, project)),
        without_supervisor=command.without_supervisor,
        opinion_on_file=command.opinion_file_id is not None,
    )
    decision = context.decide(ACCEPTANCE, facts, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    meeting = PreliminaryRound(
        id=new_id(),
        project_id=project.id,
        round=len(earlier) + 1,
        held_on=command.held_on,
        participants=command.participants,
        without_supervisor=command.without_supervisor,
        opinion=command.opinion,
        opinion_paper=papers.referred_if_given(session, context, command.opinion_file_id),
        passed=command.passed,
        reasons=command.reasons,
        decision=decision,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(meeting)
    session.flush()  # the list refers to it
    items = [
        MustFixItem(id=new_id(), project_id=project.id, round_id=meeting.id, item=item)
        for item in command.must_fix
    ]
    session.add_all(items)
    project.state = state
    if meeting.passed:
        context.publish(
            session, events.PreliminaryPassed(project_id=project.id, passed_on=meeting.held_on)
        )
    else:
        context.publish(
            session,
            events.PreliminaryFailed(
                project_id=project.id, reasons=tuple(meeting.reasons), held_on=meeting.held_on
            ),
        )
    return view(meeting, items)


def _parties(session: Session, project: Project) -> dict[ParticipantRole, set[str]]:
    """Whose people the unit, its contractors and its supervisors send; experts come from anywhere.

    So may who represents the users: a system has users beyond the unit.
    """
    contracts = [c for c in repository.contracts(session, project.id) if c.terminated_on is None]
    supervision = [c for c in contracts if c.subject is ContractSubject.SUPERVISION]
    builders = [
        c for c in contracts if c.subject not in (ContractSubject.SUPERVISION, ContractSubject.TEST)
    ]
    return {
        ParticipantRole.TECHNICAL_HEAD: {project.unit},
        ParticipantRole.CONTRACTOR: {c.contractor for c in builders},
        ParticipantRole.SUPERVISOR: {c.contractor for c in supervision}
        | {c.supervisor for c in contracts if c.supervisor},
    }


def close_item(
    session: Session, context: Context, item_id: UUID, command: CloseMustFix
) -> MustFixView:
    """Record that an entry of the rectification list is done.

    Raises:
        Conflict: it is done already.
        Invalid: the day lies before the meeting or in the future.
    """
    item = repository.must_fix_item(session, item_id)
    in_progress(session, context, item.project_id)
    if item.fixed_on is not None:
        raise Conflict("already_fixed", "该整改事项已完成。")
    must_have_happened(context, command.fixed_on, "整改完成日期")
    if command.fixed_on < session.get_one(PreliminaryRound, item.round_id).held_on:
        raise Invalid("fixed_before_meeting", "整改完成日期不能早于初验日期。")
    item.fixed_on, item.proof = command.fixed_on, command.proof
    return MustFixView.model_validate(item, from_attributes=True)


def explain_item(
    session: Session, context: Context, item_id: UUID, command: Explain
) -> MustFixView:
    """Record why an entry is left as it is; for the trial it still has to be done.

    Raises:
        Conflict: it is done or explained already.
        Invalid: the day lies before the meeting or in the future.
    """
    item = repository.must_fix_item(session, item_id)
    in_progress(session, context, item.project_id)
    if item.fixed_on is not None:
        raise Conflict("already_fixed", "该整改事项已完成。")
    if item.explained_on is not None:
        raise Conflict("already_explained", "已对该整改事项作出说明。")
    must_have_happened(context, command.explained_on, "说明日期")
    if command.explained_on < session.get_one(PreliminaryRound, item.round_id).held_on:
        raise Invalid("explained_before_meeting", "说明日期不能早于初验日期。")
    item.explained_on, item.explanation = command.explained_on, command.explanation
    return MustFixView.model_validate(item, from_attributes=True)


def waive(session: Session, context: Context, project_id: UUID, command: WaiveStage) -> WaiverView:
    """Record why a step is left out; the gate shows the reason at final acceptance.

    Raises:
        Conflict: the step is not optional for this project, has begun, or is left out already.
    """
    project = in_progress(session, context, project_id)
    optional = project.kind in ON_NEED or goods_only(repository.lots(session, project))
    if command.stage is AcceptanceStage.PRELIMINARY and not optional:
        raise Conflict(
            "preliminary_not_optional",
            f"{project.kind.zh}项目不适用按实际需求开展初验（合同标的均为货物的除外）；"
            "投资额100万元以下的建设项目可直接终验，无需说明。",
        )
    if any(w.stage is command.stage for w in repository.waivers(session, project.id)):
        raise Conflict("already_waived", f"已说明不开展{command.stage.zh}的理由。")
    begun = (AcceptanceState.IN_TRIAL, AcceptanceState.TRIAL_ENDED)
    if project.state in begun or (
        command.stage is AcceptanceStage.PRELIMINARY
        and project.state is not AcceptanceState.BUILDING
    ):
        raise Conflict("stage_begun", f"项目{project.state.zh}，不能再说明不开展的理由。")
    waiver = Waiver(
        id=new_id(),
        project_id=project.id,
        stage=command.stage,
        reason=command.reason,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(waiver)
    return WaiverView.model_validate(waiver, from_attributes=True)


def view(meeting: PreliminaryRound, items: Sequence[MustFixItem]) -> PreliminaryView:
    """A meeting with its own rectification list."""
    return PreliminaryView.model_validate(
        {
            **dict(meeting),
            "must_fix": [
                MustFixView.model_validate(item, from_attributes=True)
                for item in items
                if item.round_id == meeting.id
            ],
        }
    )
