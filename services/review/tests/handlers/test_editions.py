"""Arts 9, 10: what was said of other materials or another amount is said again."""

from decimal import Decimal

import pytest

from govproject.resources import Resources
from govproject.terms import ChangeAspect, Track
from govproject_local.review_documents import pre_review_materials
from govproject_review.handlers.projects import outdated_opinions
from govproject_review.rules.article_07_pre_review import POINTS
from govproject_review.tables import Project

DATA = {
    "data_resource_catalogue",
    "sharing_list",
    "opening_list",
    "authorized_operation_list",
}
SAMPLES = pre_review_materials("new", Decimal(1200000))

NOTICE = "亭财评〔2026〕9号"


def ids(panel):
    return [member["expert_id"] for member in panel["members"]]


def changed(review, events, aspect, budget_yuan="1200000.00", vcpus=64):
    """A change that was determined with its aspects, and filed."""
    determined = events.change_determined(aspect)
    filed = events.change_filed(budget_yuan, Resources(vcpus=vcpus))
    review.tell(determined, filed.model_copy(update={"change_id": determined.change_id}))


def test_an_even_panel_of_the_filing_track_does_not_carry_a_larger_project(
    empty, events, refusal, problem
):
    empty.tell(events.declared(budget_yuan="900000.00"), events.registered(), events.plan_adopted())
    empty.tell(events.exception_granted("expert_count_min_3_odd"))
    empty.pool(8)
    panel = empty.drawn(6)
    for expert_id in ids(panel):
        assert empty.sign(panel, expert_id).is_success
    assert empty.conclude(panel, ids(panel)).json()["state"] == "passed"
    empty.tell(events.change_filed("1500000.00"))
    empty.pre_reviewed()
    empty.jointly_reviewed()
    problem(empty.evaluate("1500000.00"), 409, "panel_not_passed")
    assert empty.apply().is_success
    answer = empty.approve("1500000.00")
    assert refusal(answer) == [
        "expert_count_at_approval",
        "experts_on_present_materials",
        "fiscal_evaluation_ge_50",
    ]
    found = {each["rule"]: each for each in answer.json()["findings"]}["expert_count_at_approval"]
    assert (found["article"], "5人及以上单数，实际到会签字6人" in found["message"]) == ("10", True)
    assert "重新抽取专家" in found["remedy"]

    assert empty.expertly_reviewed()["size"] == 5
    assert empty.evaluate("1500000.00").is_success
    assert empty.approve("1500000.00").is_success


def test_nobody_who_saw_no_design_carries_the_project_that_needs_one(review, events, refusal):
    review.ready_for_approval()
    review.tell(events.change_filed("12000000.00"))
    given = pre_review_materials("new", Decimal(12000000))
    files = review.files(given)
    body = {"files": files, "statements": {"mobile": "none"}}
    pre_review = review.done(f"/projects/{review.project}/pre-reviews", body)["id"]
    verdict = {"points": dict.fromkeys(POINTS, True)}
    review.done(f"/pre-reviews/{pre_review}/verdict", verdict, "bureau")
    assert review.page()["stage"] == "joint_review"
    answer = review.approve()
    assert refusal(answer) == [
        "opinions_on_present_materials",
        "evaluation_after_expert_review",
        "experts_on_present_materials",
    ]
    said = [each for each in answer.json()["findings"] if each["article"] == "9"]
    assert "早于最近一次预审通过或变更报备" in said[0]["message"]
    assert "重新出具会审意见" in said[0]["remedy"]

    review.jointly_reviewed()
    review.expertly_reviewed()
    assert review.evaluate("12000000.00", NOTICE).is_success
    assert review.approve("12000000.00").is_success


@pytest.mark.parametrize(
    ("aspect", "vcpus", "again"),
    [
        (ChangeAspect.CONTENT, 64, True),
        (ChangeAspect.SCALE, 64, True),
        (ChangeAspect.AMOUNT, 64, True),
        (ChangeAspect.RESPONSIBILITY, 64, False),
        (ChangeAspect.RESPONSIBILITY, 65, True),
    ],
)
def test_what_a_change_touches_decides(review, events, refusal, aspect, vcpus, again):
    review.ready_for_approval()
    changed(review, events, aspect, vcpus=vcpus)
    answer = review.approve()
    if again:
        assert "opinions_on_present_materials" in refusal(answer)
    else:
        assert answer.is_success


def test_an_opinion_signed_before_a_change_is_signed_again(review, events, refusal):
    review.pre_reviewed()
    review.pool(7)
    panel = review.drawn()
    for expert_id in ids(panel):
        assert review.sign(panel, expert_id).is_success
    changed(review, events, ChangeAspect.CONTENT)
    assert refusal(review.conclude(panel, ids(panel))) == [
        "expert_count_min_5_odd_ge_100",
        "expert_opinion_dimensions",
    ]
    body = {"expert_id": ids(panel)[0], "reason": "因病"}
    panel = review.done(f"/panels/{panel['id']}/withdrawals", body, "bureau")
    for expert_id in ids(panel):
        assert review.sign(panel, expert_id).is_success
    assert review.conclude(panel, ids(panel)).json()["state"] == "passed"


def test_a_change_after_the_approval_takes_no_experts_away(review, events):
    review.ready_for_approval()
    assert review.approve().is_success
    changed(review, events, ChangeAspect.CONTENT)
    asked = review.post("/checks/tender", {"project_id": str(review.project)}, "unit").json()
    assert "项目尚无以下材料" not in str(asked["findings"])


def test_what_fell_below_50_wan_after_its_evaluation_is_approved(review, events, problem):
    review.ready_for_approval()
    review.tell(events.change_filed("400000.00").model_copy(update={"track": Track.FULL_PROCESS}))
    review.pre_reviewed()
    review.jointly_reviewed()
    review.expertly_reviewed()
    problem(review.evaluate("400000.00", NOTICE), 409, "evaluation_not_required")
    assert review.approve("400000.00").is_success


def test_who_is_changed_after_the_pre_review_hands_in_new_materials(
    review, events, refusal, problem
):
    review.ready_for_approval()
    path = f"/projects/{review.project}/pre-reviews"
    problem(review.post(path, review.submission()), 409, "pre_review_passed")
    changed(review, events, ChangeAspect.CONTENT, "9900000.00")
    answer = review.approve()
    assert "pre_review_of_present_project" in refusal(answer)
    [said] = [each for each in answer.json()["findings"] if each["article"] == "7"]
    assert "早于最近一次变更报备" in said["message"]
    assert "重新提交预审材料" in said["remedy"]
    assert review.page()["stage"] == "pre_review"
    opinion = problem(review.opinion("finance"), 409, "pre_review_outdated")
    assert "第28条" in opinion["detail"]
    draw = review.post(f"/projects/{review.project}/panels", {}, "bureau")
    problem(draw, 409, "pre_review_outdated")

    review.pre_reviewed()
    problem(review.post(path, review.submission()), 409, "pre_review_passed")
    assert review.page()["stage"] == "joint_review"
    review.jointly_reviewed()
    review.expertly_reviewed()
    assert review.evaluate("9900000.00", NOTICE).is_success
    assert review.approve("9900000.00").is_success


def test_materials_that_precede_a_change_are_returned(review, events, refusal):
    pre_review = review.submitted()
    changed(review, events, ChangeAspect.SCALE)
    verdict = {"points": dict.fromkeys(POINTS, True)}
    path = f"/pre-reviews/{pre_review}/verdict"
    assert refusal(review.post(path, verdict, "bureau")) == ["materials_of_present_project"]
    review.done(path, verdict | {"reasons": ["请按变更后的规模提交"]}, "bureau")
    review.pre_reviewed()
    assert review.page()["stage"] == "joint_review"


def handed_in_again(review, **others: tuple[str, bytes]):
    """Another round of pre-review with other contents of some kinds, which passes."""
    given = {k: f for k, f in SAMPLES.items() if k not in DATA} | others
    said = {"mobile": "none", "no_data_reason": "仅升级安全设备，不产生数据。"}
    body = {"files": review.files(given), "statements": said}
    pre_review = review.done(f"/projects/{review.project}/pre-reviews", body)["id"]
    verdict = {"points": dict.fromkeys(POINTS, True)}
    review.done(f"/pre-reviews/{pre_review}/verdict", verdict, "bureau")


def test_a_no_sends_the_materials_back_and_all_who_see_what_is_new_speak_again(review, refusal):
    review.ready_for_approval()
    assert review.opinion("party-office", "fail", because="复核后不同意").is_success
    assert "review_party_office" in refusal(review.approve())
    handed_in_again(review, other=SAMPLES["feasibility_report"])
    # Everybody sees what comes as other material.
    again = [each for each in refusal(review.approve()) if each.startswith("opinions_on")]
    assert again == ["opinions_on_present_materials"]
    review.jointly_reviewed()
    review.expertly_reviewed()
    assert review.evaluate("1100000.00", NOTICE).is_success
    assert review.approve().is_success


def test_whoever_did_not_see_what_changed_does_not_speak_again(review, problem):
    review.pre_reviewed()
    review.jointly_reviewed("cyberspace", "finance")
    path = f"/projects/{review.project}/pre-reviews"
    problem(review.post(path, review.submission()), 409, "pre_review_passed")
    assert review.opinion("party-office", "fail", because="复核后不同意").is_success
    name, content = SAMPLES["crypto_plan"]
    handed_in_again(review, crypto_plan=(name, content + b"\n"))
    with review.runtime.db.read() as session:
        project = session.get(Project, review.project)
        assert outdated_opinions(session, project) == ("party_office",)
    review.jointly_reviewed("party-office")
    assert review.page()["stage"] == "expert_review"


def test_a_change_leaves_nobody_s_word_standing(review, events):
    review.pre_reviewed()
    review.jointly_reviewed()
    changed(review, events, ChangeAspect.CONTENT)
    review.pre_reviewed()
    with review.runtime.db.read() as session:
        project = session.get(Project, review.project)
        assert len(outdated_opinions(session, project)) == 4
