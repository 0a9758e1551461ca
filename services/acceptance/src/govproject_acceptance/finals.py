"""What the routes about the final acceptance take (commands) and answer (views) (Arts 19, 20)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.fields import Command, Flag, IsoDate, LongText, MoneyYuan, ShortText, View
from govproject.names import person, plain
from govproject.regulation.findings import Decision
from govproject.terms import FinalMaterial, MobileOutcome, PreReviewMaterial, Veto
from govproject_acceptance.indicators import JudgedIndicator, JudgeIndicator
from govproject_acceptance.issues import QuestionedDocument
from govproject_acceptance.papers import Paper
from govproject_acceptance.people import FinalExpert

Texts = Annotated[list[ShortText], Field(max_length=100)]


class RecordGuidance(Command):
    """The bureau agreed the plan of the final acceptance (Art 19)."""

    agreed_on: IsoDate
    plan: LongText = Field(description="商定的终验方案和指导意见")


class HandInMaterial(Command):
    """Something that the experts of the final acceptance look at (Art 19)."""

    kind: FinalMaterial
    file_id: UUID = Field(description="先经 POST /files 上传")


class HoldFinal(Command):
    """A final acceptance meeting that was held (Arts 19, 20)."""

    held_on: IsoDate
    experts: Annotated[list[FinalExpert], Field(max_length=99)]
    vetoes: dict[Veto, Flag] = Field(
        description="第19条九种不得通过情形逐项结论：存在填true，不存在填false"
    )
    mobile: MobileOutcome | None = Field(default=None, description="移动端功能核查情况（第2条）")
    compared: Annotated[dict[PreReviewMaterial, LongText], Field(max_length=20)] = Field(
        default_factory=dict,
        description="对照预审时的共享清单、开放清单、数字资产目录核查的落实情况（第8、19条）",
    )
    xinchuang: LongText | None = Field(
        default=None,
        description="对照区委办会审意见核查的信创技术路线落实情况（第9、19条）",
    )
    indicators: Annotated[list[JudgeIndicator], Field(max_length=200)] = Field(
        default_factory=list, description="对已登记的主要技术、效率指标逐项认定的情况（第19条）"
    )
    opinion: LongText = Field(description="终验意见")
    opinion_file_id: UUID | None = Field(
        default=None, description="专家组全体成员签字的终验意见，先经 POST /files 上传"
    )
    resolution_file_id: UUID | None = Field(
        default=None,
        description="专家组决议不通过的，载明表决票数的书面决议，先经 POST /files 上传",
    )
    reasons: Texts = Field(default_factory=list, description="不通过情形的依据")
    rectify_by: IsoDate | None = Field(default=None, description="不通过时的整改期限")
    settled_yuan: MoneyYuan | None = Field(default=None, description="实际支付（结算）金额（元）")
    in_operation_on: IsoDate | None = Field(
        default=None, description="投入运行日期；不填则为终验合格之日"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if any(self.vetoes.values()) and not self.reasons:
            raise ValueError("认定存在不得通过的情形时，须填写依据")
        if len({(person(e.name), plain(e.employer)) for e in self.experts}) < len(self.experts):
            raise ValueError("专家组成员重复")
        if len({each.indicator_id for each in self.indicators}) < len(self.indicators):
            raise ValueError("同一项指标只能认定一次")
        return self


class RectifyCase(Command):
    """What was done about a case for which a final failed (Art 20)."""

    veto: Veto = Field(description="终验认定的不得通过情形")
    rectified_on: IsoDate
    rectification: LongText = Field(description="整改情况")
    file_id: UUID = Field(description="整改佐证材料，先经 POST /files 上传")


class GuidanceView(View):
    """A guidance record."""

    id: UUID
    project_id: UUID
    agreed_on: date
    plan: str
    recorded_by: str


class MaterialView(View):
    """Something that the experts of the final acceptance look at."""

    kind: FinalMaterial
    paper: Paper
    recorded_at: datetime


class FinalRoundView(View):
    """A final acceptance meeting and its outcome."""

    id: UUID
    project_id: UUID
    round: int
    held_on: date
    experts: list[FinalExpert]
    external_experts: int
    votes_in_favour: int
    mobile: MobileOutcome | None
    compared: dict[PreReviewMaterial, str]
    xinchuang: str | None
    indicators: list[JudgedIndicator] | None
    questioned_documents: list[QuestionedDocument] | None = Field(
        description="登记终验时已登记为不真实的材料及历次核实；较早版本登记的终验未保留，为空"
    )
    vetoes: dict[Veto, bool]
    opinion: str
    opinion_paper: Paper | None
    resolution_paper: Paper | None
    passed: bool
    found: list[Veto]
    reasons: list[str]
    rectify_by: date | None
    settled_yuan: Decimal | None
    decision: Decision


class RectificationView(View):
    """A case for which a final failed, and what was done about it."""

    id: UUID
    project_id: UUID
    round_id: UUID
    veto: Veto
    rectified_on: date
    rectification: str
    paper: Paper
