"""The routes. Each names who may call it and the handler that does the work."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from govproject.exchange import reading
from govproject.exchange.results import ImportView
from govproject.identity import Role
from govproject.terms import Department
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.downloads import WorkbookResponse, workbook
from govproject.web.paging import Page, PageQuery
from govproject_review.columns import EXPERTS
from govproject_review.expertise import (
    AddExpert,
    ConcludePanel,
    DeclareConflicts,
    DrawPanel,
    ExpertView,
    GiveAccount,
    PanelSummary,
    PanelView,
    SignOpinion,
    WithdrawExpert,
)
from govproject_review.handlers import (
    approvals,
    earlier_approvals,
    expert_reviews,
    expert_tables,
    experts,
    fiscal_evaluations,
    materials,
    opinions,
    panels,
    pre_reviews,
    projects,
    tenders,
)
from govproject_review.views import (
    Answer,
    ApplicationView,
    ApplyForApproval,
    ApproveProject,
    FiscalEvaluationView,
    GiveOpinion,
    OpinionView,
    PreReviewView,
    ProcessView,
    ProjectView,
    Reason,
    RecordEarlierApproval,
    RecordFiscalEvaluation,
    RecordTenderDocuments,
    ReviewPoints,
    SubmitPreReview,
    TenderView,
)

AnyReader = Annotated[Read, read_as()]
PoolReader = Annotated[Read, read_as(Role.BUREAU, Role.AUDIT)]
UnitWrite = Annotated[Write, write_as(Role.UNIT)]
BureauWrite = Annotated[Write, write_as(Role.BUREAU)]
DepartmentWrite = Annotated[Write, write_as(*opinions.DEPARTMENTS)]
FinanceWrite = Annotated[Write, write_as(Role.FINANCE)]
ExpertWrite = Annotated[Write, write_as(Role.EXPERT)]

router = APIRouter(tags=["review"])


@router.get("/projects", response_model=Page[ProjectView])
def browse_projects(read: AnyReader, paging: PageQuery) -> Response:
    """项目列表；项目单位只看到本单位的项目。"""
    return read.answer(projects.browse, paging)


@router.get("/projects/{project_id}", response_model=ProcessView)
def show_project(project_id: UUID, read: AnyReader) -> Response:
    """项目评审立项进展。"""
    return read.answer(projects.show, project_id)


@router.post("/projects/{project_id}/pre-reviews", status_code=201, response_model=PreReviewView)
def submit_pre_review(project_id: UUID, command: SubmitPreReview, write: UnitWrite) -> Response:
    """提交预审材料；退回后可重新提交（第7、8条）。"""
    examined = write.before(materials.examined, project_id, command)
    return write.once(pre_reviews.submit, project_id, command, examined)


@router.get("/projects/{project_id}/pre-reviews", response_model=Page[PreReviewView])
def browse_pre_reviews(project_id: UUID, read: AnyReader, paging: PageQuery) -> Response:
    """历次预审。"""
    return read.answer(pre_reviews.browse, project_id, paging)


@router.post("/pre-reviews/{pre_review_id}/verdict", response_model=PreReviewView)
def review_points(pre_review_id: UUID, command: ReviewPoints, write: BureauWrite) -> Response:
    """作出预审结论：通过，或注明理由退回（第7条）。"""
    return write.once(pre_reviews.review, pre_review_id, command)


@router.post("/projects/{project_id}/opinions", response_model=OpinionView)
def give_opinion(project_id: UUID, command: GiveOpinion, write: DepartmentWrite) -> Response:
    """出具本部门会审意见；立项前可重新出具（第9条）。"""
    return write.once(opinions.give, project_id, command)


@router.post("/projects/{project_id}/opinions/{department}/answer", response_model=OpinionView)
def answer_opinion(
    project_id: UUID, department: Department, command: Answer, write: UnitWrite
) -> Response:
    """答复部门意见；审计意见须答复后方可立项（第9条）。"""
    return write.once(opinions.answer, project_id, department, command)


@router.post("/experts", status_code=201, response_model=ExpertView)
def add_expert(command: AddExpert, write: BureauWrite) -> Response:
    """专家入库（第10条）。"""
    return write.once(experts.add, command)


@router.get("/experts", response_model=Page[ExpertView])
def browse_experts(read: PoolReader, paging: PageQuery) -> Response:
    """专家库。"""
    return read.answer(experts.browse, paging)


@router.get("/experts.xlsx", response_class=WorkbookResponse)
def export_experts(read: PoolReader) -> Response:
    """导出专家库，含已出库的专家。"""
    return workbook(read.find(expert_tables.export), "专家库")


@router.post("/experts/import", response_model=ImportView)
def import_experts(
    file_id: Annotated[UUID, Query(description="先经 POST /files 上传的工作簿（.xlsx）")],
    write: BureauWrite,
    skip_bad: Annotated[
        bool, Query(description="跳过有问题的行，只导入其余各行；不填则有一处问题即全部不导入")
    ] = False,
) -> Response:
    """按表格批量入库，补充利害关系声明（第10条）。"""
    table = write.before(reading.stored, file_id, EXPERTS)
    return write.once(expert_tables.take_in, table, skip_bad)


@router.post("/experts/{expert_id}/conflicts", response_model=ExpertView)
def declare_conflicts(expert_id: UUID, command: DeclareConflicts, write: BureauWrite) -> Response:
    """登记专家的利害关系声明，替换原声明。"""
    return write.once(experts.declare_conflicts, expert_id, command)


@router.post("/experts/{expert_id}/account", response_model=ExpertView)
def give_account(expert_id: UUID, command: GiveAccount, write: BureauWrite) -> Response:
    """更改专家签署意见所用的登录账号；一个账号只属于一位专家（第10条）。"""
    return write.once(experts.give_account, expert_id, command)


@router.post("/experts/{expert_id}/retirement", response_model=ExpertView)
def retire_expert(expert_id: UUID, write: BureauWrite) -> Response:
    """专家出库。"""
    return write.once(experts.retire, expert_id)


@router.post("/projects/{project_id}/panels", status_code=201, response_model=PanelView)
def draw_panel(project_id: UUID, command: DrawPanel, write: BureauWrite) -> Response:
    """抽取评审专家（第10条）。"""
    return write.once(panels.draw_panel, project_id, command)


@router.get("/projects/{project_id}/panels", response_model=Page[PanelSummary])
def browse_panels(project_id: UUID, read: AnyReader, paging: PageQuery) -> Response:
    """历次抽取的专家组。"""
    return read.answer(panels.browse, project_id, paging)


@router.get("/panels/{panel_id}", response_model=PanelView)
def show_panel(panel_id: UUID, read: AnyReader) -> Response:
    """专家组及其抽取记录，任何人可据以复核。"""
    return read.answer(panels.show, panel_id)


@router.post("/panels/{panel_id}/withdrawals", response_model=PanelView)
def withdraw_expert(panel_id: UUID, command: WithdrawExpert, write: BureauWrite) -> Response:
    """专家缺席或回避，由候补专家依次递补。"""
    return write.once(panels.withdraw, panel_id, command)


@router.post("/panels/{panel_id}/opinions", response_model=PanelView)
def sign_opinion(panel_id: UUID, command: SignOpinion, write: ExpertWrite) -> Response:
    """专家签署论证意见（第10条）。"""
    return write.once(expert_reviews.sign, panel_id, command)


@router.post("/panels/{panel_id}/conclusion", response_model=PanelView)
def conclude_panel(panel_id: UUID, command: ConcludePanel, write: UnitWrite) -> Response:
    """形成专家评审结论（第10条）。"""
    return write.once(expert_reviews.conclude, panel_id, command)


@router.post(
    "/projects/{project_id}/fiscal-evaluations",
    status_code=201,
    response_model=FiscalEvaluationView,
)
def record_fiscal_evaluation(
    project_id: UUID, command: RecordFiscalEvaluation, write: FinanceWrite
) -> Response:
    """出具财评报告；立项后仅限已确定、尚未报备的变更（第10、28条）。"""
    return write.once(fiscal_evaluations.record, project_id, command)


@router.post("/projects/{project_id}/applications", status_code=201, response_model=ApplicationView)
def apply_for_approval(project_id: UUID, command: ApplyForApproval, write: UnitWrite) -> Response:
    """报送项目代码和审批文件（第11条）。"""
    return write.once(approvals.apply, project_id, command)


@router.post("/projects/{project_id}/approval", response_model=ApplicationView)
def approve_project(project_id: UUID, command: ApproveProject, write: BureauWrite) -> Response:
    """批准立项（第11条）。"""
    return write.once(approvals.approve, project_id, command)


@router.post("/projects/{project_id}/earlier-approval", response_model=ApplicationView)
def record_earlier_approval(
    project_id: UUID, command: RecordEarlierApproval, write: BureauWrite
) -> Response:
    """补登系统启用前取得的立项批复（第6、11条）。"""
    return write.once(earlier_approvals.record, project_id, command)


@router.post("/projects/{project_id}/rejection", response_model=ApplicationView)
def reject_project(project_id: UUID, command: Reason, write: BureauWrite) -> Response:
    """不予立项（第11条）。"""
    return write.once(approvals.reject, project_id, command)


@router.post("/projects/{project_id}/tender-documents", status_code=201, response_model=TenderView)
def record_tender_documents(
    project_id: UUID, command: RecordTenderDocuments, write: UnitWrite
) -> Response:
    """登记招标文件及其编制依据（第11条）。"""
    return write.once(tenders.record, project_id, command)
