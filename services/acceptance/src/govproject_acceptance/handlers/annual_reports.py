"""Once a year a unit reports on all its projects together (Art 22)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from govproject.clock import SHANGHAI
from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.terms import ProjectKind
from govproject.web.paging import Page, paginate
from govproject_acceptance import repository
from govproject_acceptance.follow_up import (
    AnnualReportView,
    MissingReports,
    ReportProject,
    ReportQuery,
    ReportYear,
    UnitView,
)
from govproject_acceptance.handlers import annual_duties, papers
from govproject_acceptance.lifecycle import AcceptanceState, Standing
from govproject_acceptance.papers import ReportedProject
from govproject_acceptance.projection import Project
from govproject_acceptance.tables import AnnualReport


def report(session: Session, context: Context, command: ReportYear) -> AnnualReportView:
    """Take in a unit's report on a year, from the last day of that year on.

    Raises:
        Conflict: the year is not over, the unit has reported, or a project of it is left out.
        Invalid: a project is not the unit's, or named twice, or the caller has no unit.
    """
    unit, year = context.caller.unit, command.year
    if unit is None:
        raise Invalid("no_unit", "当前账户未关联项目单位，不能报送年度报告。")
    if context.today() < date(year, 12, 31):
        raise Conflict("year_not_over", f"{year}年度报告应在{year}年12月31日起报送。", year=year)
    if repository.annual_report(session, unit, year) is not None:
        raise Conflict("already_reported", f"本单位已报送{year}年度运行效能自评价报告。")
    projects = {p.id: p for p in repository.existing(session, unit, *annual_duties.period(year))}
    _must_be_all(projects, command)
    annual = AnnualReport(
        id=new_id(),
        unit=unit,
        year=year,
        summary=command.summary,
        paper=papers.referred(session, context, command.file_id),
        projects=[_line(projects[each.project_id], each) for each in command.projects],
        due_on=context.pack.annual_report_due(year),
        submitted_by=context.caller.subject,
        submitted_at=context.now(),
    )
    session.add(annual)
    annual_duties.reported(session, context, unit, year)
    return view(annual)


def browse(session: Session, context: Context, query: ReportQuery) -> Page[AnnualReportView]:
    """Yearly reports in the order of handing in; a unit sees its own."""
    return paginate(
        session,
        repository.annual_reports(context.caller.limited_to, query.year),
        key=col(AnnualReport.id),
        paging=query,
        view=view,
    )


def missing(session: Session, context: Context, year: int) -> MissingReports:
    """Who has not reported on a year, once the day by which they had to is over."""
    due_on = context.pack.annual_report_due(year)
    overdue = context.today() > due_on
    begin, end = annual_duties.period(year)
    late = repository.units_without_report(session, year, begin, end) if overdue else ()
    return MissingReports(
        year=year,
        due_on=due_on,
        overdue=overdue,
        units=[UnitView(unit=unit, projects=projects) for unit, projects in late],
    )


def view(annual: AnnualReport) -> AnnualReportView:
    """A report, and whether it came late."""
    late = annual.submitted_at.astimezone(SHANGHAI).date() > annual.due_on
    return AnnualReportView.model_validate({**dict(annual), "late": late})


def _must_be_all(projects: dict[UUID, Project], command: ReportYear) -> None:
    named = [each.project_id for each in command.projects]
    strange = [str(each) for each in named if each not in projects]
    if strange:
        raise Invalid(
            "project_unknown",
            f"报告列有{len(strange)}个项目不是本单位{command.year}年度的项目。",
            ids=strange,
        )
    if len(set(named)) < len(named):
        raise Invalid("project_twice", "报告重复列出同一项目。")
    left_out = [project for project in projects.values() if project.id not in named]
    if left_out:
        names = "、".join(project.project_name for project in left_out)
        raise Conflict(
            "projects_left_out",
            f"年度报告应涵盖本单位全部已建、在建、运维等项目（第22条），"
            f"缺少{len(left_out)}个：{names}。",
            ids=[str(project.id) for project in left_out],
        )


def _line(project: Project, given: ReportProject) -> ReportedProject:
    return ReportedProject(
        project_id=project.id,
        project_name=project.project_name,
        standing=_standing(project),
        account=given.account,
    )


def _standing(project: Project) -> Standing:
    if project.kind is ProjectKind.OPS:
        return Standing.OPERATIONS
    return Standing.BUILT if project.state is AcceptanceState.ACCEPTED else Standing.BUILDING
