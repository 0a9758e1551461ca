"""What the workers write down: events that were committed, and every application of one.

Neither table has a constraint that would hide a double.
"""

from random import Random
from uuid import UUID

from sqlmodel import Field, SQLModel

from govproject.persistence.tables import core, table_registry


class Table(SQLModel, registry=table_registry()):
    """Base of the two tables."""


class Committed(Table, table=True):
    """Written by the producer, in the transaction that appended the event."""

    __tablename__ = "chaos_committed"

    id: int | None = Field(default=None, primary_key=True)
    project: UUID
    number: int
    """Counts from 1 in each project; the content of the event as well."""


class Applied(Table, table=True):
    """Written by the consumer's handler, once an application; `id` is their order."""

    __tablename__ = "chaos_applied"

    id: int | None = Field(default=None, primary_key=True)
    project: UUID
    number: int


COMMITTED = core(Committed)
APPLIED = core(Applied)


def projects(seed: int, name: str, count: int) -> list[UUID]:
    """The projects of a producer: two producers share none."""
    chance = Random(f"{seed} {name}")  # noqa: S311  # has to be repeatable, not secret
    return [UUID(int=chance.getrandbits(128), version=4) for _ in range(count)]
