"""The running service as its users and its producer meet it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx2
from starlette.testclient import TestClient

from govproject.contracts import Event
from govproject.ids import new_id
from govproject.messaging import heartbeat, inbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.topology import SLOTS
from govproject.testing import published
from govproject.web.runtime import Runtime
from govproject_local.review_documents import chapters, pre_review_materials
from govproject_review.app import SERVICE
from govproject_review.rules.article_07_pre_review import POINTS
from govproject_review.rules.article_10_panel import Dimension

from .events import NOW, UNIT

CODE = "2608-320902-04-01-123456"
REQUEST = chapters(["项目概况", "审批请求"])
SAMPLES = pre_review_materials("new", Decimal(1200000))
DATA = {
    "data_resource_catalogue",
    "sharing_list",
    "opening_list",
    "authorized_operation_list",
}


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
        return [e for e in published(self.runtime.db) if name in (None, e.name)]

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
