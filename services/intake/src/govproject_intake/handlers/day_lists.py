"""Lists of working days, as they are handed in: every row is right, or nothing is imported."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import ValidationError
from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Invalid
from govproject.exchange import reading
from govproject.exchange.reading import TableRow
from govproject.web.phrases import phrase
from govproject_intake.columns import DAYS
from govproject_intake.working_days import ImportWorkingDays, ListedDay


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
        Invalid: `working_days_invalid` names each cell that is wrong; and as `reading.stored`.
    """
    if command.file_id is None:
        given: list[Row | Wrong] = [
            Row(f"第{number}行", each) for number, each in enumerate(command.days or (), start=1)
        ]
    else:
        table = reading.stored(session, context, command.file_id, DAYS)
        given = [
            *(Wrong(f"工作表“{bad.sheet}”{bad.place}", bad.message) for bad in table.bad),
            *map(_listed, table.rows),
        ]
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


def _listed(row: TableRow) -> Row | Wrong:
    place = f"工作表“{row.sheet}”"
    try:
        # By its text: a day of a list is one of the years in which deadlines can be counted.
        listed = ListedDay(**row.values | {"day": row.values["day"].isoformat()})
    except ValidationError as error:
        first = error.errors()[0]
        about = str(first["loc"][0])
        bad = row.bad(phrase(first["type"], first["msg"], first.get("ctx") or {}), about)
        return Wrong(f"{place}{bad.place}", bad.message)
    return Row(f"{place}第{row.number}行", listed)


def _twice(found: Sequence[Row]) -> Iterator[Wrong]:
    first: dict[object, str] = {}
    for row in found:
        day = row.listed.day
        if day in first:
            yield Wrong(row.place, f"{day.isoformat()}已列在{first[day]}")
        first.setdefault(day, row.place)
