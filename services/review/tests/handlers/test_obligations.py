"""The filing form of an approved project: owed with a day, proven, computed again (Art 11)."""

from datetime import date, datetime, timedelta

import pytest

from govproject.clock import SHANGHAI
from govproject.contracts.intake import CALENDAR, WorkingDaysAnnounced
from govproject.messaging.receiving import Outcome
from govproject.obligations import reminding
from govproject_local.review_documents import chapters
from govproject_review.app import SERVICE
from govproject_review.handlers.obligations import KEEPER

PROOF = {"proof": "2026-08-10已向区委网信办报送，回执12号"}
FORM = chapters(["项目基本情况备案表"])
NOTICE = "国办发明电〔2026〕7号"


@pytest.fixture
def approved(review):
    review.ready_for_approval()
    assert review.approve().is_success
    return review


def announced():
    """2027 by its notice: New Year's Day is off, the Saturday after it is worked."""
    first = date(2027, 1, 1)
    days = [first + timedelta(days=n) for n in range(365)]
    worked = {d for d in days if d.isoweekday() <= 5} - {first} | {date(2027, 1, 9)}
    return WorkingDaysAnnounced(
        project_id=CALENDAR,
        notice=NOTICE,
        working_days=tuple(sorted(worked)),
        days_off=tuple(sorted(set(days) - worked)),
        imported_by="bureau",
        imported_at=datetime(2026, 12, 28, 9, 0, tzinfo=SHANGHAI),
    )


def owed(review):
    (found,) = review.get("/obligations").json()["items"]
    return found


def test_approval_opens_it(approved):
    found = owed(approved)
    assert (found["rule"], found["article"]) == ("filing_form_10_workdays", "11")
    assert (found["due_on"], found["due_provisional"]) == ("2026-08-17", False)
    (event,) = approved.published("obligation.opened")
    assert (str(event.obligation_id), event.due_on) == (found["id"], date(2026, 8, 17))
    application = approved.page()["application"]
    assert application["filing_form_due_on"] == "2026-08-17"


def test_the_units_proof_closes_it_once(approved, problem):
    path = f"/obligations/{owed(approved)['id']}/closure"
    problem(approved.post(path, PROOF, "bureau"), 403, "role_not_allowed")
    problem(approved.post(path, PROOF, unit="亭湖区卫健委"), 403, "not_your_unit")
    problem(approved.post(path, PROOF), 422, "proof_file_missing")
    assert approved.published("obligation.closed") == []
    form = approved.handed_in("项目基本情况备案表.docx", FORM)
    closed = approved.done(path, PROOF | {"file_id": form})
    assert (closed["proof"], closed["proof_file_id"]) == (PROOF["proof"], form)
    assert len(approved.published("obligation.closed")) == 1
    problem(approved.post(path, PROOF), 409, "already_closed")


def test_a_provisional_day_is_computed_again_when_the_notice_arrives(review):
    review.clock.now = datetime(2026, 12, 25, 9, 0, tzinfo=SHANGHAI)
    review.ready_for_approval()
    assert review.approve().json()["filing_form_due_provisional"] is True
    assert owed(review)["due_on"] == "2027-01-08"
    assert review.tell(announced()) == {Outcome.DONE: 1}
    assert (owed(review)["due_on"], owed(review)["due_provisional"]) == ("2027-01-09", False)
    assert review.page()["application"]["filing_form_due_on"] == "2027-01-09"
    (event,) = review.published("obligation.rescheduled")
    assert (event.previous_due_on, event.due_on) == (date(2027, 1, 8), date(2027, 1, 9))


def test_an_approval_after_the_notice_is_certain_at_once(review):
    review.clock.now = datetime(2026, 12, 25, 9, 0, tzinfo=SHANGHAI)
    review.tell(announced())
    review.ready_for_approval()
    view = review.approve().json()
    assert (view["filing_form_due_on"], view["filing_form_due_provisional"]) == (
        "2027-01-09",
        False,
    )
    assert review.published("project.approved")[0].filing_form_due_on == date(2027, 1, 9)


def test_late_is_said_once_and_shown(approved):
    assert [work.__module__ for work in SERVICE.workers] == [reminding.__name__]
    approved.clock.now = datetime(2026, 8, 18, 0, 5, tzinfo=SHANGHAI)
    db, now = approved.runtime.db, approved.clock.now
    said = [reminding.notice_next(db, KEEPER.events, now) for _ in range(2)]
    assert said == [True, False]
    assert [event.name for event in approved.published()][-1] == "obligation.overdue"
    assert owed(approved)["overdue"] is True
