"""What is missing for intake's steps is what the commands are then refused for."""

import pytest

from govproject.contracts.acceptance import EvaluationCompleted
from govproject.contracts.review import FiscalEvaluationRecorded

EVIL = "<script>alert(1)</script>"
STAFF = [{"name": "张三", "role": "project_lead"}]
EXTENSION = {
    "reason": "机房迁移。",
    "new_ends_on": "2026-12-31",
    "milestones": [{"title": "上线", "due_on": "2026-12-20"}],
}


def shown(intake, project, as_="bureau", **kwargs: str):
    return intake.get(f"/projects/{project}/next-step", as_, **kwargs)


def steps(intake, project):
    return {step["step"]: step for step in shown(intake, project).json()["steps"]}


def rules(body):
    return [finding["rule"] for finding in body["findings"]]


def missing(intake, project, step):
    return rules(steps(intake, project)[step]["decision"])


def test_a_plan_refuses_for_what_was_missing(intake, problem):
    system = intake.declared()
    project = intake.declared(related_project_ids=[system])
    assert missing(intake, project, "列入年度计划") == []
    intake.tell(EvaluationCompleted(project_id=system, grade="poor", evaluated_on="2026-06-30"))
    found = missing(intake, project, "列入年度计划")
    assert found == ["poor_no_related_project"]
    body = {"project_ids": [project]}
    answer = intake.post("/annual-plans/2027/projects", body, "bureau")
    assert rules(problem(answer, 409, "refused")) == found
    asked = {"project_id": project}
    assert rules(intake.post("/checks/annual_plan", asked).json()) == found


def test_what_the_plan_takes_in_for_a_reason_only_says_so(intake):
    def about(project):
        return steps(intake, project)["列入年度计划"]["about"]

    intake.clock.turn(days=-40)
    late = intake.declared()
    intake.clock.turn(days=40)
    in_time = intake.declared()
    assert about(late) == "不在2026年第三季度申报，列入须填写理由"
    assert about(in_time) is None
    intake.done("/annual-plans/2027/projects", {"project_ids": [intake.declared()]}, "bureau")
    assert about(late) == "不在2026年第三季度申报，2027年度计划已公布，列入须填写理由"
    assert about(in_time) == "2027年度计划已公布，列入须填写理由"
    drafted = {"add": [late], "reason": "上级新任务。"}
    intake.done("/annual-plans/2027/drafts", drafted, "bureau")
    assert (about(late), about(in_time)) == (None, None)


def test_an_adopted_project_no_longer_stands_before_the_plan(intake):
    project = intake.declared()
    assert "列入年度计划" in steps(intake, project)
    intake.done("/annual-plans/2027/projects", {"project_ids": [project]}, "bureau")
    assert "列入年度计划" not in steps(intake, project)


def test_what_a_filing_says_is_asked_for_until_it_is_filed(intake):
    step = steps(intake, intake.declared(budget_yuan="600000.00"))["报备并经认定规范"]
    assert [each["title"] for each in step["brought"]] == [
        "内部技术审查论证日期",
        "已上传内部技术审查及论证记录",
        "声明存在的第26条情形",
        "声明的移动端建设内容",
        "随报备上传的单独建设依据和数据共享方案",
    ]
    assert [each["rule"] for each in step["judged_by"]] == [
        "no_separate_mobile_app",
        "filing_internal_review",
    ]
    assert rules(step["decision"]) == ["fiscal_evaluation_ge_50", "file_before_acceptance"]


def test_the_number_is_the_bureaus_to_record_before_all_else(intake):
    project = intake.declared()
    [errand] = shown(intake, project).json()["errands"]
    assert (errand["step"], errand["by"], errand["article"]) == (
        "登记市级系统编号",
        ["bureau"],
        "3",
    )
    path = f"/projects/{project}/registration"
    assert errand["command"] == {"method": "POST", "path": f"/api/v1{path}"}
    intake.done(path, {"city_system_ref": "TH-1"}, "bureau")
    assert shown(intake, project).json()["errands"] == []


def test_while_it_is_reviewed_the_page_says_where(intake):
    full = shown(intake, intake.declared(budget_yuan="1500000.00")).json()
    assert full["goes_on_in"] == "review"
    assert shown(intake, intake.declared(budget_yuan="300000.00")).json()["goes_on_in"] == (
        "acceptance"
    )


def test_a_step_names_what_its_command_is_addressed_to(intake):
    project = intake.declared()
    year = shown(intake, project).json()["steps"][0]["command"]["path"]
    assert year == "/api/v1/annual-plans/2027/projects"
    filing = intake.filed(project)
    command = steps(intake, project)["认定报备规范"]["command"]
    assert command["path"] == f"/api/v1/filings/{filing}/acceptance"
    intake.done(f"/filings/{filing}/irregularity", {"reasons": ["缺少预算"]}, "bureau")
    command = steps(intake, project)["更正报备并经认定规范"]["command"]
    assert command["path"] == f"/api/v1/filings/{filing}/correction"


def test_a_filing_is_refused_for_what_was_missing(intake, problem):
    project = intake.declared(budget_yuan="600000.00")
    conditions = intake.filing()["conditions"] | {"duplicate": True}
    filing = intake.filed(project, conditions=conditions)
    assert "报备并经认定规范" not in steps(intake, project)
    found = missing(intake, project, "认定报备规范")
    assert found == ["fiscal_evaluation_ge_50", "filing_duplicate", "file_before_acceptance"]
    answer = intake.post(f"/filings/{filing}/acceptance", as_="bureau")
    assert rules(problem(answer, 409, "refused")) == found


def test_an_irregular_filing_says_all_anew(intake):
    project = intake.registered()
    conditions = intake.filing()["conditions"] | {"duplicate": True}
    filing = intake.filed(project, conditions=conditions)
    body = {"reasons": ["附件缺失"]}
    intake.done(f"/filings/{filing}/irregularity", body, "bureau")
    assert missing(intake, project, "更正报备并经认定规范") == []


def test_a_regular_one_is_followed_by_contract_and_schedule(intake):
    project = intake.registered()
    filing = intake.filed(project)
    assert "登记合同" not in steps(intake, project)
    intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    step = steps(intake, project)["登记合同"]
    assert step["decision"]["outcome"] == "allowed"
    assert {each["rule"] for each in step["judged_by"]} == {
        "contract_mandatory_clauses",
        "contract_text_on_file",
        "nda_with_contractor",
        "contract_term_known",
        "contract_personnel_known",
        "free_ops_in_contract",
        "free_ops_min_2_years",
    }
    intake.contracted(project, ends_on=None)
    found = steps(intake, project)
    assert "登记合同" not in found
    step = found["提交进度计划"]
    assert (step["about"], step["decision"]["outcome"]) == ("盐城软件公司", "allowed")
    assert [each["name"] for each in step["brought"]] == ["contract_ends_on", "milestones"]


@pytest.mark.parametrize(
    ("what", "body", "step", "rule"),
    [
        ("extensions", EXTENSION, "延期生效", "extension_three_party_sign"),
        (
            "personnel-changes",
            {"leaves": "张三", "joins": "王五", "reason": "离职。"},
            "人员变更生效",
            "personnel_change_confirm",
        ),
    ],
)
def test_what_the_parties_have_not_confirmed(intake, problem, what, body, step, rule):
    project = intake.buildable()
    contract = intake.contracted(
        project, supervisor="监理公司", ends_on="2026-09-30", personnel=STAFF
    )
    confirmation = intake.done(f"/contracts/{contract}/{what}", body)["id"]
    found = missing(intake, project, step)
    assert found == [rule]
    answer = intake.post(f"/confirmations/{confirmation}/completion")
    assert rules(problem(answer, 409, "refused")) == found
    intake.done(f"/confirmations/{confirmation}/withdrawal")
    assert step not in steps(intake, project)


def test_a_stopped_project_stands_before_nothing(intake):
    project = intake.registered()
    intake.done(f"/projects/{project}/decommission-report", {"reason": "并入市级平台。"})
    assert shown(intake, project).json()["steps"] == []


def test_an_exception_is_shown_with_its_last_day(intake):
    project = intake.registered()
    conditions = intake.filing()["conditions"] | {"duplicate": True}
    intake.filed(project, conditions=conditions)
    grant = {
        "rule": "filing_duplicate",
        "reason": "防汛应急。",
        "document": "亭数〔2026〕8号",
        "expires_on": "2026-08-03",
    }
    intake.done(f"/projects/{project}/exceptions", grant, "bureau")
    page = intake.get(f"/projects/{project}/next-step.html").text
    assert "已由例外或决定准予" in page
    assert "由bureau批准，有效期至2026-08-03。" in page
    intake.clock.turn(days=1)
    page = intake.get(f"/projects/{project}/next-step.html").text
    assert "已由例外或决定准予" not in page
    assert "有效的例外和决定" not in page


def test_an_exception_is_shown_also_at_steps_that_it_does_not_lift(intake):
    project = intake.registered()
    grant = {
        "rule": "no_separate_mobile_app",
        "reason": "应急指挥需要。",
        "document": "亭数〔2026〕9号<b>",
        "expires_on": "2026-12-31",
    }
    intake.done(f"/projects/{project}/exceptions", grant, "bureau")
    page = intake.get(f"/projects/{project}/next-step.html").text
    shown = page.split("有效的例外和决定", 1)[1].split("</section>", 1)[0]
    assert "不另行开发移动端应用：经批准的例外：亭数〔2026〕9号&lt;b&gt;，bureau批准" in shown


def test_what_review_told_is_taken_into_account(intake):
    project = intake.registered(budget_yuan="600000.00")
    assert missing(intake, project, "报备并经认定规范") == ["fiscal_evaluation_ge_50"]
    event = FiscalEvaluationRecorded(
        project_id=project,
        report_number="亭财评〔2026〕3号",
        evaluated_yuan="600000.00",
        recorded_at=intake.clock(),
    )
    intake.tell(event)
    assert missing(intake, project, "报备并经认定规范") == []


def test_the_page_escapes_all(intake):
    project = intake.declared(project_name=f"智慧校园{EVIL}")
    page = intake.get(f"/projects/{project}/next-step.html").text
    assert "智慧校园&lt;script&gt;" in page
    assert "<script" not in page


def test_a_unit_sees_its_own(intake, problem):
    project = intake.declared()
    assert shown(intake, project, "unit").is_success
    problem(shown(intake, project, "unit", unit="亭湖区卫健委"), 403, "not_your_unit")


def test_an_open_order_to_rectify_stands_on_the_projects_page(intake):
    project, other = intake.registered(), intake.registered("320902-2026-0002")
    intake.filed(project)
    intake.filed(other)
    order = intake.ordered(project)
    intake.ordered(other)

    def errands():
        body = shown(intake, project).json()["errands"]
        return [(each["step"], each["command"]["path"], each["by"][0]) for each in body]

    def open_orders():
        return [
            (each["id"], each["state"], each["due_on"])
            for each in intake.get(f"/projects/{project}", "unit").json()["open_orders"]
        ]

    path = f"/api/v1/rectification-orders/{order}"
    assert errands() == [("报告整改情况", f"{path}/report", "unit")]
    assert open_orders() == [(order, "ordered", "2026-08-31")]
    page = intake.get(f"/projects/{project}/next-step.html", "unit").text
    assert "报告整改情况（日志留存不足六个月。限期至2026-08-31，已责令整改）" in page
    intake.reported(order)
    assert errands() == [("复查整改情况", f"{path}/clearance", "bureau")]
    assert open_orders() == [(order, "reported", "2026-08-31")]
    intake.done(f"/rectification-orders/{order}/clearance", {"reason": "已到位。"}, "bureau")
    assert (errands(), open_orders()) == ([], [])
