"""The routes for tables: from workbooks and as workbooks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from govproject.exchange import reading
from govproject.exchange.results import ImportView
from govproject.fields import LongText
from govproject.identity import Role
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.downloads import WorkbookResponse, workbook
from govproject_intake.api import PlanYear
from govproject_intake.columns import PASSED, PLAN, REGISTRATIONS
from govproject_intake.handlers import exports, imports

AnyReader = Annotated[Read, read_as()]
BureauWrite = Annotated[Write, write_as(Role.BUREAU)]
FileId = Annotated[UUID, Query(description="先经 POST /files 上传的工作簿（.xlsx）")]
SkipBad = Annotated[
    bool, Query(description="跳过有问题的行，只导入其余各行；不填则有一处问题即全部不导入")
]

router = APIRouter(tags=["tables"])


@router.get("/projects.xlsx", response_class=WorkbookResponse)
def export_projects(
    read: AnyReader,
    plan_year: Annotated[
        int | None, Query(ge=2000, le=2100, description="只导出该计划年度")
    ] = None,
) -> Response:
    """导出项目清单；项目单位只导出本单位的项目。"""
    year = "" if plan_year is None else f"{plan_year}年度"
    return workbook(read.find(exports.projects, plan_year), f"{year}项目清单")


@router.get("/filings.xlsx", response_class=WorkbookResponse)
def export_filings(read: AnyReader) -> Response:
    """导出报备情况表；项目单位只导出本单位的项目。"""
    return workbook(read.find(exports.filings), "报备情况表")


@router.get("/annual-plans/{plan_year}/summary.xlsx", response_class=WorkbookResponse)
def export_plan(plan_year: PlanYear, read: AnyReader) -> Response:
    """导出年度计划汇总表（第5条）；未公布的版本仅区数据局可见。"""
    return workbook(read.find(exports.summary, plan_year), f"{plan_year}年度计划汇总表")


@router.post("/annual-plans/{plan_year}/import", response_model=ImportView)
def import_plan(
    plan_year: PlanYear,
    file_id: FileId,
    write: BureauWrite,
    reason: Annotated[LongText | None, Query(description="受理逾期申报或年中追加的理由")] = None,
    skip_bad: SkipBad = False,
) -> Response:
    """按表格起草年度计划（第5条）：列入或移出已申报的项目，之后仍须汇总、公布。"""
    table = write.before(reading.stored, file_id, PLAN, PASSED)
    return write.once(imports.plan, plan_year, table, reason, skip_bad)


@router.post("/registrations/import", response_model=ImportView)
def import_registrations(
    file_id: FileId, write: BureauWrite, skip_bad: SkipBad = False
) -> Response:
    """按表格登记市级系统编号（第3条）；编号为空的行不登记。"""
    table = write.before(reading.stored, file_id, REGISTRATIONS, PASSED)
    return write.once(imports.registrations, table, skip_bad)
