"""The acceptance service on its own database, told of other services' events as a consumer is."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from govproject.clock import SHANGHAI
from govproject.contracts import Event, archive, intake, review
from govproject.identity import PUBLIC_KEY, create, mint
from govproject.ids import new_id
from govproject.messaging import inbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Outbox, core
from govproject.settings import Settings
from govproject.terms import (
    ChangeAspect,
    DeploymentTarget,
    FileClass,
    ProjectKind,
    ReliefKind,
    Track,
    Veto,
)
from govproject.testing import published
from govproject.web.app import build
from govproject.web.runtime import Runtime
from govproject_acceptance.app import SERVICE
from govproject_acceptance.tables import Table

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)
UNIT = "亭湖区教育局"
DUE_BEFORE_FINAL = (
    FileClass.APPROVAL,
    FileClass.PROCUREMENT,
    FileClass.CONTRACT,
    FileClass.TEST,
)


class Events:
    """What other services publish about the test's project, or another one."""

    @staticmethod
    def declared(project_id: UUID = PROJECT, **changes: object) -> intake.ProjectDeclared:
        return intake.ProjectDeclared.model_validate(
            {
                "project_id": project_id,
                "project_name": "智慧教育平台",
                "unit": UNIT,
                "kind": ProjectKind.NEW,
                "budget_yuan": Decimal(1200000),
                "track": Track.FULL_PROCESS,
                "plan_year": 2026,
                "builds_system": True,
                "deployment_target": DeploymentTarget.DISTRICT_CLOUD,
                "standalone_basis": None,
                "cloud_plan": None,
                "rule_pack": "tinghu-2025",
                "declared_at": NOW,
                **changes,
            }
        )

    @classmethod
    def small(cls, project_id: UUID = PROJECT, **changes: object) -> intake.ProjectDeclared:
        small = {"budget_yuan": Decimal("999999.99"), "track": Track.FILING}
        return cls.declared(project_id, **{**small, **changes})

    @staticmethod
    def approved(project_id: UUID = PROJECT, **changes: object) -> review.ProjectApproved:
        return review.ProjectApproved.model_validate(
            {
                "project_id": project_id,
                "approval_number": "亭数批〔2026〕12号",
                "project_code": "2608-320902-04-01-123456",
                "approved_yuan": Decimal(1150000),
                "approved_on": date(2026, 2, 3),
                "cloud_plan": None,
                "filing_form_due_on": date(2026, 2, 24),
                "filing_form_due_provisional": False,
                **changes,
            }
        )

    @staticmethod
    def filed(at: datetime = NOW) -> intake.FilingAccepted:
        return intake.FilingAccepted(project_id=PROJECT, filing_id=UUID(int=1), accepted_at=at)

    @staticmethod
    def change(
        number: int = 1,
        at: datetime = NOW,
        aspects: tuple[ChangeAspect, ...] = (ChangeAspect.SCALE,),
    ) -> intake.ChangeDetermined:
        return intake.ChangeDetermined(
            project_id=PROJECT,
            change_id=UUID(int=number),
            aspects=aspects,
            description="增加两个模块",
            new_budget_yuan=None,
            determined_at=at,
        )

    @staticmethod
    def change_filed(
        number: int = 1, at: datetime = NOW, budget_yuan: int = 1200000
    ) -> intake.ChangeFiled:
        return intake.ChangeFiled(
            project_id=PROJECT,
            change_id=UUID(int=number),
            budget_yuan=Decimal(budget_yuan),
            track=Track.FULL_PROCESS if budget_yuan >= 1000000 else Track.FILING,
            cloud_plan=None,
            filed_at=at,
        )

    @staticmethod
    def contract(**changes: object) -> intake.ContractRecorded:
        return intake.ContractRecorded.model_validate(
            {
                "project_id": PROJECT,
                "contract_id": new_id(),
                "contractor": "盐城软件公司",
                "supervisor": "盐城监理公司",
                "amount_yuan": Decimal(1100000),
                "award_notice_on": date(2026, 2, 10),
                "contract_filed_on": date(2026, 2, 20),
                "free_ops_months": 36,
                "recorded_at": NOW,
                **changes,
            }
        )

    @staticmethod
    def exception(rule: str) -> intake.ExceptionGranted:
        return intake.ExceptionGranted(
            project_id=PROJECT,
            exception_id=new_id(),
            rule=rule,
            kind=ReliefKind.EXCEPTION,
            reason="区政府专题会议同意",
            approver="bureau",
            document="亭政会纪〔2026〕8号",
            expires_on=date(2027, 8, 3),
            granted_at=NOW,
        )

    @staticmethod
    def archived(
        project_id: UUID = PROJECT,
        at: datetime = NOW,
        classes: tuple[FileClass, ...] = DUE_BEFORE_FINAL,
    ) -> archive.ArchiveCheckPassed:
        return archive.ArchiveCheckPassed(project_id=project_id, classes=classes, checked_at=at)

    @staticmethod
    def archive_failed(project_id: UUID = PROJECT) -> archive.ArchiveCheckFailed:
        return archive.ArchiveCheckFailed(
            project_id=project_id, reasons=("合同文件未归档",), checked_at=NOW
        )


class Bodies:
    """Requests that are accepted as they are."""

    @staticmethod
    def preliminary(**changes: object) -> dict[str, Any]:
        roles = ("technical_head", "user_representative", "contractor", "supervisor", "expert")
        return {
            "held_on": "2026-03-02",
            "participants": [
                {"role": role, "name": f"代表{n}", "employer": f"单位{n}"}
                for n, role in enumerate(roles)
            ],
            "opinion": "同意通过初验。",
            "passed": True,
            **changes,
        }

    @staticmethod
    def report(**changes: object) -> dict[str, Any]:
        return {
            "report_number": "CP-2026-017",
            "agency": "江苏某测评有限公司",
            "qualification_number": "CNAS L1234",
            "finished_on": "2026-07-01",
            **changes,
        }

    @staticmethod
    def guidance(**changes: object) -> dict[str, Any]:
        return {"agreed_on": "2026-07-20", "plan": "同意7月底召开终验会。", **changes}

    @staticmethod
    def experts(count: int = 3, *, against: int = 0) -> list[dict[str, Any]]:
        return [
            {"name": f"专家{n}", "employer": f"大学{n}", "in_favour": n >= against}
            for n in range(count)
        ]

    @classmethod
    def final(cls, *found: Veto, **changes: object) -> dict[str, Any]:
        outcome: dict[str, Any] = (
            {"reasons": ["详见专家组意见"], "rectify_by": "2026-09-30"}
            if found
            else {"settled_yuan": "1150000.00"}
        )
        return {
            "held_on": "2026-08-03",
            "experts": cls.experts(),
            "vetoes": {veto.value: veto in found for veto in Veto},
            "opinion": "专家组听取了汇报，查阅了资料。",
            **outcome,
            **changes,
        }


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


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def set(self, year: int, month: int, day: int) -> None:
        self.now = datetime(year, month, day, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass
class Acceptance:
    """The running service as its users and its producers meet it."""

    http: TestClient
    runtime: Runtime
    token: Callable[[str, str | None], str]
    project: UUID = PROJECT
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)

    def tell(self, *told: Event) -> Counter[inbox.Outcome]:
        """Deliver events as their producers would, each as the next one of its stream."""
        arrivals = []
        for event in told:
            stream = event.source, event.aggregate_id
            self.sent[stream] += 1
            envelope = Envelope(
                event_id=new_id(),
                source=event.source,
                ce_type=type_of(event),
                aggregate_type=event.aggregate_type,
                aggregate_id=event.aggregate_id,
                aggregate_seq=self.sent[stream],
                time=NOW,
                body=event.model_dump_json().encode(),
            )
            arrivals.append(Arrival(event.source, envelope.headers(), envelope.body))
        return inbox.process(
            self.runtime.db, "acceptance", SERVICE.handlers, arrivals, clock=self.runtime.clock
        )

    def published(self, name: str | None = None) -> list[Any]:
        """The events in the outbox, oldest first; of one name if given."""
        return [e for e in published(self.runtime.db) if name in (None, e.name)]

    def stored(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the service's own tables and the outbox."""
        tables = {**Table.metadata.tables, "outbox": core(Outbox)}
        with self.runtime.db.read() as session:
            return {
                name: sorted(map(tuple, session.execute(table.select())), key=repr)
                for name, table in tables.items()
            }

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
        return self.call("POST", path, as_, json=body, **kwargs)

    def do(self, path: str, body: object = None, as_: str = "unit") -> dict[str, Any]:
        """A step that must succeed; `path` is below the project unless it is absolute."""
        path = path if path.startswith("/") else f"/projects/{self.project}/{path}"
        answer = self.post(path, body, as_)
        assert answer.is_success, answer.text
        view: dict[str, Any] = answer.json()
        return view

    def refused(
        self, path: str, body: object = None, code: str = "refused", as_: str = "unit"
    ) -> dict[str, Any]:
        """A step that must be answered with a problem and leave nothing behind."""
        path = path if path.startswith("/") else f"/projects/{self.project}/{path}"
        before = self.stored()
        answer = self.post(path, body, as_)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        problem: dict[str, Any] = answer.json()
        assert problem["code"] == code, problem
        assert self.stored() == before
        return problem

    def rules(self, problem: dict[str, Any]) -> list[str]:
        """The rules that block, of a refusal."""
        return [f["rule"] for f in problem["findings"] if f["severity"] == "block"]

    def view(self) -> dict[str, Any]:
        answer = self.get(f"/projects/{self.project}")
        assert answer.status_code == 200, answer.text
        view: dict[str, Any] = answer.json()
        return view


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
def built(acceptance: Acceptance, events: type[Events]) -> Acceptance:
    """A full-process project, approved and under contract."""
    acceptance.tell(events.declared(), events.approved(), events.contract())
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
    return in_trial


@pytest.fixture
def small(acceptance: Acceptance, events: type[Events]) -> Acceptance:
    """A filing-track project just below 100万, filed, with its archive checked."""
    acceptance.tell(events.small(), events.filed(), events.archived())
    return acceptance


@pytest.fixture
def service_project(acceptance: Acceptance, events: type[Events]) -> Acceptance:
    """A service project above 100万, approved."""
    acceptance.tell(events.declared(kind=ProjectKind.SERVICE), events.approved())
    return acceptance


@pytest.fixture
def accepted(before_final: Acceptance, bodies: type[Bodies]) -> Acceptance:
    """A project that passed final acceptance on 3 August 2026 and returned nothing."""
    before_final.do("final-rounds", bodies.final())
    return before_final
