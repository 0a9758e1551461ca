"""A workbook (.xlsx) as lines: one for each row that is not empty.

Formulas are not computed. What a spreadsheet program last showed for one is used, and a formula
that never was computed is told apart from an empty cell.
"""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from govproject.documents.lines import Collector, Text, unreadable
from govproject.errors import Invalid

MOST_ROWS = 20_000
_MOST_COLUMNS = 200
_MOST_SHEETS = 50
_MIB = 1024 * 1024
_MOST_XML_BYTES = 32 * _MIB
_PLACES = 8

Row = tuple[Any, ...]


def read(content: BinaryIO, name: str) -> Text:
    """The rows of its sheets, in order.

    Args:
        content: a file that `govproject.files.kinds.examine` has passed.
        name: for the error.

    Raises:
        Invalid: `document_unreadable`, it is broken inside; `workbook_too_large`, `too_many_rows`;
            `formula_without_value`, a formula that no spreadsheet program has computed.
    """
    try:
        _must_be_small(content, name)
        with (
            closing(load_workbook(content, read_only=True, data_only=True)) as shown,
            closing(load_workbook(content, read_only=True)) as written,
        ):
            return _lines(list(zip(shown.worksheets, written.worksheets, strict=True)), name)
    except Invalid:
        raise
    # The library lets whatever it stumbles over through.
    except Exception as error:
        raise unreadable(name) from error


def _must_be_small(content: BinaryIO, name: str) -> None:
    """The library keeps all texts of a workbook in memory, and reads a row at a time, slowly."""
    with zipfile.ZipFile(content) as package:
        expanded = sum(
            part.file_size for part in package.infolist() if part.filename[-4:] == ".xml"
        )
    content.seek(0)
    if expanded > _MOST_XML_BYTES:
        raise Invalid(
            "workbook_too_large",
            f"“{name}”的表格展开后超过{_MOST_XML_BYTES // _MIB}MiB，不能自动核对，"
            "请删除空白行和无关内容后重新上传。",
            file=name,
        )


def _lines(sheets: list[tuple[Worksheet, Worksheet]], name: str) -> Text:
    collected = Collector()
    rows = 0
    for shown, written in sheets[:_MOST_SHEETS]:
        for number, values in enumerate(_computed(shown, written, name), start=1):
            if all(value is None or value == "" for value in values):
                continue
            rows += 1
            if rows > MOST_ROWS:
                raise Invalid(
                    "too_many_rows",
                    f"“{name}”超过{MOST_ROWS}行，请拆分后重新上传。",
                    file=name,
                )
            collected.add_row(map(_text, values), f"工作表“{shown.title}”第{number}行")
    return collected.text(
        cut=f"只检查了前{_MOST_SHEETS}个工作表" if len(sheets) > _MOST_SHEETS else None
    )


def _computed(shown: Worksheet, written: Worksheet, name: str) -> Iterator[Row]:
    """Rows of values. A formula that was never computed must not pass for an empty cell."""
    pair = (sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True) for sheet in (shown, written))
    for number, (values, formulas) in enumerate(zip(*pair, strict=True), start=1):
        for at, (value, formula) in enumerate(zip(values, formulas, strict=True)):
            if value is None and formula is not None:
                place = f"工作表“{shown.title}”{get_column_letter(at + 1)}{number}"
                raise Invalid(
                    "formula_without_value",
                    f"“{name}”{place}的公式没有计算结果，请用办公软件打开、保存后重新上传。",
                    file=name,
                    place=place,
                )
        yield values


def _text(value: object) -> str:
    """A value as a line has it: a number without an exponent and without binary noise."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(round(value, _PLACES))).normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
