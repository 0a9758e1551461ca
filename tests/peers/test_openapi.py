"""schemathesis against the five running services: no 5xx, and only documented answers.

Each role sends what is open to it; that the rest is refused is tested beside the routes.
"""

import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from govproject_local.hosted import ALL
from govproject_local.suite import SERVICES

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
# Everywhere a little; where every heavy program runs, a lot.
EFFORT = (
    ("--phases", "examples,coverage,fuzzing", "--max-examples", "8")
    if ALL in os.environ
    else ("--phases", "examples,fuzzing", "--max-examples", "5")
)
ROLES = {
    "intake": ("unit", "bureau"),
    "review": ("unit", "bureau"),
    "acceptance": ("unit", "bureau", "finance"),
    "archive": ("unit", "archivist", "ops"),
    "cloud-alloc": ("portal", "bureau"),
}


@pytest.mark.parametrize(
    ("service", "who"), [(service, who) for service in SERVICES for who in ROLES[service]]
)
def test_no_answer_is_a_surprise(suite, service, who, tmp_path):
    done = subprocess.run(  # noqa: S603  # our own interpreter's tool, on loopback
        [
            str(Path(sys.executable).with_name("schemathesis")),
            "run",
            f"{suite.url(service)}/openapi.json",
            "--header",
            f"Authorization: Bearer {suite.token(who)}",
            *_open_to(suite.url(service), who),
            "--checks",
            ",".join(CHECKS),
            *EFFORT,
            "--seed",
            "1",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]


def _open_to(address, who):
    paths = httpx2.get(f"{address}/openapi.json", trust_env=False).json()["paths"]
    for operations in paths.values():
        for operation in operations.values():
            wanted = operation.get("security", [{"bearer": []}])
            if {"bearer": []} in wanted or {"bearer": [who]} in wanted:
                yield "--include-operation-id"
                yield operation["operationId"]
