"""What the routes about the implementation file take (commands) and answer (views) (Art 14)."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.fields import Command, LongText, View
from govproject.regulation.findings import Decision
from govproject.terms import ImplementationPlan
from govproject_acceptance.papers import Paper


class HandInPlan(Command):
    """One plan of the implementation file, or why the project has no need of it (Art 14)."""

    kind: ImplementationPlan
    file_id: UUID | None = Field(default=None, description="先经 POST /files 上传")
    not_applicable: LongText | None = Field(default=None, description="不适用的理由")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.file_id is None) == (self.not_applicable is None):
            raise ValueError("请上传文件或填写不适用的理由，二者填一项")
        return self


class HandInPlans(Command):
    """Plans of the implementation file; those that follow supplement or replace them (Art 14)."""

    plans: Annotated[list[HandInPlan], Field(min_length=1, max_length=20)]


class PlanView(View):
    """A plan of the implementation file, or why there is none."""

    kind: ImplementationPlan
    paper: Paper | None
    not_applicable: str | None
    recorded_at: datetime


class ImplementationView(View):
    """The implementation file: what is in it, what is missing, and what the gate says of it."""

    plans: list[PlanView]
    missing: list[ImplementationPlan]
    decision: Decision
