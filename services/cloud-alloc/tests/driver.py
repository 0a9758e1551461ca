"""The gate as its users and its producers meet it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
from sqlalchemy import func, text
from sqlmodel import SQLModel, select
from starlette.testclient import TestClient

from govproject.adapters import CloudProvider
from govproject.contracts import Event, lookup
from govproject.ids import new_id
from govproject.messaging import heartbeat, inbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.receiving import Outcome
from govproject.messaging.topology import SLOTS
from govproject.persistence.tables import Outbox
from govproject.web.runtime import Runtime
from govproject_cloud_alloc.app import SERVICE
from govproject_cloud_alloc.handlers import cloud

from .events import PROJECT, START, UNIT, Events


@dataclass
class Clock:
    """A clock that a test turns."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


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
