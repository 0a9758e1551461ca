"""The gate on its own database, told of other services' events as a consumer is."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from govproject.identity import create, mint
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.settings import Settings
from govproject.web.app import build
from govproject_cloud_alloc.app import SERVICE

from .driver import Clock, Gate
from .events import Events


def rules(decision: dict[str, Any]) -> list[tuple[str, str]]:
    """The rules that refuse, with their articles."""
    return [
        (finding["rule"], finding["article"])
        for finding in decision["findings"]
        if finding["severity"] == "block" and finding["lifted_by"] is None
    ]


@pytest.fixture
def refusals() -> Callable[[dict[str, Any]], list[tuple[str, str]]]:
    """What refuses an allocation that is answered with: rules and articles."""

    def of(view: dict[str, Any]) -> list[tuple[str, str]]:
        assert view["state"] == "refused", view
        assert view["decision"]["outcome"] == "refused"
        return rules(view["decision"])

    return of


@pytest.fixture
def events() -> type[Events]:
    return Events


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("identity") / "identity"
    create(directory)
    return directory


@pytest.fixture(scope="session")
def token(identity: Path) -> Callable[[str, str | None], str]:
    """A bearer token, minted once for each account and unit."""
    minted: dict[tuple[str, str | None], str] = {}

    def of(name: str, unit: str | None) -> str:
        if (name, unit) not in minted:
            minted[name, unit] = mint(identity, name, unit)
        return minted[name, unit]

    return of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, migrated once; each test starts from a copy of it."""
    path = tmp_path_factory.mktemp("migrated") / "cloud-alloc.db"
    db = Database(f"sqlite:///{path}")
    migrate.upgrade(db, SERVICE.package)
    db.dispose()
    return path


@pytest.fixture
def database_url(migrated: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated, tmp_path)}"


@pytest.fixture
def settings(identity: Path, database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        port=1,
        database_url=database_url,
        # Nothing listens there: these tests hand events over themselves.
        amqp_url="amqp://guest:guest@127.0.0.1:1/",
        identity_dir=identity,
        files_dir=tmp_path / "files",
    )


@pytest.fixture
def app(settings: Settings, clock: Clock) -> FastAPI:
    # Without its worker: tests say when the cloud works.
    return build(replace(SERVICE, workers=()), settings, clock=clock)


@pytest.fixture
def gate(app: FastAPI, clock: Clock, token: Callable[[str, str | None], str]) -> Iterator[Gate]:
    with TestClient(app) as http:
        yield Gate(http, app.state.runtime, clock, token)


@pytest.fixture
def problem() -> Callable[[httpx2.Response, int, str], Any]:
    """Checks that a response is the expected problem document, and answers with it."""

    def check(answer: httpx2.Response, status: int, code: str) -> Any:
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        body = answer.json()
        assert (answer.status_code, body["code"]) == (status, code), body
        assert any("\u4e00" <= letter <= "\u9fff" for letter in body["detail"])
        return body

    return check
