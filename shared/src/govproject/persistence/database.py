"""One database, two kinds of transaction: `write` commits, `read` never does.

SQLite and PostgreSQL behave alike: a write sees its own effects and is rolled back as a whole on
any exception; a read is one consistent snapshot. Listeners learn of every commit, which is how the
outbox relay wakes up.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Literal

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

logger = logging.getLogger(__name__)

_WAIT_SECONDS = 10
_AGAIN_SECONDS = 0.02
_SILENCE_SECONDS = 10
_PROBE_SECONDS = 5
_PROBES = 3
# PostgreSQL ends the transaction of a process that stands still or of a host that has vanished:
# the rows that it has locked would keep every other relay and replica from taking over.
_SERVER_OPTIONS = {
    "lock_timeout": f"{_WAIT_SECONDS}s",
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": _SILENCE_SECONDS,
    "tcp_keepalives_interval": _PROBE_SECONDS,
    "tcp_keepalives_count": _PROBES,
}

# Read by the "begin" listener of SQLite, ignored by PostgreSQL.
_WRITES = "govproject_writes"
_LASTS = "govproject_lasts"
# Of a connection to SQLite: what it was last told.
_MODE = "govproject_mode"

# Pages of 4 KiB. Long before, `checkpoint` has been called; this is for whoever never calls it.
_CHECKPOINT_PAGES = 20_000
_CACHE_KIB = 16 * 1024  # a connection; the inner pages of a million events fit

_SQLITE_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
# connection lost; resources (disk full); lock time-out; server stopping; input/output; read-only
_POSTGRESQL_UNAVAILABLE = ("08", "53", "55P03", "57P", "58", "25006")
# serialisation failure; deadlock
_POSTGRESQL_CONTENDED = ("40001", "40P01")


class Database:
    """A service's own database; safe to use from many threads.

    Args:
        url: `sqlite:///path` (a file: a database in memory cannot be shared between threads) or
            `postgresql+psycopg://…`.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        match parsed.get_backend_name():
            case "sqlite":
                if not parsed.database or ":memory:" in parsed.database:
                    raise ValueError("SQLite needs a file: sqlite:///path/to/file.db")
                self.dialect: Literal["sqlite", "postgresql"] = "sqlite"
                engine = _sqlite(url)
                self._reading = engine
            case "postgresql":
                self.dialect = "postgresql"
                engine = _postgresql(url)
                self._reading = engine.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            case other:
                raise ValueError(f"neither SQLite nor PostgreSQL: {other}")
        self._engine = engine
        self._writing = engine.execution_options(**{_WRITES: True})
        self._serializing = (
            self._writing.execution_options(isolation_level="SERIALIZABLE")
            if self.dialect == "postgresql"
            else self._writing
        )
        # SQLite has one writer. Threads of this process wait here without polling; other processes
        # are waited for by busy_timeout.
        self._turn = threading.Lock() if self.dialect == "sqlite" else None
        self._listeners: list[Callable[[Session], None]] = []

    @contextmanager
    def write(self, *, serializable: bool = False, lasting: bool = True) -> Iterator[Session]:
        """One transaction: commits on leaving, rolls back on any exception.

        Args:
            serializable: what it decided on may not have changed when it commits. On PostgreSQL
                such a transaction can fail with an error that `is_contended`, and is then to be
                repeated; on SQLite every write is serial already.
            lasting: wait until the commit is on the disk. Without it, a power cut, or on PostgreSQL
                a crash of the server, can take it back, as if it had never been.
        """
        if self._turn is not None and not self._turn.acquire(timeout=_WAIT_SECONDS):
            raise PoolTimeoutError("another transaction of this process does not end")
        try:
            engine = self._serializing if serializable else self._writing
            if not lasting:
                engine = engine.execution_options(**{_LASTS: False})
            with Session(engine, expire_on_commit=False) as session, session.begin():
                session.connection()  # begin now: a database that cannot be written is noticed here
                if not lasting and self.dialect == "postgresql":
                    session.execute(text("SET LOCAL synchronous_commit TO OFF"))
                yield session
        finally:
            if self._turn is not None:
                self._turn.release()
        for listener in self._listeners:
            try:
                listener(session)
            except Exception:
                # The transaction is committed; its caller must not believe that it failed.
                logger.exception("a commit listener failed")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent snapshot; whatever it changes is refused by the database."""
        # Closing ends the transaction and leaves what was loaded usable; a rollback would not.
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    def checkpoint(self) -> None:
        """Let SQLite write its log back now, in this thread, so that no commit has to wait for it.

        Others may write meanwhile. PostgreSQL does so by itself.
        """
        if self.dialect == "sqlite":
            # Not by a Session: that would begin a transaction, which stands in the way.
            with closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def on_commit(self, listener: Callable[[Session], None]) -> None:
        """Call `listener` after every commit, in the thread that committed.

        The session has ended; its `info` still tells what was noted there.
        """
        self._listeners.append(listener)

    def ping(self) -> None:
        """Raise unless the database answers."""
        with self.read() as session:
            session.execute(text("SELECT 1"))

    def dispose(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def is_unavailable(error: BaseException) -> bool:
    """True when the database cannot be reached or written: gone, locked, full or read-only.

    The same work may succeed later; the data is not at fault.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeoutError)
    match error.orig:
        case sqlite3.Error() as original:
            return _sqlite_code(original) in _SQLITE_UNAVAILABLE
        case psycopg.OperationalError(sqlstate=None):
            return True  # it never reached the server
        case psycopg.Error(sqlstate=str(state)):
            return error.connection_invalidated or state.startswith(_POSTGRESQL_UNAVAILABLE)
        case _:
            return error.connection_invalidated


def is_contended(error: BaseException) -> bool:
    """True when the transaction lost against a concurrent one and should simply be repeated."""
    return (
        isinstance(error, DBAPIError)
        and isinstance(error.orig, psycopg.Error)
        and error.orig.sqlstate in _POSTGRESQL_CONTENDED
    )


def _sqlite_code(error: sqlite3.Error) -> int | None:
    # The low byte is the primary code; the rest says more than is needed here. Errors that the
    # driver itself raises carry no code.
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _sqlite(url: str) -> Engine:
    # isolation_level=None switches the driver's own transaction control off: it would begin late
    # (a lock upgrade that fails) and break savepoints.
    engine = create_engine(
        url,
        hide_parameters=True,  # what people typed in does not belong into logs
        connect_args={"isolation_level": None, "timeout": _WAIT_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _: Any) -> None:
        cursor = connection.cursor()
        _switch_to_wal(cursor)
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
        cursor.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        writes, lasts = options.get(_WRITES, False), options.get(_LASTS, True)
        if connection.info.pop(_MODE, None) != (writes, lasts):
            connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
            # A commit that was reported must survive a power cut: messages are acknowledged on it.
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if lasts else 'NORMAL'}")
        connection.info[_MODE] = writes, lasts
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _switch_to_wal(cursor: DBAPICursor) -> None:
    # The one statement for which SQLite itself does not wait, when processes meet at a new file.
    give_up_at = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if _sqlite_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(_AGAIN_SECONDS)
        else:
            return


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=30,
        pool_timeout=_WAIT_SECONDS,
        connect_args={
            "connect_timeout": _WAIT_SECONDS,
            "options": " ".join(f"-c {name}={value}" for name, value in _SERVER_OPTIONS.items()),
            # The same towards a server that has vanished without a word.
            "keepalives_idle": _SILENCE_SECONDS,
            "keepalives_interval": _PROBE_SECONDS,
            "keepalives_count": _PROBES,
            "tcp_user_timeout": (_SILENCE_SECONDS + _PROBE_SECONDS * _PROBES) * 1000,
        },
    )
