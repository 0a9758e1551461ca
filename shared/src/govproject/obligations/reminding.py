"""The worker that says which open duties are due soon and which are overdue, each once."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from govproject.messaging import outbox
from govproject.obligations.events import Obligations
from govproject.obligations.rescheduling import reschedule
from govproject.persistence.database import Database
from govproject.persistence.tables import Obligation
from govproject.regulation.pack import pack_on
from govproject.repeating import one_after_another
from govproject.service import Surroundings, Worker

# A new day is noticed within the hour, whatever became of the host in the meantime.
_EVERY_SECONDS = 3600.0


def worker(events: Obligations) -> Worker:
    """A service's worker, which publishes these events."""

    async def run(given: Surroundings) -> None:
        """Look through the duties at the start and every hour."""
        recomputed = False

        def notice() -> bool:
            nonlocal recomputed
            if not recomputed:
                recompute(given.db, events, given.clock())
                recomputed = True
            return notice_next(given.db, events, given.clock())

        await one_after_another(notice, look_seconds=_EVERY_SECONDS, work="reminders")

    return run


def recompute(db: Database, events: Obligations, now: datetime) -> None:
    """Compute provisional days again: a new release of the library may know another year."""
    with db.write() as session:
        reschedule(session, partial(outbox.append, now=now), events)


def notice_next(db: Database, events: Obligations, now: datetime) -> bool:
    """Say of one duty that it is overdue or near, if there is any to be said of."""
    with db.write() as session:
        return _next_overdue(session, events, now) or _next_near(session, events, now)


def _next_overdue(session: Session, events: Obligations, now: datetime) -> bool:
    obligation = _one(
        session,
        _open().where(
            col(Obligation.overdue_at).is_(None),
            col(Obligation.due_on) < now.date(),
            col(Obligation.due_provisional).is_(False),
            col(Obligation.runs_until_due).is_(False),
        ),
    )
    if obligation is None or obligation.due_on is None:
        return False
    obligation.overdue_at = now
    event = events.overdue(
        project_id=obligation.project_id,
        obligation_id=obligation.id,
        rule=obligation.rule,
        due_on=obligation.due_on,
        noticed_on=now.date(),
    )
    outbox.append(session, event, now=now)
    return True


def _next_near(session: Session, events: Obligations, now: datetime) -> bool:
    today = now.date()
    obligation = _one(
        session,
        _open().where(
            col(Obligation.reminded_at).is_(None),
            col(Obligation.due_on) <= today + timedelta(days=pack_on(today).reminder_days),
            or_(col(Obligation.due_on) >= today, col(Obligation.due_provisional)),
        ),
    )
    if obligation is None or obligation.due_on is None:
        return False
    obligation.reminded_at = now
    event = events.near(
        project_id=obligation.project_id,
        obligation_id=obligation.id,
        rule=obligation.rule,
        due_on=obligation.due_on,
        due_provisional=obligation.due_provisional,
        noticed_on=today,
    )
    outbox.append(session, event, now=now)
    return True


def _open() -> SelectOfScalar[Obligation]:
    return select(Obligation).where(col(Obligation.closed_at).is_(None))


def _one(session: Session, query: SelectOfScalar[Obligation]) -> Obligation | None:
    """The first of them that no other replica has in hand, locked until the commit."""
    first = query.order_by(col(Obligation.due_on), col(Obligation.id)).limit(1)
    return session.exec(first.with_for_update(skip_locked=True)).first()
