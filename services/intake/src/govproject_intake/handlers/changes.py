"""Changes during construction: determined, then filed, which re-derives the track (Arts 4, 28).

Who is responsible for the project changes in the same way (Art 12).
"""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict
from govproject.ids import new_id
from govproject.regulation.pack import pack
from govproject.terms import FilingStatus
from govproject_intake import repository
from govproject_intake.handlers.projects import visible
from govproject_intake.lifecycle import FILING_STEPS, after
from govproject_intake.tables import Change, Project
from govproject_intake.views import ChangeView, DetermineChange


def determine(
    session: Session, context: Context, project_id: UUID, command: DetermineChange
) -> ChangeView:
    """Record that a change is decided; until it is filed, acceptance is blocked (Art 28)."""
    project = visible(session, context, project_id)
    change = Change(
        id=new_id(),
        project_id=project.id,
        aspects=command.aspects,
        description=command.description,
        new_budget_yuan=command.new_budget_yuan,
        new_cloud_plan=command.new_cloud_plan,
        new_responsible_body=command.new_responsible_body,
        new_responsible_person=command.new_responsible_person,
        determined_at=context.now(),
    )
    session.add(change)
    context.publish(
        session,
        events.ChangeDetermined(
            project_id=project.id,
            change_id=change.id,
            aspects=tuple(change.aspects),
            description=change.description,
            new_budget_yuan=change.new_budget_yuan,
            determined_at=change.determined_at,
        ),
    )
    return _view(change, project)


def file(session: Session, context: Context, change_id: UUID) -> ChangeView:
    """File a determined change; the project takes its new values (Art 28).

    A filing found regular was found so for the old amount and plan: with new ones it waits for the
    bureau again.

    Raises:
        Conflict: the change is filed already.
    """
    change = repository.change(session, change_id)
    project = visible(session, context, change.project_id)
    if change.filed_at is not None:
        raise Conflict("change_already_filed", "该变更已报备。")
    change.filed_at = context.now()
    if change.new_budget_yuan is not None:
        project.budget_yuan = change.new_budget_yuan
        project.track = pack(project.rule_pack).track(change.new_budget_yuan)
    if change.new_cloud_plan is not None:
        project.cloud_plan = change.new_cloud_plan
    project.responsible_body = change.new_responsible_body or project.responsible_body
    project.responsible_person = change.new_responsible_person or project.responsible_person
    context.publish(
        session,
        events.ChangeFiled(
            project_id=project.id,
            change_id=change.id,
            budget_yuan=project.budget_yuan,
            track=project.track,
            cloud_plan=project.cloud_plan,
            filed_at=change.filed_at,
        ),
    )
    if change.new_budget_yuan is not None or change.new_cloud_plan is not None:
        _reopen_filing(session, context, project)
    return _view(change, project)


def _reopen_filing(session: Session, context: Context, project: Project) -> None:
    filing = repository.filing_of(session, project.id)
    if filing is None or filing.status is not FilingStatus.ACCEPTED:
        return
    filing.status = after(FILING_STEPS, filing.status, "reopen")
    filing.cloud_plan = project.cloud_plan
    filing.submitted_at, filing.decided_at = context.now(), None
    context.publish(
        session,
        events.FilingSubmitted(
            project_id=project.id,
            filing_id=filing.id,
            conditions=tuple(filing.conditions),
            cloud_plan=filing.cloud_plan,
            submitted_at=filing.submitted_at,
        ),
    )


def _view(change: Change, project: Project) -> ChangeView:
    return ChangeView.model_validate({**change.model_dump(), "track": project.track})
