"""What adapters are given and must provide: the municipal system, the cloud, conflict checks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from govproject.resources import Resources


@dataclass(frozen=True, slots=True)
class CityRegistration:
    """A project to be registered in the municipal system (Art 3)."""

    project_id: UUID
    project_name: str
    unit: str
    typed_reference: str | None


@dataclass(frozen=True, slots=True)
class ExpertConflictCase:
    """An expert who could be drawn for a project (Art 10; recusal is our policy)."""

    expert_name: str
    employer: str
    declared_conflicts: tuple[str, ...]
    project_id: UUID
    project_name: str
    unit: str


@dataclass(frozen=True, slots=True)
class CloudOrder:
    """One thing the cloud must do. `key` is the same on every retry of the same order."""

    key: str
    project_id: UUID
    allocation_id: UUID
    resources: Resources


class FileStore(Protocol):
    """A place for contents, each under the SHA-256 of what it contains, in hexadecimal.

    Both are called in worker threads. An `OSError` is answered with 503: the same may work later.
    """

    name: str

    def keep(self, digest: str, content: Path) -> None:
        """Store a copy of this file, durably, before returning. Storing it again is no error."""

    def open(self, digest: str) -> BinaryIO:
        """The content, for reading; the caller closes it. Raises FileNotFoundError."""


class CloudProvider(Protocol):
    """A cloud that can be told to provide, hold back and give up resources.

    Each call is repeated with the same `order.key` until it answers, so it must be idempotent.
    The answer is proof for the record: what was read back from the cloud, as JSON values.
    """

    name: str

    def provision(self, order: CloudOrder) -> dict[str, Any]:
        """Provide the resources."""

    def suspend(self, order: CloudOrder) -> dict[str, Any]:
        """Hold the resources back, reversibly (Art 29)."""

    def resume(self, order: CloudOrder) -> dict[str, Any]:
        """Make suspended resources usable again."""

    def release(self, order: CloudOrder) -> dict[str, Any]:
        """Give the resources up for good (Art 34)."""

    def observe(self, order: CloudOrder) -> dict[str, Any]:
        """Read back what is there."""
