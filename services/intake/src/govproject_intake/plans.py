"""What the API takes and answers about annual plans (Arts 5, 6)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.fields import Command, IsoDate, LongText, View
from govproject.regulation.findings import Finding
from govproject.terms import ProjectKind, Track
from govproject_intake.lifecycle import PlanState
from govproject_intake.views import ResultView

_MOST = 200


class AdoptPlan(Command):
    """Put declared projects into the published annual plan at once (Arts 5, 6)."""

    project_ids: Annotated[list[UUID], Field(min_length=1, max_length=_MOST)]
    reason: LongText | None = Field(default=None, description="受理逾期申报或年中追加的理由")


class DraftPlan(Command):
    """What goes into the draft of the next version, and what is taken out of it again (Art 5)."""

    add: Annotated[list[UUID], Field(max_length=_MOST)] = Field(default_factory=list)
    remove: Annotated[list[UUID], Field(max_length=_MOST)] = Field(default_factory=list)
    reason: LongText | None = Field(default=None, description="受理逾期申报或年中追加的理由")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.add and not self.remove:
            raise ValueError("请填写要列入或移出的项目")
        return self


class PublishPlan(Command):
    """On which day the plan was published."""

    published_on: IsoDate | None = Field(default=None, description="公布日期；不填为当天")


class PlanView(View):
    """Which projects were adopted by this request."""

    plan_year: int
    version: int
    adopted: list[UUID]


class VersionView(View):
    """One version of an annual plan; it holds what earlier ones hold as well."""

    version: int
    state: PlanState
    reason: str | None
    opened_at: datetime | None
    consolidated_at: datetime | None
    published_on: date | None


class EntryView(View):
    """A project in an annual plan, and the version with which it came in; null if left out."""

    project_id: UUID
    project_name: str
    unit: str
    kind: ProjectKind
    budget_yuan: Decimal
    track: Track
    version: int | None
    reason: str | None
    """Why the bureau took it in although it was late, or what it gave as the reason for it."""
    late: bool
    """Declared at another time than the third quarter of the year before (Art 5)."""
    preferred: bool
    """It goes on with a system whose last result is excellent, and is listed first (Art 25)."""
    results: list[ResultView]
    warnings: list[Finding] = Field(description="申报时的提示，如疑似拆分（第4条）")
    findings: list[Finding] = Field(description="列入计划时的判断，含凭以列入的例外")


class AnnualPlanView(View):
    """An annual plan with its versions; `left_out` are declared for the year and in none."""

    plan_year: int
    versions: list[VersionView]
    projects: list[EntryView]
    left_out: list[EntryView]
