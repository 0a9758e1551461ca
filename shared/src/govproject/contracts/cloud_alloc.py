"""Events of the cloud-allocation service: what the gate decided and what became of it."""

from datetime import datetime
from uuid import UUID

from govproject.contracts.event import Event
from govproject.resources import Resources

SOURCE = "cloud-alloc"


class AllocationGranted(Event, source=SOURCE, name="allocation.granted"):
    """The gate granted a request."""

    allocation_id: UUID
    decision_id: UUID
    resources: Resources
    granted_at: datetime


class AllocationRefused(Event, source=SOURCE, name="allocation.refused"):
    """The gate refused a request; `articles` are those it rests on."""

    allocation_id: UUID
    decision_id: UUID
    articles: tuple[str, ...]
    refused_at: datetime


class AllocationSuspended(Event, source=SOURCE, name="allocation.suspended"):
    """The bureau confirmed a suspension order (Art 29)."""

    allocation_id: UUID
    order_id: UUID
    suspended_at: datetime


class AllocationResumed(Event, source=SOURCE, name="allocation.resumed"):
    """The order was cleared and the bureau resumed the resources (Art 29)."""

    allocation_id: UUID
    order_id: UUID
    resumed_at: datetime


class AllocationReleased(Event, source=SOURCE, name="allocation.released"):
    """The resources were given back (Art 34)."""

    allocation_id: UUID
    reason: str
    released_at: datetime
