"""A stopped system's data and state assets: nothing is disposed of while resources are held."""

from uuid import uuid4

import pytest

PROOFS = {
    "data_handed_over": "移交清单〔2026〕1号，由区大数据中心签收。",
    "data_wiped": "云平台清除报告。",
    "asset_ledger_updated": "资产处置批复〔2026〕3号。",
    "security_controlled": "停用全过程由区委网信办监督，无异常。",
}
RELEASE = {
    "reason": "系统停用",
    "data_handed_over": True,
    "data_wiped": True,
    "asset_ledger_updated": True,
}


@pytest.fixture
def stopped(gate, events):
    """A stopped project that still holds one allocation."""
    gate.in_good_standing()
    held = gate.granted()
    gate.tell(events.decommissioned())
    return gate, held


def test_resources_come_back_first_then_the_proof(stopped, problem):
    gate, held = stopped
    path = f"/projects/{gate.project}/disposal"
    view = gate.get(path).json()
    assert (view["held"], view["complete"]) == ([held], False)
    assert view["decommissioned_at"] == "2026-08-03T09:30:00+08:00"
    body = problem(gate.post(path, {"proofs": PROOFS}, "unit"), 409, "resources_held")
    assert body["held"] == [held]
    gate.done(f"/allocations/{held}/release", RELEASE, "unit")
    answer = gate.post(path, {"proofs": PROOFS}, "unit")
    assert answer.status_code == 201, answer.text
    done = answer.json()
    assert (done["held"], done["complete"], done["proofs"]) == ([], True, PROOFS)
    (event,) = gate.published("disposal.completed")
    assert event.project_id == gate.project
    problem(gate.post(path, {"proofs": PROOFS}, "unit"), 409, "already_disposed")


def test_every_item_is_proven(stopped, problem):
    gate, held = stopped
    gate.done(f"/allocations/{held}/release", RELEASE, "unit")
    three = {item: text for item, text in PROOFS.items() if item != "asset_ledger_updated"}
    body = problem(
        gate.post(f"/projects/{gate.project}/disposal", {"proofs": three}, "unit"),
        422,
        "invalid_request",
    )
    assert "国有资产台账变更" in str(body)
    assert gate.published("disposal.completed") == []


def test_a_running_system_has_nothing_to_dispose_of(gate, problem):
    gate.in_good_standing()
    path = f"/projects/{gate.project}/disposal"
    problem(gate.post(path, {"proofs": PROOFS}, "unit"), 409, "not_decommissioned")
    problem(gate.get(path), 409, "not_decommissioned")
    assert gate.get("/disposals").json()["items"] == []


def test_who_sees_what_is_open(stopped, problem):
    gate, held = stopped
    (item,) = gate.get("/disposals").json()["items"]
    assert (item["project_id"], item["held"]) == (str(gate.project), [held])
    other = "亭湖区卫健委"
    assert gate.call("GET", "/disposals", "unit", other).json()["items"] == []
    path = f"/projects/{gate.project}/disposal"
    problem(gate.call("GET", path, "unit", other), 403, "not_your_unit")
    answer = gate.call("POST", path, "unit", other, json={"proofs": PROOFS})
    problem(answer, 403, "not_your_unit")
    problem(gate.get(f"/projects/{uuid4()}/disposal"), 404, "not_found")
