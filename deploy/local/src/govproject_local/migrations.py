"""`./govproject migrate`: brings the five databases to the tables that the code expects."""

from sqlalchemy.exc import SQLAlchemyError

from govproject.errors import PrerequisiteError
from govproject.persistence.database import Database
from govproject.persistence.migrate import upgrade
from govproject_local.suite import SERVICES, Suite, module


def migrate(suite: Suite) -> None:
    """Migrate the databases of a suite that does not run (services also do it as they start).

    Raises:
        PrerequisiteError: a database cannot be reached or written.
    """
    try:
        suite.directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PrerequisiteError(
            f"cannot make {suite.directory} ({error}): choose another directory with --data"
        ) from error
    for service in SERVICES:
        database = Database(suite.database_url(service))
        try:
            upgrade(database, module(service))
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
            raise PrerequisiteError(
                f"the database of {service} cannot be migrated ({reason}): check --database,"
                " and that it runs and can be written"
            ) from error
        finally:
            database.dispose()
