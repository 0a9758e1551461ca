"""Art 7: materials in, verdict out, and back again."""

import pytest

from govproject_review.rules.article_07_pre_review import POINTS

GOOD = dict.fromkeys(POINTS, True)


def verdict(review, pre_review_id, **body: object):
    return review.post(f"/pre-reviews/{pre_review_id}/verdict", body, "bureau")


def test_passed_by_the_bureau(review):
    view = verdict(review, review.submitted(), points=GOOD).json()
    assert (view["state"], view["round"], view["points"]) == ("passed", 1, GOOD)
    submitted, event = review.published()
    assert (submitted.name, submitted.round) == ("pre_review.submitted", 1)
    assert str(submitted.pre_review_id) == view["id"]
    assert list(submitted.materials) == [file["kind"] for file in view["files"]]
    assert (event.name, event.mobile) == ("pre_review.passed", "none")
    assert event.lists == ("digital_asset_catalogue",)
    assert review.page()["stage"] == "joint_review"


def test_returned_with_reasons_and_submitted_again(review, problem):
    first = review.submitted()
    view = verdict(review, first, points={**GOOD, "basis": False}, reasons=["缺少上级批复"]).json()
    assert (view["state"], view["reasons"]) == ("returned", ["缺少上级批复"])
    (event,) = review.published("pre_review.returned")
    assert event.reasons == ("缺少上级批复",)
    problem(verdict(review, first, points=GOOD), 409, "step_not_possible")
    second = review.submitted()
    assert verdict(review, second, points=GOOD).json()["round"] == 2
    rounds = review.get(f"/projects/{review.project}/pre-reviews").json()["items"]
    assert [row["state"] for row in rounds] == ["returned", "passed"]
    assert review.page()["pre_review"]["id"] == second


def test_one_round_at_a_time(review, problem):
    pre_review_id = review.submitted()
    path, body = f"/projects/{review.project}/pre-reviews", review.submission()
    problem(review.post(path, body), 409, "pre_review_pending")
    assert verdict(review, pre_review_id, points=GOOD).is_success
    problem(review.post(path, body), 409, "pre_review_passed")


def test_an_unregistered_project_does_not_pass_and_nothing_is_recorded(empty, events, refusal):
    empty.tell(events.declared())
    pre_review_id = empty.submitted()
    assert refusal(verdict(empty, pre_review_id, points=GOOD)) == ["pre_review_in_city_system"]
    assert empty.page()["pre_review"]["state"] == "submitted"
    assert [event.name for event in empty.published()] == ["pre_review.submitted"]
    empty.tell(events.registered())
    assert verdict(empty, pre_review_id, points=GOOD).is_success


def test_a_point_of_the_bureaus_own_counts_too(review):
    points = {**GOOD, "carbon_footprint": False}
    view = verdict(review, review.submitted(), points=points, reasons=["能耗过高"]).json()
    assert view["points"]["carbon_footprint"] is False


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"points": {p: True for p in POINTS if p != "basis"}}, "建设依据"),
        ({"points": {**GOOD, "basis": False}}, "退回理由"),
        ({"points": {**GOOD, "Basis!": True}}, ""),
        ({"points": {**GOOD, "basis": "yes"}}, ""),
    ],
)
def test_a_verdict_is_complete(review, problem, body, said):
    answer = verdict(review, review.submitted(), **body)
    assert said in problem(answer, 422, "invalid_request")["detail"]
    assert review.page()["pre_review"]["state"] == "submitted"


def test_the_filing_track_has_no_pre_review(small, problem):
    answer = small.post(f"/projects/{small.project}/pre-reviews", small.submission())
    assert "第4条" in problem(answer, 409, "not_on_full_track")["detail"]


def test_the_verdict_can_be_asked_for_in_advance(review, problem):
    question = {"project_id": str(review.project)}
    ask = "/checks/pre_review"
    problem(review.post(ask, question, "bureau"), 404, "pre_review_not_submitted")
    pre_review_id = review.submitted()
    (found,) = review.post(ask, question, "bureau").json()["findings"]
    assert (found["rule"], found["severity"]) == ("pre_review_focus", "block")
    good = {"points": GOOD}
    supposed = review.post(ask, {**question, "suppose": good}, "bureau").json()
    assert supposed["outcome"] == "allowed"
    review.done(f"/pre-reviews/{pre_review_id}/verdict", good, "bureau")
    assert review.post(ask, question, "unit").json()["outcome"] == "allowed"
    problem(review.post(ask, question, "unit", unit="亭湖区卫健委"), 403, "not_your_unit")
