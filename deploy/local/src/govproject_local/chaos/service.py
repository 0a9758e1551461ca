"""`python -m govproject_local.chaos.service NAME`: a service as it is, and a witness beside it.

Added are the journal of applied events, an order to die by and, in a run that shall fail, a planted
mistake. The environment says which: GOVPROJECT_CHAOS_ORDER (a file) and GOVPROJECT_CHAOS_MUTANT.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from govproject.errors import PrerequisiteError
from govproject.messaging import windows
from govproject.persistence.database import Database
from govproject.service import Service
from govproject.settings import Settings
from govproject.web.app import build
from govproject.web.serve import run
from govproject_local.chaos import journal
from govproject_local.chaos.faults import Watcher
from govproject_local.chaos.mutants import MUTANTS
from govproject_local.suite import module

ORDER = "GOVPROJECT_CHAOS_ORDER"
MUTANT = "GOVPROJECT_CHAOS_MUTANT"


def service_of(name: str) -> Service:
    """The service as its composition root describes it."""
    found: Service = import_module(f"{module(name)}.app").SERVICE
    return found


def main(name: str) -> None:
    """Run the service until it is told to stop, or dies."""
    service = service_of(name)
    watcher = Watcher(Path(os.environ[ORDER]))
    windows.watch(watcher)
    if mutant := os.environ.get(MUTANT):
        MUTANTS[mutant].plant()

    def create_app(settings: Settings) -> FastAPI:
        db = Database(settings.database_url)
        try:
            journal.prepare(db)
        except SQLAlchemyError as error:
            raise PrerequisiteError(f"the journal cannot be made: {error}") from error
        finally:
            db.dispose()
        return build(journal.journalled(service, watcher.applied), settings)

    run(create_app)


if __name__ == "__main__":
    main(sys.argv[1])
