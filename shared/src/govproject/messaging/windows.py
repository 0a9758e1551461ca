"""The windows between the durable steps of the protocol, in which a process may die.

Each is named in the code at the place where it opens. A test can watch them, and end the process
there: what the protocol promises then has to hold without luck.
"""

from collections.abc import Callable
from enum import StrEnum


class Window(StrEnum):
    """A moment at which one step is done and the next is not."""

    APPENDED = "appended"
    """Producer: effects and events are written, not committed."""
    COMMITTED = "committed"
    """Producer: they are committed, and the relay does not know yet."""
    LEASED = "leased"
    """Relay: slots are leased, nothing has been read."""
    PUBLISHED = "published"
    """Relay: the broker has confirmed an event; others, sent together with it, are on their way."""
    CONFIRMED = "confirmed"
    """Relay: the broker has confirmed, nothing is marked."""
    MARKED = "marked"
    """Relay: events are marked as published."""
    DELIVERED = "delivered"
    """Consumer: messages have arrived, nothing has been done with them."""
    APPLIED = "applied"
    """Consumer: effects, marks and cursors are written, not committed."""
    RECORDED = "recorded"
    """Consumer: they are committed, the broker does not know yet."""
    ACKNOWLEDGED = "acknowledged"
    """Consumer: the acknowledgement is on its way."""


Watcher = Callable[[Window], None]

_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Call `watcher`, in whichever thread, each time this process passes a window."""
    _watchers.append(watcher)


def passing(window: Window) -> None:
    """Say that this process is in a window now."""
    for watcher in _watchers:
        watcher(window)
