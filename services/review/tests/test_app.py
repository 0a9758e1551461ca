"""The composition root: what the service says of itself, and that its tables fit its models."""

import pytest

from govproject.persistence import migrate
from govproject_review import consumers, rules
from govproject_review.app import SERVICE


def test_the_migrations_make_what_the_models_say(review):
    assert migrate.is_current(review.runtime.db, SERVICE.package)
    assert migrate.differences(review.runtime.db, SERVICE.package) == []


def test_every_event_it_acts_on_is_of_a_producer_it_follows():
    assert {event.source for event in consumers.HANDLERS} == set(consumers.FOLLOWS)


def test_the_gates_have_every_rule_of_the_service(review):
    gates = {gate["gate"]: gate for gate in review.get("/checks").json()["gates"]}
    assert list(gates) == ["materials", "pre_review", "panel", "approval", "tender"]
    own = [
        (function.__rule__.gate, name)
        for module in rules.MODULES
        for name, function in vars(module).items()
        if hasattr(function, "__rule__")
    ]
    loaded = [(gate, rule) for gate, view in gates.items() for rule in view["rules"]]
    assert sorted(loaded) == sorted(own)


def test_every_route_is_documented(review):
    document = review.http.get("/openapi.json").json()
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert document["info"]["title"] == "项目评审与立项"
    assert "POST /api/v1/projects/{project_id}/approval" in operations
    assert all(op.get("description") or op.get("summary") for op in operations.values())


BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "materials": ({"total_yuan": "13000000"}, "cost_assessment_report"),
    "pre_review": ({"points": {}}, "pre_review_focus"),
    "panel": ({"signed": 0}, "expert_count_min_5_odd_ge_100"),
    "approval": ({"project_code": None}, "project_code"),
    "tender": ({"clauses": {}}, "procurement_file_clauses"),
}


@pytest.mark.parametrize("gate", SERVICE.gates, ids=lambda gate: gate.name)
def test_each_gate_can_be_asked_in_advance(review, gate):
    def ask(**changes: object):
        facts = gate.facts.example().model_dump(mode="json")
        return review.post(f"/checks/{gate.name}", {"facts": facts | changes}, "bureau")

    assert ask().json()["outcome"] == "allowed"
    changes, rule = BROKEN[gate.name]
    refused = ask(**changes).json()
    found = [each["rule"] for each in refused["findings"] if each["severity"] == "block"]
    assert (refused["outcome"], found) == ("refused", [rule])
    for no_fact in ({"today": "2026-02-30"}, {"weather": "rain"}):
        answer = ask(**no_fact)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
        (error,) = answer.json()["errors"]
        assert error["loc"][-2:] == ["facts", *no_fact]
