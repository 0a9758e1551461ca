"""How far long work has come, on stderr: in one line of a terminal, else a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from govproject_local import running

_EVERY_SECONDS = 10.0
_INTERRUPTED = 130
"""As a shell has it: 128 and the number of SIGINT."""
_CLEAR = "\r\x1b[K"


@contextmanager
def told(
    work: str,
    total: int,
    *,
    stopped: Callable[[], str],
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Callable[[str], None]]:
    """Work of several steps, which calls what it is given at the beginning of each.

    Args:
        work: what is done.
        total: in how many steps.
        stopped: a sentence for who ends it with Ctrl-C: what is done, and what is not.
        clock: in seconds; where there is no terminal, it decides which steps are told.

    Raises:
        typer.Exit: it was ended.
    """
    on_terminal = sys.stderr.isatty()
    begun = 0
    told_at = clock()

    def begin(step: str) -> None:
        nonlocal begun, told_at
        begun += 1
        if on_terminal:
            print(f"{_CLEAR}{work} {begun}/{total}: {step} …", end="", file=sys.stderr, flush=True)
        elif (now := clock()) - told_at >= _EVERY_SECONDS:
            told_at = now
            running.say(f"{work} {begun}/{total}: {step} …")

    try:
        try:
            yield begin
        finally:
            if on_terminal:
                print(_CLEAR, end="", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        running.say(f"{work} stopped at {begun}/{total}: {stopped()}")
        raise typer.Exit(_INTERRUPTED) from None
