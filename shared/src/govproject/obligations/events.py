"""What is published of a duty with a deadline, whichever service keeps it.

A producer subclasses each of the five with its own source and lists them in an `Obligations`.
"""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from govproject.contracts.event import Event


class Opened(Event, name="obligation.opened"):
    """A duty is open until proven done."""

    obligation_id: UUID
    """The duty, until it is closed."""
    rule: str
    """The rule that the duty follows from, by its id in the ledger."""
    due_on: date | None
    """The day by which it has to be done; null when the regulation sets none."""
    due_provisional: bool
    """True while `due_on` rests on a calendar that is not yet published."""


class Closed(Event, name="obligation.closed"):
    """Proof for an open duty is on record."""

    obligation_id: UUID
    """The duty that was opened."""
    closed_at: datetime
    """When the proof was recorded."""


class Near(Event, name="obligation.near"):
    """An open duty is due soon; said once, on a provisional day as well."""

    obligation_id: UUID
    """The duty that was opened."""
    rule: str
    """The rule that the duty follows from, by its id in the ledger."""
    due_on: date
    """The day by which it has to be done."""
    due_provisional: bool
    """True while `due_on` rests on a calendar that is not yet published."""
    noticed_on: date
    """The day on which this was noticed."""


class Overdue(Event, name="obligation.overdue"):
    """An open duty's day is over and no proof is on record; said once, never provisionally."""

    obligation_id: UUID
    """The duty that was opened."""
    rule: str
    """The rule that the duty follows from, by its id in the ledger."""
    due_on: date
    """The day by which it had to be done."""
    noticed_on: date
    """The day on which this was noticed."""


class Rescheduled(Event, name="obligation.rescheduled"):
    """A provisional day was computed again from the calendar, or a day from another start."""

    obligation_id: UUID
    """The duty that was opened."""
    rule: str
    """The rule that the duty follows from, by its id in the ledger."""
    previous_due_on: date
    """The day that no longer counts."""
    due_on: date
    """The day by which it has to be done; it may be the same, and certain now."""
    due_provisional: bool
    """True if `due_on` still rests on a calendar that is not yet published."""


class Obligations(NamedTuple):
    """The five as one producer publishes them."""

    opened: type[Opened]
    closed: type[Closed]
    near: type[Near]
    overdue: type[Overdue]
    rescheduled: type[Rescheduled]
