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
from govproject_intake.handlers.table_rows import declared, key, must_agree
from govproject_intake.lifecycle import PlanState
from govproject_intake.tables import AnnualPlan, PlanEntry, Project
from govproject_intake.views import Reason

_AGREES = tuple(
    column
    for column in PLAN
    if not column.required and column.field not in ("included", "reason", "project_id")
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

    A reason that is given for the whole table holds for each late project whose row has none and
    which came in without one of its own.

    Raises:
        Invalid: `rows_invalid`, a project cannot be in it, or differs from what is declared.
        Conflict: an addition to a published plan has no reason.
    """
    found = declared(session, None, plan_year)
    add, remove, reasons = list[Project](), list[UUID](), dict[UUID, str]()

    def one(row: TableRow) -> Outcome:
        project = found.project(row)
        stored = {**project.model_dump(), "declared_on": project.declared_at}
        must_agree(row, stored, _AGREES)
        own = _own_reason(row)
        entry = repository.plan_entry(session, project.id)
        wanted = row.values.get("included") is not False
        if entry is None and not wanted:
            return Outcome.UNCHANGED
        if entry is None:
            plans.must_be_adoptable(session, context, plan_year, project, own or reason)
            add.append(project)
            if own is not None:
                reasons[project.id] = own
            return Outcome.ADDED
        if entry.plan_year != plan_year:
            raise BadRow(f"项目已列入{entry.plan_year}年度计划")
        version = repository.plan_version(session, entry)
        if wanted:
            other = _other_reason(version, entry, own, reason if plans.late(project) else None)
            if other is None:
                return Outcome.UNCHANGED
            reasons[project.id] = other
            return Outcome.CHANGED
        if version.state is PlanState.PUBLISHED:
            raise BadRow(f"项目已列入公布的{plan_year}年度计划，不能移出", "included")
        remove.append(project.id)
        return Outcome.REMOVED

    view = apply(table, one, skip_bad=skip_bad)
    if add or remove or reasons or plans.says_otherwise(session, plan_year, reason):
        plans.redraft(session, context, plan_year, add, remove, reason, reasons)
    return view


def _own_reason(row: TableRow) -> str | None:
    said = row.values.get("reason")
    return None if said is None else Reason(reason=said).reason


def _other_reason(
    version: AnnualPlan, entry: PlanEntry, own: str | None, shared: str | None
) -> str | None:
    """What a table says instead of the reason on record; what is published keeps its own."""
    is_out = version.state is PlanState.PUBLISHED
    is_shared = not is_out and entry.reason in (None, version.reason)
    given, known = own or (shared if is_shared else None), entry.reason or version.reason or ""
    if given is None or key(given) == key(known):
        return None
    if is_out:
        raise BadRow(
            f"项目已列入公布的{entry.plan_year}年度计划，受理理由不能更改：{known or '空'}",
            "reason",
        )
    return given


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
