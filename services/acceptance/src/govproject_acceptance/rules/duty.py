"""What a duty that follows from final acceptance is. Each clause that lays one down is a function.

Unlike a rule of a gate, a duty refuses nothing: it is opened with a day by which it is due, or
without one, and stays open until the unit proves that it is done.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self

from govproject.regulation.citation import Citation
from govproject.regulation.periods import DueOn
from govproject.terms import ProjectKind


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is known of a project when it passes final acceptance."""

    kind: ProjectKind
    passed_on: date
    in_operation_on: date
    surplus_yuan: Decimal
    """Approved minus paid; not negative."""
    content_changed: bool
    """Whether a filed change touched the content of construction."""
    free_ops_months: int
    """The longest free maintenance in the contracts; 0 without any."""

    @classmethod
    def example(cls, passed_on: date, **changes: Any) -> Self:
        """A construction project accepted on that day that spent all it was given."""
        accepted = cls(
            kind=ProjectKind.NEW,
            passed_on=passed_on,
            in_operation_on=passed_on,
            surplus_yuan=Decimal(0),
            content_changed=False,
            free_ops_months=24,
        )
        return replace(accepted, **changes)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. `rule` is its id in the ledger."""

    rule: str
    citation: Citation
    task: str
    due: DueOn | None
    runs_until_due: bool = False
    """A period to last rather than a limit to meet: it cannot be closed before its end."""
