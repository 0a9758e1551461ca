"""What the API takes (commands) and answers (views). Validation of shape ends here."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from govproject.errors import Conflict
from govproject.facts import OptimisationInOps
from govproject.fields import (
    Command,
    Count,
    Flag,
    IsoDate,
    LongText,
    PositiveYuan,
    ShortText,
    View,
    Year,
)
from govproject.regulation.findings import Decision, Finding
from govproject.resources import Resources
from govproject.terms import (
    ChangeAspect,
    DeploymentTarget,
    DocumentVerdict,
    EvaluationGrade,
    FilingCondition,
    FilingStatus,
    LinkState,
    MaterialKind,
    MobileScope,
    PlanSection,
    ProjectKind,
    ProjectScope,
    Stage,
    Track,
)
from govproject.web.paging import Paging
from govproject_intake.lifecycle import OrderState

Texts = Annotated[list[ShortText], Field(max_length=50)]


class Material(Command):
    """One file of the declaration's materials (Art 5)."""

    kind: MaterialKind
    file_id: UUID = Field(description="先经 POST /files 上传")


def must_be_governed(scope: object) -> None:
    """Turn away what the regulation does not govern, and what is secret (Arts 1, 3).

    Raises:
        Conflict: `turned_away`.
    """
    for turned_away in (ProjectScope.STATE_SECRETS, ProjectScope.OUT_OF_SCOPE):
        if scope == turned_away:
            raise Conflict(
                "turned_away",
                f"项目声明为{turned_away.zh}，不予受理；所填内容没有作为申报保存，"
                "已上传的文件和导入的表格仍在系统中。",
            )


class DeclareProject(Command):
    """A project as its unit declares it (Art 5). The track is derived from the budget (Art 4)."""

    scope: ProjectScope | None = Field(
        default=None,
        description="是否适用本细则（第1、3条），须声明；涉及国家秘密的不得在本系统申报",
    )
    project_name: ShortText
    kind: ProjectKind
    budget_yuan: PositiveYuan
    plan_year: Year
    builds_system: Flag = Field(description="新建或改造政务系统")
    deployment_target: DeploymentTarget
    standalone_basis: ShortText | None = Field(
        default=None, description="国家明确规定必须单独建设的文件依据"
    )
    responsible_body: ShortText = Field(description="项目实施机构（第12条）")
    responsible_person: ShortText = Field(description="项目责任人（第12条）")
    policy_basis: Texts = Field(description="上级规划、批示、批复、会议纪要等文件名称")
    materials: Annotated[list[Material], Field(max_length=50)] = Field(
        default_factory=list, description="申报材料（第5条）"
    )
    first_period_note: ShortText | None = Field(
        default=None, description="首次运维或服务、没有上一期合同的，说明情况"
    )
    optimisation_in_ops: OptimisationInOps | None = Field(
        default=None, description="纳入运维项目的小规模优化（第8条）"
    )
    cloud_plan: Resources | None = Field(default=None, description="云资源申请与部署计划（第14条）")
    system_name: ShortText | None = Field(
        default=None, description="系统名称；本单位同名系统的项目将提示关联（第25条）"
    )
    related_project_ids: Annotated[list[UUID], Field(max_length=50)] = Field(
        default_factory=list, description="同一系统的其他项目（第25、31条）"
    )

    @model_validator(mode="before")
    @classmethod
    def _is_governed(cls, given: object) -> object:
        """Before anything else is looked at: nobody is told what is missing of a secret project."""
        if isinstance(given, dict):
            must_be_governed(given.get("scope"))
        return given

    @model_validator(mode="after")
    def _target_fits(self) -> Self:
        if self.builds_system and self.deployment_target is DeploymentTarget.NONE:
            raise ValueError("新建或改造系统的项目须填写部署位置")
        if (
            self.deployment_target is DeploymentTarget.NATIONAL_STANDALONE
            and not self.standalone_basis
        ):
            raise ValueError("单独建设须填写国家规定的文件依据")
        return self


class RegisterProject(Command):
    """Record that the project is in the municipal system (Art 3)."""

    city_system_ref: ShortText | None = Field(
        default=None, description="市级系统编号；由接口自动登记时可不填"
    )


class FilingContent(Command):
    """What a unit files: internal review, five explicit declarations, resources (Arts 26, 27)."""

    internal_review_on: IsoDate
    reviewed_again: Flag = Field(
        default=False,
        description="更正日期时填报：true表示另行组织了审查论证，原论证日期仍然有效；"
        "false表示原日期填写有误，以更正后的日期为准（第26条）",
    )
    conditions: dict[FilingCondition, Flag] = Field(
        description="第26条五种情形逐项声明：存在填true，不存在填false"
    )
    internal_review_record_file_id: UUID | None = Field(
        default=None, description="内部技术审查及论证记录，先经 POST /files 上传（第26条）"
    )
    cloud_plan: Resources | None = None
    mobile: MobileScope | None = Field(default=None, description="移动端建设内容（第2条）")
    standalone_basis_file_id: UUID | None = Field(
        default=None, description="国家明确规定单独建设的文件，先经 POST /files 上传（第2条）"
    )
    data_sharing_plan_file_id: UUID | None = Field(
        default=None, description="单独建设项目的数据共享和业务协同方案（第2条）"
    )

    @model_validator(mode="after")
    def _all_five(self) -> Self:
        missing = [c.zh for c in FilingCondition if c not in self.conditions]
        if missing:
            raise ValueError("第26条五种情形须逐项声明，缺少：" + "；".join(missing))
        return self


FilingRevision = Annotated[
    Count | None, Field(description="所查看的报备版次；不填为办理时的版次（第26条）")
]


class AcceptFiling(Command):
    """Which revision of a filing the bureau looked at before it finds it regular (Art 27)."""

    revision: FilingRevision = None


class FilingQuery(Paging):
    """Which page of the filings, and of which ones."""

    status: FilingStatus | None = Field(default=None, description="只列出该状态的报备")


class FindIrregular(Command):
    """Why a filing is irregular (Art 27)."""

    revision: FilingRevision = None
    reasons: Annotated[list[ShortText], Field(min_length=1, max_length=20)]


class DetermineChange(Command):
    """A decided change of content, scale or amount, or of who is responsible (Arts 12, 28)."""

    aspects: Annotated[list[ChangeAspect], Field(min_length=1, max_length=len(ChangeAspect))]
    description: LongText
    new_budget_yuan: PositiveYuan | None = None
    new_cloud_plan: Resources | None = None
    new_responsible_body: ShortText | None = None
    new_responsible_person: ShortText | None = None

    @model_validator(mode="after")
    def _amount_is_named(self) -> Self:
        if (ChangeAspect.AMOUNT in self.aspects) != (self.new_budget_yuan is not None):
            raise ValueError("变更建设金额时须填写变更后金额，且仅在变更建设金额时填写")
        return self

    @model_validator(mode="after")
    def _plan_is_scale(self) -> Self:
        if self.new_cloud_plan is not None and ChangeAspect.SCALE not in self.aspects:
            raise ValueError("变更云资源计划属于变更建设规模，请在变更事项中一并填写建设规模")
        return self

    @model_validator(mode="after")
    def _responsible_are_named(self) -> Self:
        named = self.new_responsible_body is not None or self.new_responsible_person is not None
        if (ChangeAspect.RESPONSIBILITY in self.aspects) != named:
            raise ValueError("变更实施机构或项目责任人时须填写变更后的名称，且仅在此时填写")
        return self


class ApproveChange(Command):
    """The bureau's approval of a change of what it had approved (Arts 18, 19, 28)."""

    document: ShortText = Field(description="批准变更的文号")
    approved_on: IsoDate = Field(description="批准日期")


class Reason(Command):
    """A reason in words."""

    reason: LongText


class FilingView(View):
    """A project's filing."""

    id: UUID
    project_id: UUID
    status: FilingStatus
    revision: int = Field(description="版次：每次更正，或者变更报备改变金额、云资源计划时递增")
    internal_review_on: date
    first_internal_review_on: date | None = Field(
        description="首次审查论证日期；日期更正的，为更正后的日期"
    )
    internal_review_record_file_id: UUID | None
    conditions: list[FilingCondition]
    irregular_reasons: list[str]
    cloud_plan: Resources | None
    mobile: MobileScope | None
    standalone_basis_file_id: UUID | None
    data_sharing_plan_file_id: UUID | None
    submitted_at: datetime
    decided_at: datetime | None
    decided_revision: int | None = Field(
        description="区数据局最近一次认定时的版次；空表示尚未认定，或者认定时未记录"
    )
    decision: Decision | None = Field(description="最近一次认定报备规范所依据的判断")


class ResultView(View):
    """The latest result of a project's evaluation (Art 25)."""

    project_id: UUID
    project_name: str
    grade: EvaluationGrade
    evaluated_on: date


class LinkView(View):
    """A link between two projects on one system."""

    project_id: UUID
    related_id: UUID
    related_name: str
    state: LinkState
    decided_by: str | None


class LinksView(View):
    """What a project is linked with."""

    links: list[LinkView]


class OpenOrderView(View):
    """An order to rectify that is not found in place (Art 29)."""

    id: UUID
    problem: str
    due_on: date
    state: OrderState


class ProjectView(View):
    """A project as intake knows it."""

    id: UUID
    project_name: str
    unit: str
    scope: ProjectScope | None = Field(description="申报时的声明；空表示申报时尚未要求")
    kind: ProjectKind
    budget_yuan: Decimal
    track: Track
    plan_year: int
    builds_system: bool
    deployment_target: DeploymentTarget
    responsible_body: str
    responsible_person: str
    system_name: str | None
    optimisation_in_ops: OptimisationInOps | None
    cloud_plan: Resources | None
    city_system_ref: str | None
    filing_status: FilingStatus
    filing_id: UUID | None = Field(description="报备标识，认定、更正时使用；空表示未报备")
    plan_adopted_year: int | None
    fiscal_report: str | None
    evaluated_yuan: Decimal | None
    approval_number: str | None
    accepted_on: date | None
    decommissioned_at: datetime | None
    rule_pack: str
    declared_at: datetime
    results: list[ResultView]
    """The latest of this project and of each related one."""
    open_orders: list[OpenOrderView] = Field(description="尚未整改完成的整改令（第29条）")
    warnings: list[Finding] = Field(description="申报时的提示，供区数据局受理时核实")


class StageView(View):
    """One stage of a project's life."""

    stage: Stage
    name: str
    reached_on: date | None
    told_by: str = Field(description="供其他系统同步的事件：来源和名称")


class LifecycleView(View):
    """A project's whole life, in order; stages that it skips or has not reached have no day."""

    project_id: UUID
    city_system_ref: str | None
    stages: list[StageView]


class MaterialView(View):
    """One file of the materials."""

    kind: MaterialKind
    file_id: UUID
    name: str
    sha256: str


class SectionView(View):
    """What was seen of one part of the implementation plan."""

    section: PlanSection
    verdict: DocumentVerdict
    place: str | None
    why: str | None


class MaterialsView(View):
    """What was handed in with a declaration, and what the implementation plan contains."""

    materials: list[MaterialView]
    plan_sections: list[SectionView]


class ChangeView(View):
    """A change, and whether it is filed or withdrawn."""

    id: UUID
    project_id: UUID
    aspects: list[ChangeAspect]
    description: str
    new_budget_yuan: Decimal | None
    new_responsible_body: str | None
    new_responsible_person: str | None
    determined_at: datetime
    approval_document: str | None
    approved_on: date | None
    filed_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawal_reason: str | None
    track: Track
    warnings: list[Finding] = Field(default_factory=list)


class ChangesView(View):
    """All changes of a project: open, filed and withdrawn ones."""

    changes: list[ChangeView]
