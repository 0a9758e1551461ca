"""The routes. Each names who may call it and the handler that does the work."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from govproject.identity import Role
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.paging import Page, PageQuery
from govproject_acceptance.handlers import final, obligations, preliminary, projects, trial
from govproject_acceptance.views import (
    AcceptanceView,
    CloseMustFix,
    CloseObligation,
    EndTrial,
    ExplainOverrun,
    FinalRoundView,
    GuidanceView,
    HoldFinal,
    HoldPreliminary,
    MustFixView,
    ObligationQuery,
    ObligationView,
    PreliminaryView,
    ProjectSummary,
    RecordGuidance,
    RecordReport,
    ReportView,
    StartTrial,
    TrialView,
    WaiverView,
    WaiveStage,
)

AnyReader = Annotated[Read, Depends(read_as())]
UnitWrite = Annotated[Write, Depends(write_as(Role.UNIT))]
BureauWrite = Annotated[Write, Depends(write_as(Role.BUREAU))]

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
    "/projects/{project_id}/preliminary-rounds", status_code=201, response_model=PreliminaryView
)
def hold_preliminary(project_id: UUID, command: HoldPreliminary, write: UnitWrite) -> Response:
    """登记初验评审会（第19条）。"""
    return write.once(preliminary.hold, project_id, command)


@router.post("/must-fix-items/{item_id}/closure", response_model=MustFixView)
def close_must_fix(item_id: UUID, command: CloseMustFix, write: UnitWrite) -> Response:
    """完成初验整改清单中的一项（第19条）。"""
    return write.once(preliminary.close_item, item_id, command)


@router.post("/projects/{project_id}/waivers", status_code=201, response_model=WaiverView)
def waive_stage(project_id: UUID, command: WaiveStage, write: UnitWrite) -> Response:
    """说明根据实际需求不开展初验或试运行的理由（第19条）。"""
    return write.once(preliminary.waive, project_id, command)


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


@router.post("/projects/{project_id}/test-reports", status_code=201, response_model=ReportView)
def record_test_report(project_id: UUID, command: RecordReport, write: UnitWrite) -> Response:
    """登记第三方测评报告（第19条）。"""
    return write.once(trial.record_report, project_id, command)


@router.post("/projects/{project_id}/guidance", status_code=201, response_model=GuidanceView)
def record_guidance(project_id: UUID, command: RecordGuidance, write: BureauWrite) -> Response:
    """登记区数据局对验收流程的指导（第19条）。"""
    return write.once(final.guide, project_id, command)


@router.post("/projects/{project_id}/final-rounds", status_code=201, response_model=FinalRoundView)
def hold_final(project_id: UUID, command: HoldFinal, write: UnitWrite) -> Response:
    """登记终验会；存在不得通过情形的，本轮终验不通过（第19、20条）。"""
    return write.once(final.hold, project_id, command)


@router.get("/obligations", response_model=Page[ObligationView])
def browse_obligations(read: AnyReader, query: Annotated[ObligationQuery, Query()]) -> Response:
    """终验后义务事项列表；项目单位只看到本单位的事项。"""
    return read.answer(obligations.browse, query)


@router.post("/obligations/{obligation_id}/closure", response_model=ObligationView)
def close_obligation(obligation_id: UUID, command: CloseObligation, write: UnitWrite) -> Response:
    """提交证明材料，办结一项义务（第18、20、21、31条）。"""
    return write.once(obligations.close, obligation_id, command)
