"""Declarations from a table: each row as if it were declared by itself (Art 5)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, ProblemError
from govproject.exchange import reading
from govproject.exchange.importing import BadRow, Done, apply, refused
from govproject.exchange.reading import Table, TableRow
from govproject.exchange.results import ImportView, Outcome
from govproject.facts import OptimisationInOps
from govproject.terms import FilingStatus, ProjectScope
from govproject_intake.columns import PASSED, PROJECTS
from govproject_intake.handlers import exports, materials, projects
from govproject_intake.handlers.materials import SectionsSeen
from govproject_intake.handlers.table_rows import (
    Declared,
    Uploaded,
    declared,
    key,
    must_agree,
    resources,
    uploaded,
)
from govproject_intake.tables import Project
from govproject_intake.views import DeclareProject, must_be_governed

_MOST = 200
"""Of one table: the implementation plan of each is read."""
_ITSELF = ("number", "project_name", "unit", "project_id", "materials", "related_project_ids")
_OPTIMISATION = tuple(OptimisationInOps.model_fields)
_PLAIN = DeclareProject.model_fields.keys() - {
    "materials",
    "cloud_plan",
    "optimisation_in_ops",
}
# What becomes of a declaration, and what it is before anything has.
_LATER: dict[str, tuple[object, ...]] = {
    "included": (False,),
    "filing_status": (FilingStatus.NONE,),
    **dict.fromkeys(
        ("city_system_ref", "reason", "approval_number", "accepted_on", "decommissioned_at"), ()
    ),
}

Given = tuple[DeclareProject, SectionsSeen]
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Declarations:
    """A table, and what its rows declare that is not on record; or why a row makes no sense."""

    table: Table
    new: dict[Place, Given | Exception]


def prepare(session: Session, context: Context, file_id: UUID) -> Declarations:
    """Read a table and the implementation plans that it names.

    Raises:
        Invalid: as `reading.stored`.
        Forbidden: the file is another unit's.
    """
    table = reading.stored(session, context, file_id, PROJECTS, PASSED)
    _turn_away(table)
    known, files = declared(session, context.caller.limited_to), uploaded(session, context)
    new: dict[Place, Given | Exception] = {}
    for row in table.rows:
        try:
            if known.find(row) is None:
                new[row.sheet, row.number] = (
                    _given(session, context, files, row)
                    if len(new) < _MOST
                    else BadRow(f"一张表最多申报{_MOST}个项目，请拆分后导入")
                )
        except (BadRow, ProblemError, ValidationError) as error:
            new[row.sheet, row.number] = error
    return Declarations(table, new)


def _turn_away(table: Table) -> None:
    """Of a row that is turned away anyway nothing else is said, nor quoted."""
    for row in table.unsound:
        try:
            must_be_governed(row.values.get("scope"))
        except Conflict as error:
            others = [
                each for each in table.bad if (each.sheet, each.row) != (row.sheet, row.number)
            ]
            table.bad[:] = [*others, refused(row, error)]


def take_in(
    session: Session, context: Context, declarations: Declarations, skip_bad: bool
) -> ImportView:
    """Declare what is not on record; what is must say the same, and stays as it is.

    Raises:
        Invalid: `rows_invalid`, a declaration is refused, or differs from what is on record.
    """
    known = declared(session, context.caller.limited_to)
    stored = {row["project_id"]: row for row in exports.project_rows(session, context, None)}

    def one(row: TableRow) -> Outcome | Done:
        project = _known(known, row)
        if project is not None:
            _must_be_declared_so(row, stored[project.id])
            return Outcome.UNCHANGED
        given = declarations.new[row.sheet, row.number]
        if isinstance(given, Exception):
            raise given
        view = projects.declare(session, context, *given)
        return Done(Outcome.ADDED, tuple(finding.message for finding in view.warnings))

    return apply(declarations.table, one, skip_bad=skip_bad)


def _known(known: Declared, row: TableRow) -> Project | None:
    project = known.find(row)
    if project is not None and project.decommissioned_at is not None and not _by_id(row):
        raise BadRow(
            "同名项目已报停用或迁移；核对原项目请填写项目编号，另行申报请逐项办理", "project_name"
        )
    return project


def _by_id(row: TableRow) -> bool:
    return row.values.get("project_id") is not None


def _given(session: Session, context: Context, files: Uploaded, row: TableRow) -> Given:
    values = row.values
    must_be_governed(values.get("scope"))
    if context.caller.unit is not None and key(values["unit"]) != key(context.caller.unit):
        raise BadRow(f"只能申报本单位（{context.caller.unit}）的项目", "unit")
    _must_be_new(context, row)
    _must_be_in_a_sure_unit(row)
    given: dict[str, Any] = {name: values[name] for name in _PLAIN if values.get(name) is not None}
    optimisation = {name: values[name] for name in _OPTIMISATION if values.get(name) is not None}
    if optimisation:
        given["optimisation_in_ops"] = OptimisationInOps(**optimisation)
    given["cloud_plan"] = resources(row)
    given["materials"] = [
        {"kind": kind, "file_id": files.file_id(text, "materials")}
        for kind, text in values.get("materials") or ()
    ]
    command = DeclareProject.model_validate(given)
    return command, materials.plan_sections(session, context, command)


def _must_be_new(context: Context, row: TableRow) -> None:
    """What is declared now has come to nothing yet."""
    for about, allowed in _LATER.items():
        if row.values.get(about) not in (None, *allowed):
            raise BadRow("尚未申报的项目没有这一项，由系统在办理后登记，请留空", about)
    if row.values.get("declared_on") not in (None, context.today()):
        raise BadRow(f"申报日期为导入当天（{context.today()}），请留空", "declared_on")
    track, budget = row.values.get("track"), row.values.get("budget_yuan")
    if track is None or budget is None:
        return
    derived = context.pack.track(budget)
    if derived is not track:
        raise BadRow(f"按预算金额应为{derived.zh}（第4条）", "track")


def _must_be_in_a_sure_unit(row: TableRow) -> None:
    """An amount that may be in another unit names its own: no declaration can be put right."""
    for about, doubt in row.doubts.items():
        if not doubt.is_settled:
            raise BadRow(f"{doubt.message}，并在单元格内写明单位", about)


def _must_be_declared_so(row: TableRow, stored: exports.Row) -> None:
    # What was declared before the scope was asked for has none (Art 1).
    unasked = {"scope"} if stored["scope"] is None else set[str]()
    compared = (column for column in PROJECTS if column.field not in {*_ITSELF, *unasked})
    must_agree(row, stored, compared)
    scope = row.values.get("scope")
    if unasked and scope not in (None, ProjectScope.GOVERNMENT_IT):
        raise BadRow(f"项目申报时未要求说明适用范围；确属“{scope.zh}”的，请告知区数据局", "scope")
    named = {(kind, file) for kind, file in stored["materials"]}
    given = [
        (kind, stored["material_names"].get(file, file))
        for kind, file in row.values.get("materials") or ()
    ]
    if given and set(given) != named:
        raise BadRow("与申报的不一致：申报材料的类别或文件不同", "materials")
    related = set(row.values.get("related_project_ids") or ())
    if not related <= set(stored["related_project_ids"]):
        raise BadRow("与申报的不一致：关联的项目不同", "related_project_ids")
