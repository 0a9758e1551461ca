"""What the routes about the time after acceptance take (commands) and answer (views).

Operation, evaluation, yearly reports (Arts 21-24, 30, 32, 33).
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, Flag, IsoDate, LongText, MoneyYuan, ShortText, View, Year
from govproject.regulation.findings import Decision, Finding
from govproject.terms import (
    EvaluationDimension,
    EvaluationGrade,
    ProjectKind,
    SecurityMeasure,
    SelfEvaluationPart,
)
from govproject.web.paging import Paging
from govproject_acceptance.lifecycle import AcceptanceState
from govproject_acceptance.papers import Paper, ReportedProject
from govproject_acceptance.people import Member


class RecordOperation(Command):
    """Who operates the system, who uses it, and how it is kept safe (Arts 30, 32, 33).

    It takes the place of what was recorded before; what is not known yet is left out.
    """

    operator: ShortText | None = Field(default=None, description="运行单位")
    user_unit: ShortText | None = Field(default=None, description="使用单位")
    in_service_since: IsoDate | None = Field(default=None, description="开始提供服务的日期")
    operation_rules: UUID | None = Field(default=None, description="运行维护管理制度（文件）")
    security_rules: UUID | None = Field(default=None, description="网络安全管理制度（文件）")
    security_body: ShortText | None = Field(default=None, description="网络安全责任部门")
    security_officer: ShortText | None = Field(default=None, description="网络安全责任人员")
    security_funds_yuan: MoneyYuan | None = Field(
        default=None, description="落实的网络安全专项经费（元）"
    )
    measures: dict[SecurityMeasure, LongText] = Field(
        default_factory=dict, description="七项网络安全措施各自的落实情况"
    )
    outsourced: Flag = Field(description="是否将技术服务外包")
    outsourcing_rules: UUID | None = Field(
        default=None, description="技术服务外包网络安全管理制度（文件）"
    )
    outsourcing_assessed_on: IsoDate | None = Field(
        default=None, description="外包网络安全风险评估日期"
    )
    outsourcing_risk: LongText | None = Field(default=None, description="外包风险评估结论")


class EvaluateItself(Command):
    """The unit's evaluation of its own project (Arts 21, 23)."""

    evaluated_on: IsoDate
    parts: dict[SelfEvaluationPart, LongText] = Field(
        description="成效、问题和不足、改进措施、改进计划"
    )
    file_id: UUID | None = Field(default=None, description="自评估报告，先经 POST /files 上传")


class Rectify(Command):
    """What the unit mended after its self-evaluation (Art 23)."""

    rectified_on: IsoDate
    rectification: LongText = Field(description="整改情况；无需整改的，说明理由")


class Evaluate(Command):
    """The finance bureau's evaluation of a project (Arts 23, 24)."""

    evaluated_on: IsoDate
    experts: Annotated[list[Member], Field(max_length=99)]
    agencies: Annotated[list[ShortText], Field(max_length=20)] = Field(
        description="参加工作组的第三方机构"
    )
    dimensions: dict[EvaluationDimension, LongText] = Field(description="七个方面各自的评价")
    grade: EvaluationGrade
    opinion: LongText = Field(description="评价结论")
    file_id: UUID | None = Field(default=None, description="绩效评价报告，先经 POST /files 上传")


class ReportProject(Command):
    """What the yearly report says of one project."""

    project_id: UUID
    account: LongText = Field(description="建设、运行情况自评")


class ReportYear(Command):
    """A unit's report on all its projects in a year (Art 22)."""

    year: Year
    summary: LongText = Field(description="整体建设、运行情况自我评价")
    projects: Annotated[list[ReportProject], Field(max_length=2000)]
    file_id: UUID = Field(description="自评价报告及佐证材料，先经 POST /files 上传")


class ReportQuery(Paging):
    """Which page of the yearly reports, and of which year."""

    year: int | None = Field(default=None, ge=1990, le=2099, description="只列出该年度的报告")


class OperationView(View):
    """How a system is operated, and what is missing of it."""

    project_id: UUID
    operator: str | None
    user_unit: str | None
    in_service_since: date | None
    operation_rules: Paper | None
    security_rules: Paper | None
    security_body: str | None
    security_officer: str | None
    security_funds_yuan: MoneyYuan | None
    measures: dict[SecurityMeasure, str]
    outsourced: bool
    outsourcing_rules: Paper | None
    outsourcing_assessed_on: date | None
    outsourcing_risk: str | None
    recorded_at: datetime
    decision: Decision


class SelfEvaluationView(View):
    """A unit's evaluation of its own project."""

    id: UUID
    project_id: UUID
    evaluated_on: date
    parts: dict[SelfEvaluationPart, str]
    paper: Paper | None
    rectified_on: date | None
    rectification: str | None
    warnings: list[Finding] = Field(default_factory=list)


class EvaluationView(View):
    """The finance bureau's evaluation of a project."""

    id: UUID
    project_id: UUID
    evaluated_on: date
    experts: list[Member]
    agencies: list[str]
    dimensions: dict[EvaluationDimension, str]
    grade: EvaluationGrade
    opinion: str
    paper: Paper | None
    decision: Decision


class EligibleProject(View):
    """A project that the finance bureau may evaluate (Art 24)."""

    id: UUID
    project_name: str
    unit: str
    kind: ProjectKind
    budget_yuan: Decimal
    state: AcceptanceState


class AnnualReportView(View):
    """A unit's yearly report."""

    id: UUID
    unit: str
    year: int
    summary: str
    projects: list[ReportedProject]
    paper: Paper
    due_on: date
    late: bool
    submitted_at: datetime


class UnitView(View):
    """A unit that has not reported, and on how many projects it has to."""

    unit: str
    projects: int


class MissingReports(View):
    """Who has not reported on a year; nobody is late before the day is over."""

    year: int
    due_on: date
    overdue: bool
    units: list[UnitView]
