"""What is missing for acceptance's steps is what the commands are then refused for."""

import pytest

from govproject.ids import new_id
from govproject.terms import Veto

EVIL = "<script>alert(1)</script>"


def shown(acceptance, as_="bureau", **kwargs: str):
    return acceptance.get(f"/projects/{acceptance.project}/next-step", as_, **kwargs)


def steps(acceptance):
    return {step["step"]: step for step in shown(acceptance).json()["steps"]}


def rules(body):
    return [finding["rule"] for finding in body["findings"]]


def missing(acceptance, step):
    return rules(steps(acceptance)[step]["decision"])


def names(step):
    return [each["name"] for each in step["brought"]]


def test_a_preliminary_is_refused_for_what_was_missing(acceptance, events, bodies):
    acceptance.tell(events.declared(), events.contract(), events.change())
    step = steps(acceptance)["初验"]
    assert names(step) == ["held_on", "participants", "opinion_on_file"]
    assert [each["rule"] for each in step["judged_by"]] == [
        "prelim_opinion_on_file",
        "prelim_participants",
    ]
    found = rules(step["decision"])
    assert {"no_build_before_approval", "no_change_filing_no_acceptance"} <= {*found}
    problem = acceptance.refused("preliminary-rounds", bodies.preliminary(held_on="2026-08-03"))
    assert rules(problem) == found


def test_a_trial_is_refused_for_what_was_missing(built, bodies):
    built.do("preliminary-rounds", bodies.preliminary(must_fix=["补充日志"]))
    found = missing(built, "试运行")
    assert found == ["prelim_opinion_and_fix"]
    assert rules(built.refused("trials", {"started_on": "2026-08-03"})) == found


def test_a_final_is_refused_for_what_was_missing(in_trial, bodies):
    in_trial.do("final-materials", {"kind": "documents", "file_id": in_trial.handed_in()})
    step = steps(in_trial)["终验"]
    found = rules(step["decision"])
    assert {
        "final_after_trial",
        "third_party_test_report",
        "ge_100_final_under_guidance",
        "final_materials",
        "veto_archive_not_accepted",
    } <= {*found}
    body = bodies.final(rectify_by="2026-09-30", settled_yuan=None)
    assert rules(in_trial.refused("final-rounds", body)) == found


def test_what_a_final_meeting_answers_is_asked_for_and_no_failure(before_final, bodies):
    step = steps(before_final)["终验"]
    assert (step["decision"]["outcome"], step["decision"]["findings"]) == ("allowed", [])
    assert names(step) == [
        "held_on",
        "external_experts",
        "votes_in_favour",
        "vetoes",
        "xinchuang_compared",
        "indicators_unanswered",
        "opinion_on_file",
        "settled_yuan",
    ]
    assert [each["rule"] for each in step["judged_by"]] == [
        "paid_under_contract",
        "final_expert_group",
        "final_opinion_on_file",
        "veto_list_is_any",
        "no_overrun_without_change_filing",
    ]
    page = before_final.get(f"/projects/{before_final.project}/next-step.html").text
    assert "九种不得通过情形的结论" in page
    assert "<dt>立项批复文号</dt><dd>亭数批〔2026〕12号</dd>" in page
    assert "存在不得通过终验的情形" not in page
    assert "实际支付（结算）金额（元）" in page
    assert before_final.do("final-rounds", bodies.final())["passed"]


def test_a_meeting_that_cannot_pass_sets_a_limit(before_final, events):
    before_final.tell(events.archive_failed())
    step = steps(before_final)["终验"]
    assert rules(step["decision"]) == ["veto_archive_not_accepted"]
    assert "rectify_by" in names(step)


def test_a_meeting_after_the_limit_is_pointed_out(before_final, bodies, clock):
    before_final.do("final-rounds", bodies.final(Veto.XINCHUANG, rectify_by="2026-09-30"))
    clock.set(2026, 10, 8)
    before_final.mend_final("2026-10-08")
    found = missing(before_final, "终验")
    view = before_final.do("final-rounds", bodies.final(held_on="2026-10-08"))
    assert found == rules(view["decision"]) == ["failed_final_rectify"]


@pytest.mark.parametrize("contracted", ["700000.00"])
def test_each_lot_that_is_not_accepted(built, events, bodies):
    second = new_id()
    built.tell(events.contract(contract_id=second, contractor="另一公司"), events.change())
    body = shown(built).json()["steps"]
    lots = [step for step in body if step["step"] == "标段验收"]
    assert [step["about"] for step in lots] == ["盐城软件公司", "另一公司"]
    found = rules(lots[1]["decision"])
    assert found == ["no_change_filing_no_acceptance"]
    body = bodies.lot(str(second), built.handed_in(), held_on="2026-08-03")
    refused = built.refused("lot-acceptances", body)
    assert rules(refused) == found


@pytest.mark.parametrize("contracted", ["1000000.00"])
def test_what_the_last_meeting_said_of_payments_is_asked_about_again(before_final, events, bodies):
    """100万 were paid under two contracts, of which one turns out to have paid 1元 only."""
    second = events.contract(amount_yuan="150000.00", subject="test")
    before_final.tell(second, events.archived())
    body = bodies.final(Veto.XINCHUANG, rectify_by="2026-09-30", settled_yuan="1150000.00")
    before_final.do("final-rounds", body)
    assert "paid_under_contract" not in missing(before_final, "终验")
    before_final.tell(events.terminated(second.contract_id, settled_yuan=1))
    (shown,) = [
        finding
        for finding in steps(before_final)["终验"]["decision"]["findings"]
        if finding["rule"] == "paid_under_contract"
    ]
    assert "1150000.00元超出已登记合同金额合计1000001.00元" in shown["message"]
    problem = before_final.refused("final-rounds", body)
    assert "paid_under_contract" in rules(problem)


def test_small_projects_go_straight_to_the_final(small):
    assert [*steps(small)] == ["终验"]


def test_duties_and_evaluation_after_the_final(accepted, bodies):
    found = steps(accepted)
    assert [*found] == ["办结系统运行管理义务", "办结项目自评估义务", "财政绩效评价"]
    duties = {o["rule"]: o["id"] for o in accepted.view()["obligations"]}
    for step, rule in (
        ("办结系统运行管理义务", "owner_responsible"),
        ("办结项目自评估义务", "self_evaluation_12_months"),
    ):
        problem = accepted.refused(f"/obligations/{duties[rule]}/closure", {"proof": "已完成"})
        assert rules(problem) == rules(found[step]["decision"]) != []
    step = found["财政绩效评价"]
    assert step["by"] == ["finance"]
    problem = accepted.refused("evaluations", bodies.evaluation(), as_="finance")
    assert rules(problem) == rules(step["decision"]) != []


def test_open_duties_have_their_days(accepted):
    due = {each["rule"]: each["due_on"] for each in shown(accepted).json()["obligations"]}
    assert "acceptance_required" not in due
    assert due["upload_acceptance_report_1_month"] == "2026-09-03"
    page = accepted.get(f"/projects/{accepted.project}/next-step.html").text
    assert "期限：2027-08-03（暂定，工作日安排公布后确定）" in page


def test_the_page_escapes_all(acceptance, events):
    acceptance.tell(events.declared(project_name=f"智慧教育{EVIL}"))
    page = acceptance.get(f"/projects/{acceptance.project}/next-step.html").text
    assert "智慧教育&lt;script&gt;" in page
    assert "<script" not in page


def test_a_unit_sees_its_own(built):
    assert shown(built, "unit").is_success
    answer = shown(built, "unit", unit="亭湖区卫健委")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
