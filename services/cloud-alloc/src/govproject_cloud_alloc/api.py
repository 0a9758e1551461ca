"""The routes. Each names who may call it and the handler that does the work."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from govproject.identity import Role
from govproject.reliefs.views import RecordRelief, ReliefView, WithdrawRelief
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.paging import Page, PageQuery
from govproject_cloud_alloc.handlers import (
    allocations,
    bureau_decisions,
    cloud,
    decisions,
    disposals,
    existing_systems,
    incidents,
    standings,
    suspensions,
)
from govproject_cloud_alloc.views import (
    AllocationView,
    CloudWorkView,
    CompleteMove,
    DecisionLogView,
    DisposalView,
    ExistingSystemView,
    HandleIncident,
    IncidentView,
    KnowledgeView,
    RecordDisposal,
    RecordExistingSystem,
    ReleaseAllocation,
    ReplanMove,
    ReportIncident,
    RequestAllocation,
    StandingView,
    SuspensionView,
    VerificationView,
    WithdrawMove,
)

AnyReader = Annotated[Read, read_as()]
OverseerRead = Annotated[Read, read_as(Role.BUREAU, Role.AUDIT, Role.OPS)]
RequesterWrite = Annotated[Write, write_as(Role.UNIT, Role.PORTAL)]
ReleaserWrite = Annotated[Write, write_as(Role.UNIT, Role.PORTAL, Role.BUREAU)]
UnitWrite = Annotated[Write, write_as(Role.UNIT)]
UnitOrBureauWrite = Annotated[Write, write_as(Role.UNIT, Role.BUREAU)]
FinderWrite = Annotated[Write, write_as(Role.UNIT, Role.BUREAU, Role.CYBERSPACE)]
BureauWrite = Annotated[Write, write_as(Role.BUREAU)]

router = APIRouter(tags=["cloud-alloc"])


@router.post("/allocations", status_code=201, response_model=AllocationView)
def request_allocation(command: RequestAllocation, write: RequesterWrite) -> Response:
    """申请政务云资源。准予或拒绝都会留痕，拒绝时列明依据条款和补救办法。"""
    return write.once(allocations.request, command)


@router.get("/allocations", response_model=Page[AllocationView])
def browse_allocations(read: AnyReader, paging: PageQuery) -> Response:
    """资源申请列表；项目单位只看到本单位的申请。"""
    return read.answer(allocations.browse, None, paging)


@router.get("/allocations/{allocation_id}", response_model=AllocationView)
def show_allocation(allocation_id: UUID, read: AnyReader) -> Response:
    """资源申请详情。"""
    return read.answer(allocations.show, allocation_id)


@router.post("/allocations/{allocation_id}/reconsideration", response_model=AllocationView)
def reconsider_allocation(allocation_id: UUID, write: RequesterWrite) -> Response:
    """对被拒绝的申请重新审查。"""
    return write.once(allocations.reconsider, allocation_id)


@router.post("/allocations/{allocation_id}/release", response_model=AllocationView)
def release_allocation(
    allocation_id: UUID, command: ReleaseAllocation, write: ReleaserWrite
) -> Response:
    """释放资源（第34条）。"""
    return write.once(allocations.release, allocation_id, command)


@router.get("/projects/{project_id}/allocations", response_model=Page[AllocationView])
def browse_project_allocations(project_id: UUID, read: AnyReader, paging: PageQuery) -> Response:
    """一个项目的资源申请。"""
    return read.answer(allocations.browse, project_id, paging)


@router.get("/projects/{project_id}/standing", response_model=StandingView)
def show_standing(project_id: UUID, read: AnyReader) -> Response:
    """资源分配服务所掌握的项目状态。"""
    return read.answer(standings.show, project_id)


@router.post("/projects/{project_id}/bureau-decisions", status_code=201, response_model=ReliefView)
def record_bureau_decision(project_id: UUID, command: RecordRelief, write: BureauWrite) -> Response:
    """记录区数据局准予分配的书面决定（第27条“可不予分配”）。"""
    return write.once(bureau_decisions.record, project_id, command)


@router.get("/projects/{project_id}/bureau-decisions", response_model=Page[ReliefView])
def browse_bureau_decisions(project_id: UUID, read: AnyReader, paging: PageQuery) -> Response:
    """区数据局对项目的各项书面决定，含已过期和已撤回的。"""
    return read.answer(bureau_decisions.browse, project_id, paging)


@router.post("/bureau-decisions/{decision_id}/withdrawal", response_model=ReliefView)
def withdraw_bureau_decision(
    decision_id: UUID, command: WithdrawRelief, write: BureauWrite
) -> Response:
    """撤回书面决定；此前已作出的分配决定不变。"""
    return write.once(bureau_decisions.withdraw, decision_id, command)


@router.get("/suspension-orders", response_model=Page[SuspensionView])
def browse_suspensions(read: OverseerRead, paging: PageQuery) -> Response:
    """暂停令列表（第29条）。"""
    return read.answer(suspensions.browse, paging)


@router.post("/suspension-orders/{order_id}/confirmation", response_model=SuspensionView)
def confirm_suspension(order_id: UUID, write: BureauWrite) -> Response:
    """确认暂停资源使用（第29条）。系统不会自动停用资源。"""
    return write.once(suspensions.confirm, order_id)


@router.post("/suspension-orders/{order_id}/resumption", response_model=SuspensionView)
def resume_after_suspension(order_id: UUID, write: BureauWrite) -> Response:
    """整改到位后恢复资源使用（第29条）。"""
    return write.once(suspensions.resume, order_id)


@router.get("/decisions", response_model=Page[DecisionLogView])
def browse_decisions(read: OverseerRead, paging: PageQuery) -> Response:
    """决定日志：每次判断的申请、事实、结论，前后相链。"""
    return read.answer(decisions.browse, paging)


@router.get("/decisions/verification", response_model=VerificationView)
def verify_decisions(read: OverseerRead) -> Response:
    """核验决定日志是否完整、未被改动。"""
    return read.answer(decisions.verify)


@router.get("/cloud-work", response_model=Page[CloudWorkView])
def browse_cloud_work(read: OverseerRead, paging: PageQuery) -> Response:
    """交由云平台执行的操作及其回执。"""
    return read.answer(cloud.browse, paging)


@router.get("/knowledge", response_model=KnowledgeView)
def show_knowledge(read: AnyReader) -> Response:
    """资源分配服务所掌握信息的时效。"""
    return read.answer(standings.knowledge)


@router.post("/projects/{project_id}/incidents", status_code=201, response_model=IncidentView)
def report_incident(project_id: UUID, command: ReportIncident, write: FinderWrite) -> Response:
    """登记网络安全隐患或事件（第32条）；未处置的，云平台在分配资源时可见。"""
    return write.once(incidents.report, project_id, command)


@router.get("/projects/{project_id}/incidents", response_model=Page[IncidentView])
def browse_incidents(project_id: UUID, read: AnyReader, paging: PageQuery) -> Response:
    """一个项目的网络安全隐患和事件。"""
    return read.answer(incidents.browse, project_id, paging)


@router.post("/incidents/{incident_id}/handling", response_model=IncidentView)
def handle_incident(incident_id: UUID, command: HandleIncident, write: UnitWrite) -> Response:
    """登记处置措施和结果（第32条）。"""
    return write.once(incidents.handle, incident_id, command)


@router.get("/disposals", response_model=Page[DisposalView])
def browse_disposals(read: AnyReader, paging: PageQuery) -> Response:
    """已报停用、迁移的项目，及其数据和国有资产处置情况（第34条）。"""
    return read.answer(disposals.browse, paging)


@router.get("/projects/{project_id}/disposal", response_model=DisposalView)
def show_disposal(project_id: UUID, read: AnyReader) -> Response:
    """一个已停用项目的处置情况，以及尚未释放的资源。"""
    return read.answer(disposals.show, project_id)


@router.post("/projects/{project_id}/disposal", status_code=201, response_model=DisposalView)
def record_disposal(project_id: UUID, command: RecordDisposal, write: UnitWrite) -> Response:
    """资源全部释放后，逐项登记数据和国有资产处置的凭证（第34条）。"""
    return write.once(disposals.record, project_id, command)


@router.post("/existing-systems", status_code=201, response_model=ExistingSystemView)
def record_existing_system(command: RecordExistingSystem, write: UnitOrBureauWrite) -> Response:
    """登记区政务云以外的已建系统及计划迁移日期（第2条）。"""
    return write.once(existing_systems.record, command)


@router.get("/existing-systems", response_model=Page[ExistingSystemView])
def browse_existing_systems(read: AnyReader, paging: PageQuery) -> Response:
    """区政务云以外的已建系统及迁移情况；项目单位只看到本单位的系统。"""
    return read.answer(existing_systems.browse, paging)


@router.post("/existing-systems/{system_id}/plan", response_model=ExistingSystemView)
def replan_move(system_id: UUID, command: ReplanMove, write: UnitOrBureauWrite) -> Response:
    """调整计划迁移日期，并说明理由。"""
    return write.once(existing_systems.replan, system_id, command)


@router.post("/existing-systems/{system_id}/move", response_model=ExistingSystemView)
def complete_move(system_id: UUID, command: CompleteMove, write: UnitOrBureauWrite) -> Response:
    """登记系统已迁移至区政务云（第2条）。"""
    return write.once(existing_systems.complete, system_id, command)


@router.post("/existing-systems/{system_id}/withdrawal", response_model=ExistingSystemView)
def withdraw_move(system_id: UUID, command: WithdrawMove, write: BureauWrite) -> Response:
    """核定系统不再迁移：国家明确规定必须单独建设（第2条），或系统已停用。"""
    return write.once(existing_systems.withdraw, system_id, command)
