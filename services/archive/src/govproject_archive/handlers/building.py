"""How long a project is built: what takes long may be archived in phases (Art 40)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts.intake import (
    ContractScheduled,
    ContractTerminated,
    ProjectDecommissioned,
)
from govproject.messaging import Delivery
from govproject.terms import PaperKind
from govproject_archive import repository
from govproject_archive.handlers import material_duties, mistakes
from govproject_archive.handlers.access import pack_of
from govproject_archive.lifecycle import VolumeState
from govproject_archive.tables import ContractTerm, Project, UnfulfilledContract
from govproject_archive.triggers import PHASED, takes_long


def on_contract_scheduled(session: Session, event: ContractScheduled, delivery: Delivery) -> None:
    """A contract has another last day."""
    project = repository.project_or_new(session, event.project_id)
    keep(session, project, event.contract_id, event.ends_on)


def on_contract_terminated(session: Session, event: ContractTerminated, delivery: Delivery) -> None:
    """What ended before its time has no last day to come, nor a first if nothing was done.

    What was tendered and awarded stays to be filed, unless there was no such contract.
    """
    term = session.get(ContractTerm, event.contract_id)
    if term is not None:
        session.delete(term)
    # Intake asks for 0 where nothing was done, or the contract was recorded by mistake.
    if event.settled_yuan == 0:
        project = repository.project_or_new(session, event.project_id)
        session.merge(
            UnfulfilledContract(
                contract_id=event.contract_id,
                project_id=project.id,
                recorded_by_mistake=event.recorded_by_mistake,
            )
        )
        if event.recorded_by_mistake:
            mistakes.ask_no_more(session, project, event.contract_id, delivery)


def on_project_decommissioned(
    session: Session, event: ProjectDecommissioned, delivery: Delivery
) -> None:
    """What is stopped is built no further; what there is of its files stays due.

    No milestone is left that process material would accompany (Art 18).
    """
    project = repository.project_or_new(session, event.project_id)
    project.decommissioned_at = event.reported_at
    material_duties.on_event(session, project, delivery)


def keep(session: Session, project: Project, contract_id: UUID, ends_on: date) -> None:
    """Record by when a contract is to be fulfilled; what was told last counts."""
    term = session.get(ContractTerm, contract_id)
    if term is None:
        term = ContractTerm(contract_id=contract_id, project_id=project.id, ends_on=ends_on)
        session.add(term)
    term.ends_on = ends_on


def long_time(session: Session, context: Context, project: Project) -> tuple[date, date] | None:
    """From when until when a project is built that may be archived in phases, and is not yet.

    From the first contract to build or deliver, under which anything was done, to the completion;
    until that is told, to the last day of those contracts, or to today if that is over or unknown.
    """
    ended = project.final_passed_on is not None or project.decommissioned_at is not None
    if ended or _has_a_phase(session, project):
        return None
    papers = repository.due_papers(session, project.id)
    unfulfilled = {str(each) for each in repository.unfulfilled_contracts(session, project.id)}
    begun = {
        row.record: row.since
        for row in papers
        if row.kind is PaperKind.START_REPORT and row.record not in unfulfilled
    }
    if not begun:
        return None
    started_on = min(begun.values())
    completed = [row.since for row in papers if row.kind is PaperKind.COMPLETION_REPORT]
    planned = [
        ends_on
        for contract_id, ends_on in repository.contract_terms(session, project.id).items()
        if str(contract_id) in begun
    ]
    until = max(completed or [*planned, context.today()])
    months = pack_of(project).long_project_months
    return (started_on, until) if takes_long(started_on, until, months) else None


def _has_a_phase(session: Session, project: Project) -> bool:
    return any(
        volume.file_class is PHASED and volume.state is not VolumeState.WITHDRAWN
        for volume in session.exec(repository.volumes(project.id))
    )
