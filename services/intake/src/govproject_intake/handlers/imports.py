"""Tables that come back: which projects the plan takes in, and municipal references (Arts 3, 5)."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.documents.lines import clean
from govproject.exchange.cells import WAN, on_day
from govproject.exchange.columns import Column
from govproject.exchange.importing import BadRow, apply
from govproject.exchange.reading import Table, TableRow
from govproject.exchange.results import ImportView, Outcome
from govproject.terms import Term
from govproject_intake import repository
from govproject_intake.columns import PLAN
from govproject_intake.handlers import plans, projects
from govproject_intake.lifecycle import PlanState
from govproject_intake.tables import Project

_AGREES = {column.field: column for column in PLAN if not column.required}
_SAYS_WHAT = ("included", "project_id")


@dataclass
class Found:
    """The declared projects by name and unit, and the rows that were about each."""

    by_id: dict[UUID, Project]
    by_name: dict[tuple[str, str], list[Project]]
    plan_year: int | None = None
    """Of what is looked for by name, unless a row says another."""
    rows: dict[UUID, TableRow] = field(default_factory=dict)

    def project(self, row: TableRow) -> Project:
        """The project that a row is about; each once. Raises BadRow."""
        project = self._by_id(row) if row.values.get("project_id") else self._by_name(row)
        earlier = self.rows.setdefault(project.id, row)
        if earlier is not row:
            raise BadRow(f"与工作表“{earlier.sheet}”第{earlier.number}行是同一个项目")
        return project

    def _by_id(self, row: TableRow) -> Project:
        project = self.by_id.get(row.values["project_id"])
        if project is None:
            raise BadRow("没有这个编号的项目", "project_id")
        for about in ("project_name", "unit"):
            if _key(getattr(project, about)) != _key(row.values[about]):
                raise BadRow(
                    f"该编号的项目申报的是“{getattr(project, about)}”，与表中不一致", about
                )
        return project

    def _by_name(self, row: TableRow) -> Project:
        year = row.values.get("plan_year") or self.plan_year
        found = [
            project
            for project in self.by_name[_key(row.values["project_name"]), _key(row.values["unit"])]
            if year in (None, project.plan_year)
        ]
        if not found:
            raise BadRow(
                f"没有该单位申报的{f'{year}年度' if year else ''}项目，请核对名称和单位",
                "project_name",
            )
        if len(found) > 1:
            raise BadRow(f"该单位有{len(found)}个同名项目，请填写项目编号", "project_name")
        return found[0]


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
    found = _found(session, plan_year)
    add, remove = list[Project](), list[UUID]()

    def one(row: TableRow) -> Outcome:
        project = found.project(row)
        _must_agree(row, project)
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
    found = _found(session)
    taken = {project.city_system_ref: project for project in found.by_id.values()}
    new: dict[UUID, str | None] = {}

    def one(row: TableRow) -> Outcome:
        project = found.project(row)
        written = row.values.get("city_system_ref")
        reference = projects.reference(written) if written else None
        if reference == project.city_system_ref:
            return Outcome.UNCHANGED
        if project.city_system_ref is not None:
            raise BadRow(f"项目已登记为{project.city_system_ref}", "city_system_ref")
        if reference in taken:
            raise BadRow(f"该编号已用于项目“{taken[reference].project_name}”", "city_system_ref")
        projects.going_on(session, context, project.id)
        new[project.id] = written
        taken[reference] = project
        return Outcome.ADDED

    view = apply(table, one, skip_bad=skip_bad)
    # The table is the municipal system's own answer: it is not asked again.
    for project_id, given in new.items():
        projects.register(session, context, project_id, given)
    return view


def _found(session: Session, plan_year: int | None = None) -> Found:
    found = Found({}, defaultdict(list), plan_year)
    for project in session.exec(repository.projects(None)):
        found.by_id[project.id] = project
        found.by_name[_key(project.project_name), _key(project.unit)].append(project)
    return found


def _key(name: str) -> str:
    """Names that differ in width and spaces only are one: 张　三 and 张三."""
    return clean(name).replace(" ", "")


def _must_agree(row: TableRow, project: Project) -> None:
    """A table of what is declared changes nothing of it, and must not seem to."""
    declared = {**project.model_dump(), "declared_on": on_day(project.declared_at)}
    for about, column in _AGREES.items():
        given = row.values.get(about)
        if about in _SAYS_WHAT or given is None:
            continue
        if _comparable(given) != _comparable(declared[about]):
            raise BadRow(f"与申报的不一致：申报的是{_shown(column, declared[about])}", about)


def _comparable(value: object) -> object:
    return _key(value) if isinstance(value, str) and not isinstance(value, Term) else value


def _shown(column: Column, value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value / WAN:f}万元"
    return "空" if value is None else str(column.kind.show(value))
