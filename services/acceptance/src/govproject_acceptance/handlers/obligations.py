"""The duties that follow from completion and acceptance, each open until it is proven done."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import acceptance as events
from govproject.errors import Conflict
from govproject.ids import new_id
from govproject.regulation.pack import pack
from govproject.web.paging import Page, paginate
from govproject_acceptance import repository
from govproject_acceptance.follow_up import CloseObligation, ObligationQuery, ObligationView
from govproject_acceptance.handlers import operation, self_evaluations
from govproject_acceptance.handlers.access import visible
from govproject_acceptance.projection import Project
from govproject_acceptance.rules import DUTIES
from govproject_acceptance.rules.article_19_need import acceptance_required
from govproject_acceptance.rules.article_21_self_evaluation import self_evaluation_12_months
from govproject_acceptance.rules.article_30_operation import owner_responsible
from govproject_acceptance.rules.duty import Accepted, Duty
from govproject_acceptance.tables import Obligation


def open_all(session: Session, context: Context, project: Project, accepted: Accepted) -> None:
    """Open every duty that applies to the accepted project (Arts 18, 20, 21, 30, 31)."""
    for lay_down in DUTIES:
        duty = lay_down(accepted, pack(project.rule_pack))
        if duty is not None:
            open_one(session, context, project, duty)


def open_one(session: Session, context: Context, project: Project, duty: Duty) -> Obligation:
    """Open one duty of the project."""
    obligation = Obligation(
        id=new_id(),
        project_id=project.id,
        rule=duty.rule,
        article=duty.citation.article,
        quote=duty.citation.quote,
        task=duty.task,
        due_on=duty.due and duty.due.day,
        due_provisional=duty.due is not None and duty.due.provisional,
        runs_until_due=duty.runs_until_due,
        opened_at=context.now(),
    )
    session.add(obligation)
    context.publish(
        session,
        events.ObligationOpened(
            project_id=project.id,
            obligation_id=obligation.id,
            rule=obligation.rule,
            due_on=obligation.due_on,
            due_provisional=obligation.due_provisional,
        ),
    )
    return obligation


def close(
    session: Session, context: Context, obligation_id: UUID, command: CloseObligation
) -> ObligationView:
    """Record the unit's proof that a duty is done.

    Raises:
        Conflict: it is closed already, its period still runs, or proof does not close it.
        Refused: what it asks for is not on record.
    """
    obligation = repository.obligation(session, obligation_id)
    project = visible(session, context, obligation.project_id)
    if obligation.closed_at is not None:
        raise Conflict("already_closed", "该义务事项已办结。")
    if (
        obligation.runs_until_due
        and obligation.due_on is not None
        and context.today() <= obligation.due_on
    ):
        raise Conflict(
            "period_running",
            f"期限至{obligation.due_on.isoformat()}届满，届满前不能办结。",
            due_on=obligation.due_on.isoformat(),
        )
    if must_hold := _BEFORE_CLOSING.get(obligation.rule):
        must_hold(session, context, project)
    done(session, context, obligation, command.proof)
    return view(context, obligation)


def done(session: Session, context: Context, obligation: Obligation, proof: str) -> None:
    """Close a duty and say so."""
    obligation.proof = proof
    obligation.closed_by, obligation.closed_at = context.caller.subject, context.now()
    context.publish(
        session,
        events.ObligationClosed(
            project_id=obligation.project_id,
            obligation_id=obligation.id,
            closed_at=obligation.closed_at,
        ),
    )


def browse(session: Session, context: Context, query: ObligationQuery) -> Page[ObligationView]:
    """Duties in the order of opening; a unit sees its own."""
    return paginate(
        session,
        repository.obligations(context.caller.limited_to, query.status),
        key=col(Obligation.id),
        paging=query,
        view=lambda obligation: view(context, obligation),
    )


def view(context: Context, obligation: Obligation) -> ObligationView:
    """A duty, and whether it is late today. A period that runs out is not late."""
    late = obligation.due_on is not None and obligation.due_on < context.today()
    overdue = late and obligation.closed_at is None and not obligation.runs_until_due
    return ObligationView.model_validate({**dict(obligation), "overdue": overdue})


def _by_acceptance_only(session: Session, context: Context, project: Project) -> None:
    raise Conflict(
        "closed_by_acceptance",
        "项目在完成后必须进行验收（第19条）：终验合格时自动办结，不能以材料代替。",
    )


_BEFORE_CLOSING: dict[str, Callable[[Session, Context, Project], None]] = {
    acceptance_required.__name__: _by_acceptance_only,
    self_evaluation_12_months.__name__: self_evaluations.must_be_complete,
    owner_responsible.__name__: operation.must_be_in_order,
}
"""What has to hold before proof closes a duty, by its rule; the others take the proof alone."""
