"""Whether a search of the archive costs more once a million files are in it.

Databases of all sizes stand side by side and are asked the same in turns, so that what slows the
machine down for a while slows all of them down.
"""

import random
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import UUID

from sqlalchemy import text

from govproject.errors import PrerequisiteError
from govproject.ids import new_id
from govproject.messaging.threads import in_thread
from govproject.persistence.database import Database
from govproject.persistence.migrate import upgrade
from govproject.persistence.tables import core
from govproject.terms import FileClass
from govproject_archive import search_index
from govproject_archive.app import SERVICE
from govproject_archive.lifecycle import VolumeState
from govproject_archive.search_index import Kind, Wanted
from govproject_archive.tables import Project, Volume, VolumeItem
from govproject_local import ports, running
from govproject_local.bench.ratios import Ratio, pairwise
from govproject_local.bench.stage import Kind as DatabaseKind
from govproject_local.paths import TOOLS
from govproject_local.postgres import Postgres, find
from govproject_local.supervisor import Supervisor

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_ROUNDS = 15
_REPEATS = 10
_PAGE = 51  # a page of 50, and whether there is another
_IN_A_VOLUME = 500
_UNITS = 20
_RARE = 10  # files, however many others there are
_GIB_PER_MILLION = 3
_SEED = 1

_SUBJECTS = ("智慧教育", "数字政务", "城市管理", "医疗保障", "应急指挥", "社区治理", "水利监测")
_THINGS = ("平台", "系统", "数据中心", "专网", "机房", "门户", "终端")
_DOCUMENTS = ("批复", "招标", "合同", "测评", "监理", "会议", "验收", "变更", "培训")
QUERIES: dict[str, Wanted] = {
    "rare word": Wanted(("𠮷林䶮",)),
    "frequent word": Wanted(("文件",)),
    "two characters": Wanted(("监理",)),
    "one character": Wanted(("䶮",)),
    "several words": Wanted(("应急指挥", "变更")),
    "nothing found": Wanted(("档案馆藏",)),
    "one unit's": Wanted(("监理",), frozenset({"第0单位"})),
    "one unit's, rare": Wanted(("𠮷林䶮",), frozenset({"第0单位"})),
}


@dataclass(frozen=True)
class Measured:
    """How long a query took in each round, by size."""

    query: str
    found: dict[int, int]
    """How many hits the first page had."""
    seconds: dict[int, list[float]]

    def ratio(self, size: int) -> Ratio:
        """The time at a size to that at the smallest."""
        return pairwise(self.seconds[size], self.seconds[min(self.seconds)])

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        return {
            "query": self.query,
            "found": self.found,
            "ratios": {size: self.ratio(size)._asdict() for size in self.seconds},
            "seconds": self.seconds,
        }


async def run(kind: DatabaseKind, sizes: tuple[int, ...]) -> list[Measured]:
    """Fill a database of each size, and ask them all.

    Raises:
        PrerequisiteError: there is no PostgreSQL, or no room on the disk.
    """
    async with _databases(kind, sizes) as databases:
        for size, db in databases.items():
            running.say(f"search: filling {size:,} files …")
            await in_thread(fill, db, size)
        return await in_thread(measure, databases)


def fill(db: Database, size: int) -> None:
    """An archive with so many files."""
    upgrade(db, SERVICE.package)
    chance = random.Random(_SEED)  # noqa: S311  # no secret
    for first in range(0, size, _IN_A_VOLUME):
        _volume(db, first, min(_IN_A_VOLUME, size - first), size, chance)
    if db.dialect == "postgresql":
        # The server does so by itself a minute after a change.
        with db.write() as session:
            session.execute(text("ANALYZE"))
    db.checkpoint()


def measure(databases: dict[int, Database]) -> list[Measured]:
    """Ask every query of every database, in turns."""
    measured = [Measured(name, {}, {size: [] for size in databases}) for name in QUERIES]
    for number in range(_ROUNDS + 1):
        for one in measured:
            for size, db in databases.items():
                one.found[size], seconds = _ask(db, QUERIES[one.query])
                if number:  # the first time, statements are compiled and pages are read
                    one.seconds[size].append(seconds)
    return measured


def _ask(db: Database, wanted: Wanted) -> tuple[int, float]:
    with db.read() as session:
        connection = session.connection()
        begin = time.perf_counter()
        for _ in range(_REPEATS):
            found = search_index.find(connection, wanted, below=None, limit=_PAGE)
        return len(found), (time.perf_counter() - begin) / _REPEATS


def _volume(db: Database, first: int, count: int, size: int, chance: random.Random) -> None:
    project, volume = new_id(), new_id()
    unit = f"第{first // _IN_A_VOLUME % _UNITS}单位"
    titles = list(_titles(first, count, size, chance))
    with db.write(lasting=False) as session:
        session.execute(
            core(Project).insert(),
            {"id": project, "project_name": f"{unit}项目{first}", "unit": unit},
        )
        session.execute(
            core(Volume).insert(),
            {
                "id": volume,
                "project_id": project,
                "file_class": FileClass.CONTRACT,
                "title": f"合同卷{first}",
                "state": VolumeState.COMPOSED,
                "item_count": count,
                "page_count": count,
                "phased": False,
            },
        )
        session.execute(core(VolumeItem).insert(), list(_items(volume, titles, chance)))
        connection = session.connection()
        search_index.refresh(connection, project, Kind.PROJECT)
        search_index.refresh(connection, volume, Kind.VOLUME, Kind.VOLUME_ITEM)


def _titles(first: int, count: int, size: int, chance: random.Random) -> Iterator[str]:
    for number in range(first, first + count):
        what = "".join(map(chance.choice, (_SUBJECTS, _THINGS, _DOCUMENTS)))
        # Spread over all of them; the newest is one of them at no size.
        rare = "（𠮷林䶮）" if number % (size // _RARE) == 0 else ""
        yield f"{what}文件{rare}{number}"


def _items(volume: UUID, titles: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    for position, title in enumerate(titles, 1):
        dated_on = date(2016, 1, 1) + timedelta(days=chance.randrange(3650))
        yield {
            "volume_id": volume,
            "position": position,
            "title": title,
            "pages": 1,
            "dated_on": dated_on,
        }


@asynccontextmanager
async def _databases(
    kind: DatabaseKind, sizes: tuple[int, ...]
) -> AsyncIterator[dict[int, Database]]:
    TOOLS.mkdir(exist_ok=True)
    needed = 1 + _GIB_PER_MILLION * sum(sizes) / 1_000_000
    free = shutil.disk_usage(TOOLS).free / 2**30
    if free < needed:
        raise PrerequisiteError(
            f"{TOOLS} has {free:.1f} GiB free and this takes up to {needed:.1f}: make room"
        )
    directory = Path(mkdtemp(prefix="bench-", dir=TOOLS))
    databases: dict[int, Database] = {}
    try:
        async with Supervisor(_ignore) as supervisor:
            postgres = None
            if kind is DatabaseKind.POSTGRESQL:
                running.say("starting a private PostgreSQL …")
                [port] = ports.pick(1)
                postgres = Postgres(find(may_fetch=True), directory / "postgresql", port)
                await supervisor.start(postgres.server())
            for size in sizes:
                databases[size] = Database(
                    f"sqlite:///{directory}/{size}.db"
                    if postgres is None
                    else postgres.create_database(f"search_{size}")
                )
            try:
                yield databases
            finally:
                for db in databases.values():
                    db.dispose()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _ignore(*_: str) -> None:
    """What a server prints is of interest only when it fails, and then it is in the error."""
