"""What the routes about indicators take (commands), keep and answer (views) (Art 19)."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.fields import Command, Flag, LongText, ShortText, View
from govproject.names import plain
from govproject.terms import IndicatorSource
from govproject_acceptance.papers import Paper


class RecordIndicator(Command):
    """A main technical or efficiency indicator that the project has to reach (Art 19)."""

    name: ShortText = Field(description="指标名称")
    promised: ShortText = Field(description="约定的指标值")
    source: IndicatorSource
    document: ShortText = Field(description="依据文件的名称、文号及条款")
    file_id: UUID = Field(description="依据文件，先经 POST /files 上传")
    change_id: UUID | None = Field(default=None, description="依据为正式变更的，该变更的标识")
    replaces: Annotated[list[UUID], Field(max_length=20)] = Field(
        default_factory=list, description="由本指标取代的已登记指标"
    )

    @model_validator(mode="after")
    def _names_its_change(self) -> Self:
        if (self.source is IndicatorSource.CHANGE) != (self.change_id is not None):
            raise ValueError("依据为正式变更的指标须指明该变更，且仅在依据为正式变更时指明")
        return self


class RecordIndicators(Command):
    """The project's indicators; those that follow supplement or replace them (Art 19)."""

    indicators: Annotated[list[RecordIndicator], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = [plain(indicator.name) for indicator in self.indicators]
        replaced = [each for indicator in self.indicators for each in indicator.replaces]
        if len(set(names)) < len(names):
            raise ValueError("指标名称重复")
        if len(set(replaced)) < len(replaced):
            raise ValueError("同一项已登记的指标只能由一项指标取代")
        return self


class JudgeIndicator(Command):
    """What the experts found of an indicator, and on what (Art 19)."""

    indicator_id: UUID
    achieved: LongText = Field(description="实际达到的指标值")
    met: Flag = Field(description="是否达到约定的指标值")
    file_id: UUID = Field(description="据以认定的测评报告、标段验收材料或终验材料的文件")


class JudgedIndicator(View):
    """An indicator as the experts of a final found it."""

    indicator_id: UUID
    name: str
    promised: str
    achieved: str
    met: bool
    paper: Paper


class IndicatorView(View):
    """An indicator, by what it is fixed, and which one took its place."""

    id: UUID
    project_id: UUID
    name: str
    promised: str
    source: IndicatorSource
    document: str
    paper: Paper
    change_id: UUID | None
    replaced_by: UUID | None
    recorded_at: datetime


class IndicatorsView(View):
    """All indicators of a project, replaced ones included."""

    indicators: list[IndicatorView]
