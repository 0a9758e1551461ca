"""The same service on PostgreSQL, where steps of one review can really meet."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from govproject.persistence import migrate
from govproject_review.app import SERVICE
from govproject_review.handlers import received
from govproject_review.rules.article_07_pre_review import POINTS
from govproject_review.tables import Project


@pytest.fixture
def database_url(postgres_url):
    return postgres_url


def test_the_migrations_make_what_the_models_say(review):
    assert migrate.is_current(review.runtime.db, SERVICE.package)
    assert migrate.differences(review.runtime.db, SERVICE.package) == []


def test_a_review_from_pre_review_to_approval(review, events, refusal):
    review.tell(events.exception_granted("fiscal_evaluation_report"))
    review.ready_for_approval()
    assert review.opinion("audit", "pass_with_conditions", because="发现新情况").is_success
    assert refusal(review.approve()) == ["review_audit"]
    path = f"/projects/{review.project}/opinions/audit/answer"
    review.done(path, {"answer": "已补充说明。"})
    view = review.approve("1100000.01").json()
    assert view["approved_yuan"] == "1100000.01"
    page = review.page()
    assert page["stage"] == "approved"
    assert page["application"] == view
    assert len(page["opinions"]) == 4
    assert review.get("/projects").json()["items"][0]["budget_yuan"] == "1200000.00"
    # The approval, and the filing form that it makes due (Art 11).
    names = [event.name for event in review.published()]
    assert names[-2:] == ["project.approved", "obligation.opened"]


def test_two_officials_approve_at_once_and_one_does(review):
    review.ready_for_approval()
    numbers = [f"亭数批〔2026〕{number}号" for number in range(4)]
    with ThreadPoolExecutor(len(numbers)) as officials:
        answers = list(officials.map(lambda number: review.approve(number=number), numbers))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"already_approved"}
    assert len(review.published("project.approved")) == 1


def test_two_draws_at_once_leave_one_panel(review):
    review.pre_reviewed()
    review.pool(6)
    path = f"/projects/{review.project}/panels"
    with ThreadPoolExecutor(4) as officials:
        answers = list(officials.map(lambda _: review.post(path, {}, "bureau"), range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"panel_open"}


def test_a_change_that_meets_a_verdict_takes_no_edition_back(review, events):
    pre_review_id = review.submitted()
    # As the consumer does: events of one batch share a transaction, and what it has read.
    with review.runtime.db.write() as session:
        known = session.get_one(Project, review.project)
        before = known.edition
        verdict = {"points": dict.fromkeys(POINTS, True)}
        review.done(f"/pre-reviews/{pre_review_id}/verdict", verdict, "bureau")
        changed = events.change_filed("1300000.00")
        received.on_change_filed(session, changed, delivery=None)
        assert known.edition == before + 2
    with review.runtime.db.read() as session:
        assert session.get_one(Project, review.project).edition == before + 2
