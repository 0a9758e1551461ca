"""Tables of projects, plans and filings, to be sent on (Arts 5, 6, 27)."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from sqlmodel import Session

from govproject.context import Context
from govproject.exchange.writing import Sheet, write
from govproject.identity import Role
from govproject.terms import FilingStatus, Stage
from govproject_intake import repository
from govproject_intake.columns import FILINGS, PROJECTS, SUMMARY
from govproject_intake.handlers import plans, related
from govproject_intake.lifecycle import PlanState
from govproject_intake.plans import EntryView
from govproject_intake.tables import Filing, PlanEntry, Project

Row = dict[str, Any]

_NOT_YET = {PlanState.DRAFT: "草案", PlanState.CONSOLIDATED: "已汇总，待公布"}


def projects(session: Session, context: Context, plan_year: int | None) -> BinaryIO:
    """All projects, or those of one plan year; a unit's own."""
    found = repository.projects_in_detail(session, context.caller.limited_to, plan_year)
    year = "" if plan_year is None else f"{plan_year}年度"
    rows = (_project(context, number, *each) for number, each in enumerate(found, start=1))
    return write(Sheet("项目", f"{year}政务信息化项目清单", PROJECTS, rows, _as_of(context)))


def filings(session: Session, context: Context) -> BinaryIO:
    """All filings; a unit's own."""
    found = repository.projects_in_detail(session, context.caller.limited_to, None)
    filed = ((project, filing) for project, filing, _ in found if filing is not None)
    rows = (
        {
            **project.model_dump(include={"project_name", "unit", "budget_yuan"}),
            **filing.model_dump(),
            "number": number,
            "city_system_ref": project.city_system_ref,
            "internal_review_record": filing.internal_review_record_file_id is not None,
        }
        for number, (project, filing) in enumerate(filed, start=1)
    )
    return write(Sheet("报备", "政务信息化项目报备情况表", FILINGS, rows, _as_of(context)))


def summary(session: Session, context: Context, plan_year: int) -> BinaryIO:
    """A year's plan as officials send it on; who sees which versions is as in `plans.show`."""
    plan = plans.show(session, context, plan_year)
    states = {version.version: version.state for version in plan.versions}
    rows = _entries(session, plan.projects, states)
    title = f"{plan_year}年度政务信息化项目计划汇总表"
    return write(Sheet("年度计划", title, SUMMARY, rows, _as_of(context)))


def _as_of(context: Context) -> tuple[str]:
    return (f"数据截至{context.today():%Y年%m月%d日}",)


def _project(
    context: Context, number: int, project: Project, filing: Filing | None, entry: PlanEntry | None
) -> Row:
    # Drafts are the bureau's own.
    planned = entry if context.caller.role is Role.BUREAU else project.plan_adopted_year
    return {
        **project.model_dump(),
        "number": number,
        "project_id": project.id,
        "declared_on": project.declared_at,
        "included": planned is not None,
        "filing_status": filing.status if filing else FilingStatus.NONE,
    }


def _entries(
    session: Session, entries: list[EntryView], states: dict[int, PlanState]
) -> Iterator[Row]:
    for number, entry in enumerate(entries, start=1):
        project = repository.project(session, entry.project_id)
        results = related.results(session, project)
        latest = max(results, key=lambda result: result.evaluated_on, default=None)
        yield {
            **entry.model_dump(),
            "number": number,
            "city_system_ref": project.city_system_ref,
            "state": _state(session, entry, states),
            "grade": latest.grade if latest else None,
        }


def _state(session: Session, entry: EntryView, states: dict[int, PlanState]) -> str:
    """How far the project has come, once its version is published."""
    waits = _NOT_YET.get(states[entry.version]) if entry.version is not None else None
    if waits is not None:
        return f"拟列入（第{entry.version}版{waits}）"
    reached = {row.stage for row in repository.stages(session, entry.project_id)}
    return max(reached, key=list(Stage).index, default=Stage.DECLARED).zh
