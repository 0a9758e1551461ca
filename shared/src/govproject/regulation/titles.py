"""What the duties of the regulation are called in Chinese, by their ids in the ledger."""

import csv
from functools import cache
from importlib.resources import files


@cache
def titles() -> dict[str, str]:
    """Id → title; a department's own rule has none.

    >>> titles()["filing_duplicate"], "own_rule" in titles()
    ('不予立项情形（一）：重复建设', False)
    """
    text = files("govproject.regulation").joinpath("titles.csv").read_text(encoding="utf-8")
    return {row["id"]: row["title"] for row in csv.DictReader(text.splitlines())}
