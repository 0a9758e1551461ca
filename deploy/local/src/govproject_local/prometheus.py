"""A private Prometheus that scrapes the services of a running suite."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from govproject.errors import PrerequisiteError
from govproject_local import debian, ports
from govproject_local.process import Program


def find(*, may_fetch: bool) -> Path:
    """Return the directory of `prometheus` and `promtool`.

    Raises:
        PrerequisiteError: they are not installed, and fetching is impossible or not wanted.
    """
    found = shutil.which("prometheus")
    if found and shutil.which("promtool"):
        return Path(found).parent
    if not may_fetch and not debian.PROMETHEUS.place.is_dir():
        raise PrerequisiteError("Prometheus is not installed (./govproject test --all fetches it)")
    return debian.fetch(debian.PROMETHEUS, "install prometheus") / "usr/bin"


class Prometheus:
    """One private server; a supervisor runs its program.

    Args:
        binaries: what `find` returned.
        directory: holds configuration and series.
        port: where it listens on loopback.
        targets: service name → port of its `/metrics`.
    """

    def __init__(
        self, binaries: Path, directory: Path, port: int, targets: Mapping[str, int]
    ) -> None:
        self._binaries = binaries
        self._directory = directory.resolve()
        self._port = port
        self._targets = targets

    @property
    def url(self) -> str:
        """The address of its API and pages."""
        return f"http://{ports.LOOPBACK}:{self._port}"

    def server(self) -> Program:
        """Return the server; ready once it takes queries."""
        self._directory.mkdir(parents=True, exist_ok=True)
        configuration = self._directory / "prometheus.json"
        configuration.write_text(json.dumps(self._configuration(), indent=2))

        async def ready() -> bool:
            return await ports.answers(
                self._port, b"GET /-/ready HTTP/1.0\r\n\r\n", b"HTTP/1.0 200 OK"
            )

        return Program(
            name="prometheus",
            argv=(
                str(self._binaries / "prometheus"),
                f"--config.file={configuration}",
                f"--storage.tsdb.path={self._directory / 'series'}",
                f"--web.listen-address={ports.LOOPBACK}:{self._port}",
                "--log.level=warn",
            ),
            env=os.environ,
            cwd=self._directory,
            ready=ready,
        )

    def _configuration(self) -> dict[str, object]:
        """JSON is YAML, so the generated file needs no further library."""
        return {
            "global": {"scrape_interval": "1s"},
            "scrape_configs": [
                {
                    "job_name": service,
                    "static_configs": [{"targets": [f"{ports.LOOPBACK}:{port}"]}],
                }
                for service, port in self._targets.items()
            ],
        }
