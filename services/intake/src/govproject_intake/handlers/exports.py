"""Tables of projects, plans, filings and spot checks, to be sent on (Arts 5, 6, 27, 29)."""

from collections.abc import Iterator
from typing import Any, BinaryIO
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.exchange.writing import Sheet, write
from govproject.facts import OptimisationInOps
from govproject.identity import Role
from govproject.persistence.tables import StoredFile
from govproject.regulation.titles import titles
from govproject.reliefs import keeping
from govproject.resources import Resources
from govproject.terms import FilingCondition, FilingStatus, ReliefKind, Stage
from govproject_intake import exporting, repository
from govproject_intake.columns import DAYS, FILINGS, PROJECTS, SPOT_CHECKS, SUMMARY
from govproject_intake.handlers import plans, related, working_days
from govproject_intake.handlers import spot_checks as checking
from govproject_intake.lifecycle import PlanState
from govproject_intake.plans import EntryView
from govproject_intake.tables import Filing, PlanEntry, Project
from govproject_intake.working_days import BUILT_IN

Row = dict[str, Any]

_FILES = (
    "internal_review_record_file_id",
    "standalone_basis_file_id",
    "data_sharing_plan_file_id",
)

_NOT_YET = {PlanState.DRAFT: "草案", PlanState.CONSOLIDATED: "已汇总，待公布"}


def projects(session: Session, context: Context, plan_year: int | None) -> BinaryIO:
    """All projects, or those of one plan year; a unit's own."""
    year = "" if plan_year is None else f"{plan_year}年度"
    rows = project_rows(session, context, plan_year)
    return write(Sheet("项目", f"{year}政务信息化项目清单", PROJECTS, rows, _as_of(context)))


def filings(session: Session, context: Context) -> BinaryIO:
    """All filings; a unit's own."""
    rows = filing_rows(session, context)
    return write(Sheet("报备", "政务信息化项目报备情况表", FILINGS, rows, _as_of(context)))


def days(session: Session, context: Context, year: int) -> BinaryIO:
    """What is known of a year's days, and by which notice; it can be imported again."""
    rows = (
        {"day": day.day, "is_working": day.is_working, "notice": day.notice or BUILT_IN}
        for day in working_days.show(session, context, year).days
    )
    return write(Sheet("工作日", f"{year}年工作日安排", DAYS, rows, _as_of(context)))


def spot_checks(session: Session, context: Context) -> BinaryIO:
    """All spot checks, the latest first, with what was found at each project and what followed."""
    rows = _checked(session)
    return write(Sheet("抽查", "政务信息化项目抽查核查情况表", SPOT_CHECKS, rows, _as_of(context)))


def project_rows(session: Session, context: Context, plan_year: int | None) -> Iterator[Row]:
    """What is on record of each project, by the fields of `PROJECTS`; a unit's own."""
    unit = context.caller.limited_to
    found = exporting.projects_in_detail(session, unit, plan_year)
    handed_in = exporting.materials_by_project(session, unit)
    linked = exporting.linked_by_project(session, unit)
    for number, (project, filing, entry) in enumerate(found, start=1):
        files = handed_in.get(project.id, [])
        yield {
            **_project(context, number, project, filing, entry),
            "reason": _reason(session, context, project, entry),
            "materials": [(each.kind, each.name) for each in files],
            "material_names": {str(each.file_id): each.name for each in files},
            "related_project_ids": linked.get(project.id, []),
        }


def filing_rows(session: Session, context: Context) -> Iterator[Row]:
    """What is on record of each filing, by the fields of `FILINGS`; a unit's own."""
    found = exporting.projects_in_detail(session, context.caller.limited_to, None)
    filed = ((project, filing) for project, filing, _ in found if filing is not None)
    for number, (project, filing) in enumerate(filed, start=1):
        yield {
            **project.model_dump(include={"project_name", "unit", "budget_yuan"}),
            **filing.model_dump(),
            **{condition.value: condition in filing.conditions for condition in FilingCondition},
            **_resources(filing.cloud_plan),
            **{about: _name(session, getattr(filing, about)) for about in _FILES},
            "number": number,
            "city_system_ref": project.city_system_ref,
        }


def summary(session: Session, context: Context, plan_year: int) -> BinaryIO:
    """A year's plan as officials send it on; who sees which versions is as in `plans.show`."""
    plan = plans.show(session, context, plan_year)
    states = {version.version: version.state for version in plan.versions}
    rows = _entries(session, context, plan.projects, states)
    title = f"{plan_year}年度政务信息化项目计划汇总表"
    return write(Sheet("年度计划", title, SUMMARY, rows, _as_of(context)))


def _checked(session: Session) -> Iterator[Row]:
    drawn = (
        (check, each)
        for check in repository.spot_checks(session)
        for each in checking.view(session, check).projects
    )
    for number, (check, each) in enumerate(drawn, start=1):
        order = repository.order(session, each.order_id) if each.order_id else None
        yield {
            **each.model_dump(),
            **{item.value: found.in_order for item, found in (each.items or {}).items()},
            **{
                f"{item.value}_finding": found.finding for item, found in (each.items or {}).items()
            },
            **(order.model_dump(include={"problem", "due_on", "state"}) if order else {}),
            "number": number,
            "occasion": check.occasion,
            "drawn_at": check.drawn_at,
        }


def _as_of(context: Context) -> tuple[str]:
    return (f"数据截至{context.today():%Y年%m月%d日}",)


def _project(
    context: Context, number: int, project: Project, filing: Filing | None, entry: PlanEntry | None
) -> Row:
    # Drafts are the bureau's own.
    planned = entry if context.caller.role is Role.BUREAU else project.plan_adopted_year
    return {
        **project.model_dump(),
        **_resources(project.cloud_plan),
        **(
            dict.fromkeys(OptimisationInOps.model_fields)
            if project.optimisation_in_ops is None
            else project.optimisation_in_ops.model_dump()
        ),
        "number": number,
        "project_id": project.id,
        "declared_on": project.declared_at,
        "included": planned is not None,
        "filing_status": filing.status if filing else FilingStatus.NONE,
    }


def _reason(
    session: Session, context: Context, project: Project, entry: PlanEntry | None
) -> str | None:
    # As with whether it is planned: drafts are the bureau's own.
    told = context.caller.role is Role.BUREAU or project.plan_adopted_year is not None
    return plans.reason_for(session, project, entry) if entry is not None and told else None


def _resources(plan: Resources | None) -> Row:
    return dict.fromkeys(Resources.model_fields) if plan is None else plan.model_dump()


def _name(session: Session, file_id: UUID | None) -> str | None:
    stored = None if file_id is None else session.get(StoredFile, file_id)
    return None if stored is None else stored.name


def _entries(
    session: Session, context: Context, entries: list[EntryView], states: dict[int, PlanState]
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
            "exceptions": [
                f"{titles().get(each.rule, each.rule)}：{each.document}，有效期至{each.expires_on}"
                for each in keeping.of(session, project.id)
                if each.kind is ReliefKind.EXCEPTION and context.today() <= each.expires_on
            ]
            or None,
        }


def _state(session: Session, entry: EntryView, states: dict[int, PlanState]) -> str:
    """How far the project has come, once its version is published."""
    waits = _NOT_YET.get(states[entry.version]) if entry.version is not None else None
    if waits is not None:
        return f"拟列入（第{entry.version}版{waits}）"
    reached = {row.stage for row in repository.stages(session, entry.project_id)}
    return max(reached, key=list(Stage).index, default=Stage.DECLARED).zh
