"""A duty with a proof: opened with a day by which it is due, or without one, until proven done.

Unlike a rule of a gate it refuses nothing. Each clause that lays one down is a function.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from govproject.regulation.citation import Citation
from govproject.regulation.periods import DueOn, Period


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. `rule` is its id in the ledger."""

    rule: str
    citation: Citation
    task: str
    period: Period | None
    """What its day is computed from; None when the regulation sets no day."""
    runs_until_due: bool = False
    """A period to last rather than a limit to meet: it cannot be closed before its end."""

    def due(self, table: Mapping[date, bool] | None = None) -> DueOn | None:
        """The day by which it is due, as far as the calendar is known."""
        return None if self.period is None else self.period.due(table)
