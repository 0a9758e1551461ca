"""The acceptance service on its own database, told of other services' events as a consumer is."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from govproject.identity import PUBLIC_KEY, create, mint
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.settings import Settings
from govproject.terms import ProjectKind
from govproject.web.app import build
from govproject_acceptance.app import SERVICE

from .bodies import Bodies
from .driver import Acceptance, Clock
from .events import Events


@pytest.fixture
def events() -> type[Events]:
    return Events


@pytest.fixture
def bodies() -> type[Bodies]:
    return Bodies


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("identity") / "identity"
    create(directory)
    return directory


@pytest.fixture(scope="session")
def public(identity: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a service needs of it: the key that verifies; accounts are slow to load."""
    directory = tmp_path_factory.mktemp("public")
    shutil.copy(identity / PUBLIC_KEY, directory)
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


@pytest.fixture
def plugins_dir() -> Path | None:
    """Where departments' rules are; a test that has one says so."""
    return None


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with its tables, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "acceptance.db"
    db = Database(f"sqlite:///{path}")
    migrate.upgrade(db, SERVICE.package)
    db.dispose()
    return path


@pytest.fixture
def database_url(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> str:
    """SQLite, unless a test is parametrised with "postgresql"."""
    if getattr(request, "param", "sqlite") == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{shutil.copy(migrated, tmp_path)}"


@pytest.fixture
def app(
    public: Path, database_url: str, tmp_path: Path, clock: Clock, plugins_dir: Path | None
) -> FastAPI:
    settings = Settings(
        port=1,
        database_url=database_url,
        # Nothing listens there: these tests hand the events over themselves.
        amqp_url="amqp://guest:guest@127.0.0.1:1/",
        identity_dir=public,
        files_dir=tmp_path / "files",
        plugins_dir=plugins_dir,
    )
    return build(SERVICE, settings, clock=clock)


@pytest.fixture
def acceptance(app: FastAPI, token: Callable[[str, str | None], str]) -> Iterator[Acceptance]:
    with TestClient(app) as http:
        yield Acceptance(http, app.state.runtime, token)


@pytest.fixture
def contracted() -> str | None:
    """What the project's contract is about in yuan; None: all that was approved or filed."""
    return None


@pytest.fixture
def built(acceptance: Acceptance, events: type[Events], contracted: str | None) -> Acceptance:
    """A full-process project, approved, under contract and with its implementation file."""
    contract = events.contract(amount_yuan=contracted or "1150000.00")
    acceptance.tell(
        events.declared(), events.pre_reviewed(), events.opinion(), events.approved(), contract
    )
    acceptance.plan()
    acceptance.fix_indicators()
    return acceptance


@pytest.fixture
def in_trial(built: Acceptance, bodies: type[Bodies]) -> Acceptance:
    """The same, in trial operation since 1 April."""
    built.do("preliminary-rounds", bodies.preliminary())
    built.do("trials", {"started_on": "2026-04-01"})
    return built


@pytest.fixture
def trial_id(in_trial: Acceptance) -> str:
    identifier: str = in_trial.view()["trials"][-1]["id"]
    return identifier


@pytest.fixture
def before_final(
    in_trial: Acceptance, trial_id: str, bodies: type[Bodies], events: type[Events]
) -> Acceptance:
    """The same, with everything that final acceptance needs."""
    in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
    in_trial.do("test-reports", bodies.report())
    in_trial.do("guidance", bodies.guidance(), "bureau")
    in_trial.tell(events.archived())
    in_trial.hand_in_materials()
    return in_trial


@pytest.fixture
def small(acceptance: Acceptance, events: type[Events], contracted: str | None) -> Acceptance:
    """A filing-track project just below 100万, filed, under contract, its archive checked."""
    contract = events.contract(amount_yuan=contracted or "999999.99")
    acceptance.tell(events.small(), events.filed(), contract, events.archived())
    acceptance.plan()
    acceptance.fix_indicators()
    acceptance.hand_in_materials()
    return acceptance


@pytest.fixture
def service_project(acceptance: Acceptance, events: type[Events]) -> Acceptance:
    """A service project above 100万, approved and under contract."""
    acceptance.tell(
        events.declared(kind=ProjectKind.SERVICE),
        events.pre_reviewed(),
        events.opinion(),
        events.approved(),
        events.contract(supervisor=None, free_ops_months=0, amount_yuan="1150000.00"),
    )
    acceptance.plan()
    acceptance.fix_indicators()
    acceptance.hand_in_materials()
    return acceptance


@pytest.fixture
def accepted(before_final: Acceptance, bodies: type[Bodies]) -> Acceptance:
    """A project that passed final acceptance on 3 August 2026 and returned nothing."""
    before_final.do("final-rounds", bodies.final())
    return before_final
