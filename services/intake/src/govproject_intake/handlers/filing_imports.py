"""Filings from a table: handed in, or corrected (Arts 26, 27)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.exchange.importing import BadRow, apply
from govproject.exchange.reading import Table, TableRow
from govproject.exchange.results import ImportView, Outcome
from govproject.fields import taken_in
from govproject.resources import Resources
from govproject.terms import FilingCondition, FilingStatus
from govproject_intake import repository
from govproject_intake.columns import FILINGS
from govproject_intake.handlers import exports, filings
from govproject_intake.handlers.table_rows import (
    Uploaded,
    declared,
    disagreements,
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
_FILED = [
    column
    for column in FILINGS
    if column.field
    in (
        *_FILES,
        "internal_review_on",
        *(condition.value for condition in FilingCondition),
        "mobile",
        *Resources.model_fields,
    )
]
_BEFORE_A_CORRECTION = (None, FilingStatus.NONE, FilingStatus.IRREGULAR)


def take_in(session: Session, context: Context, table: Table, skip_bad: bool) -> ImportView:
    """File what is not filed, and correct what the table says otherwise.

    An empty cell leaves what is filed as it is; each of the five conditions is answered.

    Raises:
        Invalid: `rows_invalid`, a project is unknown, a filing cannot be handed in or corrected, a
            correction is of an earlier revision than the present one, or the table says of the
            bureau's findings what is not so.
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
        if not is_same:
            _must_be_of_the_present(row, filing, stored[project.id])
        must_agree(row, stored[project.id], _KNOWN, "登记")
        if is_same:
            return Outcome.UNCHANGED
        filings.correct(session, context, filing.id, content)
        return Outcome.CHANGED

    return apply(table, one, skip_bad=skip_bad)


def _must_be_of_the_present(row: TableRow, filing: Filing, stored: exports.Row) -> None:
    """A table from before a correction would undo it; one that names none knows of none.

    Raises:
        BadRow: at the first cell that says otherwise, with what is filed and what the table says.
    """
    of = row.values.get("revision") or 1
    if of == filing.revision:
        return
    differing = disagreements(row, stored, _FILED)
    both = "；".join(
        f"{column.heading}登记的是{known}，表中是{given}" for column, known, given in differing
    )
    raise BadRow(
        f"报备现为第{filing.revision}版，表中是第{of}版，导入会改回此后的更正"
        f"{f'：{both}' if both else ''}；确需更正的，请核对后在“报备版次”列填写{filing.revision}",
        differing[0][0].field if differing else "revision",
    )


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
