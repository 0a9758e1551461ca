from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from govproject.contracts.intake import ProjectRegistered
from govproject.messaging import inbox, outbox
from govproject.messaging.envelope import Arrival, Envelope, type_of
from govproject.messaging.leases import renew
from govproject.messaging.topology import SLOTS
from govproject.persistence.tables import EventAction

PROJECT, OTHER = UUID(int=7), UUID(int=8)
API = "/api/v1/events"
ROUTES = [
    ("GET", "/parked", None),
    ("GET", f"/parked/{PROJECT}", None),
    ("GET", "/lag", None),
    ("GET", "/verify", None),
    ("GET", "/actions", None),
    ("POST", "/replay", {"selection": {"all": True}}),
    ("POST", "/republish", {"selection": {"all": True}}),
    ("POST", "/skip", {"selection": {"all": True}, "reason": "x"}),
]


@pytest.fixture
def receive(client, service):
    """Receive events about a project, which no handler can apply; their ids."""

    def process(project_id: UUID, *numbers: int) -> list[str]:
        def fail(session, event, delivery):
            raise RuntimeError("cannot be applied")

        now = client.runtime.clock()
        event = ProjectRegistered(project_id=project_id, city_system_ref="R", registered_at=now)
        envelopes = [
            Envelope(
                event_id=uuid4(),
                source="intake",
                ce_type=type_of(event),
                aggregate_type="project",
                aggregate_id=str(project_id),
                aggregate_seq=number,
                time=now,
                body=event.model_dump_json().encode(),
            )
            for number in numbers
        ]
        inbox.process(
            client.runtime.db,
            service.name,
            {ProjectRegistered: fail},
            [Arrival("intake", each.headers(), each.body) for each in envelopes],
            clock=client.runtime.clock,
        )
        return [str(each.event_id) for each in envelopes]

    return process


@pytest.fixture
def recorded(client):
    def actions():
        with client.runtime.db.read() as session:
            return session.exec(select(EventAction)).all()

    return actions


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_only_operators_may_call(client, problem, method, path, body):
    for name in ("bureau", "unit", "portal", "archivist"):
        answer = client.request(method, API + path, as_=name, json=body)
        assert problem(answer, 403, "role_not_allowed")["roles"][0] == "ops"
    problem(client.request(method, API + path, json=body), 401, "token_missing")


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_auditors_may_read_who_did_what_and_nothing_else(client, method, path, body):
    answer = client.request(method, API + path, as_="audit", json=body)
    assert answer.status_code == (200 if path == "/actions" else 403)


def test_a_parked_event_is_listed_and_shown(client, problem, receive):
    first, _ = receive(PROJECT, 1, 2)

    page = client.get(f"{API}/parked", as_="ops").json()
    assert page["next_cursor"] is None
    [event] = page["items"]
    assert (event["event_id"], event["aggregate_seq"], event["waiting"]) == (first, 1, 1)
    assert event["reason"] == "RuntimeError: cannot be applied"
    shown = client.get(f"{API}/parked/{first}", as_="ops").json()
    assert event | {"age_seconds": 0} == shown | {"age_seconds": 0}
    problem(client.get(f"{API}/parked/{OTHER}", as_="ops"), 404, "event_not_parked")


def test_the_list_has_pages(client, problem, receive):
    ids = [receive(UUID(int=number), 1)[0] for number in range(1, 6)]
    seen, params = [], {"limit": 2}
    while True:
        page = client.get(f"{API}/parked", as_="ops", params=params).json()
        seen += [event["event_id"] for event in page["items"]]
        if page["next_cursor"] is None:
            break
        params["cursor"] = page["next_cursor"]
    assert seen == ids
    for cursor in ("x", "AAAA", "MS8yLzM", "MDAwMS0wMS0wMVQwMDowMDowMCswODowMC8v"):
        answer = client.get(f"{API}/parked", as_="ops", params={"cursor": cursor})
        problem(answer, 404, "no_such_page")


def test_the_list_shows_what_is_meant(client, problem, receive):
    receive(PROJECT, 1)

    def count(**params: str):
        return len(client.get(f"{API}/parked", as_="ops", params=params).json()["items"])

    assert count(key=str(PROJECT), type="project.registered", source="intake") == 1
    assert count(since="2026-01-01T00:00:00+08:00") == 1
    assert count(key=str(OTHER)) == count(type="filing") == 0
    nonsense = {"since": "2026-01-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"}
    problem(client.get(f"{API}/parked", as_="ops", params=nonsense), 422, "invalid_request")


def test_a_dry_run_tells_and_a_replay_is_done_once_and_recorded(client, receive, recorded):
    event_id, _ = receive(PROJECT, 1, 2)
    body = {"selection": {"key": str(PROJECT)}, "reason": "已修复"}

    would = client.post(f"{API}/replay", as_="ops", json=body | {"dry_run": True}).json()
    assert (would["dry_run"], would["action_id"]) == (True, None)
    assert [event["event_id"] for event in would["events"]] == [event_id]
    assert recorded() == []
    assert client.get(f"{API}/parked", as_="ops").json()["items"] != []

    headers = {"Idempotency-Key": "k1"}
    done = client.post(f"{API}/replay", as_="ops", json=body, headers=headers)
    again = client.post(f"{API}/replay", as_="ops", json=body, headers=headers)

    assert done.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert client.get(f"{API}/parked", as_="ops").json()["items"] == []
    [action] = client.get(f"{API}/actions", as_="audit").json()["items"]
    assert action.pop("at") == "2026-08-03T09:30:00+08:00"
    assert action.pop("selection")["key"] == str(PROJECT)
    assert action == {
        "id": done.json()["action_id"],
        "actor": "ops",
        "action": "replay",
        "reason": "已修复",
        "events": [event_id],
    }


def test_a_skip_needs_a_reason_and_only_the_next_event(client, problem, receive, recorded):
    receive(PROJECT, 1)
    selection = {"selection": {"all": True}}

    problem(client.post(f"{API}/skip", as_="ops", json=selection), 422, "invalid_request")
    body = selection | {"reason": "本服务不需要"}
    done = client.post(f"{API}/skip", as_="ops", json=body).json()

    assert (done["action"], len(done["events"])) == ("skip", 1)
    assert client.get(f"{API}/verify", as_="ops").json()["discrepancies"] == []
    assert [action.reason for action in recorded()] == ["本服务不需要"]


def test_the_list_of_actions_has_the_latest_first(client, receive):
    for number in (1, 2, 3):
        receive(UUID(int=number), 1)
        client.post(f"{API}/replay", as_="ops", json={"selection": {"all": True}})
    page = client.get(f"{API}/actions", as_="ops", params={"limit": 2}).json()
    rest = client.get(f"{API}/actions", as_="ops", params={"cursor": page["next_cursor"]}).json()
    ids = [action["id"] for action in (*page["items"], *rest["items"])]
    assert len(ids) == 3
    assert ids == sorted(ids, reverse=True)


@pytest.mark.parametrize("act", ["replay", "skip", "republish"])
@pytest.mark.parametrize(
    "selection",
    [
        {},
        {"all": False},
        {"all": True, "source": "intake"},
        {"since": "0001-01-01T00:00:00+08:00"},
        {"ids": ["x"]},
        {"nonsense": 1},
    ],
)
def test_what_means_nothing_is_refused(client, problem, act, selection):
    body = {"selection": selection} | ({"reason": "x"} if act == "skip" else {})
    detail = problem(client.post(f"{API}/{act}", as_="ops", json=body), 422, "invalid_request")
    assert "不符合要求" in detail["detail"]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        ("replay", "event_not_parked"),
        ("skip", "event_not_parked"),
        ("republish", "event_not_published"),
    ],
)
def test_an_unknown_id_is_named(client, problem, receive, recorded, act, code):
    [event_id] = receive(PROJECT, 1)
    body = {"selection": {"ids": [str(OTHER), event_id]}, "reason": "x"}
    answer = problem(client.post(f"{API}/{act}", as_="ops", json=body), 404, code)
    assert str(OTHER) in answer["event_ids"]
    assert recorded() == []


def test_published_events_are_sent_again(client):
    now, db = client.runtime.clock(), client.runtime.db
    with db.write() as session:
        event = ProjectRegistered(project_id=PROJECT, city_system_ref="R", registered_at=now)
        outbox.append(session, event, now=now - timedelta(minutes=1))
        renew(session, PROJECT)
        outbox.settle(session, [row.seq for row in outbox.due(session, range(SLOTS), 9)], {})
    assert client.get(f"{API}/lag", as_="ops").json()["unpublished"] == 0

    body = {"selection": {"type": "project.registered"}}
    done = client.post(f"{API}/republish", as_="ops", json=body).json()

    assert len(done["events"]) == 1
    lag = client.get(f"{API}/lag", as_="ops").json()
    assert (lag["unpublished"], lag["oldest_unpublished_seconds"]) == (1, 60)


def test_the_document_describes_every_field(client):
    document = client.get("/openapi.json").json()
    assert {path for path in document["paths"] if path.startswith(API)} == {
        f"{API}/{each}"
        for each in (
            *("parked", "parked/{event_id}", "replay", "skip", "republish"),
            *("lag", "verify", "actions"),
        )
    }
    for name in ("ParkedEvent", "Affected", "Lag", "Books", "Selection", "ActionView"):
        properties = document["components"]["schemas"][name]["properties"]
        assert all("description" in each for each in properties.values()), name
