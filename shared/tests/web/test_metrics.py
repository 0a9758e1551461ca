import pytest
from prometheus_client.parser import text_string_to_metric_families

from govproject.web.app import build


def samples(client, name):
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        tuple(sorted(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
        if sample.name == name
    }


def test_requests_are_counted_by_route_template(client):
    client.get("/api/v1/notes/00000000-0000-0000-0000-000000000001", as_="unit")
    client.get("/api/v1/notes/00000000-0000-0000-0000-000000000002", as_="unit")
    client.get("/somewhere/else")
    client.request("BREW", "/version")
    counted = {
        (dict(labels)["method"], dict(labels)["route"], dict(labels)["status"]): value
        for labels, value in samples(client, "govproject_http_requests_total").items()
        if dict(labels)["service"] == "notes"
    }
    assert counted["GET", "/api/v1/notes/{note_id}", "404"] == 2
    assert counted["GET", "unmatched", "404"] == 1
    assert counted["other", "/version", "405"] == 1


def test_requests_are_timed(client):
    client.get("/version")
    timed = samples(client, "govproject_http_request_duration_seconds_count")
    assert timed[("method", "GET"), ("route", "/version"), ("service", "notes")] == 1


@pytest.mark.parametrize("title", ["refused", "broken rule"])
def test_decisions_are_counted(client, title):
    client.post("/api/v1/notes", as_="unit", json={"title": title})
    counted = samples(client, "govproject_decisions_total")
    assert counted == {(("gate", "declaration"), ("outcome", "refused")): 1}


def test_a_rule_that_breaks_is_counted(client):
    client.post("/api/v1/notes", as_="unit", json={"title": "broken rule"})
    counted = samples(client, "govproject_rule_failures_total")
    assert counted == {(("plugin", "example_notes.rules"), ("rule", "one_that_breaks")): 1}


def test_two_services_in_one_process_count_apart(client, service, settings):
    other = build(service, settings)
    client.get("/version")
    other_registry = other.state.runtime.metrics.registry
    labels = {"service": "notes", "method": "GET", "route": "/version", "status": "200"}
    name = "govproject_http_requests_total"
    assert other_registry.get_sample_value(name, labels) is None
    assert client.runtime.metrics.registry.get_sample_value(name, labels) == 1
    other.state.runtime.db.dispose()


def test_a_scraper_may_ask_for_openmetrics(client):
    response = client.get("/metrics", headers={"Accept": "application/openmetrics-text"})
    assert response.headers["content-type"].startswith("application/openmetrics-text")
    assert response.text.endswith("# EOF\n")
    assert client.get("/metrics").headers["content-type"].startswith("text/plain")
