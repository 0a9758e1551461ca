"""Provisional days are computed again once the calendar says more."""

from collections.abc import Callable

from sqlmodel import Session, col, select

from govproject import calendar
from govproject.contracts import Event
from govproject.obligations.events import Obligations
from govproject.persistence.tables import Obligation


def reschedule(
    session: Session, publish: Callable[[Session, Event], object], events: Obligations
) -> None:
    """Compute the provisional day of every open duty again, and say which of them changed."""
    known = calendar.table(session)
    # Replicas that do this at the same time take their turns, row by row in the same order.
    provisional = session.exec(
        select(Obligation)
        .where(col(Obligation.closed_at).is_(None), col(Obligation.due_provisional))
        .order_by(col(Obligation.id))
        .with_for_update()
    )
    for obligation in provisional:
        previous = obligation.due_on
        if obligation.period is None or previous is None:
            continue
        due = obligation.period.due(known)
        if due == (previous, True):
            continue
        obligation.due_on, obligation.due_provisional = due
        publish(
            session,
            events.rescheduled(
                project_id=obligation.project_id,
                obligation_id=obligation.id,
                rule=obligation.rule,
                previous_due_on=previous,
                due_on=due.day,
                due_provisional=due.provisional,
            ),
        )
