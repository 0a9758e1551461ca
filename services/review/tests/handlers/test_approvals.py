"""Art 11 on the whole way: what approval needs, what it publishes, what it refuses."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from govproject.clock import SHANGHAI
from govproject.resources import Resources
from govproject.terms import ChangeAspect, DeploymentTarget
from govproject_review.tables import DeterminedChange

OTHER = UUID(int=8)


def test_a_complete_review_is_approved_and_published(review):
    review.ready_for_approval()
    view = review.done(
        f"/projects/{review.project}/approval",
        {"approval_number": "亭数批〔2026〕12号", "approved_yuan": "1100000.00"},
        "bureau",
    )
    assert (view["state"], view["approved_on"]) == ("approved", "2026-08-03")
    assert view["decision"]["outcome"] == "allowed"
    (event,) = review.published("project.approved")
    assert event.approval_number == "亭数批〔2026〕12号"
    assert event.project_code == "2608-320902-04-01-123456"
    assert str(event.approved_yuan) == "1100000.00"
    assert event.approved_on == date(2026, 8, 3)
    assert event.cloud_plan == Resources(vcpus=64)
    # Ten working days, the day of approval not counted: 4 to 17 August.
    assert event.filing_form_due_on == date(2026, 8, 17)
    assert event.filing_form_due_provisional is False
    assert review.page()["stage"] == "approved"


def test_an_approval_that_is_recorded_later_counts_from_its_own_day(review, problem, refusal):
    review.ready_for_approval()
    review.clock.now = datetime(2026, 8, 12, 9, 30, tzinfo=SHANGHAI)
    problem(review.approve(on="2026-08-13"), 422, "date_in_future")
    answer = review.approve(on="2026-08-02")
    assert refusal(answer) == ["approval_after_its_steps"]
    [finding] = answer.json()["findings"]
    assert finding["article"] == "11"
    assert finding["fact"]["later"] == dict.fromkeys(
        (
            "预审",
            "区委办会审",
            "区委网信办会审",
            "区财政局会审",
            "区审计局会审",
            "专家评审",
            "财政评审",
            "报送审批文件",
        ),
        "2026-08-03",
    )
    view = review.approve(on="2026-08-05").json()
    assert (view["approved_on"], view["decided_at"][:10]) == ("2026-08-05", "2026-08-12")
    # Ten working days from the fifth, not from the twelfth.
    assert view["filing_form_due_on"] == "2026-08-19"
    (event,) = review.published("project.approved")
    assert (event.approved_on, event.filing_form_due_on) == (date(2026, 8, 5), date(2026, 8, 19))
    (opened,) = review.published("obligation.opened")
    assert opened.due_on == date(2026, 8, 19)


def test_a_step_of_a_later_day_holds_an_earlier_approval_up(review, refusal):
    review.ready_for_approval()
    review.clock.now = datetime(2026, 8, 6, 9, 30, tzinfo=SHANGHAI)
    assert review.opinion("audit", because="补充意见").is_success
    review.clock.now = datetime(2026, 8, 12, 9, 30, tzinfo=SHANGHAI)
    answer = review.approve(on="2026-08-05")
    assert refusal(answer) == ["approval_after_its_steps"]
    assert answer.json()["findings"][0]["fact"]["later"] == {"区审计局会审": "2026-08-06"}
    assert review.approve(on="2026-08-06").is_success


def test_the_events_of_a_review_are_published_in_its_order(review):
    review.ready_for_approval()
    assert review.approve().is_success
    assert [event.name for event in review.published()] == [
        "pre_review.submitted",
        "pre_review.passed",
        *["department_opinion.recorded"] * 4,
        "panel.drawn",
        *["panel.opinion_signed"] * 5,
        "panel.concluded",
        "fiscal_evaluation.recorded",
        "application.submitted",
        "project.approved",
        "obligation.opened",
    ]


def test_a_period_that_reaches_into_an_unpublished_year_is_provisional(review):
    review.clock.now = datetime(2026, 12, 25, 9, 0, tzinfo=SHANGHAI)
    review.ready_for_approval()
    view = review.approve().json()
    assert view["filing_form_due_provisional"] is True
    assert review.published("project.approved")[0].filing_form_due_provisional is True


def test_the_legal_day_is_that_of_shanghai(review):
    review.clock.now = datetime(2026, 8, 4, 1, 0, tzinfo=SHANGHAI)  # still the third in UTC
    review.ready_for_approval()
    assert review.approve().json()["approved_on"] == "2026-08-04"


def test_an_untouched_project_is_refused_with_everything_that_is_missing(empty, events, refusal):
    empty.tell(events.declared())
    assert refusal(empty.approve()) == [
        "register_in_city_system",
        "not_in_plan_not_approved",
        "pre_review",
        "joint_department_review",
        "expert_review_led_by_unit",
        "fiscal_evaluation_ge_50",
        "project_code",
        "submit_approval_documents",
    ]
    assert empty.published() == []
    assert empty.page()["stage"] == "pre_review"


@pytest.mark.parametrize(
    ("yuan", "allowed"), [("1100000.00", True), ("1100000.01", False), ("0.01", True)]
)
def test_the_evaluated_amount_is_a_ceiling(review, refusal, yuan, allowed):
    review.ready_for_approval()
    answer = review.approve(yuan)
    if allowed:
        assert answer.is_success
    else:
        assert refusal(answer) == ["fiscal_evaluation_report"]


def test_no_more_is_approved_than_was_filed(empty, events, refusal):
    empty.tell(events.declared(budget_yuan="9900000.00"), events.registered())
    empty.tell(events.plan_adopted())
    empty.ready_for_approval()
    assert empty.evaluate("15000000.00", "亭财评〔2026〕9号").is_success
    answer = empty.approve("15000000.00")
    assert refusal(answer) == ["preliminary_design_after_change", "approval_within_budget"]
    finding = answer.json()["findings"][-1]
    assert (finding["article"], "先办理变更报备" in finding["remedy"]) == ("28", True)
    assert empty.approve("9900000.00").is_success


def test_a_change_is_filed_or_withdrawn_before_the_approval(review, events, refusal):
    review.ready_for_approval()
    aspects = ChangeAspect.CONTENT, ChangeAspect.AMOUNT
    determined = events.change_determined(*aspects, new_budget_yuan="15000000.00")
    review.tell(determined)
    answer = review.approve()
    assert refusal(answer) == ["no_approval_before_change_filing"]
    [finding] = answer.json()["findings"]
    assert finding["fact"]["open_changes"] == ["content", "amount"]
    review.tell(events.change_withdrawn(determined))
    assert review.approve().is_success


def test_who_becomes_responsible_is_only_pointed_out(review, events):
    review.ready_for_approval()
    review.tell(events.change_determined(ChangeAspect.RESPONSIBILITY))
    decision = review.approve().json()["decision"]
    assert [f["rule"] for f in decision["findings"]] == ["no_approval_before_change_filing"]


def test_a_change_of_an_older_build_may_be_filed_and_holds_nothing_up(review, events):
    review.ready_for_approval()
    determined = events.change_determined(ChangeAspect.AMOUNT)
    review.tell(determined)
    with review.runtime.db.write() as session:
        session.get_one(DeterminedChange, determined.change_id).followed = False
    assert review.approve().is_success


def test_a_system_elsewhere_is_neither_reviewed_nor_approved(empty, events, refusal):
    elsewhere = {"deployment_target": DeploymentTarget.ELSEWHERE, "builds_system": False}
    empty.tell(events.declared(**elsewhere), events.registered(), events.plan_adopted())
    answer = empty.post(f"/projects/{empty.project}/pre-reviews", empty.submission())
    assert refusal(answer) == ["new_system_on_district_cloud"]
    [finding] = [each for each in answer.json()["findings"] if each["severity"] == "block"]
    assert (finding["article"], "重新申报项目" in finding["remedy"]) == ("2", True)
    assert "approved_system_on_district_cloud" in refusal(empty.approve())


def test_an_exception_lifts_what_applies_in_principle_and_shows(empty, events, refusal):
    empty.tell(events.declared(), events.registered())
    empty.ready_for_approval()
    assert refusal(empty.approve()) == ["not_in_plan_not_approved"]
    empty.tell(events.exception_granted("not_in_plan_not_approved"))
    decision = empty.approve().json()["decision"]
    assert decision["outcome"] == "allowed"
    (finding,) = decision["findings"]
    assert finding["lifted_by"]["document"] == "亭政办纪要〔2026〕9号"
    assert empty.page()["application"]["decision"] == decision


def test_a_withdrawn_exception_lifts_nothing_and_an_approval_stays(empty, events, refusal):
    empty.tell(events.declared(), events.registered())
    empty.ready_for_approval()
    empty.tell(granted := events.exception_granted("not_in_plan_not_approved"))
    empty.tell(events.exception_withdrawn(granted))
    assert refusal(empty.approve()) == ["not_in_plan_not_approved"]
    empty.tell(granted := events.exception_granted("not_in_plan_not_approved"))
    decision = empty.approve().json()["decision"]
    empty.tell(events.exception_withdrawn(granted))
    assert empty.page()["application"]["decision"] == decision


def test_an_exception_ends_with_its_last_day(empty, events, refusal):
    empty.tell(
        events.declared(),
        events.registered(),
        events.exception_granted("not_in_plan_not_approved", expires_on=date(2026, 8, 2)),
    )
    empty.ready_for_approval()
    assert refusal(empty.approve()) == ["not_in_plan_not_approved"]


def test_no_exception_lifts_what_must_be(review, events, refusal):
    review.tell(events.exception_granted("pre_review"))
    assert "pre_review" in refusal(review.approve())


def test_a_changed_cloud_plan_is_the_one_approved(review, events):
    review.tell(events.change_filed("1300000.00", Resources(vcpus=96)))
    review.ready_for_approval()
    assert review.approve().is_success
    assert review.published("project.approved")[0].cloud_plan == Resources(vcpus=96)


def test_a_filing_track_project_is_not_approved(small, problem):
    assert "第4条" in problem(small.approve(), 409, "not_on_full_track")["detail"]
    problem(small.apply(), 409, "not_on_full_track")


def test_approval_ends_the_review(review, problem):
    review.ready_for_approval()
    assert review.approve().is_success
    published = review.published()
    project = f"/projects/{review.project}"
    for answer in (
        review.approve(number="亭数批〔2026〕13号"),
        review.apply(),
        review.opinion("finance", "fail"),
        review.evaluate(number="亭财评〔2026〕4号"),
        review.post(f"{project}/rejection", {"reason": "撤销"}, "bureau"),
        review.post(f"{project}/pre-reviews", {"materials": ["可行性研究报告"]}),
        review.post(f"{project}/panels", {}, "bureau"),
    ):
        problem(answer, 409, "already_approved")
    assert review.published() == published


def test_an_approval_number_is_given_once(review, events, problem):
    review.ready_for_approval()
    assert review.approve().is_success
    review.tell(events.declared(OTHER), events.registered(OTHER), events.plan_adopted(OTHER))
    review.project = OTHER
    review.pre_reviewed()
    review.jointly_reviewed()
    review.expertly_reviewed()
    assert review.evaluate(number="亭财评〔2026〕4号").is_success
    problem(review.apply(), 409, "project_code_taken")
    problem(review.apply("２６０８–320902—04−01-123456"), 409, "project_code_taken")
    assert review.apply("2608-320902-04-01-123457").is_success
    problem(review.approve(), 409, "approval_number_taken")
    assert review.approve(number="亭数批〔2026〕13号").is_success


def test_a_change_that_has_not_taken_effect_holds_the_approval_up(review, events, refusal):
    review.ready_for_approval()
    review.sent["intake", str(review.project)] += 1  # the one before is still on its way
    review.tell(events.change_filed("15000000.00"))
    answer = review.approve()
    assert refusal(answer) == ["approval_on_complete_knowledge"]
    [finding] = answer.json()["findings"]
    assert (finding["article"], finding["fact"]) == ("11", {"backlog": 1})
    assert "稍后重试" in finding["remedy"]


def test_a_rejected_application_can_be_made_again(review, problem):
    review.ready_for_approval()
    path = f"/projects/{review.project}/rejection"
    assert problem(review.apply(), 409, "step_not_possible")
    view = review.done(path, {"reason": "资金来源不明确"}, "bureau")
    assert (view["state"], view["rejection_reason"]) == ("rejected", "资金来源不明确")
    (event,) = review.published("project.rejected")
    assert event.reason == "资金来源不明确"
    problem(review.post(path, {"reason": "再次"}, "bureau"), 409, "no_open_application")
    # What was rejected is no application any more: its code does not count.
    assert review.approve().json()["findings"][0]["rule"] == "project_code"
    again = review.apply().json()
    assert (again["state"], again["rejection_reason"], again["decided_at"]) == (
        "submitted",
        None,
        None,
    )
    assert review.post(path, {"reason": "文件不齐"}, "bureau").is_success
    assert review.apply("2608-320902-04-01-123457").is_success
    page = review.page()["application"]
    assert page["revision"] == 3
    assert [
        (e["revision"], e["project_code"], e["rejection_reason"], e["superseded_because"])
        for e in page["earlier"]
    ] == [
        (1, view["project_code"], "资金来源不明确", "资金来源不明确"),
        (2, view["project_code"], "文件不齐", "文件不齐"),
    ]
    assert page["earlier"][0]["files"] == view["files"]
    assert [(e.revision, e.project_code) for e in review.published("application.submitted")] == [
        (1, view["project_code"]),
        (2, view["project_code"]),
        (3, "2608-320902-04-01-123457"),
    ]
    assert review.approve().is_success
    assert review.page()["application"]["earlier"] == page["earlier"]


def test_a_stopped_project_is_not_reviewed(review, events, problem):
    review.ready_for_approval()
    review.tell(events.decommissioned())
    problem(review.approve(), 409, "decommissioned")
    problem(review.opinion("finance"), 409, "decommissioned")


def test_the_gate_can_be_asked_about_a_stored_project_without_effect(review):
    question = {"project_id": str(review.project)}
    asked = review.post("/checks/approval", question, "unit").json()
    assert "pre_review" in [finding["rule"] for finding in asked["findings"]]
    review.ready_for_approval()
    before = review.published()
    assert review.post("/checks/approval", question, "unit").json()["outcome"] == "allowed"
    assert review.published() == before


def test_nothing_is_approved_on_old_knowledge(review, refusal):
    review.ready_for_approval()
    review.hears = False
    review.clock.now += timedelta(hours=24, minutes=1)
    answer = review.approve()
    assert refusal(answer) == ["approval_on_current_knowledge"]
    [finding] = answer.json()["findings"]
    assert (finding["article"], finding["fact"]["knowledge_age_minutes"]) == ("11", 1441)
    assert "同步" in finding["remedy"]
    review.hears = True
    assert review.approve().is_success
