"""Filings from a table: handed in, or corrected (Arts 26, 27)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.exchange.importing import apply
from govproject.exchange.reading import Table, TableRow
from govproject.exchange.results import ImportView, Outcome
from govproject.fields import taken_in
from govproject.terms import FilingCondition, FilingStatus
from govproject_intake import repository
from govproject_intake.columns import FILINGS
from govproject_intake.handlers import exports, filings
from govproject_intake.handlers.table_rows import (
    Uploaded,
    declared,
    must_agree,
    resources,
    uploaded,
)
from govproject_intake.tables import Filing
from govproject_intake.views import FilingContent

_FILES = (
    "internal_review_record_file_id",
    "standalone_basis_file_id",
    "data_sharing_plan_file_id",
)
_OF_THE_PROJECT = ("budget_yuan", "city_system_ref")
_OF_THE_BUREAU = ("status", "irregular_reasons", "submitted_at", "decided_at")
_KNOWN = [column for column in FILINGS if column.field in (*_OF_THE_PROJECT, *_OF_THE_BUREAU)]
_BEFORE_A_CORRECTION = (None, FilingStatus.NONE, FilingStatus.IRREGULAR)


def take_in(session: Session, context: Context, table: Table, skip_bad: bool) -> ImportView:
    """File what is not filed, and correct what the table says otherwise.

    An empty cell leaves what is filed as it is; each of the five conditions is answered.

    Raises:
        Invalid: `rows_invalid`, a project is unknown, a filing cannot be handed in or corrected, or
            the table says of the bureau's findings what is not so.
    """
    known, files = declared(session, context.caller.limited_to), uploaded(session, context)
    stored = {row["project_id"]: row for row in exports.filing_rows(session, context)}

    def one(row: TableRow) -> Outcome:
        project = known.project(row)
        filing = repository.filing_of(session, project.id)
        with taken_in(context.today()):
            content = _content(row, filing, files, stored.get(project.id, {}))
        if filing is None:
            nothing = {**dict.fromkeys(_OF_THE_BUREAU), "status": FilingStatus.NONE}
            must_agree(row, {**project.model_dump(), **nothing}, _KNOWN, "登记")
            filings.submit(session, context, project.id, content)
            return Outcome.ADDED
        is_same = _is_filed(content, filing)
        if (
            is_same
            and filing.status is FilingStatus.SUBMITTED
            and row.values.get("status") in _BEFORE_A_CORRECTION
        ):
            # Taken in before: the table still says how it was then.
            return Outcome.UNCHANGED
        must_agree(row, stored[project.id], _KNOWN, "登记")
        if is_same:
            return Outcome.UNCHANGED
        filings.correct(session, context, filing.id, content)
        return Outcome.CHANGED

    return apply(table, one, skip_bad=skip_bad)


def _content(
    row: TableRow, filing: Filing | None, files: Uploaded, stored: exports.Row
) -> FilingContent:
    """What a row files; of an empty cell, what is filed."""
    values = row.values
    given: dict[str, object] = {
        about: _file(row, about, filing, files, stored.get(about)) for about in _FILES
    }
    for about in ("internal_review_on", "mobile"):
        given[about] = values.get(about)
        if given[about] is None and filing is not None:
            given[about] = getattr(filing, about)
    return FilingContent.model_validate(
        {
            **{about: value for about, value in given.items() if value is not None},
            "conditions": {each: values[each.value] for each in FilingCondition},
            "cloud_plan": resources(row),
        }
    )


def _file(
    row: TableRow, about: str, filing: Filing | None, files: Uploaded, name: str | None
) -> UUID | None:
    text = row.values.get(about)
    filed: UUID | None = getattr(filing, about) if filing is not None else None
    # Of two files with one name, the one that is filed is meant.
    return filed if text in (None, name) else files.file_id(text, about)


def _is_filed(content: FilingContent, filing: Filing) -> bool:
    """Whether a correction would leave everything as it is."""
    return (
        all(
            getattr(content, about) == getattr(filing, about)
            for about in (*_FILES, "internal_review_on", "mobile")
        )
        and [each for each in FilingCondition if content.conditions[each]] == filing.conditions
        and content.cloud_plan in (None, filing.cloud_plan)
    )
