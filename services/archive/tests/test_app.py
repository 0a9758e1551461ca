"""The composition root: what the service says of itself, and that its tables fit its models."""

import pytest

from govproject.persistence import migrate
from govproject_archive import consumers, rules
from govproject_archive.app import SERVICE

both = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))],
    indirect=True,
)


@both
def test_the_migrations_make_what_the_models_say(archive):
    assert migrate.is_current(archive.runtime.db, SERVICE.package)
    assert migrate.differences(archive.runtime.db, SERVICE.package) == []


def test_every_event_it_acts_on_is_of_a_producer_it_follows():
    assert {event.source for event in consumers.HANDLERS} == set(consumers.FOLLOWS)


def test_the_archive_gate_has_every_rule_of_the_service(archive):
    (gate,) = archive.get("/checks").json()["gates"]
    own = [
        name
        for module in rules.MODULES
        for name, function in vars(module).items()
        if hasattr(function, "__rule__")
    ]
    assert (gate["gate"], gate["stored_projects"]) == ("archive", True)
    assert sorted(gate["rules"]) == sorted(own)


def test_every_route_is_documented(archive):
    document = archive.http.get("/openapi.json").json()
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert document["info"]["title"] == "项目档案"
    assert "POST /api/v1/projects/{project_id}/archive-checks" in operations
    assert all(op.get("description") or op.get("summary") for op in operations.values())


BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "archive": ({"lost_files": 2}, "archived_files_intact"),
}


@pytest.mark.parametrize("gate", SERVICE.gates, ids=lambda gate: gate.name)
def test_each_gate_can_be_asked_in_advance(archive, gate):
    def ask(**changes: object):
        facts = gate.facts.example().model_dump(mode="json")
        return archive.post(f"/checks/{gate.name}", {"facts": facts | changes}, "bureau")

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
