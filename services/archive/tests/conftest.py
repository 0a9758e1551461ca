"""The archive service on its own database, told of other services' events as a consumer is."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from govproject.contracts import Event, lookup
from govproject.identity import PUBLIC_KEY, create, mint
from govproject.ids import new_id
from govproject.messaging import heartbeat, inbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.topology import SLOTS
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Outbox
from govproject.settings import Settings
from govproject.terms import FileClass
from govproject.web.app import build
from govproject.web.runtime import Runtime
from govproject_archive.app import SERVICE
from govproject_archive.papers import KINDS
from govproject_local import documents

from .events import NOW, PROJECT, UNIT, Events


@pytest.fixture
def events() -> type[Events]:
    return Events


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("identity") / "identity"
    create(directory)
    return directory


@pytest.fixture(scope="session")
def public(identity: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a service needs to verify tokens; without accounts it starts faster."""
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


@dataclass
class Archive:
    """The running service as its users and its producers meet it."""

    http: TestClient
    runtime: Runtime
    project: UUID
    token: Callable[[str, str | None], str]
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    hears: bool = True
    """Whether heartbeats arrive as the clock goes on; a test may cut them off."""
    heard: datetime | None = None

    def tell(self, *events: Event) -> Counter[inbox.Outcome]:
        """Deliver events as their producers would, each as the next one of its stream."""
        arrivals = []
        for event in events:
            stream = event.source, event.aggregate_id
            self.sent[stream] += 1
            envelope = Envelope(
                event_id=new_id(),
                source=event.source,
                ce_type=type_of(event),
                aggregate_type=event.aggregate_type,
                aggregate_id=event.aggregate_id,
                aggregate_seq=self.sent[stream],
                time=self.runtime.clock(),
                body=event.model_dump_json().encode(),
                request_id="request-of-the-producer",
            )
            arrivals.append(Arrival(event.source, envelope.headers(), envelope.body))
        return self.deliver(*arrivals)

    def hear(self) -> None:
        """Heartbeats of all that is followed, once at each moment of the clock."""
        now = self.runtime.clock()
        if self.hears and self.heard != now:
            self.heard = now
            beat = Heartbeat(now, (0,) * SLOTS)
            self.deliver(*(Arrival(s, *heartbeat.message(s, beat)) for s in SERVICE.follows))

    def deliver(self, *arrivals: Arrival) -> Counter[inbox.Outcome]:
        return inbox.process(
            self.runtime.db, "archive", SERVICE.handlers, arrivals, clock=self.runtime.clock
        )

    def published(self, name: str | None = None) -> list[Any]:
        """The events in the outbox, oldest first; of one name if given."""
        found = []
        with self.runtime.db.read() as session:
            for row in session.exec(select(Outbox).order_by(Outbox.seq)):
                _, source, *words, version = row.type.split(".")
                model = lookup(source, ".".join(words), int(version.removeprefix("v")))
                assert model is not None, row.type
                found.append(model.model_validate_json(row.body))
        return [event for event in found if name in (None, event.name)]

    def call(
        self, method: str, path: str, as_: str | None, unit: str | None = None, **kwargs: Any
    ) -> httpx2.Response:
        self.hear()
        if as_ == "unit":
            unit = unit or UNIT
        headers = {"Authorization": f"Bearer {self.token(as_, unit)}"} if as_ else {}
        headers |= kwargs.pop("headers", {})
        return self.http.request(method, f"/api/v1{path}", headers=headers, **kwargs)

    def get(self, path: str, as_: str | None = "bureau", **kwargs: Any) -> httpx2.Response:
        return self.call("GET", path, as_, **kwargs)

    def post(
        self, path: str, body: object = None, as_: str | None = "unit", **kwargs: Any
    ) -> httpx2.Response:
        return self.call("POST", path, as_, json=body, **kwargs)

    def uploaded(self, *kinds: str, contract_id: UUID | None = None) -> None:
        """Process material of these kinds, one file each."""
        content = documents.materials("new")["application_form"]
        for kind in kinds:
            file = self.call(
                "POST", "/files", "unit", params={"name": content[0]}, content=content[1]
            )
            body = {"kind": kind, "file_id": file.json()["id"]}
            if contract_id is not None:
                body["contract_id"] = str(contract_id)
            answer = self.post(f"/projects/{self.project}/process-files", body)
            assert answer.status_code == 201, answer.text

    def stored(self, name: str = "批复.pdf", text: str = "") -> dict[str, Any]:
        """An uploaded file's record; another text makes it another content."""
        content = f"%PDF-1.7\n{text}\n%%EOF\n".encode()
        answer = self.call("POST", "/files", "unit", params={"name": name}, content=content)
        assert answer.status_code == 201, answer.text
        view: dict[str, Any] = answer.json()
        return view

    def composed(
        self, file_class: str = "approval", items: int | list[dict[str, Any]] = 2, **changes: object
    ) -> str:
        """The id of a new volume with these items, or with so many of its class's kinds."""
        kinds = KINDS[FileClass(file_class)]
        body = {
            "file_class": file_class,
            "title": f"{file_class}卷",
            "composed_by": "张三",
            "retention": "years_30",
            "access": "open",
            "items": items
            if isinstance(items, list)
            else [
                {
                    "title": f"文件{n}",
                    "pages": n,
                    "dated_on": "2026-02-03",
                    "kind": kinds[(n - 1) % len(kinds)],
                }
                for n in range(1, items + 1)
            ],
            **changes,
        }
        answer = self.post(f"/projects/{self.project}/volumes", body)
        assert answer.status_code == 201, answer.text
        volume_id: str = answer.json()["id"]
        return volume_id

    def step(self, volume_id: str, name: str, as_: str = "unit", **body: object) -> dict[str, Any]:
        """Take one step with a volume that must succeed."""
        answer = self.post(f"/volumes/{volume_id}/{name}", body, as_)
        assert answer.is_success, answer.text
        view: dict[str, Any] = answer.json()
        return view

    def listed(self, file_class: str = "approval", items: int | list[dict[str, Any]] = 2) -> str:
        """A volume that waits for the two counts."""
        volume_id = self.composed(file_class, items)
        self.step(volume_id, "review", reviewed_by="李四")
        self.step(volume_id, "handover-list", prepared_by="张三")
        return volume_id

    def handed_over(
        self, file_class: str = "approval", items: int | list[dict[str, Any]] = 2
    ) -> str:
        """A volume in the archive."""
        volume_id = self.listed(file_class, items)
        counted = items if isinstance(items, int) else len(items)
        self.step(volume_id, "confirmations", confirmed_by="张三", item_count=counted)
        self.step(volume_id, "confirmations", "archivist", confirmed_by="王五", item_count=counted)
        return volume_id

    def papers(self, file_class: str) -> list[dict[str, Any]]:
        """What the project's view says of the papers of a class."""
        view = self.get(f"/projects/{self.project}").json()
        (row,) = (each for each in view["classes"] if each["file_class"] == file_class)
        found: list[dict[str, Any]] = row["papers"]
        return found

    def complete(self, file_class: str) -> str:
        """A volume in the archive with all papers that its class still lacks."""
        missing = [paper for paper in self.papers(file_class) if paper["state"] == "missing"]
        return self.handed_over(
            file_class,
            [
                {
                    "title": f"{paper['basis']}的{paper['name']}"[:200],
                    "pages": 3,
                    "dated_on": "2026-02-03",
                    "kind": paper["kind"],
                    "record": paper["record"],
                }
                for paper in missing
            ]
            or 1,
        )


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with its tables, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "archive.db"
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
def plugins_dir() -> Path | None:
    """Where departments' plugins are; a test that has one says so."""
    return None


@pytest.fixture
def app(public: Path, database_url: str, tmp_path: Path, plugins_dir: Path | None) -> FastAPI:
    settings = Settings(
        port=1,
        database_url=database_url,
        # Nothing listens there: these tests hand the events over themselves.
        amqp_url="amqp://guest:guest@127.0.0.1:1/",
        identity_dir=public,
        files_dir=tmp_path / "files",
        plugins_dir=plugins_dir,
    )
    # Tests that are about the worker let it work by themselves.
    return build(replace(SERVICE, workers=()), settings, clock=lambda: NOW)


@pytest.fixture
def archive(app: FastAPI, token: Callable[[str, str | None], str]) -> Iterator[Archive]:
    with TestClient(app) as http:
        yield Archive(http, app.state.runtime, PROJECT, token)
