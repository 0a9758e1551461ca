"""What other services' events change here."""

from datetime import date

from sqlmodel import Session

from govproject import calendar
from govproject.contracts import archive, intake, review
from govproject.messaging import Delivery
from govproject.obligations.repository import of_project
from govproject.obligations.rescheduling import reschedule
from govproject.terms import Department, FilingStatus
from govproject_acceptance import repository
from govproject_acceptance.handlers import contract_duties
from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.handlers.obligations import ENDED_BY_DECOMMISSIONING, KEEPER
from govproject_acceptance.projection import (
    Approval,
    ArchiveCheck,
    Change,
    Contract,
    IrregularTime,
    PartyOfficeOpinion,
    PreReview,
    Project,
)


def on_project_declared(
    session: Session, event: intake.ProjectDeclared, delivery: Delivery
) -> None:
    """The project is known from now on; it keeps the rule pack of its declaration."""
    session.add(
        Project(
            id=event.project_id,
            project_name=event.project_name,
            unit=event.unit,
            kind=event.kind,
            budget_yuan=event.budget_yuan,
            track=event.track,
            rule_pack=event.rule_pack,
            cloud_planned=event.cloud_plan is not None,
            declared_at=event.declared_at,
        )
    )


def on_project_decommissioned(
    session: Session, event: intake.ProjectDecommissioned, delivery: Delivery
) -> None:
    """No more acceptance, and nothing owed that only goes with it or with operation (Art 34)."""
    repository.project(session, event.project_id).decommissioned_at = event.reported_at
    for duty in of_project(session, event.project_id):
        if duty.rule in ENDED_BY_DECOMMISSIONING and duty.closed_at is None:
            KEEPER.close_at(
                session,
                delivery.publish,
                delivery.now,
                duty,
                "项目已报停用",
                by=delivery.source,
            )


def on_filing_submitted(
    session: Session, event: intake.FilingSubmitted | intake.FilingCorrected, delivery: Delivery
) -> None:
    """Submitted or corrected: it waits for the bureau, with what it declares (Arts 26, 27)."""
    project = repository.project(session, event.project_id)
    if project.filing_status is FilingStatus.NONE and isinstance(event, intake.FilingSubmitted):
        project.filing_submitted_at = event.submitted_at
    if project.filing_status is FilingStatus.IRREGULAR and isinstance(
        event, intake.FilingCorrected
    ):
        _corrected(project, legal_day(event.corrected_at))
    project.filing_status = FilingStatus.SUBMITTED
    project.filing_conditions = list(event.conditions)
    if event.internal_review_on is not None:
        project.internal_review_on = event.internal_review_on
    project.cloud_planned |= event.cloud_plan is not None


def on_filing_accepted(session: Session, event: intake.FilingAccepted, delivery: Delivery) -> None:
    """A unit may organise the final acceptance of a small project by itself (Art 19)."""
    project = repository.project(session, event.project_id)
    project.filing_status = FilingStatus.ACCEPTED
    project.filing_accepted_at = event.accepted_at


def on_filing_found_irregular(
    session: Session, event: intake.FilingFoundIrregular, delivery: Delivery
) -> None:
    """An irregular filing is none, for acceptance (Art 27)."""
    project = repository.project(session, event.project_id)
    project.filing_status = FilingStatus.IRREGULAR
    found = IrregularTime(found_on=legal_day(event.found_at))
    project.irregular_times = [*project.irregular_times, found]


def _corrected(project: Project, day: date) -> None:
    """The last time ends, if this build saw it begin."""
    if project.irregular_times:
        *earlier, last = project.irregular_times
        ended = IrregularTime(found_on=last.found_on, corrected_on=day)
        project.irregular_times = [*earlier, ended]


def on_change_determined(
    session: Session, event: intake.ChangeDetermined, delivery: Delivery
) -> None:
    """Until it is filed, no acceptance may be organised (Art 28)."""
    session.add(
        Change(
            id=event.change_id,
            project_id=event.project_id,
            aspects=list(event.aspects),
            determined_at=event.determined_at,
            approved=False,
        )
    )


def on_change_approved(session: Session, event: intake.ChangeApproved, delivery: Delivery) -> None:
    """What was approved may be changed with it (Art 28)."""
    repository.change(session, event.change_id).approved = True


def on_change_withdrawn(
    session: Session, event: intake.ChangeWithdrawn, delivery: Delivery
) -> None:
    """A change that was given up or declined holds up nothing (Art 28)."""
    session.delete(repository.change(session, event.change_id))


def on_change_filed(session: Session, event: intake.ChangeFiled, delivery: Delivery) -> None:
    """The project takes its new amount and, with it, its new track (Arts 4, 28)."""
    change = repository.change(session, event.change_id)
    project = repository.project(session, event.project_id)
    change.filed_at, change.budget_before = event.filed_at, project.budget_yuan
    project.budget_yuan, project.track = event.budget_yuan, event.track
    project.cloud_planned |= event.cloud_plan is not None


def on_contract_recorded(
    session: Session, event: intake.ContractRecorded, delivery: Delivery
) -> None:
    """It says who is no external expert, how long maintenance is free, which files are due.

    A second one makes both lots (Art 19).
    """
    contract = Contract(
        id=event.contract_id,
        project_id=event.project_id,
        contractor=event.contractor,
        supervisor=event.supervisor,
        award_notice_on=event.award_notice_on,
        contract_filed_on=event.contract_filed_on,
        free_ops_months=event.free_ops_months,
        amount_yuan=event.amount_yuan,
        recorded_at=event.recorded_at,
        subject=event.subject,
        ends_on=event.ends_on,
    )
    session.add(contract)
    _keep_to(session, delivery, contract)


def on_contract_scheduled(
    session: Session, event: intake.ContractScheduled, delivery: Delivery
) -> None:
    """Its last day is known, or a confirmed extension has moved it (Art 15)."""
    contract = repository.contract_to_change(session, event.contract_id)
    contract.ends_on = event.ends_on
    _keep_to(session, delivery, contract)


def on_contract_terminated(
    session: Session, event: intake.ContractTerminated, delivery: Delivery
) -> None:
    """It is no lot any more; what is settled for it still counts (Arts 18, 19)."""
    contract = repository.contract_to_change(session, event.contract_id)
    contract.terminated_on, contract.settled_yuan = event.terminated_on, event.settled_yuan
    _keep_to(session, delivery, contract)


def _keep_to(session: Session, delivery: Delivery, contract: Contract) -> None:
    """Its last day is a duty (Art 15)."""
    contract_duties.keep(session, delivery.publish, delivery.now, contract, by=delivery.source)


def on_pre_review_passed(
    session: Session, event: review.PreReviewPassed, delivery: Delivery
) -> None:
    """Final acceptance compares with it (Arts 2, 19); a build that says nothing changes nothing."""
    known = repository.pre_review(session, event.project_id)
    if known is None:
        known = PreReview(project_id=event.project_id)
        session.add(known)
    if event.mobile is not None:
        known.mobile = event.mobile
    if event.lists is not None:
        known.lists = list(event.lists)


def on_department_opinion_recorded(
    session: Session, event: review.DepartmentOpinionRecorded, delivery: Delivery
) -> None:
    """Final acceptance compares with the party office's last word on Xinchuang (Arts 9, 19)."""
    if event.department is Department.PARTY_OFFICE:
        session.merge(
            PartyOfficeOpinion(
                project_id=event.project_id,
                verdict=event.verdict,
                opinion=event.opinion,
                recorded_at=event.recorded_at,
            )
        )


def on_project_approved(
    session: Session, event: review.ProjectApproved, delivery: Delivery
) -> None:
    """The approved amount is what a surplus is counted from (Arts 11, 18)."""
    session.merge(
        Approval(
            project_id=event.project_id,
            approval_number=event.approval_number,
            approved_yuan=event.approved_yuan,
            approved_on=event.approved_on,
            cloud_planned=event.cloud_plan is not None,
        )
    )


def on_archive_check_passed(
    session: Session, event: archive.ArchiveCheckPassed, delivery: Delivery
) -> None:
    """Final acceptance needs it (Art 19 veto 6)."""
    session.add(
        ArchiveCheck(
            id=delivery.event_id,
            project_id=event.project_id,
            passed=True,
            classes=list(event.classes),
            covered=None if event.covered is None else list(event.covered),
            reasons=[],
            checked_at=event.checked_at,
        )
    )


def on_archive_check_failed(
    session: Session, event: archive.ArchiveCheckFailed, delivery: Delivery
) -> None:
    """From its day on it takes the place of an earlier one (Art 19 veto 6)."""
    session.add(
        ArchiveCheck(
            id=delivery.event_id,
            project_id=event.project_id,
            passed=False,
            classes=[],
            reasons=list(event.reasons),
            checked_at=event.checked_at,
        )
    )


def on_working_days_announced(
    session: Session, event: intake.WorkingDaysAnnounced, delivery: Delivery
) -> None:
    """Keep the calendar, and compute the days again that were waiting for it."""
    calendar.on_working_days_announced(session, event, delivery)
    reschedule(session, delivery.publish, KEEPER.events)
