"""The routes of oversight: spot checks, orders to rectify, exceptions (Arts 6, 29)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from govproject.identity import Role
from govproject.reliefs.views import RecordRelief, ReliefView, WithdrawRelief
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.downloads import WorkbookResponse, workbook
from govproject.web.paging import Page, PageQuery
from govproject_intake.api import AnyReader, BureauWrite, UnitWrite
from govproject_intake.handlers import exceptions, exports, spot_checks, supervision
from govproject_intake.oversight import (
    DrawSpotCheck,
    ExceptionCountsView,
    ExceptionQuery,
    ExceptionView,
    OrderQuery,
    OrderRectification,
    OrdersView,
    OrderView,
    RecordSpotCheck,
    ReportRectification,
    SpotCheckView,
)
from govproject_intake.views import Reason

_INSPECTORS = (Role.BUREAU, Role.PARTY_OFFICE, Role.CYBERSPACE, Role.FINANCE, Role.AUDIT)

InspectorRead = Annotated[Read, read_as(*_INSPECTORS)]
InspectorWrite = Annotated[Write, write_as(*_INSPECTORS)]

router = APIRouter(tags=["intake"])


@router.post("/spot-checks", status_code=201, response_model=SpotCheckView)
def draw_spot_check(command: DrawSpotCheck, write: InspectorWrite) -> Response:
    """从已报备项目中随机抽取核查对象（第29条）。"""
    return write.once(spot_checks.draw, command)


@router.get("/spot-checks", response_model=Page[SpotCheckView])
def browse_spot_checks(read: InspectorRead, paging: PageQuery) -> Response:
    """抽查列表。"""
    return read.answer(spot_checks.browse, paging)


@router.get("/spot-checks.xlsx", response_class=WorkbookResponse)
def export_spot_checks(read: InspectorRead) -> Response:
    """导出抽查核查情况表，含整改情况（第29条）。"""
    return workbook(read.find(exports.spot_checks), "抽查核查情况表")


@router.get("/spot-checks/{spot_check_id}", response_model=SpotCheckView)
def show_spot_check(spot_check_id: UUID, read: InspectorRead) -> Response:
    """抽查对象、随机种子和核查结果。"""
    return read.answer(spot_checks.show, spot_check_id)


@router.post("/spot-checks/{spot_check_id}/results", response_model=SpotCheckView)
def record_spot_check(
    spot_check_id: UUID, command: RecordSpotCheck, write: InspectorWrite
) -> Response:
    """登记一个项目的四项核查结果（第29条）。"""
    return write.once(spot_checks.record, spot_check_id, command)


@router.post(
    "/projects/{project_id}/rectification-orders", status_code=201, response_model=OrderView
)
def order_rectification(
    project_id: UUID, command: OrderRectification, write: InspectorWrite
) -> Response:
    """责令限期整改（第29条）。"""
    return write.once(supervision.order_rectification, project_id, command)


@router.get("/projects/{project_id}/rectification-orders", response_model=OrdersView)
def show_rectifications(project_id: UUID, read: AnyReader) -> Response:
    """项目的各项整改令，含问题、期限和整改情况（第29条）。"""
    return read.answer(supervision.of_project, project_id)


@router.get("/rectification-orders", response_model=Page[OrderView])
def browse_rectifications(read: AnyReader, query: Annotated[OrderQuery, Query()]) -> Response:
    """整改令列表，例如待复查的（state=reported）；项目单位只看到本单位的。"""
    return read.answer(supervision.browse, query)


@router.get("/rectification-orders/{order_id}", response_model=OrderView)
def show_rectification(order_id: UUID, read: AnyReader) -> Response:
    """一项整改令。"""
    return read.answer(supervision.show, order_id)


@router.post("/rectification-orders/{order_id}/report", response_model=OrderView)
def report_rectification(
    order_id: UUID, command: ReportRectification, write: UnitWrite
) -> Response:
    """报告整改情况并引用证明材料；之后由检查部门复查认定（第29条）。"""
    return write.once(supervision.report_rectification, order_id, command)


@router.post("/rectification-orders/{order_id}/failure", response_model=OrderView)
def fail_rectification(order_id: UUID, command: Reason, write: InspectorWrite) -> Response:
    """认定整改不到位（第29条）。"""
    return write.once(supervision.fail_rectification, order_id, command)


@router.post("/rectification-orders/{order_id}/clearance", response_model=OrderView)
def clear_rectification(order_id: UUID, command: Reason, write: InspectorWrite) -> Response:
    """认定整改到位（第29条）。"""
    return write.once(supervision.clear_rectification, order_id, command)


@router.post("/projects/{project_id}/exceptions", status_code=201, response_model=ReliefView)
def grant_exception(project_id: UUID, command: RecordRelief, write: BureauWrite) -> Response:
    """批准“原则上”条款的例外。"""
    return write.once(exceptions.grant, project_id, command)


@router.get("/projects/{project_id}/exceptions", response_model=Page[ReliefView])
def browse_exceptions(project_id: UUID, read: AnyReader, paging: PageQuery) -> Response:
    """项目的各项例外，含已过期和已撤回的。"""
    return read.answer(exceptions.browse, project_id, paging)


@router.get("/exceptions", response_model=Page[ExceptionView])
def browse_all_exceptions(
    read: InspectorRead, query: Annotated[ExceptionQuery, Query()]
) -> Response:
    """各项目的例外，可按单位、是否有效筛选，用于监督“原则上”条款的适用（第6条）。"""
    return read.answer(exceptions.browse_all, query)


@router.get("/exceptions/counts", response_model=ExceptionCountsView)
def count_exceptions(read: InspectorRead) -> Response:
    """各单位获批例外的次数、目前有效的件数和最近到期日（第6条）。"""
    return read.answer(exceptions.count)


@router.post("/exceptions/{exception_id}/withdrawal", response_model=ReliefView)
def withdraw_exception(exception_id: UUID, command: WithdrawRelief, write: BureauWrite) -> Response:
    """撤回例外；此前已作出的决定不变。"""
    return write.once(exceptions.withdraw, exception_id, command)
