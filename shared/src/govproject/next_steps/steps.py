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
from govproject.regulation.citation import Citation
from govproject.regulation.pack import RulePack
from govproject.web.paging import Page, Paging


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
    ids: Mapping[str, object] = field(default_factory=dict)
    """What stands in the command's address for it, beside the project."""
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
    command: str
    """Method and address, below the API's prefix, with the names that its route gives."""


class Waiting(NamedTuple):
    """What waits for somebody, where a project may have several of the kind."""

    about: str | None = None
    """Which one it is."""
    ids: Mapping[str, object] = {}
    """What stands in the command's address for it, beside the project."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A step that no gate stands before."""

    name: str
    citation: Citation
    by: tuple[Role, ...]
    waits: Callable[[Session, Context, UUID], Iterable[Waiting]]
    """Nothing while the project does not stand before it."""
    command: str
    """As of a step."""
    task: str
    """What is to be done; a sentence."""


def _nowhere(session: Session, context: Context, project_id: UUID) -> None:
    """A service that does not know."""


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What a service tells of its projects."""

    subject: Callable[[Session, Context, UUID], Subject]
    """Raises NotFound for an unknown project, and Forbidden for another unit's."""
    steps: tuple[Step, ...]
    """In the order in which they come."""
    listed: Callable[[Session, Context, Paging], Page[Any]]
    """The projects that the caller may see, each with `id`, `project_name` and `unit`."""
    errands: tuple[Errand, ...] = ()
    """What comes before them."""
    goes_on_in: Callable[[Session, Context, UUID], str | None] = _nowhere
    """The service in which the project is at work, while it is in another."""
