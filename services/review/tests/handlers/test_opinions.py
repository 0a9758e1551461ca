"""Art 9: four departments, each its own opinion."""

import pytest


@pytest.fixture
def review(review):
    review.pre_reviewed()
    return review


def answer(review, department, text="已按意见修改。"):
    return review.post(f"/projects/{review.project}/opinions/{department}/answer", {"answer": text})


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
    assert review.opinion("cyberspace", "fail").is_success
    assert about_article_9(review.approve()) == ["review_cyberspace"]
    assert review.page()["stage"] == "joint_review"
    assert answer(review, "cyberspace").json()["answer"] == "已按意见修改。"
    assert about_article_9(review.approve()) == ["review_cyberspace"]
    view = review.opinion("cyberspace", "pass_with_conditions").json()
    assert (view["verdict"], view["answer"]) == ("pass_with_conditions", None)
    assert about_article_9(review.approve()) == ["conditions_of_departments"]
    assert answer(review, "cyberspace").is_success
    assert about_article_9(review.approve()) == []
    assert len(review.page()["opinions"]) == 4


def test_an_observation_of_the_audit_bureau_must_be_answered(review):
    review.jointly_reviewed()
    assert review.opinion("audit", "pass_with_conditions").is_success
    assert about_article_9(review.approve()) == ["review_audit"]
    assert answer(review, "audit").is_success
    assert about_article_9(review.approve()) == []
    # A new observation needs a new answer.
    assert review.opinion("audit", "pass_with_conditions").is_success
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


def test_pre_review_comes_first(empty, events, problem):
    empty.tell(events.declared(), events.registered())
    problem(empty.opinion("finance"), 409, "pre_review_not_passed")
    assert empty.published() == []
