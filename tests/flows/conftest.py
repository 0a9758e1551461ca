"""People and programs that talk to a running suite."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from govproject.clock import system_clock
from govproject_local import documents
from govproject_local.pytest_plugin import RunningSuite

PATIENCE_SECONDS = 60


class People:
    """Calls services in the name of local accounts."""

    def __init__(self, suite: RunningSuite, http: httpx2.Client) -> None:
        self.suite = suite
        self.http = http

    def call(
        self,
        method: str,
        service: str,
        path: str,
        who: str,
        body: Any = None,
        *,
        unit: str | None = None,
        key: str | None = None,
    ) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.suite.token(who, unit)}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.http.request(
            method, f"{self.suite.url(service)}/api/v1{path}", json=body, headers=headers
        )

    def post(self, service: str, path: str, who: str, body: Any = None, **more: Any) -> Any:
        answer = self.call("POST", service, path, who, body, **more)
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        return answer.json()

    def get(self, service: str, path: str, who: str = "bureau") -> Any:
        answer = self.call("GET", service, path, who)
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        return answer.json()

    def until(self, condition: Callable[[], Any]) -> Any:
        """Wait for news to travel; the test fails when it does not arrive."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (found := condition()):
            assert time.monotonic() < deadline, "news did not arrive in time"
            time.sleep(0.05)
        return found

    def standing(self, project_id: str) -> Any:
        answer = self.call("GET", "cloud-alloc", f"/projects/{project_id}/standing", "bureau")
        return answer.json() if answer.is_success else None

    def materials(self, kind: str, unit: str | None = None) -> list[dict[str, str]]:
        """What a unit hands in with a declaration; uploaded now."""
        return [
            {"kind": material, "file_id": self.hand_in(name, content, unit)}
            for material, (name, content) in documents.materials(kind).items()
        ]

    def hand_in(self, name: str, content: bytes, unit: str | None = None) -> str:
        """The id of a file that a unit uploads to intake."""
        answer = self.http.post(
            f"{self.suite.url('intake')}/api/v1/files",
            params={"name": name},
            content=content,
            headers={"Authorization": f"Bearer {self.suite.token('unit', unit)}"},
        )
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        return str(answer.json()["id"])

    def declaration(self, unit: str | None = None, **changes: Any) -> dict[str, Any]:
        """A small project as its unit declares it."""
        return {
            "materials": self.materials(changes.get("kind", "new"), unit),
            "project_name": "社区事务一体化平台",
            "scope": "government_it",
            "kind": "new",
            "budget_yuan": "300000.00",
            "plan_year": system_clock().year + 1,
            "builds_system": True,
            "deployment_target": "district_cloud",
            "responsible_body": "信息中心",
            "responsible_person": "王䶮",
            "policy_basis": ["区政府会议纪要〔2026〕5号"],
            "cloud_plan": {"vcpus": 32, "memory_gib": 128, "storage_gib": 4096},
        } | changes

    @staticmethod
    def request(project_id: str, machines: int = 1) -> dict[str, Any]:
        """A request for equal machines of 8 vCPU."""
        today = system_clock().date()
        return {
            "project_id": project_id,
            "purpose": "部署",
            "network_zone": "extranet",
            "mlps_level": 2,
            "starts_on": today.isoformat(),
            "ends_on": f"{today.year + 2}-12-31",
            "lines": [
                {
                    "quantity": machines,
                    "vcpus": 8,
                    "memory_gib": 32,
                    "system_disk_gib": 100,
                    "operating_system": "openEuler 24.03",
                    "cpu_architecture": "arm64",
                    "xinchuang": True,
                }
            ],
        }


@pytest.fixture
def people(suite: RunningSuite) -> Iterator[People]:
    with httpx2.Client(timeout=30, trust_env=False) as http:
        yield People(suite, http)
