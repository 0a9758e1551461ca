"""Taking a table in from a workbook: headings found, cells parsed, every bad one named.

A table may have a title above its headings, a sum and signatures below its rows, and columns that
another table of the suite has. Nothing else is passed over: a misspelt heading is no other column.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, BinaryIO, NamedTuple
from uuid import UUID

from openpyxl.utils import get_column_letter
from sqlmodel import Session

from govproject.context import Context
from govproject.documents import workbook
from govproject.documents.lines import clean
from govproject.documents.workbook import Row, Sheet
from govproject.errors import Invalid
from govproject.exchange.cells import BadValue, Doubt
from govproject.exchange.columns import Column, name_of
from govproject.exchange.results import BadCell
from govproject.files import records
from govproject.files.kinds import FileKind

_HEADINGS_WITHIN = 20
_LEAST_HEADINGS = 2
# For people; no import takes them.
_FOR_PEOPLE = frozenset({"序号", "备注"})
# What stands below the rows of a table: 合计　填表人:张三　审核:李四　注:单位为万元
_BELOW = re.compile(
    r"(?:合|总|小|共)\s*计|(?:注|说明|备注|(?:填表|填报|制表|审核|审批|联系|负责)[^:]{0,4}):.*"
)


class TableRow(NamedTuple):
    """A row whose cells all make sense. A column that the table lacks has no value at all."""

    sheet: str
    number: int
    values: dict[str, Any]
    """By field; None for an empty cell."""
    cells: dict[str, tuple[str, str]]
    """Heading and place of each field, as officials see them."""
    doubts: dict[str, Doubt]
    """What to point out of its cells, by field."""

    def bad(self, message: str, about: str | None = None, remedy: str | None = None) -> BadCell:
        """Something that is wrong with the row, or with one of its fields."""
        heading, place = self.cells.get(about or "", (None, f"第{self.number}行"))
        return BadCell(
            sheet=self.sheet,
            row=self.number,
            column=heading,
            place=place,
            message=message,
            remedy=remedy,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """What a workbook holds for an import, from all its visible sheets with the headings."""

    rows: list[TableRow] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    unsound: list[TableRow] = field(default_factory=list)
    """The rows of bad cells, which have no value there; for who has to know what else they say."""
    ignored_columns: list[str] = field(default_factory=list)
    skipped_sheets: list[str] = field(default_factory=list)


class _Headings(NamedTuple):
    row: int
    """Their place among the rows that are not empty."""
    known: dict[int, tuple[Column, str]]
    """By index: the column, and its heading as it is written."""
    named: frozenset[int]
    """The indices that have any heading."""


def stored(
    session: Session,
    context: Context,
    file_id: UUID,
    columns: Sequence[Column],
    passed: Sequence[Column] = (),
) -> Table:
    """The table in a file that was handed in.

    Raises:
        Invalid: the file is unknown or no workbook, and as `read`.
        Forbidden: it is another unit's.
    """
    file = records.referred(session, context, file_id)
    if FileKind(file.kind) is not FileKind.XLSX:
        raise Invalid(
            "not_a_workbook",
            f"“{file.name}”不是 Excel 工作簿。",
            file=file.name,
        )
    with records.content(context, file) as content:
        return read(content, file.name, columns, passed)


def read(
    content: BinaryIO, name: str, columns: Sequence[Column], passed: Sequence[Column] = ()
) -> Table:
    """The table in a workbook.

    Args:
        content: a file that `govproject.files.kinds.examine` has passed.
        name: for the errors.
        columns: what the table consists of.
        passed: what it may have besides, and is not taken.

    Raises:
        Invalid: `headings_wrong`, no sheet has the headings, or one lacks some, has one twice or
            one that nobody knows; `table_empty`; and whatever
            `govproject.documents.workbook.sheets` refuses.
    """
    table = Table()
    sheets = workbook.sheets(content, name)
    for sheet in sheets:
        headings = None if sheet.is_hidden else _headings(sheet, columns)
        if headings is None:
            table.skipped_sheets.append(sheet.title)
            continue
        _must_be_whole(sheet, headings, name, columns)
        _must_be_known(sheet, headings, name, (*columns, *passed))
        _take(sheet, headings, table)
    if len(table.skipped_sheets) == len(sheets):
        raise _wrong(name, f"没有找到表头（{_needed(columns)}）")
    if not table.rows and not table.bad:
        raise Invalid("table_empty", f"“{name}”的表头下没有内容。", file=name)
    return table


def _headings(sheet: Sheet, columns: Sequence[Column]) -> _Headings | None:
    """The row near the top that has most of the headings; None when it has next to none."""
    by_name = {name: column for column in columns for name in column.names}
    best = None
    for at, (_, values) in enumerate(sheet.rows[:_HEADINGS_WITHIN]):
        known = {
            index: (by_name[name], clean(str(value)))
            for index, value in enumerate(values)
            if (name := name_of(value)) in by_name
        }
        if best is None or len(known) > len(best.known):
            named = frozenset(i for i, value in enumerate(values) if name_of(value))
            best = _Headings(at, known, named)
    least = min(_LEAST_HEADINGS, len(columns))
    return best if best is not None and len(best.known) >= least else None


def _must_be_whole(sheet: Sheet, headings: _Headings, name: str, columns: Sequence[Column]) -> None:
    """No column is lacking or there twice, and none holds anything without a heading."""
    found = Counter(column.field for column, _ in headings.known.values())
    where = f"工作表“{sheet.title}”"
    # All at once: whoever fills a table in by hand would come back once for each.
    if lacking := _needed(column for column in columns if not found[column.field]):
        raise _wrong(name, f"{where}缺少{lacking}列")
    for column in columns:
        if found[column.field] > 1:
            raise _wrong(name, f"{where}的“{column.heading}”列重复")
    for number, values in _below(sheet, headings):
        for index, value in enumerate(values):
            if index not in headings.named and not _is_blank(value):
                place = f"{get_column_letter(index + 1)}{number}"
                raise _wrong(name, f"{where}{place}有内容，而该列没有表头")


def _needed(columns: Iterable[Column]) -> str:
    """The headings of those that a table has to have."""
    return "、".join(
        f"“{column.heading}”" for column in columns if column.required or column.present
    )


def _must_be_known(sheet: Sheet, headings: _Headings, name: str, columns: Sequence[Column]) -> None:
    """A heading that nobody knows may be a known one, misspelt: what it holds would be lost."""
    known = _FOR_PEOPLE.union(*(column.names for column in columns))
    number, row = sheet.rows[headings.row]
    for index in sorted(headings.named - headings.known.keys()):
        written = name_of(row[index])
        if written in known:
            continue
        nearest = get_close_matches(written, sorted(known), n=1, cutoff=0.5)
        instead = f"改为最接近的“{nearest[0]}”" if nearest else "改名为“备注”"
        raise _wrong(
            name,
            f"工作表“{sheet.title}”{get_column_letter(index + 1)}{number}的“{written}”不是"
            f"这类表格的列，请{instead}，或删除该列",
        )


def _wrong(name: str, what: str) -> Invalid:
    return Invalid(
        "headings_wrong",
        f"“{name}”的表头不符合要求：{what}。表头须在同一行，每列一个，不得使用合并单元格。",
        file=name,
    )


def _take(sheet: Sheet, headings: _Headings, table: Table) -> None:
    _, row = sheet.rows[headings.row]
    table.ignored_columns.extend(
        text
        for index in sorted(headings.named - headings.known.keys())
        if (text := clean(str(row[index]))) not in table.ignored_columns
    )
    for number, values in _below(sheet, headings):
        _take_row(sheet, number, values, headings, table)


def _take_row(sheet: Sheet, number: int, values: Row, headings: _Headings, table: Table) -> None:
    taken: dict[str, Any] = {}
    cells: dict[str, tuple[str, str]] = {}
    wrong: dict[str, str] = {}
    doubts: dict[str, Doubt] = {}
    for index, (column, heading) in headings.known.items():
        value = values[index] if index < len(values) else None
        place = f"{get_column_letter(index + 1)}{number}"
        cells[column.field] = heading, place
        taken[column.field] = None
        try:
            if not _is_blank(value):
                taken[column.field] = column.kind.parse(value, heading)
                if column.kind.doubt and (doubt := column.kind.doubt(value, heading)):
                    doubts[column.field] = doubt
            elif column.required:
                wrong[column.field] = "必须填写"
        except BadValue as bad:
            wrong[column.field] = str(bad)
    row = TableRow(sheet.title, number, taken, cells, doubts)
    if number in sheet.hidden:
        # Whoever sends the table does not see what it says here.
        table.bad.append(row.bad("该行已隐藏或被筛选掉，请取消隐藏、核对后导入，或删除该行"))
    elif wrong:
        table.bad.extend(row.bad(message, about) for about, message in wrong.items())
        table.unsound.append(row)
    else:
        table.rows.append(row)


def _below(sheet: Sheet, headings: _Headings) -> list[tuple[int, Row]]:
    """The rows below the headings, without sums, notes and signatures."""
    return [
        (number, values)
        for number, values in sheet.rows[headings.row + 1 :]
        if not _closes(values, headings)
    ]


def _closes(values: Row, headings: _Headings) -> bool:
    filled = [index for index, value in enumerate(values) if not _is_blank(value)]
    if not filled:
        return True
    needed = {index for index, (column, _) in headings.known.items() if column.required}
    return (
        not needed.intersection(filled[1:])
        and _BELOW.fullmatch(clean(str(values[filled[0]]))) is not None
    )


def _is_blank(value: object) -> bool:
    return value is None or not str(value).strip()
