"""What bad input is answered with."""

from uuid import UUID, uuid4

import pytest

from govproject.persistence.tables import Idempotency, Outbox
from govproject_intake.tables import Filing, Project


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"budget_yuan": "-1"}, "budget_yuan"),
        ({"budget_yuan": -300000}, "budget_yuan"),
        ({"budget_yuan": "0"}, "budget_yuan"),
        ({"budget_yuan": 300000.5}, "budget_yuan"),
        ({"budget_yuan": 300000.0}, "budget_yuan"),
        ({"budget_yuan": "NaN"}, "budget_yuan"),
        ({"budget_yuan": "Infinity"}, "budget_yuan"),
        ({"budget_yuan": "30万"}, "budget_yuan"),
        ({"budget_yuan": "300,000"}, "budget_yuan"),
        ({"budget_yuan": "300000.001"}, "budget_yuan"),
        ({"budget_yuan": "10000000000000"}, "budget_yuan"),
        ({"budget_yuan": True}, "budget_yuan"),
        ({"budget_yuan": None}, "budget_yuan"),
        ({"kind": "demolition"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"plan_year": 1989}, "plan_year"),
        ({"plan_year": 2100}, "plan_year"),
        ({"plan_year": "2027"}, "plan_year"),
        ({"project_name": ""}, "project_name"),
        ({"project_name": "　"}, "project_name"),
        ({"project_name": "a\u0000"}, "project_name"),
        ({"project_name": "名" * 201}, "project_name"),
        ({"builds_system": "yes"}, "builds_system"),
        ({"deployment_target": "somewhere"}, "deployment_target"),
        ({"policy_basis": ["件"] * 51}, "policy_basis"),
        ({"policy_basis": "区政府会议纪要"}, "policy_basis"),
        ({"cloud_plan": {"vcpus": -1}}, "vcpus"),
        ({"cloud_plan": {"vcpus": 10_000_001}}, "vcpus"),
        ({"cloud_plan": {"gpus": 1}}, "gpus"),
        ({"track": "filing"}, "track"),
        ({"unit": "亭湖区卫健委"}, "unit"),
    ],
)
def test_a_value_that_makes_no_sense(intake, problem, changes, where):
    body = problem(intake.post("/projects", intake.declaration(**changes)), 422, "invalid_request")
    assert where in {part for error in body["errors"] for part in error["loc"]}
    assert intake.count(Project, Outbox, Idempotency) == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"deployment_target": "none"}, "须填写部署位置"),
        ({"deployment_target": "national_standalone"}, "单独建设须填写国家规定的文件依据"),
    ],
)
def test_a_deployment_that_does_not_fit(intake, problem, changes, says):
    answer = intake.post("/projects", intake.declaration(**changes))
    assert says in problem(answer, 422, "invalid_request")["detail"]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "service"},
        {"kind": "ops"},
        {"builds_system": False, "deployment_target": "elsewhere"},
    ],
)
def test_a_kind_that_does_not_fit_what_is_built(intake, problem, changes):
    given = {"first_period_note": "首次"} if "kind" in changes else {}
    answer = intake.post("/projects", intake.declaration(**changes, **given))
    body = problem(answer, 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("kind_fits_what_is_built", "5")
    ]
    assert body["findings"][0]["remedy"]


def test_a_project_without_a_system_needs_no_place_for_one(intake):
    intake.declared(builds_system=False, deployment_target="none", kind="service")


def test_not_a_number_in_the_raw_body(intake, problem):
    raw = '{"budget_yuan": NaN}'
    headers = {"Content-Type": "application/json"}
    answer = intake.call("POST", "/projects", "unit", content=raw, headers=headers)
    assert problem(answer, answer.status_code, answer.json()["code"])["status"] in {400, 422}
    assert intake.count(Project, Outbox, Idempotency) == 0


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"duplicate": False},
        None,
        dict.fromkeys(
            ("duplicate", "no_shared_resources", "no_data_catalogue", "security", "other"), False
        ),
        {
            "duplicate": 0,
            "no_shared_resources": "no",
            "no_data_catalogue": None,
            "security": False,
            "crypto_xinchuang": False,
        },
    ],
)
def test_the_five_declarations_are_made_one_by_one(intake, problem, conditions):
    project = intake.registered()
    body = {"internal_review_on": "2026-07-20", "conditions": conditions}
    problem(intake.post(f"/projects/{project}/filings", body), 422, "invalid_request")
    assert intake.count(Filing) == 0


def test_an_address_that_is_none(intake, problem):
    problem(intake.get("/projects/seven"), 422, "invalid_request")
    problem(intake.get("/nowhere"), 404, "no_such_address")
    problem(intake.call("DELETE", f"/projects/{uuid4()}", "bureau"), 405, "method_not_allowed")
    body = {"project_ids": [str(uuid4())]}
    for year in ("1999", "2101", "soon"):
        answer = intake.post(f"/annual-plans/{year}/projects", body, "bureau")
        problem(answer, 422, "invalid_request")


@pytest.mark.parametrize("ids", [[], ["seven"], [str(UUID(int=99))] * 201])
def test_a_plan_names_projects(intake, problem, ids):
    answer = intake.post("/annual-plans/2027/projects", {"project_ids": ids}, "bureau")
    problem(answer, 422, "invalid_request")
