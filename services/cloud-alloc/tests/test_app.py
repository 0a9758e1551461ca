"""The composition root: what the service says of itself, and that its tables fit its models."""

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
