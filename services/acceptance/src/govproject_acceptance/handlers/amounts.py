"""What a project may cost on a day, what it was contracted for, and what was changed (Arts 18, 28).

A filed change counts from the day of its filing. What was filed before the approval is part of what
was approved; what was filed after it counts if the bureau approved it, too.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from govproject.terms import ChangeAspect
from govproject_acceptance import repository
from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.projection import Change, Contract, Project


def funds(session: Session, project: Project, day: date) -> Decimal:
    """What it may cost: the approved amount or else the budget, as filed changes made it."""
    approval = repository.approval(session, project.id)
    if approval is None or approval.approved_on > day:
        return _budget(session, project, day)
    changed = any(ChangeAspect.AMOUNT in change.aspects for change in since(session, project, day))
    return _budget(session, project, day) if changed else approval.approved_yuan


def contracted(contracts: Sequence[Contract]) -> dict[str, object]:
    """The contracts' sum, of a terminated one what is settled; older builds kept no amount."""
    amounts = [
        contract.amount_yuan if contract.settled_yuan is None else contract.settled_yuan
        for contract in contracts
    ]
    known = [amount for amount in amounts if amount is not None]
    return {
        "contracted_yuan": sum(known, Decimal(0)),
        "contracts_without_amount": len(amounts) - len(known),
    }


def since(session: Session, project: Project, day: date) -> list[Change]:
    """The changes filed by that day, first to last; once approved, those approved since."""
    approval = repository.approval(session, project.id)
    return [
        change
        for change in repository.changes(session, project.id)
        if change.filed_at is not None
        and (
            approval is None
            or (change.approved is not False and legal_day(change.filed_at) >= approval.approved_on)
        )
        and legal_day(change.filed_at) <= day
    ]


def _budget(session: Session, project: Project, day: date) -> Decimal:
    """The budget of that day: what the first later filing found, or the present one."""
    found = (
        change.budget_before
        for change in repository.changes(session, project.id)
        if change.filed_at is not None and legal_day(change.filed_at) > day
    )
    return next((amount for amount in found if amount is not None), project.budget_yuan)
