"""The way on from every problem: the article that it rests on, if there is one, and what to do.

Kept beside the code, by a problem's code, so that no refusal is without one (the architecture
tests walk all codes). A refusal with findings has them at each finding, too.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class WayOn(NamedTuple):
    """What a problem document says beside its sentence."""

    article: str | None
    remedy: str


@cache
def ways_on() -> dict[str, WayOn]:
    """All of them, by code.

    >>> ways_on()["approval_number_taken"].article
    '11'
    """
    text = files("govproject.web").joinpath("ways_on.csv").read_text(encoding="utf-8")
    return {
        row["code"]: WayOn(row["article"] or None, row["remedy"])
        for row in csv.DictReader(text.splitlines())
    }
