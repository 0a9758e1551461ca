"""Who may do what, and what bad input is answered with."""

import re
from uuid import UUID

import pytest

from govproject.identity import Role

NOBODY = UUID(int=99)
FILE = str(UUID(int=5))
EVERYBODY = {role.value.replace("_", "-") for role in Role}

SHARED = ("/checks", "/events", "/files", "/tokens")


@pytest.fixture
def writes(bodies):
    """Every route that adds something: a good body for it, and who may call it, first of all."""
    explanation = {"explained_on": "2026-07-10", "explanation": "依赖省级接口"}
    return {
        "/projects/{project}/implementation-plans": (bodies.plans({"quality": FILE}), "unit"),
        "/projects/{project}/indicators": ({"indicators": [bodies.indicator(FILE)]}, "unit"),
        "/projects/{project}/completion": ({"completed_on": "2026-02-27"}, "unit"),
        "/projects/{project}/completion-corrections": (
            {"completed_on": "2026-02-26", "reason": "竣工单上为26日"},
            "unit",
        ),
        "/projects/{project}/preliminary-rounds": (bodies.preliminary(), "unit"),
        "/must-fix-items/{id}/closure": ({"fixed_on": "2026-03-20", "proof": "已复测"}, "unit"),
        "/must-fix-items/{id}/explanation": (explanation, "unit"),
        "/projects/{project}/contract-absence": ({"reason": "本单位自行开发"}, "unit"),
        "/projects/{project}/uncontracted-payments": (
            {"amount_yuan": "3000.00", "reason": "评审费", "file_id": FILE},
            "unit",
        ),
        "/projects/{project}/waivers": ({"stage": "trial", "reason": "不需要"}, "unit"),
        "/projects/{project}/trials": ({"started_on": "2026-04-01"}, "unit"),
        "/trials/{id}/end": ({"ended_on": "2026-07-15"}, "unit"),
        "/trials/{id}/overrun-reason": ({"reason": "等待接口"}, "unit"),
        "/trials/{id}/problems": ({"problem": "响应慢", "found_on": "2026-05-06"}, "unit"),
        "/trial-problems/{id}/closure": ({"solved_on": "2026-06-01", "proof": "已复测"}, "unit"),
        "/trial-problems/{id}/explanation": (explanation, "unit"),
        "/projects/{project}/issues": (
            {"kind": "major_issue", "happened_on": "2026-05-06", "issue": "数据丢失"},
            "unit bureau",
        ),
        "/issues/{id}/explanation": ({**explanation, "file_id": FILE}, "unit"),
        "/issues/{id}/settlement": (
            {"settled_on": "2026-07-10", "settlement": "已调解", "file_id": FILE},
            "unit",
        ),
        "/issues/{id}/verification": (
            {
                "verified_on": "2026-07-10",
                "finding": "true",
                "conclusion": "已核对原件",
                "file_id": FILE,
            },
            "bureau",
        ),
        "/projects/{project}/test-reports": (bodies.report(), "unit"),
        "/projects/{project}/guidance": (bodies.guidance(), "bureau"),
        "/projects/{project}/lot-acceptances": (bodies.lot(FILE, FILE), "unit"),
        "/projects/{project}/final-materials": ({"kind": "documents", "file_id": FILE}, "unit"),
        "/projects/{project}/final-rounds": (bodies.final(), "unit"),
        "/final-rounds/{id}/rectifications": (
            {
                "veto": "xinchuang",
                "rectified_on": "2026-08-03",
                "rectification": "已完成适配改造",
                "file_id": FILE,
            },
            "unit",
        ),
        "/obligations/{id}/closure": ({"proof": "已上传"}, "unit"),
        "/projects/{project}/self-evaluations": (bodies.self_evaluation(FILE), "unit"),
        "/self-evaluations/{id}/rectification": (
            {"rectified_on": "2026-08-03", "rectification": "无需整改"},
            "unit",
        ),
        "/projects/{project}/evaluations": (bodies.evaluation(), "finance"),
        "/annual-reports": (bodies.annual_report(FILE), "unit"),
    }


def addressed(writes, project, other=NOBODY):
    """The routes with the ids filled in."""
    for path, (body, roles) in writes.items():
        yield path.format(project=project, id=other), body, roles


def about_something(writes):
    """The routes that name what they are about."""
    return {path: write for path, write in writes.items() if "{" in path}


def problem(answer, status, code):
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), body
    assert any("\u4e00" <= character <= "\u9fff" for character in body["detail"])
    return body


def test_the_table_of_writes_is_complete(acceptance, writes):
    paths = acceptance.http.get("/openapi.json").json()["paths"]
    posted = {
        path.removeprefix("/api/v1").replace("{project_id}", "{project}")
        for path, methods in paths.items()
        if "post" in methods and not any(each in path for each in SHARED)
    }
    assert {re.sub(r"\{\w+_id\}", "{id}", path) for path in posted} == set(writes)
    assert [path for path, methods in paths.items() if "put" in methods] == [
        "/api/v1/projects/{project_id}/operation"
    ]


def test_other_roles_are_refused(built, writes):
    before = built.stored()
    for path, body, role in addressed(writes, built.project):
        for other in sorted(EVERYBODY - {*role.split()}):
            problem(built.post(path, body, other), 403, "role_not_allowed")
    assert built.stored() == before


def test_without_a_token_nobody_is_let_in(built, writes):
    for path, body, _ in addressed(writes, built.project):
        problem(built.post(path, body, None), 401, "token_missing")
    reads = (
        "/obligations",
        "/annual-reports",
        "/annual-reports.xlsx",
        "/evaluations/eligible-projects",
        "/evaluations.xlsx",
    )
    project = f"/projects/{built.project}"
    for path in ("/projects", project, f"{project}/next-step", f"{project}/next-step.html", *reads):
        problem(built.get(path, None), 401, "token_missing")


def test_what_is_not_there(acceptance, writes):
    for path, body, role in addressed(about_something(writes), NOBODY):
        problem(acceptance.post(path, body, role.split()[0]), 404, "not_found")
    problem(acceptance.get(f"/projects/{NOBODY}"), 404, "not_found")


def test_an_identifier_that_is_none(acceptance, writes):
    for path, body, role in addressed(about_something(writes), "17", "17"):
        problem(acceptance.post(path, body, role.split()[0]), 422, "invalid_request")


def test_another_unit_is_refused(built, writes):
    before = built.stored()
    for path, body, role in addressed(writes, built.project):
        if role.split()[0] == "unit" and str(built.project) in path:
            answer = built.post(path, body, "unit", unit="亭湖区民政局")
            problem(answer, 403, "not_your_unit")
    answer = built.get(f"/projects/{built.project}", "unit", unit="亭湖区民政局")
    problem(answer, 403, "not_your_unit")
    assert built.stored() == before


def test_another_unit_cannot_touch_a_trial_or_a_list(in_trial, trial_id):
    end = {"ended_on": "2026-07-15"}
    answer = in_trial.post(f"/trials/{trial_id}/end", end, "unit", unit="亭湖区民政局")
    problem(answer, 403, "not_your_unit")
    assert in_trial.view()["state"] == "in_trial"


def test_every_role_may_read(built):
    for role in sorted(EVERYBODY):
        assert built.get("/projects", role).status_code == 200
        for path in ("", "/next-step", "/next-step.html"):
            assert built.get(f"/projects/{built.project}{path}", role).status_code == 200


def test_an_unknown_member_is_refused(built, writes):
    before = built.stored()
    for path, body, role in addressed(writes, built.project):
        answer = built.post(path, {**body, "surprise": 1}, role.split()[0])
        errors = problem(answer, 422, "invalid_request")["errors"]
        assert [error["type"] for error in errors] == ["extra_forbidden"]
    assert built.stored() == before


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("preliminary-rounds", {"held_on": "2026-02-30"}),
        ("preliminary-rounds", {"held_on": 20260302}),
        ("preliminary-rounds", {"opinion": "  "}),
        ("preliminary-rounds", {"passed": "yes"}),
        (
            "preliminary-rounds",
            {"participants": [{"role": "mayor", "name": "某", "employer": "某"}]},
        ),
        ("preliminary-rounds", {"must_fix": ["\u0000"]}),
        ("test-reports", {"covers": ["colour"]}),
        ("test-reports", {"report_number": "x" * 201}),
        ("final-rounds", {"settled_yuan": 1.5}),
        ("final-rounds", {"settled_yuan": "-1"}),
        ("final-rounds", {"settled_yuan": "一百万"}),
        ("final-rounds", {"vetoes": {"weather": False}}),
        ("final-rounds", {"vetoes": {"xinchuang": "false"}}),
        ("final-rounds", {"experts": [{"name": "某", "employer": "某"}]}),
        ("waivers", {"stage": "final", "reason": "不需要"}),
        ("trials", {"started_on": None}),
    ],
)
def test_bad_values_are_refused_and_nothing_is_written(before_final, bodies, path, changes):
    good = {
        "preliminary-rounds": bodies.preliminary(),
        "test-reports": bodies.report(),
        "final-rounds": bodies.final(),
        "waivers": {"stage": "trial", "reason": "不需要"},
        "trials": {"started_on": "2026-04-01"},
    }
    before_final.refused(path, {**good[path], **changes}, "invalid_request")


def test_the_same_request_has_its_effect_once(before_final, bodies):
    path, headers = f"/projects/{before_final.project}/final-rounds", {"Idempotency-Key": "k-1"}
    body = before_final.with_paper(path, bodies.final())
    first = before_final.post(path, body, headers=headers)
    again = before_final.post(path, body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(before_final.published("final.passed")) == 1


def test_a_refused_request_may_be_sent_again_under_its_key(before_final, events, bodies):
    path, headers = f"/projects/{before_final.project}/final-rounds", {"Idempotency-Key": "k-2"}
    before_final.tell(events.change())
    problem(before_final.post(path, bodies.final(), headers=headers), 409, "refused")
    before_final.tell(events.change_approved(), events.change_filed())
    assert before_final.post(path, bodies.final(), headers=headers).status_code == 201


def test_a_decision_is_counted(acceptance, events, bodies):
    acceptance.tell(events.declared(), events.approved(), events.contract())
    acceptance.fix_indicators()
    acceptance.do("preliminary-rounds", bodies.preliminary())
    line = 'govproject_decisions_total{gate="acceptance",outcome="allowed"} 1.0'
    assert line in acceptance.http.get("/metrics").text
