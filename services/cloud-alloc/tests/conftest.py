"""The gate on its own database, told of other services' events as a consumer is."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import func, text
from sqlmodel import SQLModel, select
from starlette.testclient import TestClient

from govproject.adapters import CloudProvider
from govproject.clock import SHANGHAI
from govproject.contracts import Event, intake, lookup, review
from govproject.identity import create, mint
from govproject.ids import new_id
from govproject.messaging import heartbeat, inbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.receiving import Outcome
from govproject.messaging.topology import SLOTS
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Outbox
from govproject.resources import Resources
from govproject.settings import Settings
from govproject.terms import DeploymentTarget, FilingCondition, ProjectKind, ReliefKind, Track
from govproject.web.app import build
from govproject.web.runtime import Runtime
from govproject_cloud_alloc.app import SERVICE
from govproject_cloud_alloc.handlers import cloud

START = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)
UNIT = "亭湖区教育局"
PLAN = Resources(vcpus=64, memory_gib=256, storage_gib=4096, public_ips=2, bandwidth_mbps=100)


@dataclass
class Clock:
    """A clock that a test turns."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


class Events:
    """What intake and review publish about the test's project, or another one."""

    @staticmethod
    def declared(project_id: UUID = PROJECT, **changes: object) -> intake.ProjectDeclared:
        return intake.ProjectDeclared.model_validate(
            {
                "project_id": project_id,
                "project_name": "智慧校园",
                "unit": UNIT,
                "kind": ProjectKind.NEW,
                "budget_yuan": Decimal(300000),
                "track": Track.FILING,
                "plan_year": 2027,
                "builds_system": True,
                "deployment_target": DeploymentTarget.DISTRICT_CLOUD,
                "standalone_basis": None,
                "cloud_plan": PLAN,
                "rule_pack": "tinghu-2025",
                "declared_at": START,
                **changes,
            }
        )

    @staticmethod
    def linked(
        related_id: UUID, state: str = "confirmed", *results: tuple[str, str]
    ) -> intake.ProjectLinked:
        return intake.ProjectLinked.model_validate(
            {
                "project_id": PROJECT,
                "related_id": related_id,
                "related_name": "智慧校园一期",
                "state": state,
                "results": [{"grade": grade, "evaluated_on": on} for grade, on in results],
                "told_at": START,
            }
        )

    @staticmethod
    def evaluated(project_id: UUID, grade: str, on: str) -> intake.ProjectEvaluated:
        return intake.ProjectEvaluated.model_validate(
            {"project_id": project_id, "grade": grade, "evaluated_on": on}
        )

    @staticmethod
    def registered(project_id: UUID = PROJECT) -> intake.ProjectRegistered:
        return intake.ProjectRegistered(
            project_id=project_id, city_system_ref="320902-2026-0001", registered_at=START
        )

    @staticmethod
    def submitted(
        project_id: UUID = PROJECT,
        conditions: tuple[FilingCondition, ...] = (),
        cloud_plan: Resources | None = None,
    ) -> intake.FilingSubmitted:
        return intake.FilingSubmitted(
            project_id=project_id,
            filing_id=UUID(int=70),
            conditions=conditions,
            cloud_plan=cloud_plan,
            submitted_at=START,
        )

    @staticmethod
    def corrected(project_id: UUID = PROJECT) -> intake.FilingCorrected:
        return intake.FilingCorrected(
            project_id=project_id,
            filing_id=UUID(int=70),
            conditions=(),
            cloud_plan=None,
            corrected_at=START,
        )

    @staticmethod
    def accepted(project_id: UUID = PROJECT) -> intake.FilingAccepted:
        return intake.FilingAccepted(
            project_id=project_id, filing_id=UUID(int=70), accepted_at=START
        )

    @staticmethod
    def irregular(project_id: UUID = PROJECT) -> intake.FilingFoundIrregular:
        return intake.FilingFoundIrregular(
            project_id=project_id, filing_id=UUID(int=70), reasons=("附件缺失",), found_at=START
        )

    @staticmethod
    def changed(project_id: UUID = PROJECT, **changes: object) -> intake.ChangeFiled:
        return intake.ChangeFiled.model_validate(
            {
                "project_id": project_id,
                "change_id": UUID(int=71),
                "budget_yuan": Decimal(300000),
                "track": Track.FILING,
                "cloud_plan": PLAN,
                "filed_at": START,
                **changes,
            }
        )

    @staticmethod
    def change_approved(
        project_id: UUID = PROJECT, approved_plan: Resources | None = None
    ) -> intake.ChangeApproved:
        return intake.ChangeApproved(
            project_id=project_id,
            change_id=UUID(int=71),
            document="亭数批〔2026〕30号",
            approved_on=date(2026, 8, 4),
            recorded_at=START,
            approved_plan=approved_plan,
        )

    @staticmethod
    def excepted(rule: str, project_id: UUID = PROJECT) -> intake.ExceptionGranted:
        return intake.ExceptionGranted(
            project_id=project_id,
            exception_id=new_id(),
            rule=rule,
            kind=ReliefKind.EXCEPTION,
            reason="确需实施。",
            approver="bureau",
            document="区数据局会议纪要〔2026〕8号",
            expires_on=date(2026, 12, 31),
            granted_at=START,
        )

    @staticmethod
    def exception_withdrawn(granted: intake.ExceptionGranted) -> intake.ExceptionWithdrawn:
        return intake.ExceptionWithdrawn(
            project_id=granted.project_id,
            exception_id=granted.exception_id,
            rule=granted.rule,
            reason="不再需要。",
            withdrawn_by="bureau",
            withdrawn_at=START,
        )

    @staticmethod
    def failed(order_id: UUID, project_id: UUID = PROJECT) -> intake.RectificationFailed:
        return intake.RectificationFailed(
            project_id=project_id, order_id=order_id, reason="仍未整改。", failed_at=START
        )

    @staticmethod
    def cleared(order_id: UUID, project_id: UUID = PROJECT) -> intake.RectificationCleared:
        return intake.RectificationCleared(
            project_id=project_id, order_id=order_id, cleared_at=START
        )

    @staticmethod
    def decommissioned(project_id: UUID = PROJECT) -> intake.ProjectDecommissioned:
        return intake.ProjectDecommissioned(
            project_id=project_id, reason="并入市级平台。", reported_at=START
        )

    @staticmethod
    def approved(
        project_id: UUID = PROJECT, cloud_plan: Resources | None = PLAN
    ) -> review.ProjectApproved:
        return review.ProjectApproved(
            project_id=project_id,
            approval_number="亭数批〔2026〕12号",
            project_code="2608-320902-04-01-123456",
            approved_yuan=Decimal(1200000),
            approved_on=date(2026, 8, 3),
            cloud_plan=cloud_plan,
            filing_form_due_on=date(2026, 8, 17),
            filing_form_due_provisional=False,
        )


@dataclass
class Gate:
    """The running service as its users and its producers meet it."""

    http: TestClient
    runtime: Runtime
    clock: Clock
    token: Callable[[str, str | None], str]
    project: UUID = PROJECT
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)

    def arrival(self, event: Event, skip: int = 0) -> Arrival:
        """An event as the next message of its stream; `skip` leaves a gap before it."""
        stream = event.source, event.aggregate_id
        self.sent[stream] += 1 + skip
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
        return Arrival(event.source, envelope.headers(), envelope.body)

    def deliver(self, *arrivals: Arrival) -> Counter[Outcome]:
        return inbox.process(
            self.runtime.db, "cloud-alloc", SERVICE.handlers, arrivals, clock=self.clock
        )

    def tell(self, *events: Event) -> Counter[Outcome]:
        """Deliver events, each as the next one of its stream."""
        return self.deliver(*(self.arrival(event) for event in events))

    def _beat(self, as_of: datetime | None) -> Heartbeat:
        return Heartbeat(as_of or self.clock(), (0,) * SLOTS)

    def hear(self, *sources: str, as_of: datetime | None = None) -> None:
        """Deliver heartbeats; of both producers unless named."""
        self.deliver(
            *(
                Arrival(source, *heartbeat.message(source, self._beat(as_of)))
                for source in sources or ("intake", "review")
            )
        )

    def in_good_standing(self, project: UUID = PROJECT, **declaration: object) -> None:
        """A filing-track project that may have what it planned."""
        self.tell(
            Events.declared(project, **declaration),
            Events.registered(project),
            Events.submitted(project),
            Events.accepted(project),
        )
        self.hear()

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
        self, path: str, body: object = None, as_: str | None = "portal", **kwargs: Any
    ) -> httpx2.Response:
        return self.call("POST", path, as_, json=body, **kwargs)

    def done(self, path: str, body: object = None, as_: str = "portal", **kwargs: Any) -> Any:
        """What a request that must succeed is answered with."""
        answer = self.post(path, body, as_, **kwargs)
        assert answer.is_success, answer.text
        return answer.json()

    def wish(self, *, project: UUID | None = None, **changes: object) -> dict[str, object]:
        """A request for one machine; `changes` are of its line."""
        line = {
            "quantity": 1,
            "vcpus": 8,
            "memory_gib": 32,
            "system_disk_gib": 100,
            "data_disk_gib": 400,
            "operating_system": "openEuler 24.03",
            "cpu_architecture": "arm64",
            "xinchuang": True,
        }
        return {
            "project_id": str(project or self.project),
            "purpose": "生产环境",
            "network_zone": "extranet",
            "mlps_level": 2,
            "starts_on": "2026-08-03",
            "ends_on": "2028-12-31",
            "lines": [line | changes],
        }

    def ask(self, as_: str = "portal", unit: str | None = None, **wish: Any) -> Any:
        """What a request is answered with, granted or refused."""
        return self.done("/allocations", self.wish(**wish), as_, unit=unit)

    def granted(self, **wish: Any) -> str:
        """The id of an allocation."""
        view = self.ask(**wish)
        assert view["state"] == "granted", view
        return str(view["id"])

    def state(self, allocation: str) -> str:
        return str(self.get(f"/allocations/{allocation}").json()["state"])

    def decide(self, rule: str = "unfiled_may_refuse_resource", **changes: object) -> Any:
        """Record a decision of the bureau."""
        body = {
            "rule": rule,
            "reason": "防汛应急，先行分配。",
            "document": "亭数〔2026〕8号",
            "expires_on": "2026-12-31",
        }
        return self.done(f"/projects/{self.project}/bureau-decisions", body | changes, "bureau")

    def work(self, provider: CloudProvider | None = None) -> int:
        """Let the cloud do all that is due; answer how much it was."""
        provider = provider or self.runtime.plugins.adapters.cloud_provider()
        done = 0
        while cloud.do_next(self.runtime.db, provider, self.clock()):
            done += 1
        return done

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

    def rows(self, table: type[SQLModel]) -> list[Any]:
        with self.runtime.db.read() as session:
            return list(session.exec(select(table)).all())

    def count(self, *tables: type[SQLModel]) -> int:
        """How many rows these tables hold."""
        with self.runtime.db.read() as session:
            return sum(session.exec(select(func.count()).select_from(t)).one() for t in tables)

    def tamper(self, statement: str, **values: object) -> None:
        """Change the database behind the service's back."""
        with self.runtime.db.write() as session:
            session.execute(text(statement), values)


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
