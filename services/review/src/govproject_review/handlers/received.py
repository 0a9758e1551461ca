"""What intake's events change here.

Only one producer is followed, and it keeps the order of a project's events: the declaration comes
first, so every other event finds its project.
"""

from sqlmodel import Session

from govproject import calendar
from govproject.contracts import intake as events
from govproject.facts import Result
from govproject.messaging import Delivery
from govproject.names import reference
from govproject.obligations.rescheduling import reschedule
from govproject.terms import FilingStatus
from govproject_review import repository
from govproject_review.handlers.obligations import KEEPER
from govproject_review.tables import DeterminedChange, Evaluation, Project, ProjectLink


def on_project_declared(
    session: Session, event: events.ProjectDeclared, delivery: Delivery
) -> None:
    """Begin to know the project (Art 5)."""
    session.add(
        Project(
            id=event.project_id,
            project_name=event.project_name,
            unit=event.unit,
            kind=event.kind,
            budget_yuan=event.budget_yuan,
            track=event.track,
            deployment_target=event.deployment_target,
            standalone_basis=event.standalone_basis,
            builds_system=event.builds_system,
            cloud_plan=event.cloud_plan,
            rule_pack=event.rule_pack,
            declared_at=event.declared_at,
            plan_year=event.plan_year,
            filing_status=FilingStatus.NONE,
        )
    )


def on_project_registered(
    session: Session, event: events.ProjectRegistered, delivery: Delivery
) -> None:
    """Keep the municipal reference (Art 3)."""
    project = repository.project(session, event.project_id)
    project.city_system_ref = reference(event.city_system_ref)


def on_plan_adopted(session: Session, event: events.ProjectPlanAdopted, delivery: Delivery) -> None:
    """Keep the plan year (Art 6)."""
    repository.project(session, event.project_id).plan_adopted_year = event.plan_year


def on_project_linked(session: Session, event: events.ProjectLinked, delivery: Delivery) -> None:
    """Keep how the link stands now; a poor result on it bars the approval (Art 25)."""
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
    session: Session, event: events.ProjectEvaluated, delivery: Delivery
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


def on_filing_handed_in(
    session: Session, event: events.FilingSubmitted | events.FilingCorrected, delivery: Delivery
) -> None:
    """A filing shows that the unit's own review was held, and what the unit declares (Art 26)."""
    project = repository.project(session, event.project_id)
    project.filing_status = FilingStatus.SUBMITTED
    project.filing_conditions = list(event.conditions)


def on_filing_accepted(session: Session, event: events.FilingAccepted, delivery: Delivery) -> None:
    """The bureau found it regular (Art 27)."""
    repository.project(session, event.project_id).filing_status = FilingStatus.ACCEPTED


def on_filing_found_irregular(
    session: Session, event: events.FilingFoundIrregular, delivery: Delivery
) -> None:
    """It has to be corrected (Art 27)."""
    repository.project(session, event.project_id).filing_status = FilingStatus.IRREGULAR


def on_change_determined(
    session: Session, event: events.ChangeDetermined, delivery: Delivery
) -> None:
    """Keep what the change touches until it is filed (Art 28)."""
    session.add(
        DeterminedChange(
            id=event.change_id,
            project_id=event.project_id,
            aspects=list(event.aspects),
            new_budget_yuan=event.new_budget_yuan,
            followed=True,
        )
    )


def on_change_withdrawn(
    session: Session, event: events.ChangeWithdrawn, delivery: Delivery
) -> None:
    """It touches nothing; one from before this was kept here is not known (Art 28)."""
    determined = session.get(DeterminedChange, event.change_id)
    if determined is not None:
        session.delete(determined)


def on_change_filed(session: Session, event: events.ChangeFiled, delivery: Delivery) -> None:
    """Take the project's new values; what is still to be decided is decided on them (Art 28).

    What was said of the project before does not count for the changed one (Arts 9, 10), whatever
    the change is called: also when only amount or cloud resources are others. A change that was
    determined before this was kept here may have touched anything.
    """
    project = repository.project(session, event.project_id)
    determined = session.get(DeterminedChange, event.change_id)
    if determined is not None:
        determined.filed_at = event.filed_at
    touched = determined is None or any(aspect.is_reviewed for aspect in determined.aspects)
    before, now = (project.budget_yuan, project.cloud_plan), (event.budget_yuan, event.cloud_plan)
    if touched or before != now:
        repository.raise_edition(session, project)
    project.budget_yuan = event.budget_yuan
    project.track = event.track
    project.cloud_plan = event.cloud_plan


def on_project_decommissioned(
    session: Session, event: events.ProjectDecommissioned, delivery: Delivery
) -> None:
    """The review of a stopped project ends (Art 34)."""
    repository.project(session, event.project_id).decommissioned_at = event.reported_at


def on_working_days_announced(
    session: Session, event: events.WorkingDaysAnnounced, delivery: Delivery
) -> None:
    """Keep the calendar, and compute the days again that were waiting for it."""
    calendar.on_working_days_announced(session, event, delivery)
    reschedule(session, delivery.publish, KEEPER.events)
