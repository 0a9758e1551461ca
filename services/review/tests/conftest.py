"""The review service on its own database, told of intake's events as a consumer is."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from govproject.clock import SHANGHAI
from govproject.contracts import Event, intake, lookup
from govproject.identity import PUBLIC_KEY, create, mint
from govproject.ids import new_id
from govproject.messaging import heartbeat, inbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.topology import SLOTS
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import Outbox
from govproject.regulation.pack import pack
from govproject.resources import Resources
from govproject.settings import Settings
from govproject.terms import (
    ChangeAspect,
    DeploymentTarget,
    FilingCondition,
    LinkState,
    ProjectKind,
    ReliefKind,
)
from govproject.web.app import build
from govproject.web.runtime import Runtime
from govproject_local.review_documents import chapters, pre_review_materials
from govproject_review.app import SERVICE
from govproject_review.rules.article_07_pre_review import POINTS
from govproject_review.rules.article_10_panel import Dimension

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)
UNIT = "亭湖区教育局"
CODE = "2608-320902-04-01-123456"
REQUEST = chapters(["项目概况", "审批请求"])
SAMPLES = pre_review_materials("new", Decimal(1200000))
DATA = {
    "data_resource_catalogue",
    "sharing_list",
    "opening_list",
    "authorized_operation_list",
}


class Events:
    """What intake publishes about the test's project, or another one."""

    @staticmethod
    def declared(
        project_id: UUID = PROJECT,
        budget_yuan: str = "1200000.00",
        unit: str = UNIT,
        **changes: Any,
    ) -> intake.ProjectDeclared:
        values = {
            "project_id": project_id,
            "project_name": "智慧教育平台",
            "unit": unit,
            "kind": ProjectKind.NEW,
            "budget_yuan": Decimal(budget_yuan),
            "track": pack("tinghu-2025").track(Decimal(budget_yuan)),
            "plan_year": 2027,
            "builds_system": True,
            "deployment_target": DeploymentTarget.DISTRICT_CLOUD,
            "standalone_basis": None,
            "cloud_plan": Resources(vcpus=64),
            "rule_pack": "tinghu-2025",
            "declared_at": NOW,
        }
        return intake.ProjectDeclared(**values | changes)

    @staticmethod
    def registered(project_id: UUID = PROJECT) -> intake.ProjectRegistered:
        return intake.ProjectRegistered(
            project_id=project_id, city_system_ref=f"320902-{project_id.int}", registered_at=NOW
        )

    @staticmethod
    def plan_adopted(project_id: UUID = PROJECT) -> intake.ProjectPlanAdopted:
        return intake.ProjectPlanAdopted(project_id=project_id, plan_year=2027, adopted_at=NOW)

    @staticmethod
    def filing_submitted(
        project_id: UUID = PROJECT, *conditions: FilingCondition
    ) -> intake.FilingSubmitted:
        return intake.FilingSubmitted(
            project_id=project_id,
            filing_id=new_id(),
            conditions=conditions,
            cloud_plan=None,
            submitted_at=NOW,
        )

    @staticmethod
    def linked(
        related_id: UUID, state: LinkState = LinkState.NAMED, **results: str
    ) -> intake.ProjectLinked:
        """A link of the test's project; results are days, by their grade."""
        return intake.ProjectLinked(
            project_id=PROJECT,
            related_id=related_id,
            related_name="智慧校园",
            state=state,
            results=tuple(
                intake.EvaluationResult.model_validate({"grade": grade, "evaluated_on": day})
                for grade, day in results.items()
            ),
            told_at=NOW,
        )

    @staticmethod
    def evaluated(project_id: UUID, grade: str, on: str) -> intake.ProjectEvaluated:
        return intake.ProjectEvaluated.model_validate(
            {"project_id": project_id, "grade": grade, "evaluated_on": on}
        )

    @staticmethod
    def change_determined(
        *aspects: ChangeAspect, new_budget_yuan: str | None = None, project_id: UUID = PROJECT
    ) -> intake.ChangeDetermined:
        return intake.ChangeDetermined(
            project_id=project_id,
            change_id=new_id(),
            aspects=aspects,
            description="经集体研究确定的变更。",
            new_budget_yuan=None if new_budget_yuan is None else Decimal(new_budget_yuan),
            determined_at=NOW,
        )

    @staticmethod
    def change_withdrawn(determined: intake.ChangeDetermined) -> intake.ChangeWithdrawn:
        return intake.ChangeWithdrawn(
            project_id=determined.project_id,
            change_id=determined.change_id,
            reason="填写有误。",
            withdrawn_by="unit",
            withdrawn_at=NOW,
        )

    @staticmethod
    def change_filed(
        budget_yuan: str, cloud_plan: Resources | None = None, project_id: UUID = PROJECT
    ) -> intake.ChangeFiled:
        return intake.ChangeFiled(
            project_id=project_id,
            change_id=new_id(),
            budget_yuan=Decimal(budget_yuan),
            track=pack("tinghu-2025").track(Decimal(budget_yuan)),
            cloud_plan=cloud_plan,
            filed_at=NOW,
        )

    @staticmethod
    def exception_granted(
        rule: str, project_id: UUID = PROJECT, expires_on: date = date(2026, 12, 31)
    ) -> intake.ExceptionGranted:
        return intake.ExceptionGranted(
            project_id=project_id,
            exception_id=new_id(),
            rule=rule,
            kind=ReliefKind.EXCEPTION,
            reason="区政府专题会议同意",
            approver="bureau",
            document="亭政办纪要〔2026〕9号",
            expires_on=expires_on,
            granted_at=NOW,
        )

    @staticmethod
    def exception_withdrawn(granted: intake.ExceptionGranted) -> intake.ExceptionWithdrawn:
        return intake.ExceptionWithdrawn(
            project_id=granted.project_id,
            exception_id=granted.exception_id,
            rule=granted.rule,
            reason="不再需要",
            withdrawn_by="bureau",
            withdrawn_at=NOW,
        )

    @staticmethod
    def decommissioned(project_id: UUID = PROJECT) -> intake.ProjectDecommissioned:
        return intake.ProjectDecommissioned(
            project_id=project_id, reason="职能划转", reported_at=NOW
        )


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


@dataclass
class Clock:
    """A clock that a test may set."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Review:
    """The running service as its users and its producer meet it."""

    http: TestClient
    runtime: Runtime
    project: UUID
    clock: Clock
    token: Callable[[str, str | None], str]
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    accounts: dict[str, str] = field(default_factory=dict)
    hears: bool = True
    """Whether heartbeats arrive as the clock goes on; a test may cut them off."""
    heard: datetime | None = None

    def tell(self, *events: Event) -> Counter[inbox.Outcome]:
        """Deliver events as their producer would, each as the next one of its stream."""
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
                time=NOW,
                body=event.model_dump_json().encode(),
                request_id="request-of-the-producer",
            )
            arrivals.append(Arrival(event.source, envelope.headers(), envelope.body))
        return self.deliver(*arrivals)

    def hear(self) -> None:
        """Heartbeats of all that is followed, once at each moment of the clock."""
        now = self.clock.now
        if self.hears and self.heard != now:
            self.heard = now
            beat = Heartbeat(now, (0,) * SLOTS)
            self.deliver(*(Arrival(s, *heartbeat.message(s, beat)) for s in SERVICE.follows))

    def deliver(self, *arrivals: Arrival) -> Counter[inbox.Outcome]:
        return inbox.process(
            self.runtime.db, "review", SERVICE.handlers, arrivals, clock=self.runtime.clock
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

    def done(self, path: str, body: object = None, as_: str = "unit") -> dict[str, Any]:
        """Take one step that must succeed."""
        answer = self.post(path, body, as_)
        assert answer.is_success, answer.text
        view: dict[str, Any] = answer.json()
        return view

    def page(self, as_: str = "bureau") -> dict[str, Any]:
        """The project's page."""
        answer = self.get(f"/projects/{self.project}", as_)
        assert answer.is_success, answer.text
        view: dict[str, Any] = answer.json()
        return view

    # The steps of a review that goes well, in order.

    def submitted(self) -> str:
        path = f"/projects/{self.project}/pre-reviews"
        pre_review_id: str = self.done(path, self.submission())["id"]
        return pre_review_id

    def submission(self, unit: str = UNIT, **statements: object) -> dict[str, Any]:
        """What is sent in for a pre-review; without data, which saves reading four files."""
        said = {"mobile": "none", "no_data_reason": "仅升级安全设备，不产生数据。", **statements}
        given = {kind: file for kind, file in SAMPLES.items() if kind not in DATA}
        return {"files": self.files(given, unit), "statements": said}

    def files(
        self, given: Mapping[str, tuple[str, bytes]], unit: str = UNIT
    ) -> list[dict[str, str]]:
        """References to files that a unit uploaded, by kind of material."""
        return [
            {"kind": kind, "file_id": self.handed_in(name, content, unit)}
            for kind, (name, content) in given.items()
        ]

    def handed_in(self, name: str, content: bytes, unit: str = UNIT) -> str:
        """The id of a file that a unit uploaded."""
        answer = self.call("POST", "/files", "unit", unit, params={"name": name}, content=content)
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    def pre_reviewed(self) -> None:
        body = {"points": dict.fromkeys(POINTS, True)}
        self.done(f"/pre-reviews/{self.submitted()}/verdict", body, "bureau")

    def opinion(
        self,
        as_: str,
        verdict: str = "pass",
        project: UUID | None = None,
        because: str | None = None,
    ) -> httpx2.Response:
        body = {"verdict": verdict, "opinion": "意见如附件。", "because": because}
        return self.post(f"/projects/{project or self.project}/opinions", body, as_)

    def jointly_reviewed(self, *departments: str) -> None:
        for department in departments or ("party-office", "cyberspace", "finance", "audit"):
            assert self.opinion(department).is_success

    def expert(self, name: str, **changes: object) -> str:
        body = {
            "name": name,
            "employer": f"{name}所在大学",
            "fields": ["informatization"],
            **changes,
        }
        body = {"account": f"expert:{name}-{body['employer']}", **body}
        expert_id: str = self.done("/experts", body, "bureau")["id"]
        self.accounts[expert_id] = str(body["account"])
        return expert_id

    def pool(self, size: int) -> list[str]:
        return [self.expert(f"专家{number}") for number in range(1, size + 1)]

    def drawn(self, size: int | None = None) -> dict[str, Any]:
        return self.done(f"/projects/{self.project}/panels", {"size": size}, "bureau")

    def sign(
        self,
        panel: dict[str, Any],
        expert_id: str,
        *,
        in_favour: bool = True,
        without: Sequence[Dimension] = (),
        as_: str | None = None,
        because: str | None = None,
    ) -> httpx2.Response:
        """Sign with the expert's own account, or another."""
        body = {
            "because": because,
            "expert_id": expert_id,
            "in_favour": in_favour,
            "comments": {d.value: f"{d.zh}：合理。" for d in Dimension if d not in without},
        }
        as_ = as_ or self.accounts[expert_id]
        return self.post(f"/panels/{panel['id']}/opinions", body, as_)

    def conclude(self, panel: dict[str, Any], attended: Sequence[str]) -> httpx2.Response:
        return self.post(f"/panels/{panel['id']}/conclusion", {"attended": list(attended)})

    def expertly_reviewed(self, *, against: int = 0) -> dict[str, Any]:
        panel = self.drawn()
        members = [member["expert_id"] for member in panel["members"]]
        for number, expert_id in enumerate(members):
            assert self.sign(panel, expert_id, in_favour=number >= against).is_success
        answer = self.conclude(panel, members)
        assert answer.is_success, answer.text
        concluded: dict[str, Any] = answer.json()
        return concluded

    def evaluate(
        self, yuan: str = "1100000.00", number: str = "亭财评〔2026〕3号"
    ) -> httpx2.Response:
        body = {"report_number": number, "evaluated_yuan": yuan}
        return self.post(f"/projects/{self.project}/fiscal-evaluations", body, "finance")

    def apply(self, code: str = CODE, project: UUID | None = None) -> httpx2.Response:
        request = self.handed_in("项目审批请示.docx", REQUEST)
        body = {"project_code": code, "documents": [request]}
        return self.post(f"/projects/{project or self.project}/applications", body)

    def approve(
        self, yuan: str = "1100000.00", number: str = "亭数批〔2026〕12号", on: str | None = None
    ) -> httpx2.Response:
        body = {"approval_number": number, "approved_yuan": yuan, "approved_on": on}
        return self.post(f"/projects/{self.project}/approval", body, "bureau")

    def ready_for_approval(self) -> None:
        self.pre_reviewed()
        self.jointly_reviewed()
        self.pool(6)
        self.expertly_reviewed()
        assert self.evaluate().is_success
        assert self.apply().is_success


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
