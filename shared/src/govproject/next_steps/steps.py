"""How a service names the steps that its projects stand before: which gate, when, which facts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.facts import Facts
from govproject.gates import Gate
from govproject.identity import Role
from govproject.regulation.pack import RulePack


class Subject(NamedTuple):
    """Which project it is, as far as the service knows."""

    project_name: str | None
    unit: str | None
    codes: tuple[tuple[str, str], ...] = ()
    """What people know it by: what each number is, and the number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A gate's facts of a stored project, collected by what the command's handler collects with."""

    facts: Facts
    """As stored. What only the command will bring is absent."""
    pack: RulePack
    brought: Mapping[str, Any] = field(default_factory=dict)
    """Those facts by name, each said as a command would that no rule objects to."""
    at_worst: Mapping[str, Any] = field(default_factory=dict)
    """Those of which no silence but a word is objected to, each said so that the rules object."""
    about: str | None = None
    """Which one it is, where a project stands before several of the kind."""
    record_id: UUID | None = None
    """That one's id, which the command's address needs."""
    papers: bool = False
    """Whether it brings papers, so that a command without them is refused: each is then named."""


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of step."""

    name: str
    gate: Gate[Facts]
    by: tuple[Role, ...]
    """Whose command it is."""
    asked: Callable[[Session, Context, UUID], Iterable[Asked]]
    """Nothing while the project does not stand before it."""


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What a service tells of its projects."""

    subject: Callable[[Session, Context, UUID], Subject]
    """Raises NotFound for an unknown project, and Forbidden for another unit's."""
    steps: tuple[Step, ...]
    """In the order in which they come."""
