"""The routes. Each names who may call it and the handler that does the work."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from govproject.identity import Role
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.paging import Page, PageQuery
from govproject_intake.construction import (
    ApplyForExtension,
    ApplyForReplacement,
    BaselineView,
    ConfirmationView,
    ContractsView,
    ContractView,
    ListPersonnel,
    ProgressView,
    ReachMilestone,
    RecordContract,
    ScheduleView,
    SubmitSchedule,
    TerminateContract,
)
from govproject_intake.handlers import (
    baselines,
    changes,
    confirmations,
    contracts,
    day_lists,
    filings,
    materials,
    plans,
    projects,
    quality,
    related,
    schedules,
    stages,
    working_days,
)
from govproject_intake.parties import ExpertReview, Signature
from govproject_intake.plans import (
    AdoptPlan,
    AnnualPlanView,
    DraftPlan,
    PlanView,
    PublishPlan,
)
from govproject_intake.quality import QualityControlsView, RecordQualityControl
from govproject_intake.views import (
    AcceptFiling,
    ApproveChange,
    ChangesView,
    ChangeView,
    DeclareProject,
    DetermineChange,
    FilingContent,
    FilingQuery,
    FilingView,
    FindIrregular,
    LifecycleView,
    LinksView,
    MaterialsView,
    ProjectView,
    Reason,
    RegisterProject,
)
from govproject_intake.working_days import CalendarView, ImportedView, ImportWorkingDays

PlanYear = Annotated[int, Path(ge=2000, le=2100)]
AnyReader = Annotated[Read, read_as()]
UnitWrite = Annotated[Write, write_as(Role.UNIT)]
BureauWrite = Annotated[Write, write_as(Role.BUREAU)]
UnitOrBureauWrite = Annotated[Write, write_as(Role.UNIT, Role.BUREAU)]

router = APIRouter(tags=["intake"])


@router.post("/projects", status_code=201, response_model=ProjectView)
def declare_project(command: DeclareProject, write: UnitWrite) -> Response:
    """项目申报（第5条）。管理方式由预算金额推定（第4条）。"""
    plan = write.before(materials.plan_sections, command)
    return write.once(projects.declare, command, plan)


@router.get("/projects", response_model=Page[ProjectView])
def browse_projects(read: AnyReader, paging: PageQuery) -> Response:
    """项目列表；项目单位只看到本单位的项目。"""
    return read.answer(projects.browse, paging)


@router.get("/projects/{project_id}", response_model=ProjectView)
def show_project(project_id: UUID, read: AnyReader) -> Response:
    """项目详情。"""
    return read.answer(projects.show, project_id)


@router.get("/projects/{project_id}/lifecycle", response_model=LifecycleView)
def show_lifecycle(project_id: UUID, read: AnyReader) -> Response:
    """项目全生命周期：各阶段的日期，及供其他系统同步的事件（第6条）。"""
    return read.answer(stages.show, project_id)


@router.get("/projects/{project_id}/materials", response_model=MaterialsView)
def show_materials(project_id: UUID, read: AnyReader) -> Response:
    """申报材料，及对实施方案各部分的检查结果（第5条）。"""
    return read.answer(materials.show, project_id)


@router.get("/projects/{project_id}/related", response_model=LinksView)
def show_related(project_id: UUID, read: AnyReader) -> Response:
    """关联项目，含待区数据局确认的（第25条）。"""
    return read.answer(related.links, project_id)


@router.post("/projects/{project_id}/related/{related_id}", response_model=LinksView)
def link_related(project_id: UUID, related_id: UUID, write: BureauWrite) -> Response:
    """由区数据局关联同一系统的两个项目（第25条）。"""
    return write.once(related.link, project_id, related_id)


@router.post("/projects/{project_id}/related/{related_id}/confirmation", response_model=LinksView)
def confirm_related(project_id: UUID, related_id: UUID, write: BureauWrite) -> Response:
    """确认两个项目关联（第25条）。"""
    return write.once(related.decide, project_id, related_id, "confirm")


@router.post("/projects/{project_id}/related/{related_id}/dismissal", response_model=LinksView)
def dismiss_related(project_id: UUID, related_id: UUID, write: BureauWrite) -> Response:
    """认定两个项目不关联（第25条）。"""
    return write.once(related.decide, project_id, related_id, "dismiss")


@router.post("/projects/{project_id}/registration", response_model=ProjectView)
def register_project(project_id: UUID, command: RegisterProject, write: BureauWrite) -> Response:
    """登记市级系统编号（第3条）。"""
    given = write.before(projects.ask_registry, project_id, command)
    return write.once(projects.register, project_id, given)


@router.post("/annual-plans/{plan_year}/projects", response_model=PlanView)
def adopt_plan(plan_year: PlanYear, command: AdoptPlan, write: BureauWrite) -> Response:
    """将项目列入年度计划并公布（第5、6条）；已公布的年度追加项目须填写理由。"""
    return write.once(plans.adopt, plan_year, command)


@router.get("/annual-plans/{plan_year}", response_model=AnnualPlanView)
def show_plan(plan_year: PlanYear, read: AnyReader) -> Response:
    """年度计划及其各版本；未公布的版本仅区数据局可见。"""
    return read.answer(plans.show, plan_year)


@router.post("/annual-plans/{plan_year}/drafts", response_model=AnnualPlanView)
def draft_plan(plan_year: PlanYear, command: DraftPlan, write: BureauWrite) -> Response:
    """起草年度计划的新版本（第5条）。"""
    return write.once(plans.draft, plan_year, command)


@router.post("/annual-plans/{plan_year}/consolidation", response_model=AnnualPlanView)
def consolidate_plan(plan_year: PlanYear, write: BureauWrite) -> Response:
    """整理汇总年度计划（第5条）。"""
    return write.once(plans.consolidate, plan_year)


@router.post("/annual-plans/{plan_year}/publication", response_model=PlanView)
def publish_plan(plan_year: PlanYear, command: PublishPlan, write: BureauWrite) -> Response:
    """公布年度计划（第5、6条）。"""
    return write.once(plans.publish, plan_year, command)


@router.post("/projects/{project_id}/decommission-report", response_model=ProjectView)
def report_decommission(project_id: UUID, command: Reason, write: UnitWrite) -> Response:
    """停用、迁移报备（第34条）。"""
    return write.once(projects.decommission, project_id, command)


@router.post("/projects/{project_id}/filings", status_code=201, response_model=FilingView)
def submit_filing(project_id: UUID, command: FilingContent, write: UnitWrite) -> Response:
    """提交报备（第26、27条）。"""
    return write.once(filings.submit, project_id, command)


@router.get("/projects/{project_id}/filing", response_model=FilingView)
def show_filing_of(project_id: UUID, read: AnyReader) -> Response:
    """项目的报备。"""
    return read.answer(filings.of_project, project_id)


@router.get("/filings", response_model=Page[FilingView])
def browse_filings(read: AnyReader, query: Annotated[FilingQuery, Query()]) -> Response:
    """报备列表，例如待认定的（status=submitted）；项目单位只看到本单位的报备。"""
    return read.answer(filings.browse, query)


@router.get("/filings/{filing_id}", response_model=FilingView)
def show_filing(filing_id: UUID, read: AnyReader) -> Response:
    """报备详情。"""
    return read.answer(filings.show, filing_id)


@router.post("/filings/{filing_id}/acceptance", response_model=FilingView)
def accept_filing(
    filing_id: UUID, write: BureauWrite, command: AcceptFiling | None = None
) -> Response:
    """认定报备规范（第27条）；可写明所查看的版次，查看后有更正的不予认定。"""
    return write.once(filings.accept, filing_id, command or AcceptFiling())


@router.post("/filings/{filing_id}/irregularity", response_model=FilingView)
def find_filing_irregular(filing_id: UUID, command: FindIrregular, write: BureauWrite) -> Response:
    """认定报备信息不规范（第27条）。"""
    return write.once(filings.find_irregular, filing_id, command)


@router.post("/filings/{filing_id}/correction", response_model=FilingView)
def correct_filing(filing_id: UUID, command: FilingContent, write: UnitWrite) -> Response:
    """更正报备（第27条）。"""
    return write.once(filings.correct, filing_id, command)


@router.post("/projects/{project_id}/changes", status_code=201, response_model=ChangeView)
def determine_change(project_id: UUID, command: DetermineChange, write: UnitWrite) -> Response:
    """确定变更事项（第28条）。"""
    return write.once(changes.determine, project_id, command)


@router.get("/projects/{project_id}/changes", response_model=ChangesView)
def show_changes(project_id: UUID, read: AnyReader) -> Response:
    """项目的各项变更，含已报备和已撤回的（第28条）。"""
    return read.answer(changes.show, project_id)


@router.post("/changes/{change_id}/approval", response_model=ChangeView)
def approve_change(change_id: UUID, command: ApproveChange, write: BureauWrite) -> Response:
    """批准对立项批复内容、规模、金额的变更（第18、19、28条）。"""
    return write.once(changes.approve, change_id, command)


@router.post("/changes/{change_id}/filing", response_model=ChangeView)
def file_change(change_id: UUID, write: UnitWrite) -> Response:
    """变更报备（第28条）。"""
    return write.once(changes.file, change_id)


@router.post("/changes/{change_id}/withdrawal", response_model=ChangeView)
def withdraw_change(change_id: UUID, command: Reason, write: UnitOrBureauWrite) -> Response:
    """撤回尚未报备的变更：项目单位放弃，或者区数据局不同意（第28条）。"""
    return write.once(changes.withdraw, change_id, command)


@router.get("/projects/{project_id}/baseline", response_model=BaselineView)
def show_baseline(project_id: UUID, read: AnyReader) -> Response:
    """立项批复的内容、规模和金额，及此后各项变更与批复的差异（第18、28条）。"""
    return read.answer(baselines.show, project_id)


@router.post("/projects/{project_id}/contracts", status_code=201, response_model=ContractView)
def record_contract(project_id: UUID, command: RecordContract, write: UnitWrite) -> Response:
    """登记中标与合同（第13、31、33条）。"""
    return write.once(contracts.record, project_id, command)


@router.get("/projects/{project_id}/contracts", response_model=ContractsView)
def show_contracts(project_id: UUID, read: AnyReader) -> Response:
    """项目合同，及各项条款在合同中的位置。"""
    return read.answer(contracts.show, project_id)


@router.post("/contracts/{contract_id}/termination", response_model=ContractView)
def terminate_contract(contract_id: UUID, command: TerminateContract, write: UnitWrite) -> Response:
    """登记合同解除，或者撤销有误的登记（第12条）。"""
    return write.once(contracts.terminate, contract_id, command)


@router.post(
    "/projects/{project_id}/quality-controls", status_code=201, response_model=QualityControlsView
)
def record_quality_control(
    project_id: UUID, command: RecordQualityControl, write: UnitWrite
) -> Response:
    """登记质量预控、过程监控、事后验控的记录（第16条）。"""
    return write.once(quality.record, project_id, command)


@router.get("/projects/{project_id}/quality-controls", response_model=QualityControlsView)
def show_quality_controls(project_id: UUID, read: AnyReader) -> Response:
    """质量控制记录，及尚无记录的阶段。"""
    return read.answer(quality.show, project_id)


@router.get("/contracts/{contract_id}/progress", response_model=ProgressView)
def show_progress(contract_id: UUID, read: AnyReader) -> Response:
    """合同工期、进度计划、延期和人员变更（第15、17条）。"""
    return read.answer(schedules.progress, contract_id)


@router.post("/contracts/{contract_id}/schedules", status_code=201, response_model=ScheduleView)
def submit_schedule(contract_id: UUID, command: SubmitSchedule, write: UnitWrite) -> Response:
    """提交进度计划（第15条）。"""
    return write.once(schedules.submit, contract_id, command)


@router.post("/contracts/{contract_id}/milestones", response_model=ScheduleView)
def reach_milestone(contract_id: UUID, command: ReachMilestone, write: UnitWrite) -> Response:
    """登记进度节点完成（第15条）。"""
    return write.once(schedules.reach, contract_id, command)


@router.post("/contracts/{contract_id}/personnel", response_model=ContractView)
def list_personnel(contract_id: UUID, command: ListPersonnel, write: UnitWrite) -> Response:
    """补登项目负责人和投标人员（第17条）。"""
    return write.once(contracts.list_personnel, contract_id, command)


@router.post(
    "/contracts/{contract_id}/extensions", status_code=201, response_model=ConfirmationView
)
def apply_for_extension(
    contract_id: UUID, command: ApplyForExtension, write: UnitWrite
) -> Response:
    """登记延期申请和进度修正方案（第15条）。"""
    return write.once(confirmations.apply_for_extension, contract_id, command)


@router.post(
    "/contracts/{contract_id}/personnel-changes", status_code=201, response_model=ConfirmationView
)
def apply_for_replacement(
    contract_id: UUID, command: ApplyForReplacement, write: UnitWrite
) -> Response:
    """登记人员变更申请（第17条）。"""
    return write.once(confirmations.apply_for_replacement, contract_id, command)


@router.get("/confirmations/{confirmation_id}", response_model=ConfirmationView)
def show_confirmation(confirmation_id: UUID, read: AnyReader) -> Response:
    """延期或人员变更申请，及各方确认情况。"""
    return read.answer(confirmations.show, confirmation_id)


@router.post("/confirmations/{confirmation_id}/signatures", response_model=ConfirmationView)
def sign_confirmation(confirmation_id: UUID, command: Signature, write: UnitWrite) -> Response:
    """登记一方签字确认（第15、17条）。"""
    return write.once(confirmations.sign, confirmation_id, command)


@router.post("/confirmations/{confirmation_id}/expert-review", response_model=ConfirmationView)
def review_confirmation(confirmation_id: UUID, command: ExpertReview, write: UnitWrite) -> Response:
    """登记专家评审确认（第15、17条）。"""
    return write.once(confirmations.review, confirmation_id, command)


@router.post("/confirmations/{confirmation_id}/completion", response_model=ConfirmationView)
def complete_confirmation(confirmation_id: UUID, write: UnitWrite) -> Response:
    """各方确认齐备后生效（第15、17条）。"""
    return write.once(confirmations.complete, confirmation_id)


@router.post("/confirmations/{confirmation_id}/withdrawal", response_model=ConfirmationView)
def withdraw_confirmation(confirmation_id: UUID, write: UnitWrite) -> Response:
    """撤回尚未生效的申请。"""
    return write.once(confirmations.withdraw, confirmation_id)


@router.post("/working-days", status_code=201, response_model=ImportedView)
def import_working_days(
    command: ImportWorkingDays,
    write: BureauWrite,
    dry_run: Annotated[bool, Query(description="只试一遍，不保存任何内容")] = False,
) -> Response:
    """导入工作日安排；有一行不合格的，全部不导入。"""
    rows = write.before(day_lists.rows, command)
    return write.once(working_days.announce, rows, rehearsal=dry_run)


@router.get("/working-days", response_model=CalendarView)
def show_working_days(
    read: AnyReader, year: Annotated[int, Query(ge=1990, le=2099, description="年度")]
) -> Response:
    """一个年度的工作日安排及依据。"""
    return read.answer(working_days.show, year)
