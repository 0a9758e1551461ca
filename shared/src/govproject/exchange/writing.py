"""Writing tables as a workbook: row by row, with typed cells, and never a formula."""

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from govproject.exchange.columns import Column

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BOLD = Font(bold=True)
_TITLE = Font(bold=True, size=16)
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_SUM = "合计"
# A write-only worksheet; the stubs lack most of what it has.
_Paper = Any


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a title, notes, headings, rows, and sums of the columns that have one."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, Any]]
    """Values by field; None leaves a cell empty."""
    notes: Sequence[str] = ()


def write(*sheets: Sheet) -> BinaryIO:
    """A workbook, from its beginning; the file is gone once it is closed."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet)
    content = tempfile.TemporaryFile()  # noqa: SIM115  # the response that sends it closes it
    book.save(content)
    content.seek(0)
    return content


def _write_sheet(paper: _Paper, sheet: Sheet) -> None:
    above = 2 + len(sheet.notes)
    # Of what stands above the rows, everything has to be said before the first row.
    paper.freeze_panes = f"A{above + 1}"
    paper.print_title_rows = f"{above}:{above}"
    paper.page_setup.orientation = "landscape"
    paper.page_setup.fitToHeight = 0
    paper.sheet_properties.pageSetUpPr.fitToPage = True
    for at, column in enumerate(sheet.columns, start=1):
        paper.column_dimensions[get_column_letter(at)].width = column.kind.width
    paper.append([_text(paper, sheet.title, _TITLE)])
    for note in sheet.notes:
        paper.append([_text(paper, note)])
    paper.append([_text(paper, column.heading, _BOLD) for column in sheet.columns])
    sums = {column.field: Decimal(0) for column in sheet.columns if column.total}
    for row in sheet.rows:
        paper.append([_cell(paper, column, row.get(column.field)) for column in sheet.columns])
        for each in sums:
            sums[each] += row[each]
    if sums:
        paper.append(
            [
                _text(paper, _SUM, _BOLD)
                if not at
                else _cell(paper, column, sums.get(column.field))
                for at, column in enumerate(sheet.columns)
            ]
        )


def _cell(paper: _Paper, column: Column, value: Any) -> Cell | None:
    if value is None:
        return None
    shown = column.kind.show(value)
    if isinstance(shown, str):
        return _text(paper, shown)
    cell = WriteOnlyCell(paper, shown)
    cell.number_format = column.kind.number_format
    cell.alignment = _WRAPPED
    return cell


def _text(paper: _Paper, text: str, font: Font | None = None) -> Cell:
    cell = WriteOnlyCell(paper, _UNWRITABLE.sub("", text))
    # Whatever it begins with it stays a text, here and when an official edits the cell.
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    if font is not None:
        cell.font = font
    else:
        cell.alignment = _WRAPPED
    return cell
