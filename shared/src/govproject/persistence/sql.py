"""The few statements that the two databases spell differently."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Dialect,
    Double,
    String,
    Table,
    Text,
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


def among(session: Session, column: Column[Any], texts: Collection[str]) -> ColumnElement[bool]:
    """`column IN texts` with one parameter: the statement stays the same however many there are."""
    if _is_postgresql(session.get_bind().dialect):
        return column == any_(bindparam(None, list(texts), postgresql.ARRAY(Text)))
    listed = func.json_each(bindparam(None, json.dumps(list(texts)), String)).table_valued("value")
    return column.in_(select(listed.c.value))


class ForMany:
    """A statement for many rows, which the driver runs as it stands.

    SQLAlchemy prepares each row, and that takes longer than its way into the database.

    Args:
        dialect: of the database.
        statement: with a bound parameter for each member of a row.
    """

    def __init__(self, dialect: Dialect, statement: UpdateBase) -> None:
        named = dialect if _is_postgresql(dialect) else sqlite.dialect(paramstyle="named")
        compiled = statement.compile(dialect=named)
        self._text = str(compiled)
        self._converters = {
            name: convert
            for name, parameter in compiled.binds.items()
            if (convert := parameter.type.dialect_impl(named).bind_processor(named)) is not None
        }

    def run(self, session: Session, rows: Sequence[dict[str, Any]], **same: Any) -> None:
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
