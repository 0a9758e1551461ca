"""Where the lines go that the suite's programs write."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.text import Text

from govproject_local.process import OnLine

COLOURS = ("cyan", "green", "yellow", "blue", "magenta")
# What the prefix or the colour says already.
HIDDEN = {"event", "level", "logger", "service", "timestamp"}
LEVELS = {"warning": "yellow", "error": "red", "critical": "bold red"}


class LogFiles:
    """Writes every line into one file a program, then passes it on."""

    def __init__(self, directory: Path, then: OnLine) -> None:
        directory.mkdir(exist_ok=True)
        self._directory = directory
        self._files: dict[str, TextIO] = {}
        self._then = then

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()

    def __call__(self, name: str, line: str) -> None:  # noqa: D102 - see the class
        if name not in self._files:
            path = self._directory / f"{name}.log"
            self._files[name] = path.open("w", encoding="utf-8", buffering=1)
        self._files[name].write(f"{line}\n")
        self._then(name, line)


class Terminal:
    """Prints the services' lines behind their names.

    A person reads JSON log lines as sentences behind the time on the machine's clock; a program
    that reads along gets them as they are, in UTC.

    Args:
        console: where to.
        names: whose lines; the others' are in the log files.
    """

    def __init__(self, console: Console, names: tuple[str, ...]) -> None:
        self._console = console
        self._colours = dict(zip(names, COLOURS, strict=True))

    def __call__(self, name: str, line: str) -> None:  # noqa: D102 - see the class
        if colour := self._colours.get(name):
            text = _readable(line) if self._console.is_terminal else Text(line)
            self._console.print(Text.assemble((f"{name:>11} | ", colour), text))


def _readable(line: str) -> Text:
    try:
        entry = json.loads(line)
    except ValueError:
        return Text(line)
    if not isinstance(entry, Mapping) or "event" not in entry:
        return Text(line)
    event = Text(str(entry["event"]), style=LEVELS.get(entry.get("level", ""), ""))
    details = "".join(f" {key}={value}" for key, value in entry.items() if key not in HIDDEN)
    return Text.assemble((_clock(entry.get("timestamp")), "dim"), event, (details, "dim"))


def _clock(timestamp: object) -> str:
    """A moment as the clock on the wall shows it; nothing if it is none.

    >>> len(_clock("2026-08-03T01:30:00.123456Z")), _clock("soon"), _clock(None)
    (9, '', '')
    """
    try:
        return f"{datetime.fromisoformat(str(timestamp)).astimezone():%H:%M:%S} "
    except ValueError:
        return ""
