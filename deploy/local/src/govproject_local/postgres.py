"""A private PostgreSQL: own data directory and port, UTF-8, trusted on loopback only."""

import os
import re
import signal
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from govproject.errors import PrerequisiteError
from govproject_local import debian, ports
from govproject_local.process import Program

USER = "govproject"
INSTALLED = Path("/usr/lib/postgresql")

_SESSION = b"\0\3\0\0user\0%s\0database\0postgres\0\0" % USER.encode()
_FIRST_PACKET = (4 + len(_SESSION)).to_bytes(4, "big") + _SESSION

# PostgreSQL refuses to run as root. Root drops to this user (nobody), who keeps root's access to
# files: a checkout under /root or in a private temporary directory is closed to everybody else.
UNPRIVILEGED = 65534
DROP = (
    # initdb asks access(2) whether it may run its neighbours, and for a user other than root the
    # kernel answers without capabilities unless told to keep them.
    "--securebits=+no_setuid_fixup",
    *("--reuid", str(UNPRIVILEGED), "--regid", str(UNPRIVILEGED), "--clear-groups"),
    *("--inh-caps", "-all,+dac_override", "--ambient-caps", "+dac_override"),
)


def installed() -> Path | None:
    """Find the binaries of the newest installed PostgreSQL server."""
    found = INSTALLED.glob("*/bin/initdb")
    return max((each.parent for each in found), key=_version, default=None)


def find(*, may_fetch: bool) -> Path:
    """Return the directory of the server's binaries.

    Raises:
        PrerequisiteError: it is not installed, and fetching it is impossible or not wanted.
    """
    if binaries := installed():
        return binaries
    if not may_fetch and not debian.POSTGRESQL.place.is_dir():
        raise PrerequisiteError("PostgreSQL is not installed (./govproject test --all fetches it)")
    tree = debian.fetch(debian.POSTGRESQL, "install postgresql")
    return max((each.parent for each in tree.glob("usr/lib/postgresql/*/bin/initdb")), key=_version)


class Postgres:
    """One private server; a supervisor runs its program.

    Args:
        binaries: what `find` returned.
        directory: holds the data of this server and of earlier runs.
        port: where it listens on loopback.
    """

    def __init__(self, binaries: Path, directory: Path, port: int) -> None:
        self._binaries = binaries
        self._directory = directory.resolve()
        self._port = port

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy address of a database."""
        return f"postgresql+psycopg://{USER}@{ports.LOOPBACK}:{self._port}/{database}"

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Make a database, an empty one unless a template is named, and return its address."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, ending its connections."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def server(self) -> Program:
        """Return the server, its data directory initialised; ready once it takes queries."""
        self._initialise()

        async def ready() -> bool:
            # A session's first packet: authentication (R) follows, or an error (E) while the server
            # is starting up or recovering.
            return await ports.answers(self._port, _FIRST_PACKET, b"R")

        settings = {
            "port": self._port,
            "listen_addresses": ports.LOOPBACK,
            "unix_socket_directories": "",
            "jit": "off",
            "timezone": "UTC",
        }
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return Program(
            name="postgresql",
            argv=(str(self._binaries / "postgres"), "-D", str(self._directory), *options),
            env=self._environment(),
            cwd=self._directory,
            ready=ready,
            start_within=120,
            stop_within=15,
            # "Fast": ends the clients' connections instead of waiting for them.
            stop_signal=signal.SIGINT,
            setpriv=_privileges(),
        )

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(
            host=ports.LOOPBACK, port=self._port, user=USER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def _initialise(self) -> None:
        if (self._directory / "PG_VERSION").exists():
            return
        self._directory.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self._directory, UNPRIVILEGED, UNPRIVILEGED)
        done = subprocess.run(
            [
                *("setpriv", *_privileges(), str(self._binaries / "initdb")),
                *("--pgdata", str(self._directory), "--username", USER, "--auth", "trust"),
                *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions", "--no-sync"),
            ],
            env=self._environment(),
            cwd=self._directory,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PrerequisiteError(f"PostgreSQL: initdb failed: {done.stderr.strip()}")

    def _environment(self) -> dict[str, str]:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        # Libraries that were fetched with the server; for an installed one there are none.
        root = self._binaries.parents[4]
        libraries = ":".join(str(each) for each in root.glob("usr/lib/*-linux-gnu*"))
        return inherited | {"LC_ALL": "C.UTF-8", "LD_LIBRARY_PATH": libraries}


def _privileges() -> tuple[str, ...]:
    return DROP if os.geteuid() == 0 else ()


def _version(binaries: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", binaries.parent.name))
