"""What the bureau decides at its discretion: recorded, listed, withdrawn (Arts 3, 27)."""

from uuid import UUID, uuid4

import pytest

from govproject.persistence.tables import RecordedRelief
from govproject.terms import FilingCondition

DECISION = {
    "rule": "unfiled_may_refuse_resource",
    "reason": "防汛应急，先行分配。",
    "document": "亭数〔2026〕8号",
    "expires_on": "2026-12-31",
}
WITHDRAWAL = {"reason": "防汛结束。"}


def test_the_bureaus_decision_gives_nothing_to_what_is_barred_by_a_poor_result(
    gate, events, refusals
):
    """Filed, linked to a poor project, not found regular: no admission, no cloud (Art 25)."""
    system = UUID(int=8)
    gate.tell(events.declared(), events.registered(), events.submitted())
    gate.hear()
    gate.decide()
    gate.granted(vcpus=1)
    gate.tell(events.linked(system, "proposed", ("qualified", "2025-06-30")))
    gate.granted(vcpus=1)
    gate.tell(events.evaluated(system, "poor", "2026-06-30"))
    view = gate.ask()
    assert refusals(view) == [("poor_no_related_resources", "25")]
    assert "先确认关联" in view["decision"]["findings"][0]["remedy"]
    gate.tell(events.linked(system, "confirmed", ("qualified", "2025-06-30")))
    assert refusals(gate.ask()) == [("poor_no_related_resources", "25")]
    gate.deliver(gate.arrival(events.evaluated(system, "qualified", "2026-12-01"), skip=1))
    (finding,) = [f for f in gate.ask()["decision"]["findings"] if f["fact"].get("related_backlog")]
    assert "关联项目" in finding["message"]
    gate.tell(events.linked(system, "dismissed"))
    gate.granted(vcpus=1)


def test_what_was_found_regular_before_keeps_its_resources(gate, events, refusals):
    gate.in_good_standing()
    gate.tell(
        events.linked(UUID(int=8), "confirmed", ("poor", "2026-06-30")),
        events.corrected(),
    )
    assert refusals(gate.ask()) == [("unfiled_may_refuse_resource", "27")]


def test_a_decision_is_recorded_with_who_took_it(gate):
    gate.in_good_standing()
    view = gate.decide()
    assert (view["kind"], view["approver"], view["rule"], view["status"]) == (
        "bureau_decision",
        "bureau",
        "unfiled_may_refuse_resource",
        "in_force",
    )
    (row,) = gate.rows(RecordedRelief)
    assert (str(row.id), row.project_id) == (view["id"], gate.project)


@pytest.mark.parametrize(
    "rule",
    [
        "no_registration_no_resource",
        "no_build_before_approval",
        "within_reviewed_plan",
        "suspend_resources",
        "decommission_report",
        "new_system_on_district_cloud",
        "impl_cloud_deploy_plan",
        # An exception is intake's to record.
        "filing_duplicate",
        "no_such_rule",
        "no_answer.no_such_plugin",
    ],
)
def test_what_the_bureau_has_no_choice_in_it_does_not_decide(gate, problem, rule):
    gate.in_good_standing()
    path = f"/projects/{gate.project}/bureau-decisions"
    problem(gate.post(path, DECISION | {"rule": rule}, "bureau"), 422, "not_liftable")
    assert gate.count(RecordedRelief) == 0


@pytest.mark.parametrize(
    "rule", ["unfiled_may_refuse_resource", "standing_is_current", "standing_is_complete"]
)
def test_what_the_bureau_may_decide(gate, rule):
    gate.in_good_standing()
    assert gate.decide(rule)["rule"] == rule


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expires_on": "2026-08-02"}, "expires_in_past"),
        ({"rule": "第27条"}, "not_liftable"),
        ({"rule": ""}, "invalid_request"),
        ({"reason": " "}, "invalid_request"),
        ({"document": ""}, "invalid_request"),
        ({"expires_on": "2100-01-01"}, "invalid_request"),
        ({"kind": "exception"}, "invalid_request"),
    ],
)
def test_a_decision_that_makes_no_sense(gate, problem, changes, code):
    gate.in_good_standing()
    path = f"/projects/{gate.project}/bureau-decisions"
    problem(gate.post(path, DECISION | changes, "bureau"), 422, code)
    assert gate.count(RecordedRelief) == 0


def test_a_decision_about_a_project_nobody_knows(gate, problem):
    path = f"/projects/{uuid4()}/bureau-decisions"
    problem(gate.post(path, DECISION, "bureau"), 404, "not_found")
    assert gate.count(RecordedRelief) == 0


@pytest.mark.parametrize("requested_by", ["unit", "portal"])
def test_nobody_decides_on_what_they_asked_for(gate, problem, requested_by):
    gate.in_good_standing()
    body = DECISION | {"applied_by": "bureau"}
    path = f"/projects/{gate.project}/bureau-decisions"
    problem(gate.post(path, body, "bureau"), 403, "approver_is_applicant")
    assert gate.post("/allocations", gate.wish(), requested_by).is_success
    problem(gate.post(path, DECISION, requested_by), 403, "role_not_allowed")
    assert gate.count(RecordedRelief) == 0
    assert gate.decide()["status"] == "in_force"


def test_nobody_decides_for_their_own_unit(gate, problem, events):
    gate.hear()
    gate.tell(events.declared(unit="亭湖区数据局"), events.registered())
    path = f"/projects/{gate.project}/bureau-decisions"
    problem(gate.post(path, DECISION, "bureau"), 403, "approver_is_applicant")
    assert gate.count(RecordedRelief) == 0


def test_a_withdrawn_decision_allows_nothing_more_and_what_was_allowed_stays(
    gate, events, problem, refusals
):
    gate.hear()
    gate.tell(events.declared(), events.registered())
    decided = gate.decide()
    allowed = gate.ask()
    assert allowed["state"] == "granted"
    path = f"/bureau-decisions/{decided['id']}/withdrawal"
    assert gate.done(path, WITHDRAWAL, "bureau")["status"] == "withdrawn"
    problem(gate.post(path, WITHDRAWAL, "bureau"), 409, "already_withdrawn")
    assert refusals(gate.ask()) == [("unfiled_may_refuse_resource", "27")]
    kept = gate.get(f"/allocations/{allowed['id']}").json()
    assert kept["decision"] == allowed["decision"]
    assert gate.get("/decisions/verification").json()["first_broken"] is None


def test_an_exception_is_withdrawn_where_it_was_granted(gate, events, problem, refusals):
    gate.hear()
    gate.tell(
        events.declared(),
        events.registered(),
        events.submitted(conditions=(FilingCondition.DUPLICATE,)),
        events.accepted(),
        granted := events.excepted("filing_duplicate"),
    )
    (finding,) = gate.ask()["decision"]["findings"]
    assert finding["message"].endswith(
        "（经批准的例外：区数据局会议纪要〔2026〕8号，bureau批准，有效期至2026-12-31）"
    )
    path = f"/bureau-decisions/{granted.exception_id}/withdrawal"
    problem(gate.post(path, WITHDRAWAL, "bureau"), 404, "not_found")
    gate.tell(events.exception_withdrawn(granted))
    assert refusals(gate.ask()) == [("filing_duplicate", "26")]


def test_all_decisions_are_listed_whatever_became_of_them(gate, problem):
    gate.in_good_standing()
    gate.decide(expires_on="2026-08-03")
    gone = gate.decide()
    gate.decide("standing_is_current")
    gate.done(f"/bureau-decisions/{gone['id']}/withdrawal", WITHDRAWAL, "bureau")
    gate.clock.turn(days=1)
    path = f"/projects/{gate.project}/bureau-decisions"
    found = gate.get(path, "audit").json()["items"]
    assert [each["status"] for each in found] == ["expired", "withdrawn", "in_force"]
    problem(gate.get(path, "unit", unit="亭湖区卫健委"), 403, "not_your_unit")
    problem(gate.get(f"/projects/{uuid4()}/bureau-decisions"), 404, "not_found")
