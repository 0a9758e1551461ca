"""A workbook (.xlsx) as tables: what stands in which cell, under which heading.

Formulas are not computed. What a spreadsheet program last showed for one is used, and a formula
that never was computed is told apart from an empty cell.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from govproject.documents.lines import clean, unreadable
from govproject.errors import Invalid

MOST_ROWS = 100_000
_MOST_COLUMNS = 200
_MOST_SHEETS = 50
_HEADING_WITHIN = 20

Value = str | int | float | bool | date | datetime | None


class Cell(NamedTuple):
    """One value and where it stands: "工作表“清单”B3"."""

    value: Value
    place: str

    @property
    def text(self) -> str:
        """As it is compared; "" for an empty cell."""
        return "" if self.value is None else clean(str(self.value))


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings: cells by heading."""

    number: int
    """As the spreadsheet program shows it, from 1."""
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's rows below its row of headings."""

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def tables(content: BinaryIO, name: str, headings: Sequence[str]) -> list[Table]:
    """The sheets that have a row with all of these headings near their top.

    Args:
        content: a file that `govproject.files.kinds.examine` has passed.
        name: for the error.
        headings: what the row must have, in any order, beside others.

    Raises:
        Invalid: `document_unreadable`, it is broken inside; `too_many_rows`;
            `formula_without_value`, a formula that no spreadsheet program has computed.
    """
    try:
        with (
            closing(load_workbook(content, read_only=True, data_only=True)) as shown,
            closing(load_workbook(content, read_only=True)) as written,
        ):
            sheets = list(zip(shown.worksheets, written.worksheets, strict=True))[:_MOST_SHEETS]
            found = [_table(*sheet, name, headings) for sheet in sheets]
    except Invalid:
        raise
    # The library lets whatever it stumbles over through.
    except Exception as error:
        raise unreadable(name) from error
    return [table for table in found if table is not None]


def _table(shown: Worksheet, written: Worksheet, name: str, wanted: Sequence[str]) -> Table | None:
    numbered = enumerate(_computed(shown, written, name), start=1)
    headings = _headings(numbered, wanted)
    if headings is None:
        return None
    found: list[Row] = []
    for number, values in numbered:
        if all(value is None or value == "" for value in values):
            continue
        if len(found) >= MOST_ROWS:
            raise Invalid(
                "too_many_rows",
                f"“{name}”的工作表“{shown.title}”超过{MOST_ROWS}行，请拆分后重新上传。",
                file=name,
            )
        found.append(
            Row(
                number,
                {
                    heading: Cell(_value(values, at), _place(shown, at, number))
                    for heading, at in headings.items()
                },
            )
        )
    return Table(shown.title, tuple(headings), tuple(found))


def _computed(shown: Worksheet, written: Worksheet, name: str) -> Iterator[tuple[Any, ...]]:
    """Rows of values. A formula that was never computed must not pass for an empty cell."""
    pair = (sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True) for sheet in (shown, written))
    for number, (values, formulas) in enumerate(zip(*pair, strict=True), start=1):
        for at, (value, formula) in enumerate(zip(values, formulas, strict=True)):
            if value is None and formula is not None:
                place = _place(shown, at, number)
                raise Invalid(
                    "formula_without_value",
                    f"“{name}”{place}的公式没有计算结果，请用办公软件打开、保存后重新上传。",
                    file=name,
                    place=place,
                )
        yield values


def _place(sheet: Worksheet, at: int, number: int) -> str:
    return f"工作表“{sheet.title}”{get_column_letter(at + 1)}{number}"


def _headings(
    numbered: Iterator[tuple[int, tuple[Any, ...]]], wanted: Sequence[str]
) -> dict[str, int] | None:
    """Where each heading stands, from the first row that has all that are wanted."""
    for number, values in numbered:
        texts = [clean(str(value)) if value is not None else "" for value in values]
        if all(heading in texts for heading in wanted):
            # Of two columns with one heading the first counts.
            return {text: texts.index(text) for text in dict.fromkeys(texts) if text}
        if number >= _HEADING_WITHIN:
            break
    return None


def _value(values: tuple[Any, ...], at: int) -> Value:
    return values[at] if at < len(values) else None
