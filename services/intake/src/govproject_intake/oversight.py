"""What the API takes and answers about spot checks (Art 29)."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.fields import Command, Count, LongText, View
from govproject_intake.checks import CheckItem, ItemFinding


class DrawSpotCheck(Command):
    """How many filed projects to draw, and on what occasion (Art 29)."""

    size: Annotated[Count, Field(ge=1, le=200)]
    occasion: LongText = Field(description="抽查事由")


class RecordSpotCheck(Command):
    """What a check of one project found, on each of the four items (Art 29)."""

    project_id: UUID
    items: dict[CheckItem, ItemFinding] = Field(
        description="项目落地建设、资源集约利用、数据共享落地、安全建设落实四项逐项填写"
    )

    @model_validator(mode="after")
    def _all_four(self) -> Self:
        missing = [item.zh for item in CheckItem if item not in self.items]
        if missing:
            raise ValueError("第29条四项核查内容须逐项填写，缺少：" + "；".join(missing))
        return self


class CheckedView(View):
    """What was found at one drawn project; `items` is null until it is checked."""

    project_id: UUID
    project_name: str
    unit: str
    items: dict[CheckItem, ItemFinding] | None
    inspector: str | None
    recorded_at: datetime | None


class SpotCheckView(View):
    """A spot check with everything that repeats its draw."""

    id: UUID
    occasion: str
    seed: str
    size: int
    population: list[UUID]
    drawn_by: str
    drawn_at: datetime
    projects: list[CheckedView]
