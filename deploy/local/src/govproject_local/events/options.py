"""How a command line says which events it means."""

import os
import pwd
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from pydantic import TypeAdapter, ValidationError

from govproject.clock import SHANGHAI, system_clock
from govproject.errors import PrerequisiteError
from govproject.fields import LongText
from govproject.messaging.operations import Filter, Selection
from govproject_local.suite import SERVICES

T = TypeVar("T", bound=Filter)

Data = Annotated[Path, typer.Option(help="The suite's data directory.")]
DatabaseTemplate = Annotated[
    str | None,
    typer.Option(
        help="Database address with {service} in it, e.g."
        " postgresql+psycopg://user@host/govproject_{service}. SQLite files in --data by default."
    ),
]
Services = Annotated[
    list[str], typer.Option("--service", help="Only this service; may be repeated. Default: all.")
]
Ids = Annotated[list[UUID], typer.Option("--id", help="The event of this id; may be repeated.")]
Key = Annotated[str | None, typer.Option(help="Events about the project of this id.")]
Class = Annotated[
    str | None,
    typer.Option(
        "--class",
        help="Events of this type, or whose type begins so: filing, filing.accepted,"
        " govproject.intake.filing.accepted.v1.",
    ),
]
Source = Annotated[str | None, typer.Option(help="Events that this service published.")]
Since = Annotated[
    str | None,
    typer.Option(
        help="Events since then: 2026-08-03T09:00, in Asia/Shanghai unless a zone is given,"
        " or 90s, 30m, 2h, 3d ago. What came counts from its receipt, what left from its writing."
    ),
]
Until = Annotated[str | None, typer.Option(help="Events before then; written as --since is.")]
Everything = Annotated[
    bool, typer.Option("--all", help="All events; needed when no condition is given.")
]
Reason = Annotated[str | None, typer.Option(help="Why; kept in the record of actions.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, change nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]

# What a repeatable option is when it is not given: typer wants a list, which nobody changes.
NO_SERVICES: list[str] = []
NO_IDS: list[UUID] = []

_AGO = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_MEANT = {
    "ids": "--id may be given 1000 times at most",
    "key": "--key is the id of a project",
    "type": "--class is a type of events or its beginning, such as filing.accepted",
    "source": "--source is a service",
    "since": "--since lies between 1990 and 2099",
    "until": "--until lies between 1990 and 2099",
}


@dataclass(frozen=True)
class Asked:
    """The conditions as they were typed.

    Raises:
        PrerequisiteError: by the methods; a value makes no sense.
    """

    key: str | None = None
    type: str | None = None
    source: str | None = None
    since: str | None = None
    until: str | None = None

    def filter(self) -> Filter:
        """What to show; everything unless something is said."""
        return _understood(Filter, **self._values())

    def selection(self, ids: list[UUID], *, everything: bool) -> Selection:
        """What to do something to."""
        values = self._values()
        if not ids and not values and not everything:
            raise PrerequisiteError(
                "say which events: --id, --key, --class, --source, --since, --until, or --all"
            )
        if everything and (ids or values):
            raise PrerequisiteError("--all goes with no other condition: leave one of them out")
        return _understood(Selection, ids=tuple(ids), all=everything, **values)

    def _values(self) -> dict[str, object]:
        if self.source is not None and self.source not in SERVICES:
            raise PrerequisiteError(
                f"there is no service {self.source}; name one of {', '.join(SERVICES)}"
            )
        values = {
            "key": self.key,
            "type": self.type,
            "source": self.source,
            "since": None if self.since is None else _moment("--since", self.since),
            "until": None if self.until is None else _moment("--until", self.until),
        }
        return {name: value for name, value in values.items() if value is not None}


def reason(text: str | None) -> str | None:
    """A reason that can be kept.

    Raises:
        PrerequisiteError: it is blank, too long or contains control characters.
    """
    try:
        return None if text is None else TypeAdapter[str](LongText).validate_python(text)
    except ValidationError:
        raise PrerequisiteError("--reason is a text of 1 to 4000 visible characters") from None


def actor() -> str:
    """Who runs this command, for the record: not what the environment says but whom it is."""
    try:
        return f"cli:{pwd.getpwuid(os.getuid()).pw_name}"
    except KeyError:
        return f"cli:{os.getuid()}"


def _moment(option: str, text: str) -> datetime:
    if ago := _AGO.fullmatch(text):
        return system_clock() - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise PrerequisiteError(
            f"{option} is a moment such as 2026-08-03T09:00, or a time ago such as 2h"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _understood(kind: type[T], **values: object) -> T:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        where = error.errors()[0]["loc"]
        meant = _MEANT[str(where[0])] if where else "--until must be later than --since"
        raise PrerequisiteError(meant) from None
