"""The composition root: what the service says of itself, and that its tables fit its models."""

import pytest

from govproject.persistence import migrate
from govproject_cloud_alloc import consumers, rules
from govproject_cloud_alloc.app import SERVICE, create_app


def test_the_migrations_make_what_the_models_say(gate):
    assert migrate.is_current(gate.runtime.db, SERVICE.package)
    assert migrate.differences(gate.runtime.db, SERVICE.package) == []


def test_every_event_it_acts_on_is_of_a_producer_it_follows():
    assert {event.source for event in consumers.HANDLERS} == set(consumers.FOLLOWS)


def test_the_gate_has_every_rule_of_the_service(gate):
    (view,) = gate.get("/checks").json()["gates"]
    own = [
        (function.__rule__.gate, name)
        for module in rules.MODULES
        for name, function in vars(module).items()
        if hasattr(function, "__rule__")
    ]
    assert sorted(("allocation", rule) for rule in view["rules"]) == sorted(own)
    assert view["stored_projects"]


def test_every_route_is_documented(gate):
    document = gate.http.get("/openapi.json").json()
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert document["info"]["title"] == "政务云资源分配"
    assert "POST /api/v1/allocations" in operations
    assert all(op.get("description") or op.get("summary") for op in operations.values())


def test_the_settings_make_the_app(settings):
    made = create_app(settings)
    assert made.state.runtime.service is SERVICE
    made.state.runtime.db.dispose()


BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "allocation": ({"city_system_ref": None}, "no_registration_no_resource"),
}


@pytest.mark.parametrize("asked", SERVICE.gates, ids=lambda each: each.name)
def test_each_gate_can_be_asked_in_advance(gate, asked):
    def ask(**changes: object):
        facts = asked.facts.example().model_dump(mode="json")
        return gate.post(f"/checks/{asked.name}", {"facts": facts | changes}, "bureau")

    assert ask().json()["outcome"] == "allowed"
    changes, rule = BROKEN[asked.name]
    refused = ask(**changes).json()
    found = [each["rule"] for each in refused["findings"] if each["severity"] == "block"]
    assert (refused["outcome"], found) == ("refused", [rule])
    for no_fact in ({"today": "2026-02-30"}, {"weather": "rain"}):
        answer = ask(**no_fact)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
        (error,) = answer.json()["errors"]
        assert error["loc"][-2:] == ["facts", *no_fact]
