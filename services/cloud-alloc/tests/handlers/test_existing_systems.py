"""Systems outside the district cloud: listed, planned to move, moved; overdue ones stop nothing."""

from uuid import uuid4

import pytest

SYSTEM = {
    "unit": "亭湖区教育局",
    "system_name": "学籍管理系统",
    "located_at": "教育局机房",
    "move_planned_on": "2026-12-31",
}
MOVED = {"moved_on": "2026-08-03", "proof": "迁移验收单〔2026〕2号。"}


def recorded(gate, as_="unit", **changes: str):
    answer = gate.post("/existing-systems", SYSTEM | changes, as_)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_system_is_listed_and_moves(gate, problem):
    system = recorded(gate)
    assert (system["overdue"], system["moved_on"]) == (False, None)
    gate.clock.turn(days=200)
    (listed,) = gate.get("/existing-systems").json()["items"]
    assert listed["overdue"] is True
    # Overdue or not, a request of the unit is decided on as before.
    gate.in_good_standing()
    assert gate.ask()["decision"]["findings"] == []
    path = f"/existing-systems/{system['id']}"
    later = {"move_planned_on": "2027-06-30", "reason": "等待信创适配。"}
    replanned = gate.done(f"{path}/plan", later, "unit")
    assert (replanned["overdue"], replanned["plan_note"]) == (False, "等待信创适配。")
    assert gate.done(f"{path}/move", MOVED, "unit")["moved_on"] == "2026-08-03"
    problem(gate.post(f"{path}/move", MOVED, "unit"), 409, "already_moved")
    problem(gate.post(f"{path}/plan", later, "unit"), 409, "already_moved")
    (listed,) = gate.get("/existing-systems").json()["items"]
    assert (listed["overdue"], listed["proof"]) == (False, "迁移验收单〔2026〕2号。")


def test_the_bureau_lists_any_units_system(gate, problem):
    recorded(gate, "bureau", unit="亭湖区卫健委")
    answer = gate.post("/existing-systems", SYSTEM | {"unit": "亭湖区卫健委"}, "unit")
    problem(answer, 403, "not_your_unit")
    assert gate.get("/existing-systems", "unit").json()["items"] == []


def test_a_system_is_listed_once(gate, problem):
    recorded(gate)
    problem(gate.post("/existing-systems", SYSTEM, "unit"), 409, "already_recorded")


def test_nothing_has_moved_tomorrow(gate, problem):
    path = f"/existing-systems/{recorded(gate)['id']}/move"
    problem(gate.post(path, MOVED | {"moved_on": "2026-08-04"}, "unit"), 422, "date_in_future")


@pytest.mark.parametrize("step", ["move", "plan"])
def test_another_units_system(gate, problem, step):
    path = f"/existing-systems/{recorded(gate, 'bureau', unit='亭湖区卫健委')['id']}/{step}"
    body = MOVED if step == "move" else {"move_planned_on": "2027-06-30", "reason": "等待。"}
    problem(gate.post(path, body, "unit"), 403, "not_your_unit")
    problem(gate.post(f"/existing-systems/{uuid4()}/{step}", body, "unit"), 404, "not_found")
