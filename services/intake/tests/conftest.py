"""The intake service on its own database, as units, the bureau and other services meet it."""

import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import openpyxl
import pytest
from fastapi import FastAPI
from sqlalchemy import func
from sqlmodel import SQLModel, select
from starlette.testclient import TestClient

from govproject.clock import SHANGHAI
from govproject.contracts import Event, lookup
from govproject.identity import create, mint
from govproject.ids import new_id
from govproject.messaging import inbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.messaging.receiving import Outcome
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Outbox
from govproject.settings import Settings
from govproject.web.app import build
from govproject.web.runtime import Runtime
from govproject_intake.app import SERVICE
from govproject_local import documents

START = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
UNIT = "亭湖区教育局"
NO_CONDITION = {
    "duplicate": False,
    "no_shared_resources": False,
    "no_data_catalogue": False,
    "security": False,
    "crypto_xinchuang": False,
}
CONTRACT = {
    "contractor": "盐城软件公司",
    "amount_yuan": "280000",
    "award_notice_on": "2026-07-01",
    "contract_filed_on": "2026-07-20",
    "free_ops_months": 24,
    "clauses": {
        "ip_ownership": "第3页",
        "data_property": "第3页",
        "data_security": "第4页",
        "confidentiality": "第4页",
        "maintenance_years": "第5页",
    },
    "maintenance": {"scope": "第5页", "period": "第5页", "responsibility": "第6页"},
    "confidentiality_need": "needed",
    "nda_signed_on": "2026-07-20",
    "ends_on": "2026-12-31",
    "personnel": [{"name": "张三", "role": "project_lead"}],
}


@dataclass
class Clock:
    """A clock that a test turns."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Intake:
    """The running service."""

    http: TestClient
    runtime: Runtime
    clock: Clock
    token: Callable[[str, str | None], str]
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    number: Iterator[int] = field(default_factory=count)

    def call(
        self, method: str, path: str, as_: str | None, unit: str | None = None, **kwargs: Any
    ) -> httpx2.Response:
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
        if as_ == "unit" and path.endswith("/contracts") and isinstance(body, dict):
            body = self.with_papers(body, kwargs.get("unit") or UNIT)
        return self.call("POST", path, as_, json=body, **kwargs)

    def with_papers(self, contract: dict[str, object], unit: str) -> dict[str, object]:
        """A contract with its text and the notice of its award, unless a test says otherwise."""
        papers = {}
        for about, name in (("file_id", "合同"), ("award_notice_file_id", "中标通知书")):
            if about not in contract:
                content = documents.word([(1, name), (0, f"第{next(self.number)}号{name}。")])
                papers[about] = self.handed_in(f"{name}.docx", content, unit)
        return papers | contract

    def done(self, path: str, body: object = None, as_: str = "unit", **kwargs: Any) -> Any:
        """What a request that must succeed is answered with."""
        answer = self.post(path, body, as_, **kwargs)
        assert answer.is_success, answer.text
        return answer.json()

    def imported(self, path: str, given: Any, as_: str = "unit", **params: Any) -> httpx2.Response:
        """The answer to a table, rows or a workbook as it is, that is uploaded and imported."""
        if isinstance(given, list):
            book = openpyxl.Workbook()
            for row in given:
                book.active.append(row)
            content = io.BytesIO()
            book.save(content)
            given = content.getvalue()
        file = self.call("POST", "/files", as_, params={"name": "表.xlsx"}, content=given)
        return self.call("POST", path, as_, params={"file_id": file.json()["id"], **params})

    def materials(self, kind: str = "new", unit: str = UNIT) -> list[dict[str, str]]:
        """What a unit hands in with a declaration; uploaded now."""
        return [
            {"kind": material, "file_id": self.handed_in(name, content, unit)}
            for material, (name, content) in documents.materials(kind).items()
        ]

    def handed_in(self, name: str, content: bytes, unit: str = UNIT) -> str:
        """The id of a file that a unit uploaded."""
        answer = self.call("POST", "/files", "unit", unit, params={"name": name}, content=content)
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    def declaration(self, of: str = UNIT, /, **changes: Any) -> dict[str, object]:
        return {
            "materials": self.materials(changes.get("kind", "new"), of),
            "project_name": "智慧校园",
            "scope": "government_it",
            "kind": "new",
            "budget_yuan": "300000.00",
            "plan_year": 2027,
            "builds_system": True,
            "deployment_target": "district_cloud",
            "responsible_body": "教育局信息中心",
            "responsible_person": "张三",
            "policy_basis": ["区政府会议纪要〔2026〕5号"],
            "cloud_plan": {"vcpus": 64, "memory_gib": 256},
        } | changes

    def filing(self, **changes: object) -> dict[str, object]:
        """What a unit files; the record of its review is uploaded now."""
        return {
            "internal_review_on": "2026-06-20",
            "internal_review_record_file_id": self.handed_in(
                "论证记录.docx", documents.internal_review()
            ),
            "conditions": NO_CONDITION,
            "mobile": "none",
        } | changes

    def declared(self, unit: str = UNIT, **changes: Any) -> str:
        """A new project's id."""
        view = self.done("/projects", self.declaration(unit, **changes), unit=unit)
        return str(view["id"])

    def registered(self, reference: str = "320902-2026-0001", **changes: Any) -> str:
        """The id of a project that is in the municipal system."""
        project = self.declared(**changes)
        self.done(f"/projects/{project}/registration", {"city_system_ref": reference}, "bureau")
        return project

    def filed(self, project: str, **changes: object) -> str:
        """A new filing's id."""
        view = self.done(f"/projects/{project}/filings", self.filing(**changes))
        return str(view["id"])

    def buildable(self, **changes: Any) -> str:
        """The id of a project whose filing records the internal review (Arts 6, 26)."""
        project = self.registered(**changes)
        self.filed(project)
        return project

    def contract(self, **changes: object) -> dict[str, object]:
        return CONTRACT | changes

    def contracted(self, project: str, **changes: object) -> str:
        """A new contract's id."""
        return str(self.done(f"/projects/{project}/contracts", self.contract(**changes))["id"])

    def ordered(self, project: str, due_on: str = "2026-08-31") -> str:
        """A new rectification order's id."""
        body = {"problem": "日志留存不足六个月。", "due_on": due_on}
        view = self.done(f"/projects/{project}/rectification-orders", body, "cyberspace")
        return str(view["id"])

    def reported(self, order: str) -> Any:
        """The order, once the unit has reported what it put right."""
        body = {
            "report": "日志留存已延长至六个月。",
            "file_id": self.handed_in("整改报告.docx", documents.internal_review()),
        }
        return self.done(f"/rectification-orders/{order}/report", body)

    def tell(self, *events: Event) -> Counter[Outcome]:
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
                time=self.clock(),
                body=event.model_dump_json().encode(),
            )
            arrivals.append(Arrival(event.source, envelope.headers(), envelope.body))
        return inbox.process(
            self.runtime.db, "intake", SERVICE.handlers, arrivals, clock=self.clock
        )

    def published(self, name: str | None = None) -> list[Any]:
        """The events in the outbox, oldest first; of one name if given."""
        with self.runtime.db.read() as session:
            rows = session.exec(select(Outbox).order_by(Outbox.seq)).all()  # type: ignore[arg-type]  # a column
        found = []
        for row in rows:
            _, source, *words, version = row.type.split(".")
            model = lookup(source, ".".join(words), int(version.removeprefix("v")))
            assert model is not None, row.type
            found.append(model.model_validate_json(row.body))
        return [event for event in found if name in (None, event.name)]

    def count(self, *tables: type[SQLModel]) -> int:
        """How many rows these tables hold."""
        with self.runtime.db.read() as session:
            return sum(session.exec(select(func.count()).select_from(t)).one() for t in tables)


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
    path = tmp_path_factory.mktemp("migrated") / "intake.db"
    db = Database(f"sqlite:///{path}")
    migrate.upgrade(db, SERVICE.package)
    db.dispose()
    return path


@pytest.fixture
def database_url(migrated: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated, tmp_path)}"


@pytest.fixture
def plugins_dir() -> Path | None:
    """Where departments' rules are; a test class may have its own."""
    return None


@pytest.fixture
def app(
    identity: Path, database_url: str, tmp_path: Path, clock: Clock, plugins_dir: Path | None
) -> FastAPI:
    settings = Settings(
        port=1,
        database_url=database_url,
        # Nothing listens there: these tests hand events over themselves.
        amqp_url="amqp://guest:guest@127.0.0.1:1/",
        identity_dir=identity,
        files_dir=tmp_path / "files",
        plugins_dir=plugins_dir,
    )
    return build(SERVICE, settings, clock=clock)


@pytest.fixture
def intake(app: FastAPI, clock: Clock, token: Callable[[str, str | None], str]) -> Iterator[Intake]:
    with TestClient(app) as http:
        yield Intake(http, app.state.runtime, clock, token)


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
