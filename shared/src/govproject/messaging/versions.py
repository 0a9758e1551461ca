"""As which version a consumer takes an event, when several stand side by side.

Consumers come first: whoever handles the newest version gets older messages upgraded to it.
"""

from govproject.contracts import Event, lookup
from govproject.messaging.delivery import Handlers

_UP, _DOWN = 1, -1


def handled(contract: type[Event], handlers: Handlers) -> type[Event] | None:
    """The version as which a consumer takes messages of this one; None: they do not interest it.

    It is this one, or else the next newer one that it handles. An older one is the answer only when
    the consumer is behind: it must not pass over what it would have to act on.
    """
    if contract in handlers:
        return contract
    for direction in (_UP, _DOWN):
        other = _version(contract, direction)
        while other is not None:
            if other in handlers:
                return other
            other = _version(other, direction)
    return None


def upgraded(event: Event, to: type[Event]) -> Event:
    """The event as the newer version `to`, step by step.

    Raises:
        LookupError: `to` is older.
        TypeError: a version does not become the next one of the same stream.
    """
    if to.version < event.version:
        raise LookupError(f"{event.name} v{event.version} is handled up to v{to.version} only")
    while type(event) is not to:
        newer = event.upgraded()
        if (
            type(newer) is not _version(type(event), _UP)
            or newer.aggregate_id != event.aggregate_id
        ):
            raise TypeError(f"{type(event).__name__} does not become its next version")
        event = newer
    return event


def _version(contract: type[Event], direction: int) -> type[Event] | None:
    return lookup(contract.source, contract.name, contract.version + direction)
