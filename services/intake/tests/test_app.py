"""The composition root: what the service says of itself, and that its tables fit its models."""

import pytest

from govproject.persistence import migrate
from govproject_intake import consumers, rules
from govproject_intake.app import SERVICE, create_app


def test_the_migrations_make_what_the_models_say(intake):
    assert migrate.is_current(intake.runtime.db, SERVICE.package)
    assert migrate.differences(intake.runtime.db, SERVICE.package) == []


def test_every_event_it_acts_on_is_of_a_producer_it_follows():
    assert {event.source for event in consumers.HANDLERS} == set(consumers.FOLLOWS)


def test_the_gates_have_every_rule_of_the_service(intake):
    gates = {gate["gate"]: gate for gate in intake.get("/checks").json()["gates"]}
    assert list(gates) == [
        "declaration",
        "annual_plan",
        "filing",
        "contract",
        "change",
        "construction",
    ]
    own = [
        (function.__rule__.gate, name)
        for module in rules.MODULES
        for name, function in vars(module).items()
        if hasattr(function, "__rule__")
    ]
    loaded = [(gate, rule) for gate, view in gates.items() for rule in view["rules"]]
    assert sorted(loaded) == sorted(own)
    assert not gates["declaration"]["stored_projects"]
    assert gates["filing"]["stored_projects"]


def test_every_route_is_documented(intake):
    document = intake.http.get("/openapi.json").json()
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert document["info"]["title"] == "项目申报与报备"
    assert "POST /api/v1/projects" in operations
    assert all(op.get("description") or op.get("summary") for op in operations.values())


def test_the_settings_make_the_app(app):
    made = create_app(app.state.runtime.settings)
    assert made.state.runtime.service is SERVICE
    made.state.runtime.db.dispose()


BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "declaration": ({"policy_basis": []}, "material_policy_basis"),
    "annual_plan": ({"declared_on": "2026-11-30"}, "late_declaration_accepted"),
    "filing": ({"city_system_ref": None}, "file_before_acceptance"),
    "contract": ({"nda_signed_on": None}, "nda_with_contractor"),
    "change": ({"change_document": None}, "change_approved_before_filing"),
    "construction": ({"signed": []}, "extension_three_party_sign"),
}


@pytest.mark.parametrize("gate", SERVICE.gates, ids=lambda gate: gate.name)
def test_each_gate_can_be_asked_in_advance(intake, gate):
    def ask(**changes: object):
        facts = gate.facts.example().model_dump(mode="json")
        return intake.post(f"/checks/{gate.name}", {"facts": facts | changes}, "bureau")

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
