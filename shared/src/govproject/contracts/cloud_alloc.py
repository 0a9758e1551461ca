"""Events of the cloud-allocation service: what the gate decided and what became of it."""

from datetime import datetime
from uuid import UUID

from govproject.contracts.event import Event
from govproject.obligations import events as obligations
from govproject.obligations.events import Obligations
from govproject.resources import Resources

SOURCE = "cloud-alloc"


class AllocationGranted(Event, source=SOURCE, name="allocation.granted"):
    """The gate granted a request."""

    allocation_id: UUID
    """The allocation, from the request to its release."""
    decision_id: UUID
    """The entry in the gate's decision log."""
    resources: Resources
    """What was granted."""
    granted_at: datetime
    """When the gate decided."""


class AllocationRefused(Event, source=SOURCE, name="allocation.refused"):
    """The gate refused a request; `articles` are those it rests on."""

    allocation_id: UUID
    """The request."""
    decision_id: UUID
    """The entry in the gate's decision log."""
    articles: tuple[str, ...]
    """Numbers of the articles that the refusal rests on."""
    refused_at: datetime
    """When the gate decided."""


class AllocationSuspended(Event, source=SOURCE, name="allocation.suspended"):
    """The bureau confirmed a suspension order (Art 29)."""

    allocation_id: UUID
    """The allocation."""
    order_id: UUID
    """The rectification order behind it."""
    suspended_at: datetime
    """When the bureau confirmed."""


class AllocationResumed(Event, source=SOURCE, name="allocation.resumed"):
    """The order was cleared and the bureau resumed the resources (Art 29)."""

    allocation_id: UUID
    """The allocation."""
    order_id: UUID
    """The rectification order that was cleared."""
    resumed_at: datetime
    """When the bureau resumed it."""


class AllocationReleased(Event, source=SOURCE, name="allocation.released"):
    """The resources were given back (Art 34)."""

    allocation_id: UUID
    """The allocation."""
    reason: str
    """Why, in a sentence."""
    released_at: datetime
    """When the resources were given back."""


class DisposalCompleted(Event, source=SOURCE, name="disposal.completed"):
    """Data and state assets of a stopped system are taken care of, every item proven (Art 34)."""

    completed_at: datetime
    """When the proof was recorded."""


class CloudObligationOpened(obligations.Opened, source=SOURCE):
    """An existing system is to be moved (Art 2); `project_id` is that of the system."""


class CloudObligationClosed(obligations.Closed, source=SOURCE):
    """The existing system has moved; `project_id` is that of the system."""


class CloudObligationNear(obligations.Near, source=SOURCE):
    """The planned day is near, said once for each; `project_id` is that of the system."""


class CloudObligationOverdue(obligations.Overdue, source=SOURCE):
    """The planned day is over, said once for each; `project_id` is that of the system."""


class CloudObligationRescheduled(obligations.Rescheduled, source=SOURCE):
    """The move is planned for another day; `project_id` is that of the system."""


OBLIGATIONS = Obligations(
    CloudObligationOpened,
    CloudObligationClosed,
    CloudObligationNear,
    CloudObligationOverdue,
    CloudObligationRescheduled,
)
