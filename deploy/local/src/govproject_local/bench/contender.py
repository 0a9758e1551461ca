"""`python -m govproject_local.bench.contender MODULE SETTINGS`: one contender, alone in a process.

All of them get the loop that the services run on.
"""

import json
import sys
from importlib import import_module
from inspect import iscoroutine

import uvloop

from govproject_local.bench.stage import Settings


def main(module: str, settings: str) -> None:
    """Run a contender until its work is done or it is told to stop."""
    work = import_module(f"govproject_local.bench.{module}").run(Settings(**json.loads(settings)))
    if iscoroutine(work):
        uvloop.run(work)


if __name__ == "__main__":
    main(*sys.argv[1:])
