"""Which events an operator means."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import Column, ColumnElement, Table, or_

from govproject.contracts import PRODUCERS
from govproject.fields import Command, Flag, ShortText, View

MAX_IDS = 1000
_YEARS = range(1990, 2100)


def _within_range(moment: datetime) -> datetime:
    # Beyond it, a change of zone could leave what a datetime can hold.
    if moment.year not in _YEARS:
        raise PydanticCustomError("moment_range", "时间须在1990年至2099年间")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_within_range)]
Source = Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,49}$")]
EventClass = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,149}$")]


class Filter(Command):
    """Events for which everything given is true; all events when nothing is."""

    key: ShortText | None = Field(default=None, description="项目编号")
    type: EventClass | None = Field(
        default=None,
        description="事件类别：完整类型或其前几段，例如 filing、filing.accepted、"
        "govproject.intake.filing.accepted.v1",
    )
    source: Source | None = Field(default=None, description="发布方，例如 intake")
    since: Moment | None = Field(
        default=None, description="不早于这一时刻；收到的事件按收到时间，发出的事件按产生时间"
    )
    until: Moment | None = Field(default=None, description="早于这一时刻")

    @model_validator(mode="after")
    def _have_a_period(self) -> Self:
        if self.since and self.until and self.since >= self.until:
            raise PydanticCustomError("selection_period", "until 须晚于 since")
        return self

    def where(self, table: Table, moment: Column[datetime]) -> list[ColumnElement[bool]]:
        """The conditions on a table of events, inbox or outbox; `moment` is what times refer to."""
        conditions: list[ColumnElement[bool]] = []
        if self.key is not None:
            conditions.append(table.c.aggregate_id == self.key)
        if self.type is not None:
            conditions.append(_is_a(table.c.type, self.type))
        if self.source is not None:
            conditions.append(
                table.c.source == self.source
                if "source" in table.c
                else table.c.type.startswith(f"govproject.{self.source}.", autoescape=True)
            )
        if self.since is not None:
            conditions.append(moment >= self.since)
        if self.until is not None:
            conditions.append(moment < self.until)
        return conditions


class Selection(Filter):
    """Events that something shall be done to. To mean all of them takes saying so."""

    ids: tuple[UUID, ...] = Field(default=(), max_length=MAX_IDS, description="事件编号")
    all: Flag = Field(default=False, description="全部事件；未给出任何条件时须明确写 true")

    @model_validator(mode="after")
    def _say_which(self) -> Self:
        given = any((self.ids, self.key, self.type, self.source, self.since, self.until))
        if not given and not self.all:
            raise PydanticCustomError("selection_empty", "须至少给出一项条件，或写明 all 为 true")
        if given and self.all:
            raise PydanticCustomError("selection_ambiguous", "all 不能与其他条件同时给出")
        return self

    def where(self, table: Table, moment: Column[datetime]) -> list[ColumnElement[bool]]:
        """The conditions on a table of events, with the ids."""
        conditions = super().where(table, moment)
        return [*conditions, table.c.event_id.in_(self.ids)] if self.ids else conditions


class EventRef(View):
    """An event and its place."""

    event_id: UUID = Field(description="事件编号")
    source: str = Field(description="发布方；空文本表示无法确认")
    aggregate_id: str = Field(description="项目编号；空文本表示未注明")
    aggregate_seq: int = Field(description="在该项目事件中的序号；0 表示无法确定位置")
    type: str = Field(description="事件类型")


def _is_a(column: Column[str], wanted: str) -> ColumnElement[bool]:
    names = [wanted, *(f"govproject.{producer}.{wanted}" for producer in PRODUCERS)]
    return or_(
        column.in_(names), *(column.startswith(f"{name}.", autoescape=True) for name in names)
    )
