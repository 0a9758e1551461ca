"""The composition root: what the service says of itself, and that its tables fit its models."""

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
