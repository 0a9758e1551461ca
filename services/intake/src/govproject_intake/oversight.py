"""What the API takes and answers about spot checks and orders to rectify (Art 29)."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.fields import Command, Count, IsoDate, LongText, ShortText, View
from govproject.reliefs.views import ReliefView
from govproject.web.paging import Paging
from govproject_intake.checks import CheckItem, ItemFinding
from govproject_intake.lifecycle import OrderGround, OrderState


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
    order_id: UUID | None = Field(description="据此次抽查下达的整改令")
    order_wanting: bool = Field(description="查出问题而尚未责令整改（第29条）")


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


class ExceptionQuery(Paging):
    """Which page of all exceptions, and of which ones."""

    unit: ShortText | None = Field(default=None, description="只列出该单位的项目")
    open: bool | None = Field(default=None, description="true只列出目前有效的，false只列出其余的")


class ExceptionView(ReliefView):
    """An exception, and whose project it is for."""

    project_name: str
    unit: str


class UnitExceptionsView(View):
    """How often a unit was excepted."""

    unit: str
    granted: int = Field(description="获批次数，含已过期和已撤回的")
    in_force: int
    next_expiry: date | None = Field(description="有效的例外中最早的到期日")


class ExceptionCountsView(View):
    """How often each unit was excepted, the most often first."""

    units: list[UnitExceptionsView]


class OrderRectification(Command):
    """An order to rectify within a limit (Art 29)."""

    problem: LongText
    due_on: IsoDate
    ground: OrderGround | None = Field(default=None, description="责令整改的事由（第29条）")
    spot_check_id: UUID | None = Field(default=None, description="据以责令整改的抽查")


class ReportRectification(Command):
    """What the unit put right, and the file that shows it (Art 29)."""

    report: LongText = Field(description="整改情况")
    file_id: UUID = Field(description="整改证明材料，先经 POST /files 上传")


class OrderQuery(Paging):
    """Which page of the orders, and of which ones."""

    state: OrderState | None = Field(default=None, description="只列出该状态的整改令")


class OrderView(View):
    """A rectification order, and what the unit reported last."""

    id: UUID
    project_id: UUID
    problem: str
    due_on: date
    ground: OrderGround | None
    state: OrderState
    outcome: str | None
    spot_check_id: UUID | None
    ordered_by: str
    ordered_at: datetime
    report: str | None
    report_file_id: UUID | None
    reported_by: str | None
    reported_at: datetime | None


class OrdersView(View):
    """All orders of a project."""

    orders: list[OrderView]
