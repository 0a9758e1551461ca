import asyncio
import dataclasses
import shutil

import pytest
from jsonschema_rs import validator_for
from starlette.testclient import TestClient

from govproject.errors import PrerequisiteError
from govproject.identity import PUBLIC_KEY
from govproject.plugins import PluginError
from govproject.web.app import build


def test_the_process_is_there(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_without_a_broker_the_service_is_not_ready_and_says_why(client, problem):
    body = problem(client.get("/readyz"), 503, "not_ready")
    assert body["checks"]["database"] == "ok"
    assert body["checks"]["migrations"] == "ok"
    assert body["checks"]["publisher"] != "ok"
    assert "publisher" in body["detail"]


def test_with_everything_well_the_service_is_ready(client, monkeypatch):
    monkeypatch.setattr(client.runtime.messaging, "health", lambda: {"publisher": None})
    response = client.get("/readyz")
    assert response.status_code == 200
    assert set(response.json()["checks"].values()) == {"ok"}


def test_while_shutting_down_the_service_is_not_ready(client, monkeypatch, problem):
    monkeypatch.setattr(client.runtime.messaging, "health", lambda: {"publisher": None})
    client.runtime.draining = True
    body = problem(client.get("/readyz"), 503, "not_ready")
    assert body["checks"]["process"] == "shutting down"


def test_a_worker_runs_until_the_service_ends(service, settings, monkeypatch):
    ended = []

    async def work(given):
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(given)

    app = build(dataclasses.replace(service, workers=(work,)), settings)
    runtime = app.state.runtime
    monkeypatch.setattr(runtime.messaging, "health", lambda: {"publisher": None})
    with TestClient(app) as http:
        assert http.get("/readyz").json()["checks"][__name__] == "ok"
        assert ended == []
    assert ended == [runtime.surroundings()]


def test_a_worker_that_fails_is_logged_and_makes_the_service_unready(service, settings, log):
    async def work(given):
        raise RuntimeError("gone")

    with TestClient(build(dataclasses.replace(service, workers=(work,)), settings)) as http:
        body = http.get("/readyz").json()
    assert "gone" in body["checks"][__name__]
    (line,) = [line for line in log if line["event"] == "worker failed"]
    assert isinstance(line["exc_info"], RuntimeError)


def test_the_version(client):
    expected = {"service": "notes", "title": "记事服务", "version": "0.1"}
    assert client.get("/version").json() == expected


def test_no_page_needs_the_outside_world(client):
    for path in ("/docs", "/redoc"):
        assert client.get(path).status_code == 404


def test_every_operation_documents_its_errors_and_its_credentials(client):
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert ("security" in operation) == (path != "/api/v1/tokens")
            errors = {status for status in operation["responses"] if status >= "400"}
            assert {"401"} <= errors
            for status in errors:
                content = operation["responses"][status]["content"]
                assert list(content) == ["application/problem+json"]
                reference = content["application/problem+json"]["schema"]["$ref"]
                assert reference == "#/components/schemas/Problem"
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_an_operation_is_summarised_by_its_docstring(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert paths["/api/v1/notes"]["post"]["summary"] == "记一条（第5条）"
    assert paths["/api/v1/checks/declaration"]["post"]["summary"] == "项目申报：预检"


def test_an_operation_names_the_roles_it_is_open_to(client):
    for _ in range(2):  # FastAPI keeps the document that is extended
        paths = client.get("/openapi.json").json()["paths"]
        replay = paths["/api/v1/events/replay"]["post"]
        assert replay["security"] == [{"bearer": ["ops"]}]
        assert replay["description"].count("办理身份：运维人员。") == 1
        actions = paths["/api/v1/events/actions"]["get"]
        assert actions["security"] == [{"bearer": ["ops"]}, {"bearer": ["audit"]}]
        assert paths["/api/v1/checks/declaration"]["post"]["security"] == [{"bearer": []}]


def test_problem_documents_are_as_documented(client):
    document = client.get("/openapi.json").json()
    schema = {
        "$ref": "#/components/schemas/Problem",
        "components": document["components"],
    }
    validator = validator_for(schema)
    for response in (
        client.get("/nowhere"),
        client.post("/api/v1/notes", as_="unit", json={"title": ""}),
        client.post("/api/v1/notes", as_="unit", json={"title": "refused"}),
        client.post("/api/v1/notes", as_="unit", json={"title": "boom"}),
    ):
        validator.validate(response.json())


def test_production_refuses_local_accounts(service, settings):
    production = settings.model_copy(update={"environment": "production"})
    with pytest.raises(PrerequisiteError, match="production refuses the local accounts"):
        build(service, production)


def test_production_has_no_way_to_sign_in(service, settings, tmp_path):
    directory = tmp_path / "issuer"
    directory.mkdir()
    shutil.copy(settings.identity_dir / PUBLIC_KEY, directory)
    changes = {"environment": "production", "identity_dir": directory}
    app = build(service, settings.model_copy(update=changes))
    assert "/api/v1/tokens" not in app.openapi()["paths"]
    app.state.runtime.db.dispose()


def test_a_plugin_that_must_not_be_loaded_is_told_of(service, settings, tmp_path):
    folder = tmp_path / "plugins"
    folder.mkdir()
    (folder / "broken.py").write_text("import nothing_like_that")
    with pytest.raises(PluginError, match="broken"):
        build(service, settings.model_copy(update={"plugins_dir": folder}))
