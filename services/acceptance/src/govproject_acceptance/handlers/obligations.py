"""The duties that follow from final acceptance: opened together, closed one by one with proof."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import acceptance as events
from govproject.errors import Conflict
from govproject.ids import new_id
from govproject.regulation.pack import pack
from govproject.web.paging import Page, paginate
from govproject_acceptance import repository
from govproject_acceptance.rules import DUTIES
from govproject_acceptance.rules.duty import Accepted
from govproject_acceptance.tables import Obligation, Project
from govproject_acceptance.views import CloseObligation, ObligationQuery, ObligationView


def open_all(session: Session, context: Context, project: Project, accepted: Accepted) -> None:
    """Open every duty that applies to the accepted project (Arts 18, 20, 21, 31)."""
    for lay_down in DUTIES:
        duty = lay_down(accepted, pack(project.rule_pack))
        if duty is None:
            continue
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


def close(
    session: Session, context: Context, obligation_id: UUID, command: CloseObligation
) -> ObligationView:
    """Record the unit's proof that a duty is done.

    Raises:
        Conflict: it is closed already, or its period still runs.
    """
    obligation = repository.obligation(session, obligation_id)
    context.caller.must_own(repository.project(session, obligation.project_id).unit)
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
    obligation.proof = command.proof
    obligation.closed_by, obligation.closed_at = context.caller.subject, context.now()
    context.publish(
        session,
        events.ObligationClosed(
            project_id=obligation.project_id,
            obligation_id=obligation.id,
            closed_at=obligation.closed_at,
        ),
    )
    return view(context, obligation)


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
