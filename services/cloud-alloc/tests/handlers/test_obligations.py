"""The planned move of an existing system is a duty, pointed out and overdue as others (Art 2)."""

from datetime import date, datetime
from uuid import UUID

import pytest
from sqlmodel import delete, select

from govproject.clock import SHANGHAI
from govproject.obligations import reminding
from govproject.persistence.tables import Obligation
from govproject_cloud_alloc.handlers.obligations import KEEPER, keep_next
from govproject_cloud_alloc.lifecycle import StayGround
from govproject_cloud_alloc.tables import ExistingSystem

RULE = "existing_system_migrate"
SYSTEM = {
    "unit": "亭湖区教育局",
    "system_name": "学籍管理系统",
    "located_at": "教育局机房",
    "move_planned_on": "2026-10-01",
}
PLANNED = date(2026, 10, 1)
MOVED = {"moved_on": "2026-08-03", "proof": "迁移验收单〔2026〕2号。"}


@pytest.fixture
def system(gate):
    return gate.done("/existing-systems", SYSTEM, "unit")["id"]


@pytest.fixture
def of_before(gate, system):
    """A system that an older build recorded, without a duty."""
    with gate.runtime.db.write() as session:
        session.exec(delete(Obligation))
    return system


def duties(gate, as_="unit"):
    return gate.get("/obligations", as_).json()["items"]


def states(gate):
    return [(duty["due_on"], duty["closed_at"] is not None) for duty in duties(gate)]


def said(gate):
    """The days of near and overdue events, up to now."""
    while reminding.notice_next(gate.runtime.db, KEEPER.events, gate.clock()):
        pass
    names = ("obligation.near", "obligation.overdue")
    return tuple([event.due_on for event in gate.published(name)] for name in names)


def opened(gate):
    """The duties that the worker opens."""
    before = len(gate.published("obligation.opened"))
    while keep_next(gate.runtime.surroundings()):
        pass
    return gate.published("obligation.opened")[before:]


def replan(gate, system, day):
    body = {"move_planned_on": day, "reason": "等待信创适配。"}
    gate.done(f"/existing-systems/{system}/plan", body, "unit")


def test_a_recorded_system_owes_its_move_on_the_planned_day(gate, system):
    (duty,) = duties(gate)
    assert (duty["rule"], duty["article"], duty["due_on"]) == (RULE, "2", "2026-10-01")
    assert (duty["project_id"], duty["due_provisional"]) == (system, False)
    assert "学籍管理系统" in duty["task"]
    (event,) = gate.published("obligation.opened")
    assert (event.source, event.aggregate_id) == ("cloud-alloc", system)
    assert (event.rule, event.due_on, str(event.obligation_id)) == (RULE, PLANNED, duty["id"])


def test_it_is_pointed_out_and_late_the_day_after_and_stops_nothing(gate, system):
    gate.clock.turn(days=50)
    assert said(gate) == ([], [])
    gate.clock.turn(days=9)
    assert said(gate) == ([PLANNED], [])
    gate.clock.turn(days=1)
    assert said(gate) == ([PLANNED], [PLANNED])
    assert duties(gate)[0]["overdue"] is True
    gate.in_good_standing()
    assert gate.ask()["decision"]["findings"] == []
    gate.done(f"/existing-systems/{system}/move", MOVED, "unit")
    assert states(gate) == [("2026-10-01", True)]
    assert said(gate) == ([PLANNED], [PLANNED])


def test_another_plan_moves_it_and_it_is_pointed_out_anew(gate, system):
    gate.clock.turn(days=59)
    said(gate)
    gate.clock.turn(days=1)
    said(gate)
    replan(gate, system, "2026-10-31")
    (event,) = gate.published("obligation.rescheduled")
    assert (event.previous_due_on, event.due_on) == (PLANNED, date(2026, 10, 31))
    assert (event.aggregate_id, event.due_provisional) == (system, False)
    assert (states(gate), duties(gate)[0]["overdue"]) == ([("2026-10-31", False)], False)
    gate.clock.turn(days=29)
    assert said(gate) == ([PLANNED, date(2026, 10, 31)], [PLANNED])
    gate.clock.turn(days=1)
    days = [PLANNED, date(2026, 10, 31)]
    assert said(gate) == (days, days)


def test_the_same_day_again_is_no_news(gate, system):
    replan(gate, system, "2026-10-01")
    assert gate.published("obligation.rescheduled") == []


def test_the_move_closes_it_whoever_records_it(gate, system):
    gate.done(f"/existing-systems/{system}/move", MOVED, "bureau")
    (event,) = gate.published("obligation.closed")
    (duty,) = duties(gate)
    assert (event.aggregate_id, str(event.obligation_id)) == (system, duty["id"])
    assert "2026-08-03" in duty["proof"]


def test_no_proof_does(gate, system, problem):
    (duty,) = duties(gate)
    path = f"/obligations/{duty['id']}/closure"
    answer = gate.post(path, {"proof": "已迁移。"}, "unit")
    assert "第2条" in problem(answer, 409, "closed_by_move")["detail"]
    assert states(gate) == [("2026-10-01", False)]
    gate.done(f"/existing-systems/{system}/move", MOVED, "unit")
    problem(gate.post(path, {"proof": "已迁移。"}, "unit"), 409, "already_closed")


def test_what_is_refused_opens_none(gate, system, problem):
    problem(gate.post("/existing-systems", SYSTEM, "unit"), 409, "already_recorded")
    answer = gate.post("/existing-systems", SYSTEM | {"unit": "亭湖区卫健委"}, "unit")
    problem(answer, 403, "not_your_unit")
    assert len(gate.published("obligation.opened")) == len(duties(gate)) == 1


def test_a_unit_sees_its_own_also_what_the_bureau_recorded(gate, system):
    other = SYSTEM | {"unit": "亭湖区卫健委"}
    gate.done("/existing-systems", other, "bureau")
    assert [duty["project_id"] for duty in duties(gate)] == [system]
    assert len(duties(gate, "bureau")) == 2


def test_a_system_of_an_older_build_gets_one_with_its_last_plan(gate, of_before):
    replan(gate, of_before, "2026-12-31")
    assert duties(gate) == []
    (event,) = opened(gate)
    assert (event.rule, event.due_on) == (RULE, date(2026, 12, 31))
    assert event.project_id == UUID(of_before)
    assert opened(gate) == []
    gate.done(f"/existing-systems/{of_before}/move", MOVED, "unit")
    assert states(gate) == [("2026-12-31", True)]
    assert opened(gate) == []


def test_one_that_had_moved_gets_none(gate, of_before):
    gate.done(f"/existing-systems/{of_before}/move", MOVED, "unit")
    assert (opened(gate), duties(gate)) == ([], [])


@pytest.mark.parametrize("field", ["moved_on", "withdrawn_at"])
def test_what_another_replica_ended_beside_the_duty_the_unit_closes(gate, system, field):
    ended = {"moved_on": date(2026, 8, 3), "withdrawn_at": gate.clock()}
    with gate.runtime.db.write() as session:
        setattr(session.exec(select(ExistingSystem)).one(), field, ended[field])
    (duty,) = duties(gate)
    gate.done(f"/obligations/{duty['id']}/closure", {"proof": "8月3日已迁移。"}, "unit")
    assert states(gate) == [("2026-10-01", True)]


@pytest.mark.parametrize(
    ("ended", "proof"),
    [
        ({"moved_on": date(2026, 8, 3)}, "系统于2026-08-03迁移至区政务云"),
        (
            {
                "withdrawn_at": datetime(2026, 8, 3, tzinfo=SHANGHAI),
                "withdrawn_ground": StayGround.STOPPED,
                "withdrawn_reason": "业务停办。",
            },
            "不再迁移（系统已停用）：业务停办。",
        ),
    ],
)
def test_what_another_replica_ended_beside_the_duty_the_worker_closes(gate, system, ended, proof):
    with gate.runtime.db.write() as session:
        row = session.exec(select(ExistingSystem)).one()
        for name, value in ended.items():
            setattr(row, name, value)
    assert opened(gate) == []
    (duty,) = duties(gate)
    assert (duty["proof"], len(gate.published("obligation.closed"))) == (proof, 1)
    assert keep_next(gate.runtime.surroundings()) is False


def test_what_another_replica_planned_beside_the_duty_the_worker_moves(gate, system):
    with gate.runtime.db.write() as session:
        session.exec(select(ExistingSystem)).one().move_planned_on = date(2026, 12, 31)
    assert opened(gate) == []
    (event,) = gate.published("obligation.rescheduled")
    assert (event.previous_due_on, event.due_on) == (PLANNED, date(2026, 12, 31))
    assert states(gate) == [("2026-12-31", False)]
    assert keep_next(gate.runtime.surroundings()) is False
