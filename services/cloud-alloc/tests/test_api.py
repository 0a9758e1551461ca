"""Who may do what, and what bad input is answered with."""

from uuid import UUID

import pytest

from govproject.identity import Role
from govproject.persistence.tables import Idempotency, Obligation, Outbox, RecordedRelief
from govproject_cloud_alloc.tables import (
    Allocation,
    CloudWork,
    Disposal,
    ExistingSystem,
    Incident,
    LoggedDecision,
    Suspension,
)

ORDER, STOPPED = UUID(int=90), UUID(int=8)
EVERYBODY = {role.value.replace("_", "-") for role in Role}
OVERSEERS = {"bureau", "audit", "ops"}
RELEASE = {
    "reason": "系统停用",
    "data_handed_over": True,
    "data_wiped": True,
    "asset_ledger_updated": True,
}
DECISION = {
    "rule": "unfiled_may_refuse_resource",
    "reason": "防汛应急。",
    "document": "亭数〔2026〕8号",
    "expires_on": "2026-12-31",
}
INCIDENT = {"found_by": "self", "found_on": "2026-08-01", "description": "弱口令。"}
PROOFS = dict.fromkeys(
    ("data_handed_over", "data_wiped", "asset_ledger_updated", "security_controlled"), "已办结。"
)
SYSTEM = {
    "unit": "亭湖区教育局",
    "system_name": "学籍管理系统",
    "located_at": "教育局机房",
    "move_planned_on": "2026-12-31",
}
# path → body, and who may
WRITES: dict[str, tuple[object, set[str]]] = {
    "/allocations": ("wish", {"unit", "portal"}),
    "/allocations/{refused}/reconsideration": (None, {"unit", "portal"}),
    "/allocations/{allocation}/release": (RELEASE, {"unit", "portal", "bureau"}),
    "/projects/{project}/bureau-decisions": (DECISION, {"bureau"}),
    "/bureau-decisions/{decision}/withdrawal": ({"reason": "防汛结束。"}, {"bureau"}),
    "/suspension-orders/{order}/confirmation": (None, {"bureau"}),
    "/suspension-orders/{order}/resumption": (None, {"bureau"}),
    "/projects/{project}/incidents": (INCIDENT, {"unit", "bureau", "cyberspace"}),
    "/incidents/{incident}/handling": (
        {"handled_on": "2026-08-03", "measures": "已更换口令。"},
        {"unit"},
    ),
    "/projects/{stopped}/disposal": ({"proofs": PROOFS}, {"unit"}),
    "/existing-systems": (SYSTEM, {"unit", "bureau"}),
    "/existing-systems/{system}/plan": (
        {"move_planned_on": "2027-06-30", "reason": "等待信创适配。"},
        {"unit", "bureau"},
    ),
    "/existing-systems/{system}/withdrawal": (
        {"ground": "stopped", "reason": "已停用。", "file_id": str(UUID(int=1))},
        {"bureau"},
    ),
    "/obligations/{obligation}/closure": ({"proof": "已迁移。"}, {"unit"}),
    "/existing-systems/{system}/move": (
        {"moved_on": "2026-08-03", "proof": "验收单。"},
        {"unit", "bureau"},
    ),
}
READS = {
    "/allocations": EVERYBODY,
    "/allocations/{allocation}": EVERYBODY,
    "/projects/{project}/allocations": EVERYBODY,
    "/projects/{project}/standing": EVERYBODY,
    "/projects/{project}/bureau-decisions": EVERYBODY,
    "/projects/{project}/next-step": EVERYBODY,
    "/projects/{project}/next-step.html": EVERYBODY,
    "/projects/{project}/incidents": EVERYBODY,
    "/projects/{stopped}/disposal": EVERYBODY,
    "/disposals": EVERYBODY,
    "/existing-systems": EVERYBODY,
    "/obligations": EVERYBODY,
    "/knowledge": EVERYBODY,
    "/checks": EVERYBODY,
    "/suspension-orders": OVERSEERS,
    "/decisions": OVERSEERS,
    "/decisions/verification": OVERSEERS,
    "/cloud-work": OVERSEERS,
}
TABLES = (
    Allocation,
    LoggedDecision,
    RecordedRelief,
    Suspension,
    CloudWork,
    Incident,
    Disposal,
    ExistingSystem,
    Obligation,
    Outbox,
    Idempotency,
)


@pytest.fixture
def fill(gate, events):
    """A project with a grant, a refusal and an order; fills their ids into what a test sends."""
    gate.in_good_standing()
    gate.in_good_standing(STOPPED)
    gate.tell(events.failed(ORDER), events.decommissioned(STOPPED))
    ids = {
        "project": gate.project,
        "allocation": gate.granted(),
        "refused": gate.ask(vcpus=65)["id"],
        "order": ORDER,
        "stopped": STOPPED,
        "incident": gate.done(f"/projects/{gate.project}/incidents", INCIDENT, "unit")["id"],
        "decision": gate.decide()["id"],
        "system": gate.done("/existing-systems", SYSTEM | {"system_name": "旧系统"}, "unit")["id"],
        "obligation": gate.get("/obligations").json()["items"][0]["id"],
    }

    def fill(path: str) -> tuple[str, object]:
        body = WRITES[path][0] if path in WRITES else None
        return path.format(**ids), gate.wish() if body == "wish" else body

    return fill


def test_every_route_is_in_a_table(gate):
    document = gate.http.get("/openapi.json").json()
    names = {
        "{project}": "{project_id}",
        "{allocation}": "{allocation_id}",
        "{refused}": "{allocation_id}",
        "{order}": "{order_id}",
        "{stopped}": "{project_id}",
        "{incident}": "{incident_id}",
        "{system}": "{system_id}",
        "{obligation}": "{obligation_id}",
        "{decision}": "{decision_id}",
    }
    listed = set()
    for method, paths in (("post", WRITES), ("get", READS)):
        for path in paths:
            for short, long in names.items():
                path = path.replace(short, long)  # noqa: PLW2901  # step by step
            listed.add((method, path))
    there = {
        (method, path.removeprefix("/api/v1"))
        for path, operations in document["paths"].items()
        for method in operations
        if path.startswith("/api/v1/") and not path.startswith(("/api/v1/events", "/api/v1/files"))
    }
    assert there - {("post", "/tokens"), ("post", "/checks/allocation")} == listed


@pytest.mark.parametrize("path", WRITES)
def test_a_write_is_open_to_its_roles_and_to_nobody_else(gate, fill, problem, path):
    address, body = fill(path)
    before = gate.count(*TABLES)
    problem(gate.post(address, body, None), 401, "token_missing")
    for account in sorted(EVERYBODY - WRITES[path][1]):
        answer = problem(gate.post(address, body, account), 403, "role_not_allowed")
        assert "该操作只能由" in answer["detail"]
    assert gate.count(*TABLES) == before
    for account in sorted(WRITES[path][1]):
        answer = gate.post(address, body, account)
        assert answer.status_code not in {401, 403}, answer.text


@pytest.mark.parametrize("path", READS)
def test_a_list_is_open_to_its_roles_and_to_nobody_else(gate, fill, problem, path):
    address, _ = fill(path)
    problem(gate.get(address, None), 401, "token_missing")
    for account in sorted(EVERYBODY):
        answer = gate.get(address, account)
        if account in READS[path]:
            assert answer.status_code == 200, answer.text
        else:
            problem(answer, 403, "role_not_allowed")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"project_id": "seven"}, "project_id"),
        ({"project_id": None}, "project_id"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": "a\u0000"}, "purpose"),
        ({"network_zone": "moon"}, "network_zone"),
        ({"mlps_level": 0}, "mlps_level"),
        ({"mlps_level": 5}, "mlps_level"),
        ({"mlps_level": "2"}, "mlps_level"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"ends_on": "2026-08-02"}, "body"),
        ({"lines": []}, "lines"),
        ({"lines": None}, "lines"),
        ({"lines": [{}]}, "quantity"),
        ({"state": "granted"}, "state"),
        ({"unit": "亭湖区卫健委"}, "unit"),
    ],
)
def test_a_request_that_makes_no_sense(gate, problem, changes, where):
    answer = gate.post("/allocations", gate.wish() | changes)
    body = problem(answer, 422, "invalid_request")
    assert where in {part for error in body["errors"] for part in error["loc"]}
    assert gate.count(*TABLES) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"quantity": 0},
        {"quantity": 1001},
        {"quantity": -1},
        {"vcpus": 0},
        {"vcpus": 8.5},
        {"memory_gib": "32"},
        {"data_disk_gib": -1},
        {"cpu_architecture": "mips"},
        {"xinchuang": "yes"},
        {"operating_system": ""},
        {"gpus": 8},
    ],
)
def test_a_line_that_makes_no_sense(gate, problem, changes):
    problem(gate.post("/allocations", gate.wish(**changes)), 422, "invalid_request")
    assert gate.count(*TABLES) == 0


def test_more_lines_than_a_request_may_have(gate, problem):
    line = gate.wish()["lines"]
    problem(gate.post("/allocations", gate.wish() | {"lines": line * 51}), 422, "invalid_request")
    gate.done("/allocations", gate.wish() | {"lines": line * 50})


def test_a_request_for_a_single_day(gate):
    gate.done("/allocations", gate.wish() | {"ends_on": "2026-08-03"})


@pytest.mark.parametrize("item", ["data_handed_over", "data_wiped", "asset_ledger_updated"])
@pytest.mark.parametrize("value", [None, "yes", 1])
def test_the_checklist_is_answered_with_yes_or_no(gate, fill, problem, item, value):
    address, _ = fill("/allocations/{allocation}/release")
    problem(gate.post(address, RELEASE | {item: value}), 422, "invalid_request")
    body = {name: answer for name, answer in RELEASE.items() if name != item}
    problem(gate.post(address, body), 422, "invalid_request")


def test_an_address_that_is_none(gate, problem):
    problem(gate.get("/allocations/seven"), 422, "invalid_request")
    problem(gate.get("/allocations?cursor=%2B"), 404, "no_such_page")
    problem(gate.get("/allocations?limit=0"), 422, "invalid_request")
    problem(gate.call("DELETE", "/decisions", "bureau"), 405, "method_not_allowed")


def test_one_key_has_one_effect(gate, problem):
    gate.in_good_standing()
    key = {"Idempotency-Key": "ask-1"}
    first = gate.post("/allocations", gate.wish(), headers=key)
    again = gate.post("/allocations", gate.wish(), headers=key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert (gate.count(Allocation), len(gate.published())) == (1, 1)
    other = gate.post("/allocations", gate.wish(vcpus=9), headers=key)
    problem(other, 422, "idempotency_key_reused")
    assert gate.count(Allocation) == 1
