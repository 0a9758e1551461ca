"""The services' databases, opened directly: whether the services run does not matter."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from govproject.errors import PrerequisiteError
from govproject.persistence.database import Database
from govproject.persistence.migrate import is_current
from govproject_local.suite import SERVICES, Suite


@contextmanager
def opened(data: Path, template: str | None, services: list[str]) -> Iterator[dict[str, Database]]:
    """The databases of these services, all five when none is named, by name.

    Raises:
        PrerequisiteError: there is no such service, or a database is missing, cannot be reached or
            lacks its tables; also when one fails while it is in use.
    """
    for name in services:
        if name not in SERVICES:
            raise PrerequisiteError(
                f"there is no service {name}; name one of {', '.join(SERVICES)}"
            )
    if template is None and not data.is_dir():
        raise PrerequisiteError(f"{data} does not exist: name the suite's directory with --data")
    if template is not None and "{service}" not in template:
        raise PrerequisiteError(
            "--database names one database for all: put {service} where their names differ"
        )
    suite = Suite(data, database=template)
    at = ""
    try:
        with ExitStack() as stack:
            databases = {}
            for name in SERVICES:
                if name in services or not services:
                    at = f" of {name}"
                    databases[name] = _open(suite, name)
                    stack.callback(databases[name].dispose)
                    _require_tables(databases[name], name, data)
            at = ""
            yield databases
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        raise PrerequisiteError(
            f"the database{at} cannot be used ({reason}): check --data or --database,"
            " and that it runs and can be written"
        ) from error


def _open(suite: Suite, service: str) -> Database:
    url = suite.database_url(service)
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
            raise PrerequisiteError(
                f"{service} has no database at {parsed.database}: run ./govproject up first,"
                " or name the right place with --data or --database"
            )
        return Database(url)
    except (ArgumentError, ValueError, ImportError) as error:
        reason = str(error).partition("\n")[0]
        raise PrerequisiteError(f"--database is no address of a database: {reason}") from error


def _require_tables(database: Database, service: str, data: Path) -> None:
    if not is_current(database):
        raise PrerequisiteError(
            f"the database of {service} has not the tables that this version expects:"
            f" run ./govproject migrate --data {data}"
        )
