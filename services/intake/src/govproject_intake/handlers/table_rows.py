"""What a row of an imported table is about, and whether it says what is on record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.documents.lines import clean
from govproject.exchange.cells import WAN, on_day
from govproject.exchange.columns import Column
from govproject.exchange.importing import BadRow
from govproject.exchange.reading import TableRow
from govproject.files import records
from govproject.names import reference
from govproject.persistence.tables import StoredFile
from govproject.resources import Resources
from govproject.terms import Term
from govproject_intake import repository
from govproject_intake.tables import Project

_NUMBERS = ("city_system_ref", "approval_number")
"""The fields in which it does not matter which dash was typed; in a name it does."""


@dataclass
class Declared:
    """The declared projects by name and unit, and the rows that were about each."""

    by_id: dict[UUID, Project]
    by_name: dict[tuple[str, str], list[Project]]
    plan_year: int | None = None
    """Of what is looked for by name, unless a row says another."""
    rows: dict[object, TableRow] = field(default_factory=dict)

    def project(self, row: TableRow) -> Project:
        """The project that a row is about; each once. Raises BadRow."""
        found = self.find(row)
        if found is None:
            year = self._year(row)
            raise BadRow(
                f"没有该单位申报的{f'{year}年度' if year else ''}项目，请核对名称和单位",
                "project_name",
            )
        return found

    def find(self, row: TableRow) -> Project | None:
        """The same; None when it is declared nowhere. Raises BadRow."""
        project = self._by_id(row) if row.values.get("project_id") else self._by_name(row)
        about = project.id if project is not None else (*_named(row), self._year(row))
        earlier = self.rows.setdefault(about, row)
        if earlier is not row:
            raise BadRow(f"与工作表“{earlier.sheet}”第{earlier.number}行是同一个项目")
        return project

    def _year(self, row: TableRow) -> int | None:
        year: int | None = row.values.get("plan_year") or self.plan_year
        return year

    def _by_id(self, row: TableRow) -> Project:
        project = self.by_id.get(row.values["project_id"])
        if project is None:
            raise BadRow("没有这个编号的项目", "project_id")
        for about in ("project_name", "unit"):
            if key(getattr(project, about)) != key(row.values[about]):
                raise BadRow(
                    f"该编号的项目申报的是“{getattr(project, about)}”，与表中不一致", about
                )
        return project

    def _by_name(self, row: TableRow) -> Project | None:
        year = self._year(row)
        found = [each for each in self.by_name[_named(row)] if year in (None, each.plan_year)]
        if len(found) > 1:
            raise BadRow(f"该单位有{len(found)}个同名项目，请填写项目编号", "project_name")
        return found[0] if found else None


def declared(session: Session, unit: str | None, plan_year: int | None = None) -> Declared:
    """All declared projects, or one unit's."""
    found = Declared({}, defaultdict(list), plan_year)
    for project in session.exec(repository.projects(unit)):
        found.by_id[project.id] = project
        found.by_name[key(project.project_name), key(project.unit)].append(project)
    return found


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The files that a table may name: those that its sender handed in."""

    session: Session
    context: Context
    by_name: dict[str, list[StoredFile]]

    def file_id(self, text: str, about: str) -> UUID:
        """The file with a name or an id. Raises BadRow, Forbidden, Invalid."""
        try:
            file_id = UUID(text)
        except ValueError:
            found = self.by_name.get(text, [])
        else:
            return records.referred(self.session, self.context, file_id).id
        if not found:
            raise BadRow(f"没有上传过文件“{text}”，请先上传，或核对文件名", about)
        if len(found) > 1:
            raise BadRow(f"上传过{len(found)}个内容不同的“{text}”，请填写文件编号", about)
        return found[0].id


def uploaded(session: Session, context: Context) -> Uploaded:
    """What the caller handed in."""
    return Uploaded(session, context, records.own(session, context))


def resources(row: TableRow) -> Resources | None:
    """What a row plans in the cloud; None where it says nothing of it."""
    given = {name: row.values.get(name) for name in Resources.model_fields}
    filled = {name: amount for name, amount in given.items() if amount is not None}
    return Resources(**filled) if filled else None


def key(name: str) -> str:
    """Names that differ in width and spaces only are one: 张　三 and 张三."""
    return clean(name).replace(" ", "")


def must_agree(
    row: TableRow, stored: Mapping[str, Any], columns: Iterable[Column], said: str = "申报"
) -> None:
    """A table of what is on record changes nothing of it, and must not seem to.

    Args:
        row: what the table says.
        stored: what is on record, by field.
        columns: which of them are compared; an empty cell says nothing.
        said: what was done by which it is on record.

    Raises:
        BadRow: a cell says otherwise.
    """
    for column, known, _ in disagreements(row, stored, columns):
        raise BadRow(f"与{said}的不一致：{said}的是{known}", column.field)


def disagreements(
    row: TableRow, stored: Mapping[str, Any], columns: Iterable[Column]
) -> list[tuple[Column, str, str]]:
    """Where a row's cells say otherwise than what is on record, and both as officials see them."""
    return [
        (column, _shown(column, known), _shown(column, given))
        for column in columns
        if (given := row.values.get(column.field)) is not None
        and _comparable(column, given) != _comparable(column, known := stored[column.field])
    ]


def _named(row: TableRow) -> tuple[str, str]:
    return key(row.values["project_name"]), key(row.values["unit"])


def _comparable(column: Column, value: object) -> object:
    match value:
        case Term():
            return value
        case str():
            return key(reference(value) if column.field in _NUMBERS else value)
        case datetime():
            return on_day(value)
        case list():
            return set(value)
        case _:
            return value


def _shown(column: Column, value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value / WAN:f}万元"
    return "空" if value is None or value == [] else str(column.kind.show(value))
