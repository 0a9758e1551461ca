from govproject.facts import DeclarationFacts, FilingFacts

PROJECT = "00000000-0000-0000-0000-000000000007"


def facts(**changes: object):
    return DeclarationFacts.example(**changes).model_dump(mode="json")


def test_the_gates_are_listed_with_their_rules_and_facts(client):
    body = client.get("/api/v1/checks", as_="audit").json()
    declaration, filing = body["gates"]
    assert declaration["gate"] == "declaration"
    assert declaration["title"] == "项目申报"
    assert "no_plan_without_a_year" in declaration["rules"]
    assert (declaration["stored_projects"], filing["stored_projects"]) == (True, False)
    assert filing["facts_schema"]["properties"].keys() == FilingFacts.model_fields.keys()


def test_given_facts_are_decided_on(client):
    response = client.post(
        "/api/v1/checks/declaration", as_="unit", json={"facts": facts(plan_year=2020)}
    )
    decision = response.json()
    assert response.status_code == 200
    assert decision["outcome"] == "refused"
    assert decision["evaluated_at"] == "2026-08-03T09:30:00+08:00"
    assert decision["findings"][0]["fact"] == {"plan_year": 2020}
    allowed = client.post("/api/v1/checks/declaration", as_="unit", json={"facts": facts()})
    assert allowed.json()["outcome"] == "allowed"


def test_a_stored_project_is_decided_on(client, problem):
    ask = {"path": "/api/v1/checks/declaration", "as_": "unit"}
    body = {"project_id": PROJECT}
    assert client.post(**ask, unit="区教育局", json=body).json()["outcome"] == "refused"
    problem(client.post(**ask, unit="区卫健委", json=body), 403, "not_your_unit")
    unknown = {"project_id": PROJECT.replace("7", "8")}
    problem(client.post(**ask, json=unknown), 404, "project_not_found")


def test_a_question_that_is_none(client, problem):
    for body in ({}, {"facts": {}}, {"facts": facts(), "project_id": PROJECT}, {"project_id": 7}):
        response = client.post("/api/v1/checks/declaration", as_="unit", json=body)
        problem(response, 422, "invalid_request")
    stored = client.post("/api/v1/checks/filing", as_="unit", json={"project_id": PROJECT})
    problem(stored, 422, "invalid_request")
    problem(client.post("/api/v1/checks/weather", as_="unit", json={}), 404, "no_such_address")


def test_a_question_needs_a_token(client, problem):
    problem(client.get("/api/v1/checks"), 401, "token_missing")
    problem(client.post("/api/v1/checks/filing", json={}), 401, "token_missing")


def test_a_question_is_not_counted_as_a_decision_but_a_broken_rule_is(client):
    broken = {"facts": facts(plan_year=2099)}
    assert client.post("/api/v1/checks/declaration", as_="unit", json=broken).status_code == 200
    scraped = client.get("/metrics").text
    assert "govproject_decisions_total{" not in scraped
    assert 'govproject_rule_failures_total{plugin="example_notes.rules"' in scraped
