"""The routes. Each names who may call it and the handler that does the work."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from govproject.identity import Role
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.downloads import WorkbookResponse, workbook
from govproject.web.paging import Page, PageQuery
from govproject_acceptance.completing import CompleteConstruction, CompletionView, CorrectCompletion
from govproject_acceptance.finals import (
    FinalRoundView,
    GuidanceView,
    HandInMaterial,
    HoldFinal,
    MaterialView,
    RecordGuidance,
    RectificationView,
    RectifyCase,
)
from govproject_acceptance.follow_up import (
    AnnualReportView,
    EligibleProject,
    Evaluate,
    EvaluateItself,
    EvaluationView,
    MissingReports,
    OperationView,
    RecordOperation,
    Rectify,
    ReportQuery,
    ReportYear,
    SelfEvaluationView,
)
from govproject_acceptance.handlers import (
    annual_reports,
    completion,
    contract_absence,
    evaluations,
    exports,
    final,
    final_materials,
    implementation,
    indicators,
    issues,
    lots,
    operation,
    preliminary,
    projects,
    rectifications,
    self_evaluations,
    trial,
    trial_problems,
    uncontracted_payments,
)
from govproject_acceptance.implementation import HandInPlans, ImplementationView
from govproject_acceptance.indicators import IndicatorsView, RecordIndicators
from govproject_acceptance.issues import (
    ExplainIssue,
    IssueView,
    RecordIssue,
    SettleIssue,
    VerifyDocument,
)
from govproject_acceptance.reporting import RecordReport, ReportView
from govproject_acceptance.uncontracted import (
    ContractAbsenceView,
    ExplainNoContract,
    ExplainPayment,
    UncontractedPaymentView,
)
from govproject_acceptance.views import (
    AcceptanceView,
    CloseMustFix,
    EndTrial,
    Explain,
    ExplainOverrun,
    HoldLot,
    HoldPreliminary,
    LotRoundView,
    MustFixView,
    PreliminaryView,
    ProblemView,
    ProjectSummary,
    RecordProblem,
    SolveProblem,
    StartTrial,
    TrialView,
    WaiverView,
    WaiveStage,
)

AnyReader = Annotated[Read, read_as()]
UnitWrite = Annotated[Write, write_as(Role.UNIT)]
BureauWrite = Annotated[Write, write_as(Role.BUREAU)]
IssueWrite = Annotated[Write, write_as(Role.UNIT, Role.BUREAU)]
FinanceWrite = Annotated[Write, write_as(Role.FINANCE)]
BureauRead = Annotated[Read, read_as(Role.BUREAU)]
ReportedYear = Annotated[int | None, Query(ge=1990, le=2099, description="只导出该年度的报告")]
EvaluatedYear = Annotated[
    int | None, Query(ge=1990, le=2099, description="只导出该年度内完成的评价")
]

router = APIRouter(tags=["acceptance"])


@router.get("/projects", response_model=Page[ProjectSummary])
def browse_projects(read: AnyReader, paging: PageQuery) -> Response:
    """项目验收状态列表；项目单位只看到本单位的项目。"""
    return read.answer(projects.browse, paging)


@router.get("/projects/{project_id}", response_model=AcceptanceView)
def show_project(project_id: UUID, read: AnyReader) -> Response:
    """项目验收详情，以及下一环节尚缺的条件。"""
    return read.answer(projects.show, project_id)


@router.post(
    "/projects/{project_id}/implementation-plans",
    status_code=201,
    response_model=ImplementationView,
)
def hand_in_plans(project_id: UUID, command: HandInPlans, write: UnitWrite) -> Response:
    """实施启动时登记实施计划，可以后续补充；尚缺的计划给予提示（第14条）。"""
    return write.once(implementation.hand_in, project_id, command)


@router.post("/projects/{project_id}/indicators", status_code=201, response_model=IndicatorsView)
def record_indicators(project_id: UUID, command: RecordIndicators, write: UnitWrite) -> Response:
    """登记主要技术、效率指标及其依据；组织验收后只能依据正式变更增加或调整（第19条）。"""
    return write.once(indicators.record, project_id, command)


@router.post("/projects/{project_id}/completion", status_code=201, response_model=CompletionView)
def complete_construction(
    project_id: UUID, command: CompleteConstruction, write: UnitWrite
) -> Response:
    """登记项目建设完成；自此须组织验收（第19条），超过合同工期的给予提示（第15条）。"""
    return write.once(completion.complete, project_id, command)


@router.post(
    "/projects/{project_id}/completion-corrections",
    status_code=201,
    response_model=CompletionView,
)
def correct_completion(project_id: UUID, command: CorrectCompletion, write: UnitWrite) -> Response:
    """更正登记有误的建设完成日期并说明理由，限尚未据以组织验收、试运行的（第19条）。"""
    return write.once(completion.correct, project_id, command)


@router.post(
    "/projects/{project_id}/preliminary-rounds", status_code=201, response_model=PreliminaryView
)
def hold_preliminary(project_id: UUID, command: HoldPreliminary, write: UnitWrite) -> Response:
    """登记初验评审会（第19条）。"""
    return write.once(preliminary.hold, project_id, command)


@router.post("/must-fix-items/{item_id}/closure", response_model=MustFixView)
def close_must_fix(item_id: UUID, command: CloseMustFix, write: UnitWrite) -> Response:
    """完成初验整改清单中的一项（第19条）。"""
    return write.once(preliminary.close_item, item_id, command)


@router.post("/must-fix-items/{item_id}/explanation", response_model=MustFixView)
def explain_must_fix(item_id: UUID, command: Explain, write: UnitWrite) -> Response:
    """书面说明初验整改清单中的一项未完成的原因，供终验核查（第19条）。"""
    return write.once(preliminary.explain_item, item_id, command)


@router.post("/projects/{project_id}/waivers", status_code=201, response_model=WaiverView)
def waive_stage(project_id: UUID, command: WaiveStage, write: UnitWrite) -> Response:
    """说明根据实际需求不开展初验或试运行的理由（第19条）。"""
    return write.once(preliminary.waive, project_id, command)


@router.post(
    "/projects/{project_id}/contract-absence", status_code=201, response_model=ContractAbsenceView
)
def explain_no_contract(project_id: UUID, command: ExplainNoContract, write: UnitWrite) -> Response:
    """说明项目没有合同（如本单位自行建设）的理由，每次验收时提示（第12条）。"""
    return write.once(contract_absence.explain, project_id, command)


@router.post(
    "/projects/{project_id}/uncontracted-payments",
    status_code=201,
    response_model=UncontractedPaymentView,
)
def explain_payment(project_id: UUID, command: ExplainPayment, write: UnitWrite) -> Response:
    """登记没有合同的支付及其理由，每次验收时提示（第12条）。"""
    return write.once(uncontracted_payments.explain, project_id, command)


@router.post("/projects/{project_id}/trials", status_code=201, response_model=TrialView)
def start_trial(project_id: UUID, command: StartTrial, write: UnitWrite) -> Response:
    """登记试运行开始（第19条）。"""
    return write.once(trial.start, project_id, command)


@router.post("/trials/{trial_id}/end", response_model=TrialView)
def end_trial(trial_id: UUID, command: EndTrial, write: UnitWrite) -> Response:
    """登记试运行结束（第19条）。"""
    return write.once(trial.end, trial_id, command)


@router.post("/trials/{trial_id}/overrun-reason", response_model=TrialView)
def explain_overrun(trial_id: UUID, command: ExplainOverrun, write: UnitWrite) -> Response:
    """补充说明试运行超期原因（第19条）。"""
    return write.once(trial.explain_overrun, trial_id, command)


@router.post("/trials/{trial_id}/problems", status_code=201, response_model=ProblemView)
def record_problem(trial_id: UUID, command: RecordProblem, write: UnitWrite) -> Response:
    """登记试运行问题（第19条）。"""
    return write.once(trial_problems.record, trial_id, command)


@router.post("/trial-problems/{problem_id}/closure", response_model=ProblemView)
def solve_problem(problem_id: UUID, command: SolveProblem, write: UnitWrite) -> Response:
    """登记试运行问题已解决（第19条）。"""
    return write.once(trial_problems.solve, problem_id, command)


@router.post("/trial-problems/{problem_id}/explanation", response_model=ProblemView)
def explain_problem(problem_id: UUID, command: Explain, write: UnitWrite) -> Response:
    """书面说明试运行问题未解决的原因，供终验核查（第19条）。"""
    return write.once(trial_problems.explain, problem_id, command)


@router.post("/projects/{project_id}/issues", status_code=201, response_model=IssueView)
def record_issue(project_id: UUID, command: RecordIssue, write: IssueWrite) -> Response:
    """登记实施过程中的重大问题、法律纠纷或不真实的材料，由项目单位或区数据局登记（第19条）。"""
    return write.once(issues.record, project_id, command)


@router.post("/issues/{issue_id}/explanation", response_model=IssueView)
def explain_issue(issue_id: UUID, command: ExplainIssue, write: UnitWrite) -> Response:
    """对重大问题作出解释和必要说明，供终验核查（第19条）。"""
    return write.once(issues.explain, issue_id, command)


@router.post("/issues/{issue_id}/settlement", response_model=IssueView)
def settle_issue(issue_id: UUID, command: SettleIssue, write: UnitWrite) -> Response:
    """登记重大问题或法律纠纷已解决（第19条）。"""
    return write.once(issues.settle, issue_id, command)


@router.post("/issues/{issue_id}/verification", response_model=IssueView)
def verify_document(issue_id: UUID, command: VerifyDocument, write: BureauWrite) -> Response:
    """登记区数据局对不真实的竣工验收文件材料的核实处理（第19条）。"""
    return write.once(issues.verify, issue_id, command)


@router.post("/projects/{project_id}/test-reports", status_code=201, response_model=ReportView)
def record_test_report(project_id: UUID, command: RecordReport, write: UnitWrite) -> Response:
    """登记第三方测评报告（第19条）。"""
    return write.once(trial.record_report, project_id, command)


@router.post("/projects/{project_id}/guidance", status_code=201, response_model=GuidanceView)
def record_guidance(project_id: UUID, command: RecordGuidance, write: BureauWrite) -> Response:
    """登记区数据局对验收流程的指导（第19条）。"""
    return write.once(final.guide, project_id, command)


@router.post("/projects/{project_id}/lot-acceptances", status_code=201, response_model=LotRoundView)
def accept_lot(project_id: UUID, command: HoldLot, write: UnitWrite) -> Response:
    """登记多标段项目中一个标段的验收（第19条）。"""
    return write.once(lots.hold, project_id, command)


@router.post("/projects/{project_id}/final-materials", status_code=201, response_model=MaterialView)
def hand_in_material(project_id: UUID, command: HandInMaterial, write: UnitWrite) -> Response:
    """登记终验自评报告、运行介绍演示或验收材料文档（第19条）。"""
    return write.once(final_materials.hand_in, project_id, command)


@router.post("/projects/{project_id}/final-rounds", status_code=201, response_model=FinalRoundView)
def hold_final(project_id: UUID, command: HoldFinal, write: UnitWrite) -> Response:
    """登记终验会；存在不得通过情形的，本轮终验不通过（第19、20条）。"""
    return write.once(final.hold, project_id, command)


@router.post(
    "/final-rounds/{round_id}/rectifications", status_code=201, response_model=RectificationView
)
def rectify_case(round_id: UUID, command: RectifyCase, write: UnitWrite) -> Response:
    """逐项登记终验不合格后的整改情况；登记完毕并重新履行程序后方可再次终验（第20条）。"""
    return write.once(rectifications.rectify, round_id, command)


@router.put("/projects/{project_id}/operation", response_model=OperationView)
def record_operation(project_id: UUID, command: RecordOperation, write: UnitWrite) -> Response:
    """登记运行、使用单位及运行维护、网络安全、外包管理情况（第30、32、33条）。"""
    return write.once(operation.record, project_id, command)


@router.post(
    "/projects/{project_id}/self-evaluations", status_code=201, response_model=SelfEvaluationView
)
def evaluate_itself(project_id: UUID, command: EvaluateItself, write: UnitWrite) -> Response:
    """登记项目自评估（第21、23条）。"""
    return write.once(self_evaluations.evaluate, project_id, command)


@router.post("/self-evaluations/{evaluation_id}/rectification", response_model=SelfEvaluationView)
def rectify_itself(evaluation_id: UUID, command: Rectify, write: UnitWrite) -> Response:
    """登记自评后的整改情况（第23条）。"""
    return write.once(self_evaluations.rectify, evaluation_id, command)


@router.get("/evaluations/eligible-projects", response_model=Page[EligibleProject])
def browse_eligible_projects(read: AnyReader, paging: PageQuery) -> Response:
    """可以开展绩效评价的项目：终验完成或提供服务满一年（第24条）。"""
    return read.answer(evaluations.browse_eligible, paging)


@router.get("/evaluations.xlsx", response_class=WorkbookResponse)
def export_evaluations(read: AnyReader, year: EvaluatedYear = None) -> Response:
    """导出绩效评价结果汇总表；项目单位只导出本单位的项目（第23、24条）。"""
    name = "" if year is None else f"{year}年度"
    return workbook(read.find(exports.evaluations, year), f"{name}绩效评价结果汇总表")


@router.post("/projects/{project_id}/evaluations", status_code=201, response_model=EvaluationView)
def conclude_evaluation(project_id: UUID, command: Evaluate, write: FinanceWrite) -> Response:
    """登记区财政局绩效评价，并抄送区数据局（第23、24条）。"""
    return write.once(evaluations.conclude, project_id, command)


@router.get("/annual-reports", response_model=Page[AnnualReportView])
def browse_annual_reports(read: AnyReader, query: Annotated[ReportQuery, Query()]) -> Response:
    """年度运行效能自评价报告列表；项目单位只看到本单位的报告（第22条）。"""
    return read.answer(annual_reports.browse, query)


@router.get("/annual-reports.xlsx", response_class=WorkbookResponse)
def export_annual_reports(read: AnyReader, year: ReportedYear = None) -> Response:
    """导出年度运行效能自评价报告汇总表；项目单位只导出本单位的报告（第22条）。"""
    name = "" if year is None else f"{year}年度"
    return workbook(read.find(exports.annual_reports, year), f"{name}运行效能自评价报告汇总表")


@router.post("/annual-reports", status_code=201, response_model=AnnualReportView)
def report_year(command: ReportYear, write: UnitWrite) -> Response:
    """报送本单位全部项目的年度运行效能自评价报告（第22条）。"""
    return write.once(annual_reports.report, command)


@router.get("/annual-reports/{year}/missing-units", response_model=MissingReports)
def show_missing_reports(
    year: Annotated[int, Path(ge=1990, le=2099, description="报告所属年度")], read: BureauRead
) -> Response:
    """报送期满后仍未报送年度报告的项目单位（第22条）。"""
    return read.answer(annual_reports.missing, year)
