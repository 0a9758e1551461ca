"""Applying a table's rows: all of them or none, unless asked to leave the bad ones out."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from pydantic import ValidationError

from govproject.errors import ProblemError, Refused
from govproject.exchange.cells import Doubt
from govproject.exchange.reading import Table, TableRow
from govproject.exchange.results import (
    MOST_SHOWN,
    BadCell,
    ImportView,
    Outcome,
    RowView,
    rows_invalid,
)
from govproject.web.phrases import phrase
from govproject.web.ways_on import ways_on


class Done(NamedTuple):
    """What a row did, and what it has to be told."""

    outcome: Outcome
    warnings: tuple[str, ...]
    """Chinese sentences."""


class BadRow(Exception):  # noqa: N818  # named for what it says
    """A row that makes sense by itself and cannot be applied.

    Args:
        message: a Chinese sentence.
        about: the field that it is about; None for the whole row.
    """

    def __init__(self, message: str, about: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.about = about


def apply(table: Table, one: Callable[[TableRow], Outcome | Done], *, skip_bad: bool) -> ImportView:
    """Apply each row in turn, and say what became of it.

    Args:
        table: what was read.
        one: applies a row. It raises `BadRow`, a `ProblemError` or the `ValidationError` of a
            command with the row's fields, before it has changed anything.
        skip_bad: apply the good rows although there are bad ones.

    Raises:
        Invalid: `rows_invalid`, there are bad rows; whatever was applied is to be rolled back.
    """
    bad, done = list(table.bad), list[RowView]()
    for row in table.rows:
        try:
            done.append(_view(row, one(row)))
        except BadRow as error:
            bad.append(row.bad(error.message, error.about))
        except ValidationError as error:
            bad += _fields(row, error)
        except ProblemError as error:
            bad.append(refused(row, error))
    bad.sort(key=lambda each: (each.sheet, each.row))
    if bad and not skip_bad:
        raise rows_invalid(bad)
    return ImportView(
        rows=done,
        counts=Counter(row.outcome for row in done),
        bad=bad[:MOST_SHOWN],
        bad_total=len(bad),
        ignored_columns=table.ignored_columns,
        skipped_sheets=table.skipped_sheets,
    )


def refused(row: TableRow, error: ProblemError) -> BadCell:
    """A row that a command refuses, with what to do about it as the same refusal says elsewhere."""
    # Like every other message, without its stop: whoever quotes it adds one.
    return row.bad(error.detail.removesuffix("。"), remedy=_way_on(error))


def _view(row: TableRow, did: Outcome | Done) -> RowView:
    outcome, warnings = did if isinstance(did, Done) else (did, ())
    doubts = [_pointed_out(row, about, doubt) for about, doubt in row.doubts.items()]
    told = [*doubts, *warnings]
    return RowView(sheet=row.sheet, row=row.number, outcome=outcome, warnings=told)


def _pointed_out(row: TableRow, about: str, doubt: Doubt) -> str:
    heading, place = row.cells[about]
    return f"{place}“{heading}”{doubt.message}"


def _way_on(error: ProblemError) -> str | None:
    if isinstance(error, Refused):
        blocking = [f for f in error.findings if f.severity == "block" and f.lifted_by is None]
        return "".join(dict.fromkeys(finding.remedy for finding in blocking))
    way = ways_on().get(error.code)
    return way.remedy if way else None


def _fields(row: TableRow, error: ValidationError) -> list[BadCell]:
    return [
        row.bad(
            phrase(each["type"], each["msg"], each.get("ctx") or {}),
            str(each["loc"][0]) if each["loc"] else None,
        )
        for each in error.errors()
    ]
