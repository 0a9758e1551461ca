"""Every event the services publish: one module a producer, one frozen model an event.

`lookup` answers which model a message on the wire is.
"""

from govproject.contracts import acceptance, archive, cloud_alloc, intake, review
from govproject.contracts.event import Event, known

__all__ = ["FOLLOWERS", "PRODUCERS", "Event", "lookup"]

_MODULES = (intake, review, acceptance, archive, cloud_alloc)
PRODUCERS = tuple(module.SOURCE for module in _MODULES)

FOLLOWERS: dict[str, tuple[str, ...]] = {
    "intake": ("review", "acceptance", "archive", "cloud-alloc"),
    "review": ("intake", "acceptance", "archive", "cloud-alloc"),
    "acceptance": ("intake", "archive"),
    "archive": ("acceptance",),
    "cloud-alloc": (),
}
"""Who must not miss a producer's events: it publishes nothing before their queues exist."""


def lookup(source: str, name: str, version: int) -> type[Event] | None:
    """The contract of a message, or None when this build does not know it.

    >>> lookup("intake", "project.declared", 1)
    <class 'govproject.contracts.intake.ProjectDeclared'>
    >>> lookup("intake", "project.declared", 99) is None
    True
    """
    return known().get((source, name, version))
