"""Where contenders appear: one broker for all, and for each run a virtual host and a database."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import make_url

from govproject.errors import PrerequisiteError
from govproject.persistence.database import Database
from govproject.persistence.migrate import upgrade
from govproject_local import broker as brokers
from govproject_local import ports, running
from govproject_local.bench import effects
from govproject_local.bench.watch import StandstillError
from govproject_local.paths import TOOLS
from govproject_local.postgres import Postgres, find
from govproject_local.process import Process, Program
from govproject_local.supervisor import ProgramFailedError, Supervisor

T = TypeVar("T")

_PATIENCE_SECONDS = 300.0


class Kind(StrEnum):
    """A kind of database."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True)
class Settings:
    """What a contender is told."""

    amqp_url: str
    database: str = ""
    messages: int = 0
    rate: float = 0.0
    """Events a second; 0: as fast as possible."""
    seed: int = 0


class Contender:
    """A running contender; `said` is what it printed as JSON, one object a line."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.process: Process
        self._speaking = asyncio.Event()

    def hear(self, _: str, line: str) -> None:
        """Take in a line."""
        if line.startswith("{"):
            self.said.append(json.loads(line))
            self._speaking.set()

    async def spoken(self) -> dict[str, Any]:
        """Wait until it has said something, and return the last of it.

        Raises:
            StandstillError: it says nothing.
        """
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._speaking.wait()
        except TimeoutError:
            raise self._standstill() from None
        return self.said[-1]

    async def ended(self) -> None:
        """Wait until it has done its work and ended.

        Raises:
            ProgramFailedError: it failed.
            StandstillError: it does not end.
        """
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                code = await self.process.wait()
        except TimeoutError:
            raise self._standstill() from None
        await self.process.stop()  # reads its last lines
        if code:
            raise ProgramFailedError(self.process, f"ended with exit code {code}")

    async def during(self, work: Awaitable[T]) -> T:
        """The result of `work`, unless the contender ends before.

        Raises:
            ProgramFailedError: it ended.
        """
        watching = asyncio.ensure_future(work)
        end = asyncio.create_task(self.process.wait())
        try:
            await asyncio.wait({watching, end}, return_when=asyncio.FIRST_COMPLETED)
            if not watching.done():
                await self.process.stop()
                raise ProgramFailedError(self.process, f"ended with exit code {end.result()}")
            return watching.result()
        finally:
            watching.cancel()
            end.cancel()

    def _standstill(self) -> StandstillError:
        name = self.process.program.name
        return StandstillError(f"{name} is not done after {_PATIENCE_SECONDS:g} s")


class Stage:
    """A broker, and room for data on a real disk.

    Args:
        broker: a running private node.
        directory: for databases; whatever is made there is deleted after the run that made it.
        postgres: a running server, when the databases shall be PostgreSQL's.
    """

    def __init__(
        self, broker: brokers.Broker, directory: Path, postgres: Postgres | None = None
    ) -> None:
        self._broker = broker
        self._postgres = postgres
        self.directory = directory
        self.kind = Kind.SQLITE if postgres is None else Kind.POSTGRESQL

    @asynccontextmanager
    async def vhost(self) -> AsyncIterator[str]:
        """The address of a virtual host that exists for one run."""
        name = f"bench-{uuid4().hex}"
        url = await asyncio.to_thread(self._broker.add_vhost, name)
        try:
            yield url
        finally:
            await asyncio.to_thread(self._broker.delete_vhost, name)

    @contextmanager
    def database(self, *, unique: bool = False) -> Iterator[str]:
        """The address of a migrated database with the table of effects, for one run.

        Args:
            unique: whether the table knows by itself that an event was there before.
        """
        with self._room() as (name, url):
            if self._postgres is not None:
                self._postgres.create_database(name)
            db = Database(url)
            upgrade(db)
            effects.create(db, unique=unique)
            db.dispose()
            yield url

    @contextmanager
    def copy(self, url: str) -> Iterator[str]:
        """The address of a copy of a database that nobody uses at the moment, for one run."""
        original = make_url(url).database or ""
        with self._room() as (name, copied):
            if self._postgres is not None:
                self._postgres.create_database(name, template=original)
            else:
                there = Path(make_url(copied).database or "")
                shutil.copyfile(original, there)
                with there.open("rb") as file:
                    os.fsync(file.fileno())  # not while something is measured
            yield copied

    @contextmanager
    def _room(self) -> Iterator[tuple[str, str]]:
        name = f"bench_{uuid4().hex}"
        if self._postgres is not None:
            try:
                yield name, self._postgres.url(name)
            finally:
                self._postgres.drop_database(name)
        else:
            folder = self.directory / name
            folder.mkdir()
            try:
                yield name, f"sqlite:///{folder}/service.db"
            finally:
                shutil.rmtree(folder)

    @asynccontextmanager
    async def contender(self, name: str, settings: Settings) -> AsyncIterator[Contender]:
        """Run a function of this package in a process of its own; it has ended on leaving.

        Args:
            name: `<module>:<function>` below this package.
            settings: what it is given.
        """
        contender = Contender()
        contender.process = await Process.start(
            Program(
                name=name,
                argv=(
                    *(sys.executable, "-m", "govproject_local.bench.contender"),
                    *(name, json.dumps(asdict(settings))),
                ),
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
                cwd=self.directory,
                stop_within=15,
            ),
            contender.hear,
        )
        try:
            yield contender
        finally:
            await contender.process.stop()


@asynccontextmanager
async def staged(*, kind: Kind = Kind.SQLITE, room_gib: int = 2) -> AsyncIterator[Stage]:
    """A stage with a broker of its own; nothing is left of it afterwards.

    Args:
        kind: of the databases.
        room_gib: how much must be free on the disk.

    Raises:
        PrerequisiteError: there is no RabbitMQ, no PostgreSQL, or no room on the disk.
    """
    binaries = await asyncio.to_thread(brokers.find)
    TOOLS.mkdir(exist_ok=True)
    free_gib = shutil.disk_usage(TOOLS).free / 2**30
    if free_gib < room_gib:
        raise PrerequisiteError(
            f"{TOOLS} has {free_gib:.1f} GiB free and this takes up to {room_gib}: make room"
        )
    # Beside the checkout: a temporary directory may be in memory, where durability is free.
    directory = Path(mkdtemp(prefix="bench-", dir=TOOLS))
    try:
        async with Supervisor(_ignore) as supervisor:
            amqp, distribution, epmd, sql = ports.pick(4)
            node = brokers.Broker(
                binaries,
                directory / "broker",
                brokers.BrokerPorts(amqp, distribution, epmd),
                f"bench-{uuid4().hex[:8]}",
            )
            running.say("starting a private broker (up to 20 s) …")
            await supervisor.start(node.epmd())
            await supervisor.start(node.node())
            postgres = None
            if kind is Kind.POSTGRESQL:
                running.say("starting a private PostgreSQL …")
                postgres = Postgres(find(may_fetch=True), directory / "postgresql", sql)
                await supervisor.start(postgres.server())
            (directory / "runs").mkdir()
            yield Stage(node, directory / "runs", postgres)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _ignore(*_: str) -> None:
    """What a broker prints is of interest only when it fails, and then it is in the error."""
