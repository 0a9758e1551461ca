"""What a unit's other small projects cost: one project may have been split into them (Art 4)."""

from decimal import Decimal
from typing import Protocol, TypedDict
from uuid import UUID

from sqlmodel import Session

from govproject.names import plain
from govproject.terms import ProjectKind
from govproject_intake import repository
from govproject_intake.repository import Sibling


class Named(Protocol):
    """A project, or one that is being declared."""

    project_name: str
    system_name: str | None
    kind: ProjectKind
    plan_year: int


class Budgets(TypedDict):
    """By the names of the facts; with all changes that were filed."""

    sibling_budgets_yuan: tuple[Decimal, ...]
    namesake_budgets_yuan: tuple[Decimal, ...]


def budgets(session: Session, unit: str, of: Named, but: UUID | None = None) -> Budgets:
    """The budgets of other filing-track projects of one year, and of one name or system.

    Operation and services come back every year under one name, and what is accepted or stopped is
    no part of what is still to be built under it. Of one year, what was built part by part counts;
    what was given up does not.

    Args:
        session: any transaction.
        unit: whose.
        of: the project that they are compared with.
        but: its id, once it is stored.
    """
    others = repository.siblings(session, unit, but)
    return {
        "sibling_budgets_yuan": tuple(
            other.budget_yuan
            for other in others
            if other.plan_year == of.plan_year and not _is_given_up(other)
        ),
        "namesake_budgets_yuan": tuple(
            other.budget_yuan for other in others if _is_namesake(other, of)
        ),
    }


def _is_given_up(other: Sibling) -> bool:
    return other.decommissioned_at is not None and other.accepted_on is None


def _is_namesake(other: Sibling, of: Named) -> bool:
    if of.kind.serves or other.kind.serves or other.accepted_on or other.decommissioned_at:
        return False
    system = plain(of.system_name or "")
    return plain(other.project_name) == plain(of.project_name) or (
        system != "" and plain(other.system_name or "") == system
    )
