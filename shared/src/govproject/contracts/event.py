"""What every published event has: a producer, a name, a version and the project it is about.

Fields of a published version are never removed, renamed or given another meaning;
a breaking change is a new version beside the old one: `class X2(Event, …, version=2)`.
"""

from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

_known: dict[tuple[str, str, int], type["Event"]] = {}


class Event(BaseModel):
    """A fact about one project, in the past tense. Unknown fields are ignored when read."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    source: ClassVar[str]
    name: ClassVar[str]
    version: ClassVar[int]
    aggregate_type: ClassVar[str] = "project"

    project_id: UUID
    """The project that the event is about, and its stream."""

    def __init_subclass__(
        cls, *, source: str | None = None, name: str | None = None, version: int = 1, **kwargs: Any
    ) -> None:
        """Register the event: `class X(Event, source="intake", name="project.declared")`.

        Without a source it is no event, but a shape that several producers fill:
        `class Opened(Event, name="obligation.opened")`, then `class X(Opened, source="review")`.
        """
        super().__init_subclass__(**kwargs)
        if name is not None:
            cls.name, cls.version = name, version
        if source is None:
            return
        if not hasattr(cls, "name"):
            raise TypeError(f"an event of {source} has no name: {cls.__name__}")
        if (source, cls.name, cls.version) in _known:
            raise TypeError(f"event {source} {cls.name} v{cls.version} is declared twice")
        cls.source = source
        _known[source, cls.name, cls.version] = cls

    @property
    def aggregate_id(self) -> str:
        """The stream in which this event has its place: events of one project stay in order."""
        return str(self.project_id)

    def upgraded(self) -> "Event":
        """This event as the next version; itself when there is none, or no way to it.

        A version that overrides this needs no handler of its own: that of the newer one gets it.
        """
        return self


def known() -> dict[tuple[str, str, int], type[Event]]:
    """All declared events by (source, name, version)."""
    return _known
