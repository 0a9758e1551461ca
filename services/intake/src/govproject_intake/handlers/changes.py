"""Changes during construction: determined, approved, filed or withdrawn (Arts 4, 28).

Who is responsible for the project changes in the same way (Art 12).
"""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.facts import ChangeFacts
from govproject.gates import CHANGE
from govproject.ids import new_id
from govproject.regulation.findings import Finding
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.steps import after
from govproject.terms import FilingStatus, Stage
from govproject_intake import repository
from govproject_intake.handlers import baselines, siblings, stages
from govproject_intake.handlers.projects import going_on, visible
from govproject_intake.lifecycle import FILING_STEPS
from govproject_intake.rules.article_04_tracks import track_after_change
from govproject_intake.rules.article_28_changes import needs_approval
from govproject_intake.tables import Change, Project
from govproject_intake.views import ApproveChange, ChangesView, ChangeView, DetermineChange, Reason


def determine(
    session: Session, context: Context, project_id: UUID, command: DetermineChange
) -> ChangeView:
    """Record that a change is decided; until it is filed, acceptance is blocked (Art 28).

    Raises:
        Conflict: the project is stopped.
        Refused: a rule of the change gate blocks.
    """
    project = going_on(session, context, project_id)
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
    asked = facts(session, context, project, change).supposing({"determining": True})
    decision = context.decide(CHANGE, asked, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
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
    return _view(change, project, decision.findings)


def approve(
    session: Session, context: Context, change_id: UUID, command: ApproveChange
) -> ChangeView:
    """Approve a change of what the bureau had approved (Arts 18, 19).

    A change that was filed before approvals were asked for can be approved afterwards.

    Raises:
        Conflict: it is approved already, withdrawn, or needs no approval; the project is stopped.
        Invalid: the day is yet to come, or lies before the change was determined.
        Refused: a rule of the change gate blocks.
    """
    change = repository.change(session, change_id)
    project = going_on(session, context, change.project_id)
    _must_stand(change)
    if change.approval_document is not None:
        raise Conflict("change_already_approved", "该变更已经区数据局批准。")
    asked = facts(session, context, project, change)
    if not needs_approval(asked):
        raise Conflict("approval_not_needed", "该变更不涉及立项批复，无须批准，可直接报备。")
    if command.approved_on > context.today():
        raise Invalid("date_in_future", "批准日期不能晚于今天。")
    if change.filed_at is None and command.approved_on < change.determined_at.date():
        raise Invalid(
            "approved_before_determined",
            f"批准日期不能早于变更事项确定日期{change.determined_at.date()}，请核对批准文件（第28条）。",
        )
    supposed = asked.supposing({"change_document": command.document, "approving": True})
    decision = context.decide(CHANGE, supposed, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    change.approval_document, change.approved_on = command.document, command.approved_on
    change.approved_by = context.caller.subject
    context.publish(
        session,
        events.ChangeApproved(
            project_id=project.id,
            change_id=change.id,
            document=command.document,
            approved_on=command.approved_on,
            recorded_at=context.now(),
            approved_plan=baselines.changed_plan(session, project),
        ),
    )
    return _view(change, project, decision.findings)


def file(session: Session, context: Context, change_id: UUID) -> ChangeView:
    """File a determined change; the project takes its new values (Art 28).

    A filing found regular was found so for the old amount and plan: with new ones it waits for the
    bureau again.

    Raises:
        Conflict: the change is filed already, or withdrawn; the project is stopped.
        Refused: a rule of the change gate blocks.
    """
    change = repository.change(session, change_id)
    project = going_on(session, context, change.project_id)
    _must_stand(change)
    if change.filed_at is not None:
        raise Conflict("change_already_filed", "该变更已报备。")
    decision = context.decide(
        CHANGE, facts(session, context, project, change), pack=pack(project.rule_pack)
    )
    if not decision.allowed:
        raise Refused(decision)
    change.filed_at = context.now()
    if change.new_budget_yuan is not None:
        project.budget_yuan = change.new_budget_yuan
        project.track = track_after_change(
            project.track,
            change.new_budget_yuan,
            _has_begun(session, project),
            pack(project.rule_pack),
        )
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
            approved_plan=baselines.changed_plan(session, project),
        ),
    )
    if change.new_budget_yuan is not None or change.new_cloud_plan is not None:
        _reopen_filing(session, context, project)
    return _view(change, project, decision.findings)


def withdraw(session: Session, context: Context, change_id: UUID, command: Reason) -> ChangeView:
    """Take back a change before it is filed: its unit gives it up, or the bureau declines it.

    Nothing of it was carried out in the records, so nothing waits for its filing any more (Art 28).

    Raises:
        Conflict: the change is filed, or withdrawn already.
    """
    change = repository.change(session, change_id)
    project = visible(session, context, change.project_id)
    _must_stand(change)
    if change.filed_at is not None:
        raise Conflict(
            "change_already_filed", "该变更已报备，不能撤回；如需恢复，请另行确定变更事项并报备。"
        )
    change.withdrawn_at, change.withdrawn_by = context.now(), context.caller.subject
    change.withdrawal_reason = command.reason
    context.publish(
        session,
        events.ChangeWithdrawn(
            project_id=project.id,
            change_id=change.id,
            reason=command.reason,
            withdrawn_by=change.withdrawn_by,
            withdrawn_at=change.withdrawn_at,
        ),
    )
    return _view(change, project)


def show(session: Session, context: Context, project_id: UUID) -> ChangesView:
    """All changes of a project, in the order in which they were determined; a unit sees its own."""
    project = visible(session, context, project_id)
    return ChangesView(
        changes=[_view(change, project) for change in repository.changes(session, project_id)]
    )


def facts(session: Session, context: Context, project: Project, change: Change) -> ChangeFacts:
    """What the change gate is asked; what was evaluated is at least what was approved."""
    evaluated_yuan, baseline = project.evaluated_yuan, repository.baseline(session, project.id)
    if evaluated_yuan is None:
        evaluated_yuan = baselines.approved_yuan(session, project)
    elif baseline is not None:
        evaluated_yuan = max(evaluated_yuan, baseline.approved_yuan)
    filing = repository.filing_of(session, project.id)
    return ChangeFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        track=project.track,
        approval_number=project.approval_number,
        accepted_on=project.accepted_on if change.filed_at is None else None,
        aspects=tuple(change.aspects),
        change_document=change.approval_document,
        amount_yuan=project.budget_yuan,
        new_amount_yuan=change.new_budget_yuan,
        begun=_has_begun(session, project),
        planned=project.plan_adopted_year is not None,
        filing_status=filing.status if filing else FilingStatus.NONE,
        fiscal_report=project.fiscal_report,
        **siblings.budgets(session, project.unit, project, but=project.id),
        evaluated_yuan=evaluated_yuan,
    )


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[ChangeFacts, RulePack]:
    """The gate's facts of the change that a stored project determined last and that waits.

    Without one, before anything is said of a change.
    """
    project = visible(session, context, project_id)
    waiting = [
        change
        for change in repository.changes(session, project_id)
        if change.filed_at is None and change.withdrawn_at is None
    ]
    change = waiting[-1] if waiting else _unsaid(context, project)
    return facts(session, context, project, change), pack(project.rule_pack)


def _unsaid(context: Context, project: Project) -> Change:
    return Change(
        id=new_id(),
        project_id=project.id,
        aspects=[],
        description="",
        determined_at=context.now(),
    )


def _must_stand(change: Change) -> None:
    if change.withdrawn_at is not None:
        raise Conflict(
            "change_withdrawn",
            "该变更已撤回或未获同意，不能再办理；如仍需变更，请重新确定变更事项。",
        )


def _has_begun(session: Session, project: Project) -> bool:
    """Whether the full process has: by a pre-review or an approval.

    The plan, and a report from 50万 on, are of both tracks: they tell of the full process only
    where nothing was filed.
    """
    if project.pre_reviewed_at is not None or project.approval_number is not None:
        return True
    heard = project.plan_adopted_year, project.fiscal_report
    return repository.filing_of(session, project.id) is None and any(
        each is not None for each in heard
    )


def _reopen_filing(session: Session, context: Context, project: Project) -> None:
    filing = repository.filing_of(session, project.id)
    if filing is None:
        return
    filing.revision += 1
    filing.cloud_plan = project.cloud_plan
    if filing.status is not FilingStatus.ACCEPTED:
        return
    filing.status = after(FILING_STEPS, filing.status, "reopen")
    # Found regular before stages were kept: it is known here for the last time.
    stages.reach(session, project.id, Stage.FILED, (filing.decided_at or context.now()).date())
    filing.submitted_at, filing.decided_at = context.now(), None
    context.publish(
        session,
        events.FilingSubmitted(
            project_id=project.id,
            filing_id=filing.id,
            conditions=tuple(filing.conditions),
            cloud_plan=filing.cloud_plan,
            submitted_at=filing.submitted_at,
            revision=filing.revision,
        ),
    )


def _view(change: Change, project: Project, warnings: tuple[Finding, ...] = ()) -> ChangeView:
    return ChangeView.model_validate(
        {**change.model_dump(), "track": project.track, "warnings": warnings}
    )
