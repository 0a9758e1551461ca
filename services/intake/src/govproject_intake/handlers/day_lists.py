"""Lists of working days, as they are handed in: every row is right, or nothing is imported."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from openpyxl.utils import get_column_letter
from pydantic import ValidationError
from sqlmodel import Session

from govproject.context import Context
from govproject.documents import reading
from govproject.documents.lines import Line
from govproject.errors import Invalid
from govproject.files import records
from govproject.files.kinds import FileKind
from govproject_intake.working_days import ImportWorkingDays, ListedDay

_COLUMNS = {"day": "日期", "is_working": "是否工作日", "notice": "依据"}
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_IS_WORKING = {"是": True, "班": True, "否": False, "休": False}
_MESSAGES = {
    "day": "日期不是实际存在的一天，格式如2027-01-01",
    "is_working": "是否工作日须填写“是”“否”或“班”“休”",
    "notice": "缺少依据（通知文号），或超过200字",
}


class Row(NamedTuple):
    """A listed day and where it stands."""

    place: str
    listed: ListedDay


class Wrong(NamedTuple):
    """Why a row cannot be imported."""

    place: str
    message: str


def rows(session: Session, context: Context, command: ImportWorkingDays) -> list[Row]:
    """What was handed in, each day once.

    Raises:
        Invalid: `working_days_invalid` names each cell that is wrong; a file that is no list.
    """
    if command.file_id is None:
        given: list[Row | Wrong] = [
            Row(f"第{number}行", each) for number, each in enumerate(command.days or (), start=1)
        ]
    else:
        stored = records.referred(session, context, command.file_id)
        if stored.kind != FileKind.XLSX:
            raise Invalid("workbook_expected", "请上传工作簿（.xlsx）。", file=stored.name)
        with records.content(context, stored) as content:
            text = reading.read(content, FileKind.XLSX, stored.name)
        given = list(_read(text.lines, stored.name))
    found = [each for each in given if isinstance(each, Row)]
    refuse([*(each for each in given if isinstance(each, Wrong)), *_twice(found)])
    return found


def refuse(wrong: Sequence[Wrong]) -> None:
    """Refuse the whole list if anything is wrong with it."""
    if wrong:
        first = wrong[0]
        raise Invalid(
            "working_days_invalid",
            f"有{len(wrong)}处不能导入，全部未导入。{first.place}：{first.message}。",
            rows=[each._asdict() for each in wrong],
        )


def _read(lines: Sequence[Line], name: str) -> Iterator[Row | Wrong]:
    headings = lines[0].cells if lines else ()
    if missing := [column for column in _COLUMNS.values() if column not in headings]:
        raise Invalid(
            "columns_missing",
            f"“{name}”的首行缺少{'、'.join(f'“{each}”' for each in missing)}列；"
            f"首行须为列名：{'、'.join(_COLUMNS.values())}。",
            file=name,
        )
    at = {about: headings.index(column) for about, column in _COLUMNS.items()}
    if len(lines) == 1:
        raise Invalid("no_rows", f"“{name}”中没有日期。", file=name)
    for line in lines[1:]:
        day, is_working, notice = (
            line.cells[place] if place < len(line.cells) else "" for place in at.values()
        )
        if written := _DAY.fullmatch(day):
            year, month, number = written.groups()
            day = f"{year}-{month:0>2}-{number:0>2}"
        try:
            listed = ListedDay.model_validate(
                {"day": day, "is_working": _IS_WORKING.get(is_working), "notice": notice}
            )
        except ValidationError as error:
            for about in dict.fromkeys(str(each["loc"][0]) for each in error.errors()):
                cell = f"{get_column_letter(at[about] + 1)}列（{_COLUMNS[about]}）"
                yield Wrong(f"{line.place}{cell}", _MESSAGES[about])
        else:
            yield Row(line.place, listed)


def _twice(found: Sequence[Row]) -> Iterator[Wrong]:
    first: dict[object, str] = {}
    for row in found:
        day = row.listed.day
        if day in first:
            yield Wrong(row.place, f"{day.isoformat()}已列在{first[day]}")
        first.setdefault(day, row.place)
