"""What the API takes and answers about working days."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.fields import Command, Flag, IsoDate, ShortText, View

BUILT_IN = "内置日历"
"""By what a day of the built-in calendar is known; no notice that anybody could change it by."""


class ListedDay(Command):
    """What a notice says of a day."""

    day: IsoDate
    is_working: Flag = Field(description="是否工作日；调休上班的为 true，放假调休的为 false")
    notice: ShortText = Field(description="依据：通知文号")


class ImportWorkingDays(Command):
    """A list of days, itself or as an uploaded workbook.

    A year that is not published yet is given by its whole notice: every holiday and every make-up
    day; the other days follow the week.
    """

    days: Annotated[list[ListedDay], Field(min_length=1, max_length=800)] | None = None
    file_id: UUID | None = Field(
        default=None,
        description="工作簿（.xlsx），列为日期、是否工作日、依据，先经 POST /files 上传",
    )

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.days is None) == (self.file_id is None):
            raise ValueError("请在“days”和“file_id”中填写且只填写一项")
        return self


class ImportedView(View):
    """What an import changed."""

    listed: int
    """Days that the list named."""
    changed: int
    """Those of them that were not known so, by this notice."""
    followed: int
    """Days of a newly published year that follow the week."""
    years: list[int]


class DayView(View):
    """A day, and who says so; what comes with the built-in calendar has no notice here."""

    day: date
    is_working: bool
    notice: str | None
    imported_by: str | None
    imported_at: datetime | None


class CalendarView(View):
    """A year, as far as it is known."""

    year: int
    published: bool
    """Whether every day is known."""
    days: list[DayView]
