"""Tables that come back: which projects the plan takes in, and municipal references (Arts 3, 5)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.exchange.importing import BadRow, apply
from govproject.exchange.reading import Table, TableRow
from govproject.exchange.results import ImportView, Outcome
from govproject.names import reference
from govproject_intake import repository
from govproject_intake.columns import PLAN
from govproject_intake.handlers import plans, projects
from govproject_intake.handlers.table_rows import declared, must_agree
from govproject_intake.lifecycle import PlanState
from govproject_intake.tables import Project

_AGREES = tuple(
    column
    for column in PLAN
    if not column.required and column.field not in ("included", "project_id")
)


def plan(
    session: Session,
    context: Context,
    plan_year: int,
    table: Table,
    reason: str | None,
    skip_bad: bool,
) -> ImportView:
    """Put the table's projects into the draft of the next version, or take them out (Art 5).

    Raises:
        Invalid: `rows_invalid`, a project cannot be in it, or differs from what is declared.
        Conflict: an addition to a published plan has no reason.
    """
    found = declared(session, None, plan_year)
    add, remove = list[Project](), list[UUID]()

    def one(row: TableRow) -> Outcome:
        project = found.project(row)
        stored = {**project.model_dump(), "declared_on": project.declared_at}
        must_agree(row, stored, _AGREES)
        entry = repository.plan_entry(session, project.id)
        wanted = row.values.get("included") is not False
        if entry is None and not wanted:
            return Outcome.UNCHANGED
        if entry is None:
            plans.must_be_adoptable(session, context, plan_year, project, reason)
            add.append(project)
            return Outcome.ADDED
        if entry.plan_year != plan_year:
            raise BadRow(f"项目已列入{entry.plan_year}年度计划")
        if wanted:
            return Outcome.UNCHANGED
        if repository.plan_version(session, entry).state is PlanState.PUBLISHED:
            raise BadRow(f"项目已列入公布的{plan_year}年度计划，不能移出", "included")
        remove.append(project.id)
        return Outcome.REMOVED

    view = apply(table, one, skip_bad=skip_bad)
    if add or remove:
        plans.redraft(session, context, plan_year, add, remove, reason)
    return view


def registrations(session: Session, context: Context, table: Table, skip_bad: bool) -> ImportView:
    """Register projects under the references of the municipal system (Art 3).

    Raises:
        Invalid: `rows_invalid`, a reference or a project is registered otherwise.
    """
    found = declared(session, None)
    taken = {project.city_system_ref: project for project in found.by_id.values()}
    new: dict[UUID, str | None] = {}

    def one(row: TableRow) -> Outcome:
        project = found.project(row)
        written = row.values.get("city_system_ref")
        given = reference(written) if written else None
        if given == project.city_system_ref:
            return Outcome.UNCHANGED
        if project.city_system_ref is not None:
            raise BadRow(f"项目已登记为{project.city_system_ref}", "city_system_ref")
        if given in taken:
            raise BadRow(f"该编号已用于项目“{taken[given].project_name}”", "city_system_ref")
        projects.going_on(session, context, project.id)
        new[project.id] = given
        taken[given] = project
        return Outcome.ADDED

    view = apply(table, one, skip_bad=skip_bad)
    # The table is the municipal system's own answer: it is not asked again.
    for project_id, given in new.items():
        projects.register(session, context, project_id, given)
    return view
