"""Systems outside the district cloud: listed, planned to move, moved; overdue ones stop nothing."""

from uuid import uuid4

import pytest
from sqlmodel import delete

from govproject.persistence.tables import Obligation
from govproject_cloud_alloc.handlers.obligations import keep_next
from govproject_local import documents

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


@pytest.fixture
def paper(gate):
    """The id of a file that the bureau hands in."""
    answer = gate.call(
        "POST",
        "/files",
        "bureau",
        params={"name": "文件.docx"},
        content=documents.word([(0, "国家规定单独建设。")]),
    )
    assert answer.is_success, answer.text
    return answer.json()["id"]


def withdrawal(paper, **changes: object):
    body = {"ground": "stopped", "reason": "业务已取消，系统停用。", "file_id": paper}
    return body | changes


def test_what_is_stopped_is_owed_and_late_no_more(gate, problem, paper):
    path = f"/existing-systems/{recorded(gate)['id']}"
    gate.clock.turn(days=200)
    view = gate.done(f"{path}/withdrawal", withdrawal(paper), "bureau")
    assert (view["overdue"], view["withdrawn_ground"]) == (False, "stopped")
    assert (view["withdrawn_file_id"], view["moved_on"]) == (paper, None)
    (duty,) = gate.get("/obligations", "unit").json()["items"]
    assert "系统已停用" in duty["proof"]
    assert (len(gate.published("obligation.closed")), duty["overdue"]) == (1, False)
    later = {"move_planned_on": "2027-06-30", "reason": "等待信创适配。"}
    for step, body in {"plan": later, "move": MOVED, "withdrawal": withdrawal(paper)}.items():
        problem(gate.post(f"{path}/{step}", body, "bureau"), 409, "move_withdrawn")


def test_what_stands_alone_by_law_has_a_plan_to_share(gate, problem, paper):
    path = f"/existing-systems/{recorded(gate)['id']}/withdrawal"
    alone = withdrawal(paper, ground="standalone", reason="国家规定单独建设。")
    answer = problem(gate.post(path, alone, "bureau"), 422, "invalid_request")
    assert "数据共享" in str(answer["errors"])
    unknown = alone | {"sharing_plan_file_id": str(uuid4())}
    problem(gate.post(path, unknown, "bureau"), 422, "file_unknown")
    assert gate.published("obligation.closed") == []
    view = gate.done(path, alone | {"sharing_plan_file_id": paper}, "bureau")
    assert (view["withdrawn_ground"], view["sharing_plan_file_id"]) == ("standalone", paper)


def test_what_has_moved_is_not_withdrawn(gate, problem, paper):
    path = f"/existing-systems/{recorded(gate)['id']}"
    gate.done(f"{path}/move", MOVED, "unit")
    answer = gate.post(f"{path}/withdrawal", withdrawal(paper), "bureau")
    problem(answer, 409, "already_moved")


def test_an_older_builds_system_that_is_withdrawn_gets_no_duty(gate, paper):
    path = f"/existing-systems/{recorded(gate)['id']}"
    with gate.runtime.db.write() as session:
        session.exec(delete(Obligation))
    gate.done(f"{path}/withdrawal", withdrawal(paper), "bureau")
    assert keep_next(gate.runtime.surroundings()) is False
