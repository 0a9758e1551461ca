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
from govproject_intake.columns import FILINGS, PASSED, PLAN, REGISTRATIONS
from govproject_intake.handlers import exports, filing_imports, imports, project_imports

AnyReader = Annotated[Read, read_as()]
UnitWrite = Annotated[Write, write_as(Role.UNIT)]
BureauWrite = Annotated[Write, write_as(Role.BUREAU)]
FileId = Annotated[UUID, Query(description="先经 POST /files 上传的工作簿（.xlsx）")]
SkipBad = Annotated[
    bool, Query(description="跳过有问题的行，只导入其余各行；不填则有一处问题即全部不导入")
]

DryRun = Annotated[bool, Query(description="只试一遍：返回导入后会怎样，不保存任何内容")]

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
    dry_run: DryRun = False,
) -> Response:
    """按表格起草年度计划（第5条）：列入或移出已申报的项目，之后仍须汇总、公布。"""
    table = write.before(reading.stored, file_id, PLAN, PASSED)
    return write.once(imports.plan, plan_year, table, reason, skip_bad, rehearsal=dry_run)


@router.post("/registrations/import", response_model=ImportView)
def import_registrations(
    file_id: FileId, write: BureauWrite, skip_bad: SkipBad = False, dry_run: DryRun = False
) -> Response:
    """按表格登记市级系统编号（第3条）；编号为空的行不登记。"""
    table = write.before(reading.stored, file_id, REGISTRATIONS, PASSED)
    return write.once(imports.registrations, table, skip_bad, rehearsal=dry_run)


@router.post("/projects/import", response_model=ImportView)
def import_projects(
    file_id: FileId, write: UnitWrite, skip_bad: SkipBad = False, dry_run: DryRun = False
) -> Response:
    """按项目清单申报本单位的项目（第5条）；已申报的逐项核对，不作改动。材料先上传，按文件名填写。"""
    declarations = write.before(project_imports.prepare, file_id)
    return write.once(project_imports.take_in, declarations, skip_bad, rehearsal=dry_run)


@router.post("/filings/import", response_model=ImportView)
def import_filings(
    file_id: FileId, write: UnitWrite, skip_bad: SkipBad = False, dry_run: DryRun = False
) -> Response:
    """按报备情况表提交或更正本单位项目的报备（第26、27条）；五种情形逐项填写，空白的单元格不改动。"""
    table = write.before(reading.stored, file_id, FILINGS, PASSED)
    return write.once(filing_imports.take_in, table, skip_bad, rehearsal=dry_run)


@router.get("/working-days.xlsx", response_class=WorkbookResponse)
def export_days(
    read: AnyReader, year: Annotated[int, Query(ge=1990, le=2099, description="年度")]
) -> Response:
    """导出一个年度的工作日安排及依据，可以再导入。"""
    return workbook(read.find(exports.days, year), f"{year}年工作日安排")
