"""Who answers for a system in operation, and how it is kept safe (Arts 30, 32, 33)."""

from uuid import UUID

import pytest

from govproject.contracts import intake
from govproject.terms import SecurityMeasure

EMPTY = {"outsourced": False}


@pytest.fixture
def duty(accepted):
    (found,) = [o for o in accepted.view()["obligations"] if o["rule"] == "owner_responsible"]
    return f"/obligations/{found['id']}/closure"


def record(acceptance, body):
    return acceptance.do("operation", body, method="PUT")


def test_what_is_missing_is_shown_and_refuses_to_close_the_duty(accepted, duty):
    view = record(accepted, EMPTY)
    assert view["decision"]["outcome"] == "refused"
    expected = [
        "operation_rules",
        "owner_responsible",
        "security_funds_provided",
        "security_measures",
        "security_system_and_duty",
    ]
    assert accepted.rules(view["decision"]) == expected
    problem = accepted.refused(duty, {"proof": "已建立制度"})
    assert accepted.rules(problem) == expected
    assert {f["article"] for f in problem["findings"]} == {"30", "32"}


def test_nothing_on_record_is_not_in_order(accepted, duty):
    assert accepted.view()["operation"] is None
    problem = accepted.refused(duty, {"proof": "已建立制度"})
    assert "owner_responsible" in accepted.rules(problem)


def test_what_is_in_order_closes_it(accepted, bodies, duty):
    view = record(accepted, bodies.operation(accepted.handed_in()))
    assert (view["decision"]["outcome"], view["decision"]["findings"]) == ("allowed", [])
    assert accepted.do(duty, {"proof": "制度汇编"})["closed_at"] is not None
    assert accepted.view()["operation"]["operator"] == "区大数据中心"


@pytest.mark.parametrize("measure", SecurityMeasure)
def test_seven_measures(accepted, bodies, duty, measure):
    body = bodies.operation(accepted.handed_in())
    del body["measures"][measure.value]
    record(accepted, body)
    problem = accepted.refused(duty, {"proof": "制度汇编"})
    assert accepted.rules(problem) == ["security_measures"]
    assert measure.zh in problem["findings"][0]["message"]


def test_outsourcing_has_its_rules_and_its_assessment(accepted, bodies, duty):
    file_id = accepted.handed_in()
    record(accepted, bodies.operation(file_id, outsourced=True))
    problem = accepted.refused(duty, {"proof": "制度汇编"})
    assert accepted.rules(problem) == ["outsourcing_risk", "outsourcing_security_rules"]
    assessed = {
        "outsourcing_rules": file_id,
        "outsourcing_assessed_on": "2026-08-01",
        "outsourcing_risk": "风险可控",
    }
    view = record(accepted, bodies.operation(file_id, outsourced=True, **assessed))
    assert view["decision"]["outcome"] == "allowed"


def test_a_later_record_takes_the_place_of_an_earlier_one(accepted, bodies):
    record(accepted, bodies.operation(accepted.handed_in()))
    view = record(accepted, EMPTY)
    assert (view["operator"], view["measures"], view["operation_rules"]) == (None, {}, None)
    assert accepted.view()["operation"] == view


def test_the_gate_may_be_asked_in_advance(accepted, bodies):
    asked = {"project_id": str(accepted.project)}
    answer = accepted.post("/checks/operation", asked).json()
    assert answer["outcome"] == "refused"
    record(accepted, bodies.operation(accepted.handed_in()))
    assert accepted.post("/checks/operation", asked).json()["outcome"] == "allowed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"in_service_since": "2026-08-04"}, "date_in_future"),
        ({"outsourcing_assessed_on": "2026-08-04"}, "date_in_future"),
        ({"security_rules": str(UUID(int=5))}, "file_unknown"),
        ({"measures": {"luck": "有"}}, "invalid_request"),
        ({"outsourced": "no"}, "invalid_request"),
    ],
)
def test_bad_records(accepted, changes, code):
    answer = accepted.call(
        "PUT", f"/projects/{accepted.project}/operation", "unit", json=EMPTY | changes
    )
    assert answer.json()["code"] == code


def test_a_system_that_is_no_more(built, clock):
    built.tell(
        intake.ProjectDecommissioned(
            project_id=built.project, reason="职能划转", reported_at=clock()
        )
    )
    answer = built.call("PUT", f"/projects/{built.project}/operation", "unit", json=EMPTY)
    assert (answer.status_code, answer.json()["code"]) == (409, "decommissioned")


@pytest.mark.parametrize(
    ("as_", "unit", "code"),
    [
        ("bureau", None, "role_not_allowed"),
        ("unit", "亭湖区民政局", "not_your_unit"),
        (None, None, "token_missing"),
    ],
)
def test_only_the_unit_says_how_it_operates(accepted, as_, unit, code):
    path = f"/projects/{accepted.project}/operation"
    assert accepted.call("PUT", path, as_, unit, json=EMPTY).json()["code"] == code


def self_evaluation(acceptance):
    return next(
        o for o in acceptance.view()["obligations"] if o["rule"] == "self_evaluation_12_months"
    )


def test_operation_that_begins_after_the_final_moves_the_self_evaluation(accepted, clock):
    assert self_evaluation(accepted)["due_on"] == "2027-08-03"
    clock.set(2026, 10, 20)
    record(accepted, EMPTY | {"in_service_since": "2026-07-01"})
    assert accepted.published("obligation.rescheduled") == []
    record(accepted, EMPTY | {"in_service_since": "2026-10-18"})
    duty = self_evaluation(accepted)
    (moved,) = accepted.published("obligation.rescheduled")
    assert (moved.rule, str(moved.previous_due_on)) == ("self_evaluation_12_months", "2027-08-03")
    assert str(moved.due_on) == duty["due_on"] == "2027-10-18"
    record(accepted, EMPTY | {"in_service_since": "2026-10-18"})
    record(accepted, EMPTY)
    assert len(accepted.published("obligation.rescheduled")) == 1


def test_what_was_handed_in_stays_so(accepted, bodies, clock):
    accepted.do("self-evaluations", bodies.self_evaluation(accepted.handed_in()))
    path = f"/obligations/{self_evaluation(accepted)['id']}/closure"
    accepted.do(path, {"proof": "已报送"})
    clock.set(2026, 10, 20)
    record(accepted, EMPTY | {"in_service_since": "2026-10-18"})
    assert self_evaluation(accepted)["due_on"] == "2027-08-03"
    assert accepted.published("obligation.rescheduled") == []
