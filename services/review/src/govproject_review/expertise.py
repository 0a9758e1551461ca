"""What the API takes and answers about the expert pool and its panels (Art 10)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, Flag, LongText, ShortText, View
from govproject.regulation.findings import Finding
from govproject_review.corrections import CorrectionReason, SupersededView
from govproject_review.draw import ExpertField, PoolEntry, Withdrawal
from govproject_review.lifecycle import PanelState
from govproject_review.rules.article_10_panel import Dimension

Texts = Annotated[list[ShortText], Field(max_length=50)]


class AddExpert(Command):
    """An expert for the pool (Art 10)."""

    name: ShortText
    employer: ShortText
    account: ShortText = Field(description="专家本人签署意见所用的登录账号")
    fields: Annotated[list[ExpertField], Field(min_length=1, max_length=len(ExpertField))]
    declared_conflicts: Texts = Field(
        default=[], description="利害关系声明，写明有关单位或项目的全称"
    )


class DeclareConflicts(Command):
    """An expert's declared conflicts, replacing those declared before."""

    declared_conflicts: Texts
    because: LongText | None = Field(
        default=None, description="撤销已声明的利害关系时必填理由；原声明保留，一并显示"
    )


class GiveAccount(Command):
    """The account with which an expert signs."""

    account: ShortText


class DrawPanel(Command):
    """Draw a panel; without a size, the least that the regulation allows (Art 10)."""

    size: Annotated[int, Field(strict=True, ge=1, le=99)] | None = None
    fields: Annotated[list[ExpertField], Field(max_length=len(ExpertField))] = Field(
        default=[], description="希望专家组涵盖的专业领域（第10条）"
    )
    parties: Texts = Field(
        default=[],
        description="与项目有利害关系的其他单位全称（材料编制、造价咨询、潜在供应商等），其人员回避",
    )


class WithdrawExpert(Command):
    """Replace a drawn expert by the next alternate."""

    expert_id: UUID
    reason: LongText


class SignOpinion(Command):
    """An expert's opinion on the dimensions of Art 10."""

    expert_id: UUID
    in_favour: Flag = Field(description="是否同意通过")
    comments: dict[Dimension, LongText] = Field(description="五个方面逐项评价")
    because: CorrectionReason = None


class ConcludePanel(Command):
    """Who attended the expert review (Art 10)."""

    attended: Annotated[list[UUID], Field(min_length=1, max_length=99)]


class EntryContentView(View):
    """What the pool says of an expert."""

    revision: int
    account: str
    fields: list[ExpertField]
    declared_conflicts: list[str]
    retired_at: datetime | None
    recorded_by: str | None
    recorded_at: datetime | None


class EarlierEntryView(EntryContentView, SupersededView):
    """What the pool said of an expert before."""


class ExpertView(EntryContentView):
    """An expert of the pool, and what it said of the expert before."""

    id: UUID
    name: str
    employer: str
    added_at: datetime
    earlier: list[EarlierEntryView]


class SignedContentView(View):
    """What an expert signed."""

    expert_id: UUID
    revision: int
    in_favour: bool
    comments: dict[Dimension, str]
    signed_by: str
    signed_at: datetime


class EarlierExpertOpinionView(SignedContentView, SupersededView):
    """An opinion that its expert replaced."""


class ExpertOpinionView(SignedContentView):
    """One expert's present opinion, and those that it replaced."""

    earlier: list[EarlierExpertOpinionView]


class PanelSummary(View):
    """An expert panel in brief."""

    id: UUID
    project_id: UUID
    round: int
    state: PanelState
    size: int
    fields: list[ExpertField]
    drawn_at: datetime
    attended: list[UUID]
    concluded_at: datetime | None


class PanelView(PanelSummary):
    """An expert panel with the whole record of its draw, for anyone to repeat."""

    parties: list[str]
    seed: str
    pool: list[PoolEntry]
    withdrawals: list[Withdrawal]
    members: list[PoolEntry]
    alternates: list[PoolEntry]
    opinions: list[ExpertOpinionView]
    warnings: list[Finding]
