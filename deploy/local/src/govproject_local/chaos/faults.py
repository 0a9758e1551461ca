"""Ends a process in a chosen window of the protocol.

A file says in which window and at which passing of it from now on; it can be written while the
process runs. Before the process ends itself, the file is renamed: nobody dies twice of one order,
and whoever gave it can see that it was carried out.
"""

import os
import signal
import threading
from pathlib import Path

from govproject.messaging.windows import Window

_CARRIED_OUT = ".hit"
# Heartbeats arrive as well. To die over a batch of nothing else would prove nothing.
_OF_EVENTS = frozenset({Window.APPLIED, Window.RECORDED, Window.ACKNOWLEDGED})


def arm(order: Path, window: Window, nth: int) -> None:
    """Order the process that watches this file to end at its `nth` passing of the window."""
    order.with_suffix(_CARRIED_OUT).unlink(missing_ok=True)
    draft = order.with_suffix(".draft")
    draft.write_text(f"{window} {nth}")
    draft.rename(order)


def disarm(order: Path) -> None:
    """Take the order back, unless it was carried out already."""
    order.unlink(missing_ok=True)


def carried_out(order: Path) -> bool:
    """Tell whether the last order was carried out."""
    return order.with_suffix(_CARRIED_OUT).exists()


class Watcher:
    """Counts the windows that this process passes, as far as its order asks.

    Args:
        order: the file; it need not exist.
    """

    def __init__(self, order: Path) -> None:
        self._order = order
        self._turn = threading.Lock()
        self._version: tuple[int, int] | None = None
        self._window: Window | None = None
        self._left = 0
        self._events = False

    def applied(self) -> None:
        """Be told that an event is applied: the batch at hand is worth dying over."""
        self._events = True

    def __call__(self, window: Window) -> None:
        """End the process if this is the passing that was ordered."""
        with self._turn:
            if window is Window.DELIVERED:
                self._events = False
            if window in _OF_EVENTS and not self._events:
                return
            if not self._read() or window is not self._window:
                return
            self._left -= 1
            if self._left == 0 and self._confirm():
                os.kill(os.getpid(), signal.SIGKILL)

    def _read(self) -> bool:
        try:
            found = self._order.stat()
            if (version := (found.st_ino, found.st_mtime_ns)) != self._version:
                window, nth = self._order.read_text().split()
                self._version, self._window, self._left = version, Window(window), int(nth)
        except FileNotFoundError:
            return False
        return True

    def _confirm(self) -> bool:
        try:
            self._order.rename(self._order.with_suffix(_CARRIED_OUT))
        except FileNotFoundError:
            return False  # taken back a moment ago
        return True
