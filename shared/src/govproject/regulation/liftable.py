"""Which built-in rules of all services an exception can lift: those that say 原则上.

The list is generated from the services' rules, so that one service can tell what another asks.
"""

from functools import cache
from importlib.resources import files


@cache
def in_principle() -> frozenset[str]:
    """The ids of the rules.

    >>> "filing_duplicate" in in_principle(), "no_registration_no_resource" in in_principle()
    (True, False)
    """
    text = files("govproject.regulation").joinpath("in_principle.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
