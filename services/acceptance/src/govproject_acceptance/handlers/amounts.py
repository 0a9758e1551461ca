"""What a project may cost on a day, what it was contracted for, and what was changed (Arts 18, 28).

A filed change counts from the day of its filing. What was filed before the approval, or on the
filing track before building began, is part of what was approved or filed; what was filed after an
approval counts if the bureau approved it, too.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from govproject.terms import ChangeAspect
from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.projection import Approval, Change, Contract, Project
from govproject_acceptance.tables import Plan


def funds(
    project: Project, approval: Approval | None, changes: Sequence[Change], day: date
) -> Decimal:
    """What it may cost: the approved amount or else the budget, as filed changes made it."""
    if approval is None or approval.approved_on > day:
        return _budget(project, changes, day)
    changed = ChangeAspect.AMOUNT in aspects_since(approval.approved_on, approval, changes, day)
    return _budget(project, changes, day) if changed else approval.approved_yuan


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


def begin(
    project: Project,
    approval: Approval | None,
    contracts: Sequence[Contract],
    plans: Sequence[Plan],
    day: date,
) -> date:
    """From when on a change is one of what was approved, or on the filing track of what is built.

    Building begins with the first award or the implementation file, by completion anyhow.
    """
    if approval is not None:
        return approval.approved_on
    awarded = (c.award_notice_on for c in contracts if c.carries_out(project.kind))
    kicked_off = (legal_day(plan.recorded_at) for plan in plans)
    return min([*awarded, *kicked_off, project.completed_on or day])


def given(
    project: Project,
    approval: Approval | None,
    changes: Sequence[Change],
    begin: date,
    day: date,
) -> Decimal:
    """What a surplus is left of.

    On the filing track nobody approves that the amount is lowered, so the highest counts that was
    filed when building began or later; what was filed on that day itself came later.
    """
    if approval is not None:
        return funds(project, approval, changes, day)
    filed = (legal_day(change.filed_at) for change in changes if change.filed_at is not None)
    later = (each for each in filed if begin <= each <= day)
    return max(_budget(project, changes, each) for each in (begin - timedelta(days=1), *later))


def aspects_since(
    begin: date, approval: Approval | None, changes: Sequence[Change], day: date
) -> set[ChangeAspect]:
    """What the changes touch that were filed from one day to the other; once approved, approved."""
    return {
        aspect
        for change in changes
        if change.filed_at is not None
        and begin <= legal_day(change.filed_at) <= day
        and (approval is None or change.approved is not False)
        for aspect in change.aspects
    }


def content_changed(
    project: Project,
    approval: Approval | None,
    contracts: Sequence[Contract],
    plans: Sequence[Plan],
    changes: Sequence[Change],
    day: date,
) -> bool:
    """Whether the content is no longer what was approved, or what was filed when building began."""
    since = begin(project, approval, contracts, plans, day)
    return ChangeAspect.CONTENT in aspects_since(since, approval, changes, day)


def _budget(project: Project, changes: Sequence[Change], day: date) -> Decimal:
    """The budget of that day: what the first later filing found, or the present one."""
    found = (
        change.budget_before
        for change in changes
        if change.filed_at is not None and legal_day(change.filed_at) > day
    )
    return next((amount for amount in found if amount is not None), project.budget_yuan)
