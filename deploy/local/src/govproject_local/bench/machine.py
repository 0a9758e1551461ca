"""What the numbers were measured on."""

import asyncio
import os
import platform
import sqlite3
import subprocess
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from govproject.messaging.connection import open_channel
from govproject_local.bench.stage import Kind, Stage
from govproject_local.bench.watch import Watch
from govproject_local.paths import ROOT

LIBRARIES = (
    "aio-pika",
    "aiormq",
    "celery",
    "dramatiq",
    "faststream",
    "pika",
    "psycopg",
    "sqlalchemy",
    "uvloop",
)


async def facts(stage: Stage) -> dict[str, Any]:
    """Processor, versions and state of the code."""
    async with (
        stage.vhost() as amqp_url,
        open_channel(amqp_url, "bench", wake=asyncio.Event()) as channel,
    ):
        told: dict[str, Any] = getattr(channel.connection, "server_properties", {})
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "rabbitmq": str(told.get("version", "unknown")),
        "erlang": str(told.get("platform", "unknown")).removeprefix("Erlang/OTP "),
        "database": await asyncio.to_thread(_database, stage),
        "libraries": {name: found for name in LIBRARIES if (found := _version(name))},
        "commit": _commit(),
    }


def _database(stage: Stage) -> str:
    if stage.kind is Kind.SQLITE:
        return f"SQLite {sqlite3.sqlite_version}"
    with stage.database() as url, closing(Watch(url)) as watch:
        number = watch.number("SELECT current_setting('server_version_num')")
    return f"PostgreSQL {number // 10_000}.{number % 10_000}"


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=12"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()
