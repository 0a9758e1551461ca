"""What the parties to a contract confirm together: extensions, replacements (Arts 15, 17).

The unit records who signed and when: contractors and supervisors have no accounts.
"""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Invalid, Refused
from govproject.facts import ConstructionFacts
from govproject.gates import CONSTRUCTION
from govproject.ids import new_id
from govproject.regulation.findings import Decision, Finding
from govproject.regulation.pack import pack
from govproject.reliefs import keeping
from govproject.steps import after
from govproject.terms import ConstructionStep, ContractSubject, Party
from govproject_intake import repository
from govproject_intake.construction import (
    ApplyForExtension,
    ApplyForReplacement,
    ConfirmationView,
)
from govproject_intake.handlers import contracts, schedules
from govproject_intake.lifecycle import (
    CONFIRMATION_STEPS,
    ConfirmationState,
    ConfirmationSubject,
)
from govproject_intake.parties import ExpertReview, Signature
from govproject_intake.tables import Confirmation, Contract

EFFECT = {
    ConfirmationSubject.EXTENSION: ConstructionStep.EXTENSION_EFFECT,
    ConfirmationSubject.PERSONNEL: ConstructionStep.PERSONNEL_EFFECT,
}
"""At which step it takes effect."""

SIGNATURE = {
    ConfirmationSubject.EXTENSION: ConstructionStep.EXTENSION_SIGNATURE,
    ConfirmationSubject.PERSONNEL: ConstructionStep.PERSONNEL_SIGNATURE,
}
"""At which step a party signs."""


def apply_for_extension(
    session: Session, context: Context, contract_id: UUID, command: ApplyForExtension
) -> ConfirmationView:
    """File a contractor's application to end later (Art 15).

    Raises:
        Conflict: the contract's last day is not known, it is terminated, or the project stopped or
            is accepted.
        Refused: a rule of the construction gate blocks.
    """
    contract = _under_construction(session, context, contract_id)
    if contract.ends_on is None:
        raise Conflict("contract_end_unknown", "合同尚未登记工期截止日。")
    confirmation = Confirmation(
        id=new_id(),
        contract_id=contract.id,
        subject=ConfirmationSubject.EXTENSION,
        state=ConfirmationState.OPEN,
        reason=command.reason,
        late=context.today() > contract.ends_on,
        new_ends_on=command.new_ends_on,
        milestones=command.milestones,
        signatures=[],
        applied_at=context.now(),
    )
    return _filed(session, context, confirmation, ConstructionStep.EXTENSION)


def apply_for_replacement(
    session: Session, context: Context, contract_id: UUID, command: ApplyForReplacement
) -> ConfirmationView:
    """File a contractor's application to replace somebody (Art 17).

    Raises:
        Conflict: the contract is terminated, or the project stopped or is accepted.
        Refused: a rule of the construction gate blocks.
    """
    contract = _under_construction(session, context, contract_id)
    confirmation = Confirmation(
        id=new_id(),
        contract_id=contract.id,
        subject=ConfirmationSubject.PERSONNEL,
        state=ConfirmationState.OPEN,
        reason=command.reason,
        late=False,
        milestones=[],
        leaves=command.leaves,
        joins=command.joins,
        signatures=[],
        applied_at=context.now(),
    )
    return _filed(session, context, confirmation, ConstructionStep.PERSONNEL)


def sign(
    session: Session, context: Context, confirmation_id: UUID, command: Signature
) -> ConfirmationView:
    """Record that one of the parties confirmed.

    Raises:
        Conflict: it has signed already, nobody supervises, this is no longer open, or the project
            is accepted.
        Invalid: the day lies before the application or ahead.
        Refused: a rule of the construction gate blocks.
    """
    confirmation, contract = _carried_on(session, context, confirmation_id)
    state = after(CONFIRMATION_STEPS, confirmation.state, "sign")
    if command.party is Party.SUPERVISOR and not _supervised(session, contract):
        raise Conflict("no_supervisor", "合同和项目均未聘请监理单位。")
    if command.party in {signature.party for signature in confirmation.signatures}:
        raise Conflict("already_signed", f"{command.party.zh}已签字确认。")
    _must_follow(context, confirmation, command.signed_on)
    step = SIGNATURE[confirmation.subject]
    decision = _decide(session, context, confirmation, step, signer=command.signer)
    if not decision.allowed:
        raise Refused(decision)
    confirmation.state = state
    confirmation.signatures = [*confirmation.signatures, command]
    return _view(confirmation)


def review(
    session: Session, context: Context, confirmation_id: UUID, command: ExpertReview
) -> ConfirmationView:
    """Record that experts confirmed it; a later review takes the place of an earlier one."""
    confirmation, _ = _carried_on(session, context, confirmation_id)
    confirmation.state = after(CONFIRMATION_STEPS, confirmation.state, "review")
    _must_follow(context, confirmation, command.held_on)
    confirmation.expert_review = command
    return _view(confirmation)


def complete(session: Session, context: Context, confirmation_id: UUID) -> ConfirmationView:
    """Let it take effect once everybody confirmed (Arts 15, 17).

    Raises:
        Conflict: this is no longer open, the contract is terminated, or the project stopped or is
            accepted.
        Refused: a rule of the construction gate blocks.
    """
    confirmation, contract = _carried_on(session, context, confirmation_id)
    state = after(CONFIRMATION_STEPS, confirmation.state, "complete")
    decision = _decide(session, context, confirmation, EFFECT[confirmation.subject])
    if not decision.allowed:
        raise Refused(decision)
    if confirmation.subject is ConfirmationSubject.EXTENSION:
        contract.ends_on = confirmation.new_ends_on
        schedules.keep(session, context, contract, confirmation.milestones)
    else:
        contract.personnel = [
            person.model_copy(update={"name": confirmation.joins})
            if person.name == confirmation.leaves
            else person
            for person in contract.personnel
        ]
    confirmation.state, confirmation.settled_at = state, context.now()
    return _view(confirmation, warnings=decision.findings)


def withdraw(session: Session, context: Context, confirmation_id: UUID) -> ConfirmationView:
    """Take back what was not confirmed. Raises Conflict."""
    confirmation, _ = _of(session, context, confirmation_id)
    confirmation.state = after(CONFIRMATION_STEPS, confirmation.state, "withdraw")
    confirmation.settled_at = context.now()
    return _view(confirmation)


def show(session: Session, context: Context, confirmation_id: UUID) -> ConfirmationView:
    """One extension or replacement; a unit sees its own."""
    return _view(_of(session, context, confirmation_id)[0])


def facts(
    session: Session,
    context: Context,
    confirmation: Confirmation,
    step: ConstructionStep,
    *,
    signer: str | None = None,
) -> ConstructionFacts:
    """What the gate is asked about an extension or a replacement at one of its steps."""
    contract, project = contracts.of(session, context, confirmation.contract_id)
    held = confirmation.expert_review
    return ConstructionFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        step=step,
        contract_ends_on=contract.ends_on,
        new_ends_on=confirmation.new_ends_on,
        milestones=tuple(milestone.due_on for milestone in confirmation.milestones),
        supervised=_supervised(session, contract),
        signed=tuple(signature.party for signature in confirmation.signatures),
        signer=signer,
        signers={signature.party: signature.signer for signature in confirmation.signatures},
        expert_reviewed_on=held.held_on if held else None,
        replaced=confirmation.leaves,
        joining=confirmation.joins,
        listed=tuple(person.name for person in contract.personnel),
    )


def _of(session: Session, context: Context, confirmation_id: UUID) -> tuple[Confirmation, Contract]:
    confirmation = repository.confirmation(session, confirmation_id)
    contract, _ = contracts.of(session, context, confirmation.contract_id)
    return confirmation, contract


def _carried_on(
    session: Session, context: Context, confirmation_id: UUID
) -> tuple[Confirmation, Contract]:
    confirmation = repository.confirmation(session, confirmation_id)
    return confirmation, _under_construction(session, context, confirmation.contract_id)


def _under_construction(session: Session, context: Context, contract_id: UUID) -> Contract:
    contract, project = contracts.carried_on(session, context, contract_id)
    if project.accepted_on is not None:
        raise Conflict(
            "already_accepted", "项目已通过终验，建设过程已经结束，不能再办理延期或者人员变更。"
        )
    return contract


def _supervised(session: Session, contract: Contract) -> bool:
    """Whether somebody is engaged: by the contract, or by one of the project's about that."""
    return contract.supervisor is not None or any(
        other.subject is ContractSubject.SUPERVISION and other.id != contract.id
        for other in repository.contracts_in_force(session, contract.project_id)
    )


def _filed(
    session: Session, context: Context, confirmation: Confirmation, step: ConstructionStep
) -> ConfirmationView:
    decision = _decide(session, context, confirmation, step)
    if not decision.allowed:
        raise Refused(decision)
    session.add(confirmation)
    return _view(confirmation, warnings=decision.findings)


def _decide(
    session: Session,
    context: Context,
    confirmation: Confirmation,
    step: ConstructionStep,
    *,
    signer: str | None = None,
) -> Decision:
    _, project = contracts.of(session, context, confirmation.contract_id)
    asked = facts(session, context, confirmation, step, signer=signer)
    return context.decide(CONSTRUCTION, asked, pack=pack(project.rule_pack))


def _must_follow(context: Context, confirmation: Confirmation, day: date) -> None:
    if not confirmation.applied_at.date() <= day <= context.today():
        raise Invalid("date_out_of_range", "确认日期不能早于申请日期，也不能晚于今天。")


def _view(confirmation: Confirmation, warnings: tuple[Finding, ...] = ()) -> ConfirmationView:
    return ConfirmationView.model_validate({**confirmation.model_dump(), "warnings": warnings})
