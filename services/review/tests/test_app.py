"""The composition root: what the service says of itself, and that its tables fit its models."""

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
