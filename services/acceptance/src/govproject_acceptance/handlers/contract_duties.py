"""A contract's last day is a duty: open from its record on, closed by completion (Art 15).

Each contract that carries the project out has its own. It is not opened again: a day of completion
can be corrected, but not taken back.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, and_, col, not_, or_, select

from govproject.context import Context
from govproject.contracts import Event
from govproject.contracts.acceptance import SOURCE
from govproject.obligations.keeping import move_at
from govproject.obligations.repository import one
from govproject.persistence.tables import Obligation
from govproject.service import Surroundings
from govproject.terms import ContractSubject, ProjectKind
from govproject_acceptance import repository
from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.handlers.facts import accepted_lots
from govproject_acceptance.handlers.obligations import KEEPER
from govproject_acceptance.lifecycle import AcceptanceState
from govproject_acceptance.projection import Contract, Project
from govproject_acceptance.rules.article_15_schedule import complete_within_term, term_until
from govproject_acceptance.tables import LotRound


def keep(
    session: Session,
    publish: Callable[[Session, Event], object],
    now: datetime,
    contract: Contract,
    *,
    by: str,
) -> bool:
    """Open, move or close a contract's duty as its record now says, and whether that was to do."""
    project = repository.project(session, contract.project_id)
    # An event's transaction is not serializable: a request may be closing the duty meanwhile.
    duty = None if contract.duty_id is None else one(session, contract.duty_id, to_change=True)
    if duty is not None and duty.closed_at is not None:
        return False
    if over := _over(session, project, contract, legal_day(now)):
        if duty is not None:
            KEEPER.close_at(session, publish, now, duty, over, by=by)
        return duty is not None
    if contract.ends_on is None or not contract.carries_out(project.kind):
        return False
    if duty is None:
        owed = complete_within_term(contract.contractor, contract.ends_on)
        opened = KEEPER.open_at(
            session, publish, now, owed, project_id=project.id, unit=project.unit
        )
        contract.duty_id = opened.id
        return True
    if duty.due_on == contract.ends_on:
        return False
    period = term_until(contract.ends_on)
    move_at(session, publish, legal_day(now), KEEPER.events, duty, period)
    return True


def completed(session: Session, context: Context, project_id: UUID) -> None:
    """Completion of the whole or of a lot is what the duty asks for, late as well."""
    for contract in repository.contracts(session, project_id):
        keep(session, context.publish, context.now(), contract, by=context.caller.subject)


def keep_next(given: Surroundings) -> bool:
    """Put one duty right that an older build did not open, move or close, if any is left."""
    # Serializable: two replicas that find the same contract do not both open its duty.
    with given.db.write(serializable=True) as session:
        contract = _amiss(session)
        return contract is not None and keep(
            session, given.publish, given.clock(), contract, by=SOURCE
        )


def running(session: Session, project_id: UUID, today: date) -> Iterator[tuple[Contract, date]]:
    """Each contract whose part is to be completed by a day that is known, with that day."""
    project = repository.project(session, project_id)
    for contract in repository.lots(session, project):
        if contract.ends_on is not None and _over(session, project, contract, today) is None:
            yield contract, contract.ends_on


def _amiss(session: Session) -> Contract | None:
    """A contract that carries its project out and has no duty, or one that `keep` changes."""
    accepted = select(LotRound.contract_id).where(col(LotRound.passed))
    over = or_(
        col(Project.decommissioned_at).is_not(None),
        col(Contract.terminated_on).is_not(None),
        col(Contract.id).in_(accepted),
        col(Project.completed_on).is_not(None),
        Project.state == AcceptanceState.ACCEPTED,
    )
    by_kind = (
        and_(
            Project.kind == kind,
            col(Contract.subject).in_([s for s in ContractSubject if s.carries_out(kind)]),
        )
        for kind in ProjectKind
    )
    carries_out = or_(col(Contract.subject).is_(None), *by_kind)
    is_open = and_(col(Obligation.id).is_not(None), col(Obligation.closed_at).is_(None))
    differs = or_(over, col(Obligation.due_on) != Contract.ends_on)
    return session.exec(
        select(Contract)
        .join(Project)
        .join(Obligation, col(Obligation.id) == Contract.duty_id, isouter=True)
        .where(
            col(Contract.ends_on).is_not(None),
            or_(
                and_(col(Contract.duty_id).is_(None), not_(over), carries_out),
                and_(is_open, differs),
            ),
        )
        .order_by(col(Contract.id))
        .limit(1)
    ).first()


def _over(session: Session, project: Project, contract: Contract, today: date) -> str | None:
    """Why nothing is to be completed under it any more."""
    if project.decommissioned_at is not None:
        return "项目已报停用"
    if contract.terminated_on is not None:
        return f"合同于{contract.terminated_on.isoformat()}终止"
    if accepted_on := accepted_lots(session, project.id, today).get(contract.id):
        return f"标段于{accepted_on.isoformat()}验收合格"
    if project.completed_on is not None:
        return "项目已登记建设完成"
    return "项目终验合格" if project.state is AcceptanceState.ACCEPTED else None
