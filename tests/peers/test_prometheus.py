"""A real Prometheus scrapes all five services and understands what they say."""

import asyncio

import httpx2
import pytest

from govproject_local import ports
from govproject_local.prometheus import Prometheus
from govproject_local.suite import SERVICES
from govproject_local.supervisor import Supervisor

EXPECTED = (
    "govproject_http_requests_total",
    "govproject_http_request_duration_seconds_count",
    "process_cpu_seconds_total",
)


@pytest.mark.peer("prometheus")
async def test_prometheus_scrapes_all_five(suite, prometheus_binaries, tmp_path):
    targets = {name: suite.suite.port(name) for name in SERVICES}
    server = Prometheus(prometheus_binaries, tmp_path, ports.pick(1)[0], targets)
    async with Supervisor(lambda *_: None) as supervisor:
        await supervisor.start(server.server())
        async with (
            httpx2.AsyncClient(base_url=server.url, timeout=60, trust_env=False) as http,
            asyncio.timeout(60),
        ):

            async def instances(query):
                answer = await http.get("/api/v1/query", params={"query": query})
                return {row["metric"]["job"] for row in answer.json()["data"]["result"]}

            for query in ("up == 1", *EXPECTED):
                while await instances(query) != set(SERVICES):  # noqa: ASYNC110  # Prometheus polls
                    await asyncio.sleep(0.2)
