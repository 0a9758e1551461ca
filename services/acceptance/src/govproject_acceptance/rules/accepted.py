"""What the duties that follow from final acceptance are laid down from."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self

from govproject.facts import FreeOperations
from govproject.terms import ProjectKind


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is known of a project when it passes final acceptance."""

    kind: ProjectKind
    passed_on: date
    in_operation_on: date
    surplus_yuan: Decimal
    """What was approved, or filed, minus what was paid; not negative."""
    content_changed: bool
    """Whether a change of content was filed since the approval, or since building began."""
    free_ops: tuple[FreeOperations, ...]
    """The free maintenance that each contract in force agreed on."""

    @classmethod
    def example(cls, passed_on: date, **changes: Any) -> Self:
        """A construction project accepted on that day that spent all it was given."""
        accepted = cls(
            kind=ProjectKind.NEW,
            passed_on=passed_on,
            in_operation_on=passed_on,
            surplus_yuan=Decimal(0),
            content_changed=False,
            free_ops=(FreeOperations(contractor="盐城软件公司", months=24),),
        )
        return replace(accepted, **changes)
