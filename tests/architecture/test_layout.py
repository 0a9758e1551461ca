"""Knowing one service is knowing five; the public API brings no I/O along."""

import subprocess
import sys

import pytest

from govproject_local.paths import ROOT
from govproject_local.suite import SERVICES

ANATOMY = {
    "__init__.py",
    "__main__.py",
    "api.py",
    "app.py",
    "consumers.py",
    "handlers",
    "lifecycle.py",
    "migrations",
    "repository.py",
    "rules",
    "tables.py",
    "views.py",
}
HEAVY = ("fastapi", "starlette", "sqlalchemy", "sqlmodel", "aio_pika", "alembic", "uvicorn")


def package(service: str):
    return ROOT / "services" / service / "src" / f"govproject_{service.replace('-', '_')}"


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_same_files(service):
    there = {path.name for path in package(service).iterdir() if path.name != "__pycache__"}
    assert there >= ANATOMY


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_a_readme_and_a_licence_id(service):
    folder = ROOT / "services" / service
    assert (folder / "README.md").stat().st_size > 0
    assert 'license = "MulanPSL-2.0"' in (folder / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "module",
    ["govproject", *(f"govproject_{s.replace('-', '_')}.rules" for s in SERVICES)],
)
def test_rules_and_the_public_api_import_no_io(module):
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run(  # noqa: S603  # our own interpreter and our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
