"""Construction is completed, so acceptance is owed until the final passes (Art 19)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import acceptance as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.gates import ACCEPTANCE
from govproject.ids import new_id
from govproject.obligations.keeping import view
from govproject.obligations.repository import of_rule
from govproject.persistence.tables import Obligation
from govproject.regulation.findings import Decision
from govproject.regulation.pack import pack
from govproject.terms import AcceptanceStage
from govproject.wording import is_reason
from govproject_acceptance import repository
from govproject_acceptance.completing import (
    CompleteConstruction,
    CompletionCorrectionView,
    CompletionView,
    CorrectCompletion,
)
from govproject_acceptance.handlers import contract_duties
from govproject_acceptance.handlers.access import in_progress, must_have_happened
from govproject_acceptance.handlers.facts import gather
from govproject_acceptance.handlers.obligations import KEEPER
from govproject_acceptance.projection import Project
from govproject_acceptance.rules.article_19_need import acceptance_required
from govproject_acceptance.tables import CompletionCorrection


def complete(
    session: Session, context: Context, project_id: UUID, command: CompleteConstruction
) -> CompletionView:
    """Record the day of completion; the duty that follows is open from now on.

    Raises:
        Conflict: it is on record already.
        Refused: the project was not approved by then; nothing is recorded.
    """
    project = in_progress(session, context, project_id)
    must_have_happened(context, command.completed_on, "建设完成日期")
    if project.completed_on is not None:
        raise Conflict(
            "already_completed",
            f"已登记项目于{project.completed_on.isoformat()}建设完成。",
            completed_on=project.completed_on.isoformat(),
        )
    decision = _decide(session, context, project, command.completed_on)
    duty = view(context, _owe(session, context, project, command.completed_on))
    return CompletionView.model_validate({**dict(duty), "warnings": decision.findings})


def correct(
    session: Session, context: Context, project_id: UUID, command: CorrectCompletion
) -> CompletionView:
    """Put a day of completion right that nothing rests on yet; the wrong one stays on record.

    Raises:
        Conflict: none is on record, or a meeting or trial rests on it.
        Invalid: it is that day already, lies in the future, or no reason is given.
        Refused: the project was not approved by then; nothing is recorded.
    """
    project = in_progress(session, context, project_id)
    earlier = project.completed_on
    if earlier is None:
        raise Conflict("not_completed", "项目尚未登记建设完成日期。")
    if _relied_on(session, project.id):
        raise Conflict(
            "completion_relied_on",
            f"已按建设完成日期{earlier.isoformat()}组织验收或试运行，不能再更正该日期。",
            completed_on=earlier.isoformat(),
        )
    must_have_happened(context, command.completed_on, "建设完成日期")
    if command.completed_on == earlier:
        raise Invalid("completion_unchanged", "更正后的日期与已登记的建设完成日期相同。")
    if not is_reason(command.reason):
        raise Invalid("correction_without_reason", "更正建设完成日期须说明理由。")
    project.completed_on = command.completed_on
    decision = _decide(session, context, project, command.completed_on)
    session.add(
        CompletionCorrection(
            id=new_id(),
            project_id=project.id,
            completed_on=earlier,
            corrected_to=command.completed_on,
            reason=command.reason,
            recorded_by=context.caller.subject,
            recorded_at=context.now(),
        )
    )
    owed = acceptance_required(command.completed_on)
    duty = of_rule(session, project.id, owed.rule) or KEEPER.open(
        session, context, owed, project_id=project.id, unit=project.unit
    )
    duty.task = owed.task
    context.publish(
        session,
        events.ConstructionCompleted(
            project_id=project.id,
            completed_on=command.completed_on,
            corrected_from=earlier,
            reason=command.reason,
        ),
    )
    return CompletionView.model_validate(
        {**dict(view(context, duty)), "warnings": decision.findings}
    )


def corrections(session: Session, project_id: UUID) -> list[CompletionCorrectionView]:
    """The days that were corrected, first to last."""
    return [
        CompletionCorrectionView.model_validate(each, from_attributes=True)
        for each in repository.completion_corrections(session, project_id)
    ]


def presume(session: Session, context: Context, project: Project, held_on: date) -> None:
    """Whoever meets for acceptance says that construction is completed.

    Raises:
        Invalid: the meeting lies before the day of completion that is on record.
    """
    if project.completed_on is None:
        _owe(session, context, project, held_on)
    elif held_on < project.completed_on:
        raise Invalid(
            "before_completion",
            f"会议日期早于建设完成日期{project.completed_on.isoformat()}，项目在完成后组织验收。",
            completed_on=project.completed_on.isoformat(),
        )


def _decide(session: Session, context: Context, project: Project, completed_on: date) -> Decision:
    """What the gate says of a completion on that day. Raises Refused."""
    facts = gather(session, context, project, AcceptanceStage.COMPLETION, held_on=completed_on)
    decision = context.decide(ACCEPTANCE, facts, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    return decision


def _relied_on(session: Session, project_id: UUID) -> bool:
    return any(
        recorded(session, project_id)
        for recorded in (
            repository.preliminary_rounds,
            repository.trials,
            repository.lot_rounds,
            repository.final_rounds,
        )
    )


def _owe(session: Session, context: Context, project: Project, completed_on: date) -> Obligation:
    """Open the duty to have the project accepted; those to complete it are done."""
    project.completed_on = completed_on
    context.publish(
        session, events.ConstructionCompleted(project_id=project.id, completed_on=completed_on)
    )
    contract_duties.completed(session, context, project.id)
    duty = acceptance_required(completed_on)
    return KEEPER.open(session, context, duty, project_id=project.id, unit=project.unit)


def accepted(session: Session, context: Context, project: Project, passed_on: date) -> None:
    """Passing the final is what the duty asks for, and all that closes it."""
    duty = of_rule(session, project.id, acceptance_required.__name__)
    if duty is not None and duty.closed_at is None:
        KEEPER.close(session, context, duty, f"{passed_on.isoformat()}终验合格")
