"""What an import says of each row."""

from pydantic import Field

from govproject.errors import Invalid
from govproject.fields import View
from govproject.terms import Term

MOST_SHOWN = 200


class Outcome(Term):
    """What a row did."""

    ADDED = "added", "新增"
    CHANGED = "changed", "更新"
    REMOVED = "removed", "移出"
    UNCHANGED = "unchanged", "无变化"


class BadCell(View):
    """What is wrong, and where; the column is null when it is the whole row."""

    sheet: str
    row: int
    """As a spreadsheet program shows it."""
    column: str | None
    """Its heading."""
    place: str
    """Such as C5, or the row alone."""
    message: str
    remedy: str | None = None
    """What to do about it, where the message alone does not say so."""


class RowView(View):
    """What one row did."""

    sheet: str
    row: int
    outcome: Outcome
    warnings: list[str] = Field(default_factory=list)


class ImportView(View):
    """What an import did, row by row; bad rows have no effect."""

    rows: list[RowView]
    counts: dict[Outcome, int]
    bad: list[BadCell]
    """The first 200."""
    bad_total: int
    ignored_columns: list[str]
    """Headings that this import does not take."""
    skipped_sheets: list[str]
    """Hidden sheets, and those without the table's headings."""


def rows_invalid(bad: list[BadCell]) -> Invalid:
    """The answer to a table with bad rows: all of them at once, and nothing imported."""
    first = bad[0]
    return Invalid(
        "rows_invalid",
        f"表格中有{len(bad)}处问题，没有导入任何内容。第一处在工作表“{first.sheet}”{first.place}："
        f"{first.message}。",
        bad=[each.model_dump(mode="json") for each in bad[:MOST_SHOWN]],
        bad_total=len(bad),
    )
