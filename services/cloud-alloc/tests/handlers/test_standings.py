"""What the gate knows, and how old that is."""

from datetime import timedelta
from uuid import uuid4

import pytest

from govproject.terms import Track


def ages(gate):
    found = gate.get("/knowledge").json()
    return found["age_minutes"], {s["source"]: s["age_minutes"] for s in found["sources"]}


def test_before_the_first_heartbeat_nothing_is_known(gate):
    assert ages(gate) == (None, {"intake": None, "review": None})


def test_knowledge_is_as_old_as_the_older_source(gate):
    gate.hear("intake")
    assert ages(gate) == (None, {"intake": 0, "review": None})
    gate.clock.turn(minutes=10)
    gate.hear("review")
    assert ages(gate) == (10, {"intake": 10, "review": 0})
    gate.clock.turn(seconds=59)
    assert ages(gate) == (10, {"intake": 10, "review": 0})
    gate.clock.turn(seconds=1)
    assert ages(gate) == (11, {"intake": 11, "review": 1})
    gate.hear()
    assert ages(gate) == (0, {"intake": 0, "review": 0})


def test_a_late_heartbeat_does_not_make_knowledge_older(gate):
    gate.hear()
    gate.hear(as_of=gate.clock() - timedelta(hours=1))
    assert ages(gate)[0] == 0


def test_a_clock_that_runs_ahead_elsewhere_is_no_negative_age(gate):
    gate.hear(as_of=gate.clock() + timedelta(minutes=5))
    assert ages(gate)[0] == 0


def test_a_clock_that_runs_far_ahead_elsewhere_does_not_keep_knowledge_young(gate):
    gate.hear()
    gate.hear(as_of=gate.clock() + timedelta(days=3650))
    gate.clock.turn(minutes=10)
    assert ages(gate)[0] == 10


def test_after_the_gates_own_clock_was_set_back_its_knowledge_has_no_age(gate, refusals):
    gate.in_good_standing()
    gate.clock.turn(hours=-1)
    assert ages(gate) == (None, {"intake": None, "review": None})
    assert refusals(gate.ask()) == [("standing_is_current", "3")]
    gate.hear()
    gate.granted()


def test_an_event_alone_does_not_make_knowledge_current(gate, events, refusals):
    gate.tell(events.declared(), events.registered(), events.submitted(), events.accepted())
    assert refusals(gate.ask()) == [("standing_is_current", "3")]
    gate.hear("intake")
    assert refusals(gate.ask()) == [("standing_is_current", "3")]
    gate.hear("review")
    gate.granted()


@pytest.mark.parametrize(("hours", "minutes", "granted"), [(24, 0, True), (24, 1, False)])
def test_knowledge_too_old_refuses_until_the_sources_are_heard_again(
    gate, refusals, hours, minutes, granted
):
    gate.in_good_standing()
    gate.clock.turn(hours=hours, minutes=minutes)
    view = gate.ask()
    if granted:
        assert view["state"] == "granted"
        return
    assert refusals(view) == [("standing_is_current", "3")]
    (finding,) = view["decision"]["findings"]
    assert finding["fact"] == {"knowledge_age_minutes": 1441, "knowledge_max_age_minutes": 1440}
    gate.hear()
    assert gate.done(f"/allocations/{view['id']}/reconsideration")["state"] == "granted"


def test_the_bureau_may_decide_on_old_knowledge(gate):
    gate.in_good_standing()
    gate.clock.turn(days=3)
    gate.decide("standing_is_current")
    view = gate.ask()
    assert view["state"] == "granted"
    assert view["decision"]["findings"][0]["lifted_by"]["document"] == "亭数〔2026〕8号"


def test_an_event_that_waits_refuses_its_project_and_no_other(gate, events, refusals):
    gate.in_good_standing()
    other = uuid4()
    gate.in_good_standing(other)
    late = gate.arrival(events.irregular())
    gate.deliver(gate.arrival(events.corrected()))
    assert refusals(gate.ask()) == [("standing_is_complete", "3")]
    assert gate.get(f"/projects/{gate.project}/standing").json()["backlog"] == 1
    gate.granted(project=other)
    gate.deliver(late)
    assert gate.get(f"/projects/{gate.project}/standing").json()["backlog"] == 0
    assert refusals(gate.ask()) == [("unfiled_may_refuse_resource", "27")]


def test_an_event_that_waits_about_an_unknown_project_counts_as_well(gate, events, refusals):
    gate.hear()
    gate.deliver(gate.arrival(events.registered(), skip=1))
    assert refusals(gate.ask()) == [
        ("no_registration_no_resource", "3"),
        ("standing_is_complete", "3"),
    ]


def test_a_standing_tells_what_the_gate_decides_on(gate):
    gate.in_good_standing()
    allocation = gate.granted(vcpus=16)
    view = gate.get(f"/projects/{gate.project}/standing").json()
    assert view.pop("knowledge")["age_minutes"] == 0
    assert view == {
        "project_id": str(gate.project),
        "project_name": "智慧校园",
        "unit": "亭湖区教育局",
        "track": "filing",
        "city_system_ref": "320902-2026-0001",
        "filing_status": "accepted",
        "approval_number": None,
        "planned": {
            "vcpus": 64,
            "memory_gib": 256,
            "storage_gib": 4096,
            "public_ips": 2,
            "bandwidth_mbps": 100,
        },
        "in_use": {
            "vcpus": 16,
            "memory_gib": 32,
            "storage_gib": 500,
            "public_ips": 0,
            "bandwidth_mbps": 0,
        },
        "suspended_by": None,
        "open_incidents": [],
        "decommissioned_at": None,
        "backlog": 0,
        "positions": {"intake": 4},
    }
    assert gate.state(allocation) == "granted"


def test_a_unit_sees_the_standing_of_its_own_projects(gate, problem):
    gate.in_good_standing()
    path = f"/projects/{gate.project}/standing"
    assert gate.get(path, "unit").status_code == 200
    problem(gate.get(path, "unit", unit="亭湖区卫健委"), 403, "not_your_unit")
    problem(gate.get(f"/projects/{uuid4()}/standing"), 404, "not_found")


def test_whose_project_it_is_must_be_known_before_a_unit_sees_it(gate, events, problem):
    gate.tell(events.approved())
    path = f"/projects/{gate.project}/standing"
    problem(gate.get(path, "unit"), 403, "not_your_unit")
    assert gate.get(path).json()["unit"] is None


def test_the_gate_can_be_asked_without_effect(gate, problem):
    gate.in_good_standing(track=Track.FULL_PROCESS)
    asked = gate.done("/checks/allocation", {"project_id": str(gate.project)}, "unit")
    assert [finding["article"] for finding in asked["findings"]] == ["6"]
    assert gate.get("/decisions").json()["items"] == []
    assert gate.published() == []
    other = {"project_id": str(gate.project)}
    problem(
        gate.post("/checks/allocation", other, "unit", unit="亭湖区卫健委"), 403, "not_your_unit"
    )
    unknown = {"project_id": str(uuid4())}
    problem(gate.post("/checks/allocation", unknown), 404, "not_found")


def test_a_project_keeps_the_pack_under_which_it_started(gate, monkeypatch):
    gate.in_good_standing()
    assert gate.ask()["decision"]["rule_pack"] == "tinghu-2025"
    unknown = gate.ask(project=uuid4())
    assert unknown["decision"]["rule_pack"] == "tinghu-2025"
