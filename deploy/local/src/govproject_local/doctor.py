"""`./govproject doctor`: what this machine has and lacks for running the suite."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from govproject_local import broker, debian, ports, postgres
from govproject_local.paths import ROOT
from govproject_local.suite import BROKER_OFFSETS, SERVICES, runs_on

FREE_BYTES = 1 << 30


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `remedy` is empty if all is well."""

    subject: str
    state: str
    remedy: str = ""


def examine(data: Path, port_base: int) -> Iterator[Finding]:
    """Look at everything that `up` needs in this data directory and on these ports."""
    yield Finding("python", platform.python_version())
    yield _tools()
    yield _broker()
    yield _postgresql()
    yield _disk(data)
    yield _ports(data, port_base)


def _tools() -> Finding:
    missing = [tool for tool in ("setpriv", "flock") if not shutil.which(tool)]
    if missing:
        return Finding("tools", f"no {', '.join(missing)}", "install util-linux")
    return Finding("tools", "setpriv, flock")


def _broker() -> Finding:
    if found := broker.installed():
        return Finding("broker", f"installed RabbitMQ, {found.server}")
    if debian.RABBITMQ.place.is_dir():
        return Finding("broker", f"fetched RabbitMQ, {debian.RABBITMQ.place.relative_to(ROOT)}")
    if shutil.which("apt-get") and shutil.which("dpkg-deb"):
        return Finding("broker", "will be fetched from the machine's Debian sources (33 MB)")
    return Finding(
        "broker", "no RabbitMQ and no apt-get", "install rabbitmq-server, or use up --broker URL"
    )


def _postgresql() -> Finding:
    if found := postgres.installed():
        return Finding("postgresql", f"installed, {found}")
    return Finding("postgresql", "not installed (needed only for --database postgresql+psycopg:…)")


def _disk(data: Path) -> Finding:
    existing = next(each for each in (data.resolve(), *data.resolve().parents) if each.exists())
    free = shutil.disk_usage(existing).free
    state = f"{free / (1 << 30):.1f} GiB free at {existing}"
    if free < FREE_BYTES:
        return Finding("disk", state, "free 1 GiB, or choose another directory with --data")
    return Finding("disk", state)


def _ports(data: Path, port_base: int) -> Finding:
    if runs_on(data) == port_base:
        return Finding("ports", f"in use by the suite that runs in {data}")
    offsets = (*range(1, len(SERVICES) + 1), *BROKER_OFFSETS)
    taken = [port_base + each for each in offsets if not ports.is_free(port_base + each)]
    if taken:
        numbers = ", ".join(str(port) for port in taken)
        return Finding("ports", f"taken: {numbers}", "stop what listens there, or use --port-base")
    return Finding("ports", f"{port_base + 1} … {port_base + max(BROKER_OFFSETS)} free")
