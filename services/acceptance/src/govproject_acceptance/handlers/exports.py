"""Tables of yearly reports and evaluations, to be sent on (Arts 22-24)."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from sqlmodel import Session, col

from govproject.context import Context
from govproject.exchange.writing import Sheet, write
from govproject_acceptance import exporting, repository
from govproject_acceptance.columns import ANNUAL_REPORTS, EVALUATIONS
from govproject_acceptance.follow_up import AnnualReportView
from govproject_acceptance.handlers.annual_reports import view
from govproject_acceptance.projection import Project
from govproject_acceptance.tables import AnnualReport, Evaluation

Row = dict[str, Any]


def annual_reports(session: Session, context: Context, year: int | None) -> BinaryIO:
    """All yearly reports, or those on one year; a unit's own."""
    query = repository.annual_reports(context.caller.limited_to, year)
    found = session.exec(query.order_by(col(AnnualReport.id)))
    rows = _numbered(line for report in found for line in _reported(view(report)))
    title = f"{_of(year)}运行效能自评价报告汇总表"
    return write(Sheet("年度报告", title, ANNUAL_REPORTS, rows, _as_of(context)))


def evaluations(session: Session, context: Context, year: int | None) -> BinaryIO:
    """All evaluations, or those concluded in one year; a unit's own."""
    found = exporting.evaluations_in_detail(session, context.caller.limited_to, year)
    rows = _numbered(_evaluated(*each) for each in found)
    title = f"{_of(year)}绩效评价结果汇总表"
    return write(Sheet("绩效评价", title, EVALUATIONS, rows, _as_of(context)))


def _reported(report: AnnualReportView) -> Iterator[Row]:
    """Each project of a report; a report without any is a row, too."""
    for line in [each.model_dump() for each in report.projects] or [{}]:
        yield {**report.model_dump(), **line, "report_name": report.paper.name}


def _evaluated(evaluation: Evaluation, project: Project) -> Row:
    return {
        **project.model_dump(include={"project_name", "unit", "kind", "budget_yuan"}),
        **evaluation.model_dump(include={"project_id", "evaluated_on", "grade", "opinion"}),
        **{dimension.value: said for dimension, said in evaluation.dimensions.items()},
        "experts": [f"{expert.name}（{expert.employer}）" for expert in evaluation.experts],
        "agencies": evaluation.agencies,
        "report_name": evaluation.paper.name if evaluation.paper else None,
    }


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    return ({**row, "number": number} for number, row in enumerate(rows, start=1))


def _of(year: int | None) -> str:
    return "" if year is None else f"{year}年度"


def _as_of(context: Context) -> tuple[str]:
    return (f"数据截至{context.today():%Y年%m月%d日}",)
