"""A workbook (.xlsx) as lines, or as sheets of values: one for each row that is not empty.

Formulas are not computed. What a spreadsheet program last showed for one is used, and a formula
that never was computed is told apart from an empty cell.
"""

import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from govproject.documents.lines import Collector, Text, unreadable
from govproject.errors import Invalid

MOST_ROWS = 20_000
MOST_WITH_EMPTY_ROWS = 50_000
_MOST_COLUMNS = 200
_LAST_COLUMN = get_column_letter(_MOST_COLUMNS)
_MOST_SHEETS = 50
_MIB = 1024 * 1024
_MOST_XML_BYTES = 32 * _MIB
_PLACES = 8
_ROW = f"{{{SHEET_MAIN_NS}}}row"
_TRUE = ("1", "true")

# Empty cells that have a format count, too: a row that ends far to the right is read as wide.
_MOST_CELLS = MOST_WITH_EMPTY_ROWS * _MOST_COLUMNS

Row = tuple[Any, ...]
_Pair = tuple[Worksheet, Worksheet]
"""A sheet as it shows, and as it is written, with formulas."""


class Sheet(NamedTuple):
    """One sheet's rows that are not empty, without empty cells at their ends."""

    title: str
    is_hidden: bool
    rows: list[tuple[int, Row]]
    """With the numbers that a spreadsheet program shows."""
    hidden: frozenset[int]
    """The numbers of the rows that it does not show: hidden, or filtered out."""


def read(content: BinaryIO, name: str) -> Text:
    """The rows of its sheets, in order.

    Args:
        content: a file that `govproject.files.kinds.examine` has passed.
        name: for the error.

    Raises:
        Invalid: `document_unreadable`, it is broken inside; `workbook_too_large`, `too_many_rows`;
            `too_many_columns`, for none may be left out; `formula_without_value`, a formula that
            no spreadsheet program has computed.
    """
    with _opened(content, name) as pairs:
        collected = Collector()
        for title, number, values in _rows(pairs[:_MOST_SHEETS], name):
            collected.add_row(map(_text, values), f"工作表“{title}”第{number}行")
        return collected.text(
            cut=f"只检查了前{_MOST_SHEETS}个工作表" if len(pairs) > _MOST_SHEETS else None
        )


def sheets(content: BinaryIO, name: str) -> list[Sheet]:
    """Its sheets with their values as they are, hidden ones included but unread.

    Args:
        content: a file that `govproject.files.kinds.examine` has passed.
        name: for the error.

    Raises:
        Invalid: as `read`; `too_many_sheets`, for none may be left out.
    """
    with _opened(content, name) as pairs:
        if len(pairs) > _MOST_SHEETS:
            raise Invalid(
                "too_many_sheets",
                f"“{name}”超过{_MOST_SHEETS}个工作表。",
                file=name,
            )
        found = {
            shown.title: Sheet(shown.title, shown.sheet_state != "visible", [], _hidden_rows(shown))
            for shown, _ in pairs
        }
        visible = [pair for pair in pairs if not found[pair[0].title].is_hidden]
        for title, number, values in _rows(visible, name):
            width = max(at for at, value in enumerate(values, start=1) if not _is_blank(value))
            found[title].rows.append((number, values[:width]))
        return list(found.values())


@contextmanager
def _opened(content: BinaryIO, name: str) -> Iterator[list[_Pair]]:
    try:
        _must_be_small(content, name)
        with (
            closing(load_workbook(content, read_only=True, data_only=True)) as shown,
            closing(load_workbook(content, read_only=True)) as written,
        ):
            yield list(zip(shown.worksheets, written.worksheets, strict=True))
    except Invalid:
        raise
    # The library lets whatever it stumbles over through.
    except Exception as error:
        raise unreadable(name) from error


def _must_be_small(content: BinaryIO, name: str) -> None:
    """The library keeps all texts of a workbook in memory, and reads a row at a time, slowly."""
    with zipfile.ZipFile(content) as package:
        expanded = sum(part.file_size for part in package.infolist() if _expands(part))
    content.seek(0)
    if expanded > _MOST_XML_BYTES:
        raise Invalid(
            "workbook_too_large",
            f"“{name}”的表格展开后超过{_MOST_XML_BYTES // _MIB}MiB，不能自动核对。",
            file=name,
        )


def _expands(part: zipfile.ZipInfo) -> bool:
    """Whether a part counts: photographs do not get smaller, and a sheet may have any name."""
    return part.filename.lower().endswith(".xml") or part.file_size > 2 * part.compress_size


def _rows(pairs: list[_Pair], name: str) -> Iterator[tuple[str, int, Row]]:
    """Title of the sheet, number and values of each row that is not empty."""
    rows = passed = cells = 0
    for shown, written in pairs:
        for number, values in enumerate(_computed(shown, written, name), start=1):
            passed += 1
            if passed > MOST_WITH_EMPTY_ROWS:
                # One cell at the very bottom makes a million rows of a small file.
                raise Invalid(
                    "too_many_rows",
                    f"“{name}”的工作表“{shown.title}”在第{number}行以下仍有内容或格式，"
                    f"连同空白行超过{MOST_WITH_EMPTY_ROWS}行。",
                    file=name,
                )
            cells += len(values)
            _must_be_narrow(shown.title, number, values, cells, name)
            is_empty = all(map(_is_blank, values))
            rows += not is_empty
            if rows > MOST_ROWS:
                raise Invalid(
                    "too_many_rows",
                    f"“{name}”超过{MOST_ROWS}行。",
                    file=name,
                )
            if not is_empty:
                yield shown.title, number, values


def _must_be_narrow(title: str, number: int, values: Row, cells: int, name: str) -> None:
    """What stands far to the right is refused, for it would be lost."""
    beyond = enumerate(values[_MOST_COLUMNS:], start=_MOST_COLUMNS + 1)
    at = next((at for at, value in beyond if not _is_blank(value)), None)
    if at is not None or cells > _MOST_CELLS:
        place = f"{get_column_letter(at or len(values))}{number}"
        raise Invalid(
            "too_many_columns",
            f"“{name}”的工作表“{title}”{place}在第{_MOST_COLUMNS}列（{_LAST_COLUMN}列）以右，"
            "其内容或格式不会被读取。",
            file=name,
            place=place,
        )


def _hidden_rows(sheet: Worksheet) -> frozenset[int]:
    """The library reads a large workbook without what its rows look like."""
    found, number = set[int](), 0
    with sheet._get_source() as source:  # type: ignore[attr-defined]  # noqa: SLF001  # no other way
        for _, element in iterparse(source):
            if element.tag == _ROW:
                number = int(element.get("r", number + 1))
                if number > MOST_WITH_EMPTY_ROWS:
                    break  # such a sheet is refused when it is read
                if element.get("hidden") in _TRUE:
                    found.add(number)
                element.clear()
    return frozenset(found)


def _is_blank(value: object) -> bool:
    return value is None or value == ""


def _computed(shown: Worksheet, written: Worksheet, name: str) -> Iterator[Row]:
    """Rows of values. A formula that was never computed must not pass for an empty cell."""
    for sheet in (shown, written):
        # What a file says of its own size is often wrong, and rows beyond it would be lost.
        sheet.reset_dimensions()  # type: ignore[attr-defined]  # read-only sheets have it
    pair = (sheet.iter_rows(values_only=True) for sheet in (shown, written))
    for number, (values, formulas) in enumerate(zip(*pair, strict=True), start=1):
        if values != formulas:
            _must_be_computed(values, formulas, shown.title, number, name)
        yield values


def _must_be_computed(values: Row, formulas: Row, title: str, number: int, name: str) -> None:
    for at, (value, formula) in enumerate(zip(values, formulas, strict=True), start=1):
        if value is None and formula is not None:
            place = f"工作表“{title}”{get_column_letter(at)}{number}"
            raise Invalid(
                "formula_without_value",
                f"“{name}”{place}的公式没有计算结果。",
                file=name,
                place=place,
            )


def _text(value: object) -> str:
    """A value as a line has it: a number without an exponent and without binary noise."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(round(value, _PLACES))).normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
