"""schemathesis against the five running services: no 5xx, and only documented answers.

Every operation is asked by the first role of its service that it is open to; in depth, by each of
them. That it is refused to the rest is tested beside the routes.
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
DEEP = "GOVPROJECT_TEST_DEEP" in os.environ
# Everywhere a little; where every heavy program runs, more; when asked for, all night.
EFFORT = (
    ("--phases", "examples,coverage,fuzzing", "--max-examples", "50")
    if DEEP
    else ("--phases", "examples,coverage,fuzzing", "--max-examples", "4")
    if ALL in os.environ
    else ("--phases", "examples,fuzzing", "--max-examples", "5")
)
LONGEST_SECONDS = 14_400 if DEEP else 1_800
ROLES = {
    "intake": ("unit", "bureau", "ops"),
    "review": ("unit", "bureau", "finance", "expert", "ops"),
    "acceptance": ("unit", "bureau", "finance", "ops"),
    "archive": ("unit", "archivist", "bureau", "ops"),
    "cloud-alloc": ("portal", "bureau", "unit", "ops"),
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
            *_options(_asked_by(service, who, _operations(suite.url(service)))),
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
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_is_asked(suite, service):
    operations = _operations(suite.url(service))
    asked = [_asked_by(service, who, operations) for who in ROLES[service]]
    assert set().union(*asked) == operations.keys()


def _operations(address):
    """The roles that each operation is open to; none: it is open to all."""
    paths = httpx2.get(f"{address}/openapi.json", timeout=60, trust_env=False).json()["paths"]
    return {
        operation["operationId"]: {
            role for each in operation.get("security", ()) for role in each["bearer"]
        }
        for operations in paths.values()
        for operation in operations.values()
    }


def _asked_by(service, who, operations):
    before = () if DEEP else ROLES[service][: ROLES[service].index(who)]
    return {
        name
        for name, roles in operations.items()
        if _open_to(roles, who) and not any(_open_to(roles, each) for each in before)
    }


def _open_to(roles, who):
    return not roles or who in roles


def _options(names):
    return [word for name in sorted(names) for word in ("--include-operation-id", name)]
