"""The few statements that the two databases spell differently."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Dialect,
    Double,
    Select,
    Table,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session


def insert(session: Session, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT."""
    return insert_on(session.get_bind().dialect, table)


def insert_on(dialect: Dialect, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT."""
    return postgresql.insert(table) if _is_postgresql(dialect) else sqlite.insert(table)


def among(dialect: Dialect, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """`column IN :name`, a list in one parameter: the same statement for any number."""
    if _is_postgresql(dialect):
        return column == any_(bindparam(name, type_=postgresql.ARRAY(column.type)))
    listed = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
    return column.in_(select(listed.c.value))


class Prepared:
    """A statement that is compiled once, and that the driver runs as it stands.

    SQLAlchemy prepares each run and each row of it, which takes longer than the database does.

    Args:
        dialect: of the database.
        statement: with named parameters.
    """

    def __init__(self, dialect: Dialect, statement: Select[Any] | UpdateBase) -> None:
        named = dialect if _is_postgresql(dialect) else sqlite.dialect(paramstyle="named")
        compiled = statement.compile(dialect=named)
        self._text = str(compiled)
        self._given = compiled.params
        self._converters = {
            name: convert
            for name, parameter in compiled.binds.items()
            if (convert := parameter.type.dialect_impl(named).bind_processor(named)) is not None
        }
        self._readers = [
            column.type.dialect_impl(named).result_processor(named, None) or _as_it_is
            for column in statement.exported_columns
        ]

    def rows(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """Run it once, and return what comes back."""
        given = {**self._given, **values}
        for name, convert in self._converters.items():
            given[name] = convert(given[name])
        rows = session.connection().exec_driver_sql(self._text, given).all()
        if all(read is _as_it_is for read in self._readers):
            return [tuple(row) for row in rows]
        return [
            tuple(read(value) for read, value in zip(self._readers, row, strict=True))
            for row in rows
        ]

    def for_each(self, session: Session, rows: Sequence[dict[str, Any]], **same: Any) -> None:
        """Run it once a row.

        Args:
            session: the transaction.
            rows: the values of each, changed on the way.
            same: the values that are the same for all.
        """
        convert = [(name, by) for name, by in self._converters.items() if name not in same]
        same = {name: self._converters.get(name, _as_it_is)(value) for name, value in same.items()}
        for row in rows:
            for name, by in convert:
                row[name] = by(row[name])
            row.update(same)
        session.connection().exec_driver_sql(self._text, rows)


def _as_it_is(value: Any) -> Any:
    return value


def _is_postgresql(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


class database_seconds(FunctionElement[float]):  # noqa: N801  # used like a function
    """Seconds since 1970 by the database's clock, the one that all its clients share."""

    type = Double()
    inherit_cache = True


@compiles(database_seconds, "sqlite")
def _sqlite_seconds(*_: Any, **__: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(database_seconds, "postgresql")
def _postgresql_seconds(element: database_seconds, compiler: SQLCompiler, **options: Any) -> str:
    return "extract(epoch from clock_timestamp())"
