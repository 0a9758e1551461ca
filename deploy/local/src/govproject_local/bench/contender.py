"""`python -m govproject_local.bench.contender MODULE:FUNCTION SETTINGS`: alone in a process.

All that are asynchronous get the loop that the services run on.
"""

import json
import sys
from importlib import import_module
from inspect import iscoroutine

import uvloop

from govproject_local.bench.stage import Settings


def main(name: str, settings: str) -> None:
    """Run a contender until its work is done or it is told to stop."""
    module, _, function = name.partition(":")
    contender = import_module(f"govproject_local.bench.{module}")
    work = getattr(contender, function)(Settings(**json.loads(settings)))
    if iscoroutine(work):
        uvloop.run(work)


if __name__ == "__main__":
    main(*sys.argv[1:])
