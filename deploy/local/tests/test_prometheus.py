import subprocess

import httpx2

from govproject_local import ports
from govproject_local.prometheus import Prometheus
from govproject_local.supervisor import Supervisor


async def test_it_scrapes_what_it_is_told_to(prometheus_binaries, tmp_path, on_line):
    own, target = ports.pick(2)
    server = Prometheus(prometheus_binaries, tmp_path, own, {"intake": target})
    async with Supervisor(on_line) as supervisor:
        await supervisor.start(server.server())
        async with httpx2.AsyncClient(timeout=60) as client:
            answer = await client.get(f"{server.url}/api/v1/status/config")
    configuration = answer.json()["data"]["yaml"]
    assert "job_name: intake" in configuration
    assert f"127.0.0.1:{target}" in configuration
    assert ports.is_free(own)


def test_promtool_accepts_the_configuration(prometheus_binaries, tmp_path):
    Prometheus(prometheus_binaries, tmp_path, 1, {"intake": 2, "cloud-alloc": 3}).server()
    check = [prometheus_binaries / "promtool", "check", "config", tmp_path / "prometheus.json"]
    assert "SUCCESS" in subprocess.check_output(check, text=True)
