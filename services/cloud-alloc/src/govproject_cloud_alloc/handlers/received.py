"""The standing of a project, built from intake's and review's events."""

from sqlmodel import Session

from govproject.contracts import intake, review
from govproject.facts import Result
from govproject.messaging import Delivery
from govproject.names import reference
from govproject.regulation.pack import pack
from govproject.steps import after
from govproject.terms import FilingStatus
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.lifecycle import (
    SUSPENSION_STEPS,
    AllocationState,
    SuspensionState,
)
from govproject_cloud_alloc.tables import Evaluation, ProjectLink, Suspension


def on_project_declared(
    session: Session, event: intake.ProjectDeclared, delivery: Delivery
) -> None:
    """The project exists (Art 5); one under rules that this build does not know is parked."""
    pack(event.rule_pack)
    standing = repository.standing_or_new(session, event.project_id)
    standing.project_name = event.project_name
    standing.unit = event.unit
    standing.kind = event.kind
    standing.budget_yuan = event.budget_yuan
    standing.track = event.track
    standing.plan_year = event.plan_year
    standing.rule_pack = event.rule_pack
    standing.builds_system = event.builds_system
    standing.deployment_target = event.deployment_target
    standing.standalone_basis = event.standalone_basis
    standing.declared_plan = event.cloud_plan
    # Whoever asked before the project was known here did not decide whose it is.
    for allocation in repository.allocations_of(session, event.project_id, tuple(AllocationState)):
        allocation.unit = event.unit


def on_project_registered(
    session: Session, event: intake.ProjectRegistered, delivery: Delivery
) -> None:
    """The project is in the municipal system (Art 3)."""
    standing = repository.standing_or_new(session, event.project_id)
    standing.city_system_ref = reference(event.city_system_ref)


def on_project_linked(session: Session, event: intake.ProjectLinked, delivery: Delivery) -> None:
    """Keep how the link stands now; a poor result on it bars the project (Art 25)."""
    session.merge(
        ProjectLink(
            project_id=event.project_id,
            related_id=event.related_id,
            related_name=event.related_name,
            state=event.state,
            results=[Result(**each.model_dump()) for each in event.results],
        )
    )


def on_project_evaluated(
    session: Session, event: intake.ProjectEvaluated, delivery: Delivery
) -> None:
    """Keep the result for what is linked with the project (Art 25)."""
    session.add(
        Evaluation(
            id=delivery.event_id,
            project_id=event.project_id,
            grade=event.grade,
            evaluated_on=event.evaluated_on,
        )
    )


def on_filing_submitted(
    session: Session, event: intake.FilingSubmitted | intake.FilingCorrected, delivery: Delivery
) -> None:
    """A filing waits for the bureau (Art 27)."""
    standing = repository.standing_or_new(session, event.project_id)
    standing.filing_status = FilingStatus.SUBMITTED
    standing.filing_problems = []
    standing.filing_conditions = list(event.conditions)
    standing.filed_plan = event.cloud_plan


def on_filing_accepted(session: Session, event: intake.FilingAccepted, delivery: Delivery) -> None:
    """The filing is regular (Art 27); what became of it later bars it no more (Art 25)."""
    standing = repository.standing_or_new(session, event.project_id)
    standing.filing_status = FilingStatus.ACCEPTED
    standing.accepted_before = True


def on_filing_found_irregular(
    session: Session, event: intake.FilingFoundIrregular, delivery: Delivery
) -> None:
    """The filing is irregular (Art 27)."""
    standing = repository.standing_or_new(session, event.project_id)
    standing.filing_status = FilingStatus.IRREGULAR
    standing.filing_problems = list(event.reasons)


def on_change_filed(session: Session, event: intake.ChangeFiled, delivery: Delivery) -> None:
    """Amount, track and filed plan are new; the approved plan only if it was changed (Art 28)."""
    standing = repository.standing_or_new(session, event.project_id)
    standing.budget_yuan = event.budget_yuan
    standing.track = event.track
    standing.filed_plan = event.cloud_plan
    standing.changed_plan = event.approved_plan or standing.changed_plan


def on_change_approved(session: Session, event: intake.ChangeApproved, delivery: Delivery) -> None:
    """A plan that was filed before its approval counts from now on (Arts 18, 28)."""
    standing = repository.standing_or_new(session, event.project_id)
    standing.changed_plan = event.approved_plan or standing.changed_plan


def on_project_approved(
    session: Session, event: review.ProjectApproved, delivery: Delivery
) -> None:
    """The project is approved, with its plan (Arts 6, 11)."""
    standing = repository.standing_or_new(session, event.project_id)
    standing.approval_number = event.approval_number
    standing.approved_plan = event.cloud_plan


def on_rectification_failed(
    session: Session, event: intake.RectificationFailed, delivery: Delivery
) -> None:
    """Propose a suspension; nothing is switched off until the bureau confirms (Art 29).

    What fails once more is proposed, or suspended, already.
    """
    if session.get(Suspension, event.order_id) is not None:
        return
    session.add(
        Suspension(
            order_id=event.order_id,
            project_id=event.project_id,
            reason=event.reason,
            state=SuspensionState.PROPOSED,
            proposed_at=delivery.now,
        )
    )


def on_rectification_cleared(
    session: Session, event: intake.RectificationCleared, delivery: Delivery
) -> None:
    """A proposal is withdrawn; a confirmed suspension may now be lifted (Art 29)."""
    suspension = session.get(Suspension, event.order_id, with_for_update=True)
    if suspension is not None:
        suspension.state = after(SUSPENSION_STEPS, suspension.state, "clear")


def on_project_decommissioned(
    session: Session, event: intake.ProjectDecommissioned, delivery: Delivery
) -> None:
    """The system is stopped or migrated; no new resources (Art 34)."""
    standing = repository.standing_or_new(session, event.project_id)
    standing.decommissioned_at = event.reported_at
