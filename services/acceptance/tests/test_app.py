"""The composition root: what the service says of itself, and that its tables fit its models."""

import pytest

from govproject.persistence import migrate
from govproject_acceptance import consumers, rules
from govproject_acceptance.app import SERVICE


def test_the_migrations_make_what_the_models_say(acceptance):
    assert migrate.is_current(acceptance.runtime.db, SERVICE.package)
    assert migrate.differences(acceptance.runtime.db, SERVICE.package) == []


def test_every_event_it_acts_on_is_of_a_producer_it_follows():
    assert {event.source for event in consumers.HANDLERS} == set(consumers.FOLLOWS)


def test_the_gates_have_every_rule_of_the_service(acceptance):
    gates = acceptance.get("/checks").json()["gates"]
    own = [
        (function.__rule__.gate, name)
        for module in rules.MODULES
        for name, function in vars(module).items()
        if hasattr(function, "__rule__")
    ]
    assert [gate["gate"] for gate in gates] == ["acceptance", "operation", "evaluation"]
    assert all(gate["stored_projects"] for gate in gates)
    asked = [(gate["gate"], name) for gate in gates for name in gate["rules"]]
    assert sorted(asked) == sorted(own)


def test_every_route_is_documented(acceptance):
    document = acceptance.http.get("/openapi.json").json()
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert document["info"]["title"] == "项目验收"
    assert "POST /api/v1/projects/{project_id}/final-rounds" in operations
    assert all(op.get("description") or op.get("summary") for op in operations.values())


BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "acceptance": ({"unfiled_changes": 1}, "no_change_filing_no_acceptance"),
    "operation": ({"security_officer": None}, "security_system_and_duty"),
    "evaluation": ({"self_evaluated_on": None}, "evaluation_two_parts"),
}


@pytest.mark.parametrize("gate", SERVICE.gates, ids=lambda gate: gate.name)
def test_each_gate_can_be_asked_in_advance(acceptance, gate):
    def ask(**changes: object):
        facts = gate.facts.example().model_dump(mode="json")
        return acceptance.post(f"/checks/{gate.name}", {"facts": facts | changes}, "bureau")

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
