"""Knowing one service is knowing five; the public API brings no I/O along."""

import subprocess
import sys
from importlib import import_module

import pytest

from govproject.contracts import FOLLOWERS
from govproject.next_steps.places import SERVICES as CALLED
from govproject_local.paths import ROOT
from govproject_local.suite import SERVICES, module

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
def test_a_page_calls_a_service_what_it_calls_itself(service):
    assert CALLED[service] == import_module(f"{module(service)}.app").SERVICE.title


@pytest.mark.parametrize("service", SERVICES)
def test_a_producer_waits_for_all_who_follow_it(service):
    follow = {
        name: import_module(f"{module(name)}.consumers").FOLLOWS
        for name in SERVICES
        if (package(name) / "consumers.py").exists()
    }
    assert set(FOLLOWERS[service]) == {name for name in follow if service in follow[name]}


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_a_readme_and_a_licence_id(service):
    folder = ROOT / "services" / service
    assert (folder / "README.md").stat().st_size > 0
    assert 'license = "MulanPSL-2.0"' in (folder / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    ["govproject", *(f"govproject_{s.replace('-', '_')}.rules" for s in SERVICES)],
)
def test_rules_and_the_public_api_import_no_io(name):
    code = f"import sys, {name}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run(  # noqa: S603  # our own interpreter and our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
