"""How a service keeps its duties: opened by its handlers, closed with the unit's proof."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col

from govproject import calendar
from govproject.context import Context
from govproject.contracts.event import Event
from govproject.errors import Conflict, Invalid
from govproject.files import records
from govproject.ids import new_id
from govproject.obligations import repository
from govproject.obligations.events import Obligations
from govproject.obligations.views import CloseObligation, ObligationQuery, ObligationView
from govproject.persistence.tables import Obligation
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject.web.paging import Page, paginate

Condition = Callable[[Session, Context, UUID], None]
"""Raises unless a project's duty may be closed."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """What a service publishes of its duties, and what has to hold before proof closes one."""

    events: Obligations
    before_closing: Mapping[str, Condition] = field(default_factory=dict)
    """By rule; the others take the proof alone."""
    proven_by_file: frozenset[str] = frozenset()
    """Rules that ask for an upload or an entry elsewhere: their proof is a file, not a sentence."""

    def open(
        self, session: Session, context: Context, duty: Duty, *, project_id: UUID, unit: str
    ) -> Obligation:
        """Open a duty of a unit's project."""
        return self.open_at(
            session, context.publish, context.now(), duty, project_id=project_id, unit=unit
        )

    def open_at(
        self,
        session: Session,
        publish: Callable[[Session, Event], object],
        now: datetime,
        duty: Duty,
        *,
        project_id: UUID,
        unit: str,
    ) -> Obligation:
        """The same where nobody asked for it: a day has come."""
        due = duty.due(calendar.table(session))
        obligation = Obligation(
            id=new_id(),
            project_id=project_id,
            unit=unit,
            rule=duty.rule,
            article=duty.citation.article,
            quote=duty.citation.quote,
            task=duty.task,
            period=duty.period,
            due_on=due and due.day,
            due_provisional=due is not None and due.provisional,
            runs_until_due=duty.runs_until_due,
            opened_at=now,
        )
        session.add(obligation)
        publish(
            session,
            self.events.opened(
                project_id=project_id,
                obligation_id=obligation.id,
                rule=obligation.rule,
                due_on=obligation.due_on,
                due_provisional=obligation.due_provisional,
            ),
        )
        return obligation

    def prove(
        self, session: Session, context: Context, obligation_id: UUID, command: CloseObligation
    ) -> ObligationView:
        """Record the unit's proof that a duty is done.

        Raises:
            Forbidden: it is another unit's.
            Conflict: it is closed already, its period still runs, or proof does not close it.
            Invalid: a file is asked for and none is named, or nobody handed it in.
            Refused: what it asks for is not on record.
        """
        obligation = repository.one(session, obligation_id)
        context.caller.must_own(obligation.unit)
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
        if must_hold := self.before_closing.get(obligation.rule):
            must_hold(session, context, obligation.project_id)
        if command.file_id is not None:
            obligation.proof_file_id = records.referred(session, context, command.file_id).id
        elif obligation.rule in self.proven_by_file:
            raise Invalid(
                "proof_file_missing",
                f"第{obligation.article}条要求的事项须以文件证明，不能只作说明："
                "请先经 POST /files 上传证明材料，再以 file_id 引用。",
                rule=obligation.rule,
            )
        self.close(session, context, obligation, command.proof)
        return view(context, obligation)

    def close(self, session: Session, context: Context, obligation: Obligation, proof: str) -> None:
        """Close a duty and say so."""
        self.close_at(
            session, context.publish, context.now(), obligation, proof, by=context.caller.subject
        )

    def close_at(
        self,
        session: Session,
        publish: Callable[[Session, Event], object],
        now: datetime,
        obligation: Obligation,
        proof: str,
        *,
        by: str,
    ) -> None:
        """The same where nobody asked for it: an event has come."""
        obligation.proof, obligation.closed_by, obligation.closed_at = proof, by, now
        publish(
            session,
            self.events.closed(
                project_id=obligation.project_id,
                obligation_id=obligation.id,
                closed_at=now,
            ),
        )


def move(
    session: Session, context: Context, events: Obligations, duty: Obligation, period: Period
) -> None:
    """Count an open duty's day from another start, and say so if that makes it another day."""
    move_at(session, context.publish, context.today(), events, duty, period)


def move_at(
    session: Session,
    publish: Callable[[Session, Event], object],
    today: date,
    events: Obligations,
    duty: Obligation,
    period: Period,
) -> None:
    """The same where nobody asked for it: an event has come.

    A day that is still to come is pointed out again.
    """
    due, previous = period.due(calendar.table(session)), duty.due_on
    duty.period = period
    if previous is None or due == (previous, duty.due_provisional):
        return
    duty.due_on, duty.due_provisional = due
    if due.day >= today:
        duty.reminded_at = duty.overdue_at = None
    publish(
        session,
        events.rescheduled(
            project_id=duty.project_id,
            obligation_id=duty.id,
            rule=duty.rule,
            previous_due_on=previous,
            due_on=due.day,
            due_provisional=due.provisional,
        ),
    )


def browse(session: Session, context: Context, query: ObligationQuery) -> Page[ObligationView]:
    """Duties in the order of opening; a unit sees its own."""
    return paginate(
        session,
        repository.selected(context.caller.limited_to, query.status),
        key=col(Obligation.id),
        paging=query,
        view=lambda obligation: view(context, obligation),
    )


def view(context: Context, obligation: Obligation) -> ObligationView:
    """A duty, and whether it is late today.

    Neither a period that runs out is late nor a day that is an estimate.
    """
    late = obligation.due_on is not None and obligation.due_on < context.today()
    may_be_late = obligation.closed_at is None and not (
        obligation.runs_until_due or obligation.due_provisional
    )
    return ObligationView.model_validate({**dict(obligation), "overdue": late and may_be_late})
