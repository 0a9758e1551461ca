"""The running service as its users and its producers meet it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx2
from starlette.testclient import TestClient

from govproject.clock import SHANGHAI
from govproject.contracts import Event
from govproject.ids import new_id
from govproject.messaging import heartbeat, inbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.topology import SLOTS
from govproject.persistence.tables import Obligation, Outbox, core
from govproject.terms import FinalMaterial, ImplementationPlan
from govproject.testing import published
from govproject.web.runtime import Runtime
from govproject_acceptance.app import SERVICE
from govproject_acceptance.tables import Table
from govproject_local import documents

from .bodies import Bodies
from .events import NOW, PROJECT, UNIT

PAPERS = {
    "preliminary-rounds": ("opinion_file_id",),
    "final-rounds": ("opinion_file_id", "resolution_file_id"),
    "test-reports": ("file_id",),
    "evaluations": ("file_id",),
}


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def set(self, year: int, month: int, day: int) -> None:
        self.now = datetime(year, month, day, 9, 30, tzinfo=SHANGHAI)


@dataclass
class Acceptance:
    """The running service as its users and its producers meet it."""

    http: TestClient
    runtime: Runtime
    token: Callable[[str, str | None], str]
    project: UUID = PROJECT
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    hears: bool = True
    """Whether heartbeats arrive as the clock goes on; a test may cut them off."""
    heard: datetime | None = None

    def tell(self, *told: Event) -> Counter[inbox.Outcome]:
        """Deliver events as their producers would, each as the next one of its stream."""
        return self.deliver(*map(self.arrival, told))

    def arrival(self, event: Event) -> Arrival:
        """An event as it will arrive, as the next one of its stream."""
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
        return Arrival(event.source, envelope.headers(), envelope.body)

    def deliver(self, *arrivals: Arrival) -> Counter[inbox.Outcome]:
        """Hand over what arrived."""
        return inbox.process(
            self.runtime.db, "acceptance", SERVICE.handlers, arrivals, clock=self.runtime.clock
        )

    def hear(self) -> None:
        """Deliver a heartbeat of each producer, unless one of this moment was or none arrives."""
        now = self.runtime.clock()
        if self.hears and self.heard != now:
            self.heard = now
            beat = Heartbeat(now, (0,) * SLOTS)
            self.deliver(*(Arrival(s, *heartbeat.message(s, beat)) for s in SERVICE.follows))

    def published(self, name: str | None = None) -> list[Any]:
        """The events in the outbox, oldest first; of one name if given."""
        return [e for e in published(self.runtime.db) if name in (None, e.name)]

    def stored(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the service's own tables and the outbox."""
        tables = {
            **Table.metadata.tables,
            "obligation": core(Obligation),
            "outbox": core(Outbox),
        }
        with self.runtime.db.read() as session:
            return {
                name: sorted(map(tuple, session.execute(table.select())), key=repr)
                for name, table in tables.items()
            }

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

    def with_paper(self, path: str, body: object) -> object:
        """What rests on a paper, with it, unless a test says otherwise."""
        what = path.rpartition("/")[2]
        if what not in PAPERS or not isinstance(body, dict):
            return body
        signed = {
            name: self.handed_in(text=f"{what} {name} {body}")
            for name in PAPERS[what]
            if name not in body
        }
        met = {"indicators": self.met()} if what == "final-rounds" else {}
        return signed | met | body

    def met(self) -> list[dict[str, Any]]:
        """Each of the project's indicators as reached, by what the experts can look at."""
        page = self.get(f"/projects/{self.project}").json()
        looked_at = page.get("final_materials") or page.get("test_reports") or [{}]
        paper = looked_at[-1].get("paper")
        return [
            {
                "indicator_id": indicator["id"],
                "achieved": "1.4秒",
                "met": True,
                "file_id": paper["file_id"],
            }
            for indicator in page.get("indicators", ())
            if paper and indicator["replaced_by"] is None
        ]

    def post(
        self, path: str, body: object = None, as_: str | None = "unit", **kwargs: Any
    ) -> httpx2.Response:
        return self.call("POST", path, as_, json=self.with_paper(path, body), **kwargs)

    def handed_in(self, unit: str = UNIT, text: str = "材料") -> str:
        """The id of a file that a unit uploaded; one text is one file."""
        content = documents.word([(1, text), (0, "详见附件。")])
        params = {"name": "材料.docx"}
        answer = self.call("POST", "/files", "unit", unit, params=params, content=content)
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    def do(
        self, path: str, body: object = None, as_: str = "unit", method: str = "POST"
    ) -> dict[str, Any]:
        """A step that must succeed; `path` is below the project unless it is absolute."""
        path = path if path.startswith("/") else f"/projects/{self.project}/{path}"
        answer = self.call(method, path, as_, json=self.with_paper(path, body))
        assert answer.is_success, answer.text
        view: dict[str, Any] = answer.json()
        return view

    def plan(self) -> None:
        """Hand in every plan of Art 14."""
        self.do("implementation-plans", self.plans())

    def plans(self) -> dict[str, Any]:
        """Every plan of Art 14, each a file of its own."""
        return Bodies.plans({kind: self.handed_in(text=kind.zh) for kind in ImplementationPlan})

    def fix_indicators(self) -> None:
        """Record what the project has to reach (Art 19)."""
        self.do("indicators", {"indicators": [Bodies.indicator(self.handed_in())]})

    def hand_in_materials(self) -> None:
        """Hand in what the experts of the final look at (Art 19)."""
        for kind in FinalMaterial:
            file_id = self.handed_in(text=kind.zh)
            self.do("final-materials", {"kind": kind, "file_id": file_id})

    def mend_final(self, on: str, *, guided: bool = True) -> None:
        """Mend all that the last final found, and have a new one guided."""
        final = self.view()["final_rounds"][-1]
        for veto in final["found"]:
            body = {
                "veto": veto,
                "rectified_on": on,
                "rectification": "已按整改意见完成",
                "file_id": self.handed_in(),
            }
            self.do(f"/final-rounds/{final['id']}/rectifications", body)
        if guided:
            self.do("guidance", Bodies.guidance(agreed_on=on), "bureau")

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
