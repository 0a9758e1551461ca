"""What is missing for a review's steps is what the commands are then refused for."""

from decimal import Decimal

import pytest

from govproject.terms import ContractClause, DeploymentTarget
from govproject_local.review_documents import pre_review_materials
from govproject_review.rules.article_07_pre_review import POINTS

EVIL = "<script>alert(1)</script>"
SAMPLE = pre_review_materials("new", Decimal(1200000))["network_security_plan"]
VERDICT = {"points": dict.fromkeys(POINTS, True)}


def shown(review, as_="bureau", **kwargs: str):
    return review.get(f"/projects/{review.project}/next-step", as_, **kwargs)


def steps(review):
    return {step["step"]: step for step in shown(review).json()["steps"]}


def rules(body):
    return [finding["rule"] for finding in body["findings"]]


def missing(review, step):
    return rules(steps(review)[step]["decision"])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"budget_yuan": "12000000.00"},
        {"kind": "ops"},
        {
            "deployment_target": DeploymentTarget.NATIONAL_STANDALONE,
            "standalone_basis": "国办发〔2022〕14号",
        },
    ],
)
def test_materials_are_asked_for_and_no_failure(empty, events, changes):
    empty.tell(events.declared(**changes))
    step = steps(empty)["提交预审材料"]
    assert (step["decision"]["outcome"], step["decision"]["findings"]) == ("allowed", [])
    assert {"documents", "statements"} <= {each["name"] for each in step["brought"]}
    assert {"network_security_plan", "no_separate_mobile_app", "cost_assessment_report"} <= {
        each["rule"] for each in step["judged_by"]
    }


def test_the_papers_are_named_that_a_submission_is_refused_without(review, problem):
    needed = steps(review)["提交预审材料"]["needed"]
    answer = review.post(f"/projects/{review.project}/pre-reviews", {})
    refused = problem(answer, 409, "refused")["findings"]
    assert needed == [each for each in refused if each["severity"] == "block"]
    said = [each["message"] for each in needed]
    assert len(said) == 10
    assert "未声明项目是否涉及移动端应用。" in said
    page = review.get(f"/projects/{review.project}/next-step.html").text
    assert '提交预审材料：<span class="bad">须备齐下列材料一并提交</span>' in page
    for words in (*said, "不随办理提交即不予受理"):
        assert words in page
    assert "<p>没有发现缺项。</p>" not in page.partition("立项审批")[0]


def test_what_no_materials_can_mend(empty, events):
    empty.tell(events.declared(deployment_target=DeploymentTarget.NATIONAL_STANDALONE))
    assert missing(empty, "提交预审材料") == ["national_standalone_exemption"]


def test_a_verdict_is_refused_for_what_was_missing(empty, events, problem):
    empty.tell(events.declared())
    pre_review = empty.submitted()
    found = steps(empty)
    assert "提交预审材料" not in found
    assert rules(found["预审：材料"]["decision"]) == ["data_resource_catalogue"]
    assert found["预审：材料"]["decision"]["outcome"] == "allowed"
    focus = rules(found["预审：重点审查"]["decision"])
    assert focus == ["pre_review_in_city_system"]
    assert [each["rule"] for each in found["预审：重点审查"]["judged_by"]] == ["pre_review_focus"]
    answer = empty.post(f"/pre-reviews/{pre_review}/verdict", VERDICT, "bureau")
    assert rules(problem(answer, 409, "refused")) == focus


def test_materials_that_no_longer_suit_are_missing_at_the_verdict(review, events, problem):
    pre_review = review.submitted()
    review.tell(events.change_filed("12000000.00"))
    found = missing(review, "预审：材料")
    assert "preliminary_design_ge_1000" in found
    answer = review.post(f"/pre-reviews/{pre_review}/verdict", VERDICT, "bureau")
    assert rules(problem(answer, 409, "refused")) == found


def test_an_approval_is_refused_for_what_was_missing(review, problem):
    review.pre_reviewed()
    review.jointly_reviewed("finance")
    found = steps(review)
    assert [*found] == ["抽取评审专家", "立项审批"]
    step = found["立项审批"]
    assert [each["title"] for each in step["brought"]] == ["拟批复金额（元）"]
    expected = rules(step["decision"])
    assert {"joint_department_review", "expert_review_led_by_unit", "project_code"} <= {*expected}
    assert rules(problem(review.approve(), 409, "refused")) == expected


def test_who_has_not_signed_is_missing_at_the_conclusion(review, problem):
    review.pre_reviewed()
    review.pool(6)
    assert missing(review, "抽取评审专家") == []
    panel = review.drawn()
    signed = [member["expert_id"] for member in panel["members"]][:2]
    for expert in signed:
        assert review.sign(panel, expert).is_success
    found = missing(review, "专家评审结论")
    assert found == ["absent_experts_are_replaced", "expert_count_min_5_odd_ge_100"]
    assert rules(problem(review.conclude(panel, signed), 409, "refused")) == found


def test_from_the_approval_to_the_tender(review):
    review.ready_for_approval()
    assert [*steps(review)] == ["立项审批"]
    assert steps(review)["立项审批"]["decision"]["outcome"] == "allowed"
    assert review.approve().is_success
    body = shown(review).json()
    [step] = body["steps"]
    assert (step["step"], step["decision"]["outcome"]) == ("登记招标文件", "allowed")
    judges = ["tender_documents_basis", "procurement_file_clauses"]
    assert [each["rule"] for each in step["judged_by"]] == judges
    [duty] = body["obligations"]
    assert (duty["rule"], duty["due_on"]) == ("filing_form_10_workdays", "2026-08-17")
    page = review.get(f"/projects/{review.project}/next-step.html").text
    assert "期限：2026-08-17" in page


def test_a_tender_is_refused_for_what_was_missing(small, problem):
    found = missing(small, "登记招标文件")
    assert found == ["tender_documents_basis"]
    clauses = dict.fromkeys(ContractClause, "第12页")
    body = {"documents": [small.handed_in(*SAMPLE)], "based_on": [], "clauses": clauses}
    answer = small.post(f"/projects/{small.project}/tender-documents", body)
    assert rules(problem(answer, 409, "refused")) == found


def test_a_stopped_project_stands_before_nothing(review, events):
    review.tell(events.decommissioned())
    assert shown(review).json()["steps"] == []


def test_a_department_whose_rule_crashes(plugins_dir, review):
    assert missing(review, "立项审批")[0] == "no_answer.crashing.crashes"


@pytest.fixture
def plugins_dir(request, plugins_dir):
    if "crashes" in request.node.name:
        (plugins_dir / "crashing.py").write_text(
            '"""A department\'s rule that breaks."""\n\n'
            "from govproject import ApprovalFacts, Findings, rule\n\n\n"
            '@rule("approval", source="示例〔2026〕1号", article="1", quote="应当")\n'
            "def crashes(facts: ApprovalFacts) -> Findings:\n"
            "    yield from facts.nothing_of_the_kind\n",
            encoding="utf-8",
        )
    return plugins_dir


def test_the_page_escapes_all(empty, events):
    empty.tell(events.declared(project_name=f"智慧教育{EVIL}"))
    page = empty.get(f"/projects/{empty.project}/next-step.html").text
    assert "智慧教育&lt;script&gt;" in page
    assert "<script" not in page


def test_a_unit_sees_its_own(review, problem):
    assert shown(review, "unit").is_success
    problem(shown(review, "unit", unit="亭湖区卫健委"), 403, "not_your_unit")
