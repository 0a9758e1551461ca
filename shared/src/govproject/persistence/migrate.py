"""Bring a database's tables up to date: first the shared ones, then the service's own.

Each package keeps its scripts in `<package>/migrations/` and its models in `<package>/tables.py`
(`Table.metadata`). The two histories have their own version tables in the same database. Several
processes may start at once: one migrates, the others wait for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlmodel import Session
from sqlmodel.sql.sqltypes import AutoString

from govproject.persistence.database import Database
from govproject.persistence.types import Choice, Document, Money, UtcDateTime

_TEMPLATE = Path(__file__).parent / "migrations"
_POSTGRESQL_LOCK = 0x676F7670  # "govp"; any number that nobody else takes


@dataclass(frozen=True, slots=True)
class _History:
    package: str
    version_table: str

    def scripts(self) -> ScriptDirectory:
        migrations = import_module(f"{self.package}.migrations")
        return ScriptDirectory(
            _TEMPLATE,
            file_template="m%(rev)s_%(slug)s",
            version_locations=[str(Path(path)) for path in migrations.__path__],
        )

    def metadata(self) -> MetaData:
        metadata: MetaData = import_module(f"{self.package}.tables").Table.metadata
        return metadata

    def context(self, connection: Connection, **options: Any) -> MigrationContext:
        tables = self.metadata().tables

        def include_name(name: str | None, kind: str, _: Any) -> bool:
            return kind != "table" or name in tables

        return MigrationContext.configure(
            connection,
            opts={
                "version_table": self.version_table,
                "include_name": include_name,
                "render_item": _render,
                "user_module_prefix": "types.",
                # SQLite can roll back DDL as well; Alembic is only careful about old drivers.
                "transactional_ddl": True,
                **options,
            },
        )


_SHARED = _History("govproject.persistence", "alembic_version_govproject")


def _histories(package: str | None) -> Iterator[_History]:
    yield _SHARED
    if package is not None:
        yield _History(package, "alembic_version")


def upgrade(db: Database, package: str | None = None) -> None:
    """Apply what is missing, all of it or nothing.

    Args:
        db: the service's database.
        package: the service's import package; None for the shared tables alone.
    """
    with _exclusively(db) as session:
        connection = session.connection()
        for history in _histories(package):
            scripts = history.scripts()

            def steps(current: Any, _: Any, scripts: ScriptDirectory = scripts) -> Any:
                # Alembic's own recipe for running without an ini file.
                return scripts._upgrade_revs("head", current)  # noqa: SLF001

            context = history.context(connection, fn=steps)
            with Operations.context(context):
                context.run_migrations()


def is_current(db: Database, package: str | None = None) -> bool:
    """True when nothing is missing."""
    with db.read() as session:
        connection = session.connection()
        return all(
            set(history.context(connection).get_current_heads())
            == set(history.scripts().get_heads())
            for history in _histories(package)
        )


def differences(db: Database, package: str | None = None) -> list[Any]:
    """What the models say and the migrated tables do not; a test keeps this empty."""
    with db.read() as session:
        connection = session.connection()
        return [
            difference
            for history in _histories(package)
            for difference in compare_metadata(history.context(connection), history.metadata())
        ]


def new_revision(message: str, package: str | None = None) -> Path:
    """Write a script that brings the tables to what the models say, for a developer to read.

    Args:
        message: what changes, in a few words.
        package: the service's import package; None for the shared tables.

    Returns:
        The new file in `<package>/migrations/`.
    """
    *_, history = _histories(package)
    scripts = history.scripts()
    with TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/scratch.db")
        upgrade(db, package)
        with db.read() as session:
            context = history.context(session.connection())
            changes = produce_migrations(context, history.metadata())
        db.dispose()
    if changes.upgrade_ops is None or changes.downgrade_ops is None:
        raise RuntimeError("Alembic compared nothing")  # cannot happen with our own context
    upgrades, downgrades = (
        render_python_code(operations, render_item=_render, migration_context=context)
        for operations in (changes.upgrade_ops, changes.downgrade_ops)
    )
    number = len(list(scripts.walk_revisions())) + 1
    script = scripts.generate_revision(
        f"{number:04}", message, upgrades=upgrades, downgrades=downgrades
    )
    if script is None:
        raise RuntimeError("Alembic wrote no script")
    return Path(script.path)


@contextmanager
def _exclusively(db: Database) -> Iterator[Session]:
    # SQLite: a write transaction is exclusive by itself. PostgreSQL: wait for an advisory lock,
    # however long the other process migrates; locks on tables are waited for as usual.
    with db.write() as session:
        if db.dialect == "postgresql":
            session.execute(text("SET LOCAL lock_timeout = 0"))
            session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRESQL_LOCK})
            session.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
        yield session


def _render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    # Scripts are readable, and stay true when a vocabulary or a document's type moves.
    if kind == "type" and isinstance(item, AutoString | Choice):
        return "sa.String()"
    if kind == "type" and isinstance(item, Document):
        return "sa.JSON()"
    if kind == "type" and isinstance(item, UtcDateTime | Money):
        return f"types.{type(item).__name__}()"
    return False
