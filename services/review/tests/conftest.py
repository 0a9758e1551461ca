"""The review service on its own database, told of intake's events as a consumer is."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from govproject.identity import PUBLIC_KEY, create, mint
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.settings import Settings
from govproject.web.app import build
from govproject_review.app import SERVICE

from .driver import Clock, Review
from .events import PROJECT, Events


@pytest.fixture
def events() -> type[Events]:
    return Events


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("identity") / "identity"
    create(directory)
    return directory


@pytest.fixture(scope="session")
def public_identity(identity: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that a service needs to verify tokens; to load accounts costs time and tests nothing."""
    directory = tmp_path_factory.mktemp("public-identity")
    shutil.copy(identity / PUBLIC_KEY, directory)
    return directory


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database for every test to copy."""
    path = tmp_path_factory.mktemp("database") / "review.db"
    db = Database(f"sqlite:///{path}")
    migrate.upgrade(db, SERVICE.package)
    db.dispose()
    return path


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


@pytest.fixture
def plugins_dir(tmp_path: Path) -> Path:
    """A folder for departments' plugins; empty unless a test fills it before the app starts."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    return folder


@pytest.fixture
def database_url(migrated: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated, tmp_path)}"


@pytest.fixture
def app(
    public_identity: Path, database_url: str, plugins_dir: Path, tmp_path: Path, clock: Clock
) -> FastAPI:
    settings = Settings(
        port=1,
        database_url=database_url,
        # Nothing listens there: these tests hand the events over themselves.
        amqp_url="amqp://guest:guest@127.0.0.1:1/",
        identity_dir=public_identity,
        files_dir=tmp_path / "files",
        plugins_dir=plugins_dir,
    )
    return build(SERVICE, settings, clock=clock)


@pytest.fixture
def empty(app: FastAPI, clock: Clock, token: Callable[[str, str | None], str]) -> Iterator[Review]:
    """The service before it has heard of any project."""
    with TestClient(app) as http:
        yield Review(http, app.state.runtime, PROJECT, clock, token)


@pytest.fixture
def review(empty: Review, events: type[Events]) -> Review:
    """The service with one full-track project, registered and in the annual plan."""
    empty.tell(events.declared(), events.registered(), events.plan_adopted())
    return empty


@pytest.fixture
def small(empty: Review, events: type[Events]) -> Review:
    """The service with one project of 60万, which is on the filing track and filed."""
    empty.tell(
        events.declared(budget_yuan="600000.00"), events.registered(), events.filing_submitted()
    )
    return empty


@pytest.fixture
def problem() -> Callable[[httpx2.Response, int, str], dict[str, Any]]:
    """Checks that an answer is the expected problem document, and answers with it.

    Every one says what is wrong and what to do.
    """

    def check(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        body: dict[str, Any] = answer.json()
        assert (answer.status_code, body["code"]) == (status, code), body
        assert body["detail"].endswith(("。", "）")), body
        assert body["remedy"].endswith("。"), body
        return body

    return check


@pytest.fixture
def refusal(
    problem: Callable[[httpx2.Response, int, str], dict[str, Any]],
) -> Callable[[httpx2.Response], list[str]]:
    """The rules that block, of an answer that must be a refusal."""

    def rules(answer: httpx2.Response) -> list[str]:
        body = problem(answer, 409, "refused")
        return [
            finding["rule"]
            for finding in body["findings"]
            if finding["severity"] == "block" and finding["lifted_by"] is None
        ]

    return rules
