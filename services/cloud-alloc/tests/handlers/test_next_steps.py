"""What is missing for resources is what the request is then refused for."""

import pytest

from govproject.terms import FilingCondition

EVIL = "<script>alert(1)</script>"


def shown(gate, as_="portal", **kwargs: str):
    return gate.get(f"/projects/{gate.project}/next-step", as_, **kwargs)


def steps(gate):
    return {step["step"]: step for step in shown(gate).json()["steps"]}


def rules(decision):
    return [finding["rule"] for finding in decision["findings"]]


@pytest.fixture
def told(gate, events):
    """Declared and filed, not found regular; never registered."""
    gate.tell(
        events.declared(project_name=f"智慧校园{EVIL}"),
        events.submitted(conditions=(FilingCondition.DUPLICATE,)),
    )
    gate.hear()
    return gate


def test_a_request_is_refused_for_what_was_missing(told):
    step = steps(told)["申请政务云资源"]
    assert step["by"] == ["unit", "portal"]
    assert [each["name"] for each in step["brought"]] == ["requested"]
    assert rules(step["decision"]) == [
        "no_registration_no_resource",
        "filing_duplicate",
        "unfiled_may_refuse_resource",
    ]
    assert rules(told.ask()["decision"]) == rules(step["decision"])


def test_a_refused_request_is_judged_with_what_it_asked_for(gate, events):
    gate.in_good_standing()
    allocation = gate.ask(quantity=9)
    assert rules(allocation["decision"]) == ["within_reviewed_plan"]
    gate.tell(events.irregular())
    found = steps(gate)
    assert rules(found["申请政务云资源"]["decision"]) == ["unfiled_may_refuse_resource"]
    again = found["重新审查被拒绝的申请"]
    assert (again["about"], again["brought"]) == ("生产环境", [])
    view = gate.done(f"/allocations/{allocation['id']}/reconsideration")
    assert rules(again["decision"]) == rules(view["decision"])
    assert rules(again["decision"]) == ["within_reviewed_plan", "unfiled_may_refuse_resource"]


def test_a_granted_request_is_behind_the_project(gate):
    gate.in_good_standing()
    gate.granted()
    assert [*steps(gate)] == ["申请政务云资源"]
    assert steps(gate)["申请政务云资源"]["decision"]["outcome"] == "allowed"


def test_a_decision_of_the_bureau_is_shown_with_its_last_day(told, events):
    told.tell(events.registered(), events.excepted("filing_duplicate"))
    told.decide()
    step = steps(told)["申请政务云资源"]
    assert step["decision"]["outcome"] == "allowed"
    assert rules(step["decision"]) == rules(told.ask()["decision"])
    page = told.get(f"/projects/{told.project}/next-step.html").text
    for document in ("区数据局会议纪要〔2026〕8号", "亭数〔2026〕8号"):
        assert f"依据{document}，由bureau批准，有效期至2026-12-31。" in page


def test_how_old_the_knowledge_is(told, clock):
    clock.turn(hours=25)
    body = shown(told).json()
    assert [each["age_minutes"] for each in body["knowledge"]] == [1500, 1500]
    assert "standing_is_current" in rules(body["steps"][0]["decision"])
    page = told.get(f"/projects/{told.project}/next-step.html").text
    assert "项目申报与报备：截至2026-08-03 09:30（25小时前）" in page


def test_the_page_escapes_all(told):
    page = told.get(f"/projects/{told.project}/next-step.html").text
    assert "智慧校园&lt;script&gt;" in page
    assert "<script" not in page


def test_a_unit_sees_its_own_and_nobody_what_is_unknown(told, problem):
    assert shown(told, "unit").is_success
    problem(shown(told, "unit", unit="亭湖区卫健委"), 403, "not_your_unit")
    path = "/projects/00000000-0000-0000-0000-000000000009/next-step"
    problem(told.get(path, "portal"), 404, "not_found")
