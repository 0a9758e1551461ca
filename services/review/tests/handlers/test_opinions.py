"""Art 9: four departments, each its own opinion."""

import pytest


@pytest.fixture
def review(review):
    review.pre_reviewed()
    return review


def answer(review, department, text="已按意见修改。", because=None):
    path = f"/projects/{review.project}/opinions/{department}/answer"
    return review.post(path, {"answer": text, "because": because})


def about_article_9(answer):
    return [f["rule"] for f in answer.json()["findings"] if f["article"] == "9"]


def test_each_department_speaks_for_itself(review):
    for role, department in (
        ("party-office", "party_office"),
        ("cyberspace", "cyberspace"),
        ("finance", "finance"),
        ("audit", "audit"),
    ):
        view = review.opinion(role, "pass_with_conditions").json()
        assert (view["department"], view["verdict"]) == (department, "pass_with_conditions")
    assert [o["department"] for o in review.page()["opinions"]] == [
        "party_office",
        "cyberspace",
        "finance",
        "audit",
    ]
    assert [e.department for e in review.published("department_opinion.recorded")] == [
        "party_office",
        "cyberspace",
        "finance",
        "audit",
    ]


def test_silence_is_not_consent(review):
    review.jointly_reviewed("party-office", "finance", "audit")
    assert about_article_9(review.approve()) == ["joint_department_review"]
    assert review.page()["stage"] == "joint_review"
    review.jointly_reviewed("cyberspace")
    assert about_article_9(review.approve()) == []
    assert review.page()["stage"] == "expert_review"


def test_a_no_stands_until_the_department_replaces_it(review):
    review.jointly_reviewed()
    assert review.opinion("cyberspace", "fail", because="复核后不同意").is_success
    assert about_article_9(review.approve()) == ["review_cyberspace"]
    assert review.page()["stage"] == "joint_review"
    assert answer(review, "cyberspace").json()["answer"] == "已按意见修改。"
    assert about_article_9(review.approve()) == ["review_cyberspace"]
    view = review.opinion("cyberspace", "pass_with_conditions", because="单位已修改").json()
    assert (view["verdict"], view["answer"]) == ("pass_with_conditions", None)
    assert about_article_9(review.approve()) == ["conditions_of_departments"]
    assert answer(review, "cyberspace").is_success
    assert about_article_9(review.approve()) == []
    assert len(review.page()["opinions"]) == 4


def test_an_observation_of_the_audit_bureau_must_be_answered(review):
    review.jointly_reviewed()
    assert review.opinion("audit", "pass_with_conditions", because="发现新情况").is_success
    assert about_article_9(review.approve()) == ["review_audit"]
    assert answer(review, "audit").is_success
    assert about_article_9(review.approve()) == []
    # A new observation needs a new answer.
    assert review.opinion("audit", "pass_with_conditions", because="又发现新情况").is_success
    assert about_article_9(review.approve()) == ["review_audit"]


def test_the_audit_bureau_neither_passes_nor_fails_a_project(review, problem):
    problem(review.opinion("audit", "fail"), 422, "audit_supervises")
    assert review.page()["opinions"] == []
    assert review.published("department_opinion.recorded") == []


def test_only_what_asks_for_an_answer_is_answered(review, problem):
    problem(answer(review, "finance"), 404, "no_opinion")
    review.jointly_reviewed("finance")
    problem(answer(review, "finance"), 409, "nothing_to_answer")
    problem(answer(review, "police"), 422, "invalid_request")


def test_an_opinion_is_replaced_for_a_reason_and_the_earlier_ones_stay(review, problem):
    review.jointly_reviewed("finance")
    problem(review.opinion("finance", "fail"), 422, "correction_unreasoned")
    [present] = review.page()["opinions"]
    assert (present["verdict"], present["revision"], present["earlier"]) == ("pass", 1, [])
    assert review.opinion("finance", "fail", because="漏看资金来源").is_success
    view = review.opinion("finance", "pass_with_conditions", because="已补充").json()
    assert (view["verdict"], view["revision"]) == ("pass_with_conditions", 3)
    assert [
        (e["revision"], e["verdict"], e["superseded_because"], e["superseded_by"])
        for e in view["earlier"]
    ] == [(1, "pass", "漏看资金来源", "finance"), (2, "fail", "已补充", "finance")]
    assert review.page("audit")["opinions"] == [view]
    assert [
        (e.revision, e.verdict, e.because) for e in review.published("department_opinion.recorded")
    ] == [(1, "pass", ""), (2, "fail", "漏看资金来源"), (3, "pass_with_conditions", "已补充")]


def test_another_answer_takes_the_place_of_the_first_for_a_reason_only(review, problem):
    review.opinion("audit", "pass_with_conditions")
    assert answer(review, "audit", "已安排专人。").json()["earlier"] == []
    problem(answer(review, "audit", "不再安排。"), 422, "correction_unreasoned")
    view = answer(review, "audit", "改由信息科负责。", because="人员调整").json()
    assert (view["answer"], view["revision"]) == ("改由信息科负责。", 2)
    [first] = view["earlier"]
    assert (first["answer"], first["superseded_because"]) == ("已安排专人。", "人员调整")
    assert first["superseded_by"] != "audit"
    assert [
        (e.department, e.answer, e.revision, e.because)
        for e in review.published("department_opinion.answered")
    ] == [
        ("audit", "已安排专人。", 1, ""),
        ("audit", "改由信息科负责。", 2, "人员调整"),
    ]


def test_an_opinion_that_is_asked_for_again_needs_no_reason(review, events):
    review.jointly_reviewed()
    review.tell(events.change_filed("1300000.00"))
    review.pre_reviewed()
    view = review.opinion("finance").json()
    assert (view["revision"], len(view["earlier"])) == (2, 1)
    assert view["earlier"][0]["superseded_because"] == "项目或材料已变更，按要求重新出具"


def test_pre_review_comes_first(empty, events, problem):
    empty.tell(events.declared(), events.registered())
    problem(empty.opinion("finance"), 409, "pre_review_not_passed")
    assert empty.published() == []
