"""Art 10: who is evaluated, and when."""

from datetime import datetime
from uuid import UUID

import pytest

from govproject.clock import SHANGHAI
from govproject.contracts import intake
from govproject.terms import ChangeAspect, Track
from govproject_review.tables import DeterminedChange

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("budget", "required"),
    [("499999.99", False), ("500000.00", True), ("500000.01", True), ("999999.99", True)],
)
def test_the_filing_track_is_evaluated_from_500000_on(empty, events, problem, budget, required):
    empty.tell(events.declared(budget_yuan=budget), events.filing_submitted())
    answer = empty.evaluate("450000.00")
    if required:
        assert answer.status_code == 201
        (event,) = empty.published("fiscal_evaluation.recorded")
        assert (event.report_number, str(event.evaluated_yuan)) == (
            "亭财评〔2026〕3号",
            "450000.00",
        )
        assert empty.page()["fiscal_evaluation"]["evaluated_yuan"] == "450000.00"
    else:
        assert "第10条" in problem(answer, 409, "evaluation_not_required")["detail"]
        assert empty.published() == []


def test_the_units_own_review_comes_first_on_the_filing_track(empty, events, problem):
    empty.tell(events.declared(budget_yuan="600000.00"))
    assert "第26条" in problem(empty.evaluate("580000.00"), 409, "not_filed")["detail"]
    filed = events.filing_submitted()
    empty.tell(filed)
    about = {"project_id": empty.project, "filing_id": filed.filing_id}
    empty.tell(intake.FilingFoundIrregular(**about, reasons=("附件不全",), found_at=NOW))
    said = problem(empty.evaluate("580000.00"), 409, "filing_irregular")["detail"]
    assert ("第27条" in said, "更正" in said) == (True, True)
    corrected = {"conditions": (), "cloud_plan": None, "corrected_at": NOW}
    empty.tell(intake.FilingCorrected(**about, **corrected))
    assert empty.evaluate("580000.00").is_success


def test_the_experts_come_first_on_the_full_track(review, problem):
    review.pre_reviewed()
    problem(review.evaluate(), 409, "panel_not_passed")
    review.pool(5)
    review.expertly_reviewed(against=3)
    problem(review.evaluate(), 409, "panel_not_passed")
    review.pre_reviewed()
    review.expertly_reviewed()
    assert review.evaluate().is_success


def test_a_later_report_replaces_the_earlier(review, refusal):
    review.ready_for_approval()
    assert review.evaluate("1000000.00", "亭财评〔2026〕9号").json()["round"] == 2
    assert refusal(review.approve("1000000.01")) == ["fiscal_evaluation_report"]
    assert review.approve("1000000.00").is_success


def test_a_report_number_is_used_once(small, events, problem):
    assert small.evaluate("500000").is_success
    problem(small.evaluate("400000"), 409, "report_number_taken")
    other = UUID(int=8)
    small.tell(events.declared(other, "600000.00"), events.filing_submitted(other))
    small.project = other
    problem(small.evaluate("500000"), 409, "report_number_taken")
    for number in ("亭财评[2026]3号", "亭财评〔２０２６〕 03号"):
        problem(small.evaluate("500000", number), 409, "report_number_taken")


def test_an_evaluation_below_the_boundary_keeps_the_track(review):
    review.ready_for_approval()
    assert review.evaluate("900000.00", "亭财评〔2026〕9号").is_success
    assert review.approve("900000.00").is_success
    assert review.page()["track"] == "full_process"


def test_a_change_of_what_was_approved_is_evaluated_again(review, events, problem):
    review.ready_for_approval()
    assert review.approve().is_success
    again = "1500000.00", "亭财评〔2026〕30号"
    said = problem(review.evaluate(*again), 409, "already_approved")
    assert ("已确定、尚未报备" in said["detail"], "第28条" in said["remedy"]) == (True, True)
    review.tell(events.change_determined(ChangeAspect.RESPONSIBILITY))
    problem(review.evaluate(*again), 409, "already_approved")

    determined = events.change_determined(ChangeAspect.AMOUNT, new_budget_yuan="1500000.00")
    review.tell(determined)
    assert review.evaluate(*again).json()["round"] == 2
    event = review.published()[-1]
    assert (event.name, event.report_number, str(event.evaluated_yuan)) == (
        "fiscal_evaluation.recorded",
        "亭财评〔2026〕30号",
        "1500000.00",
    )
    # The approval stays as it is; only the tender has a later report to rest on.
    page = review.page()
    assert (page["stage"], page["application"]["approved_yuan"]) == ("approved", "1100000.00")
    asked = review.post("/checks/tender", {"project_id": str(review.project)}, "unit").json()
    assert "项目尚无以下材料" not in str(asked["findings"])

    filed = events.change_filed("1500000.00")
    review.tell(filed.model_copy(update={"change_id": determined.change_id}))
    problem(review.evaluate("1600000.00", "亭财评〔2026〕31号"), 409, "already_approved")


def test_of_a_stopped_project_nothing_is_evaluated(review, events, problem):
    review.ready_for_approval()
    assert review.approve().is_success
    review.tell(events.change_determined(ChangeAspect.CONTENT), events.decommissioned())
    problem(review.evaluate(number="亭财评〔2026〕30号"), 409, "decommissioned")


def test_a_change_that_is_withdrawn_is_not_evaluated(review, events, problem):
    review.ready_for_approval()
    assert review.approve().is_success
    determined = events.change_determined(ChangeAspect.CONTENT)
    review.tell(determined, events.change_withdrawn(determined))
    problem(review.evaluate(number="亭财评〔2026〕30号"), 409, "already_approved")


def test_a_change_from_before_its_filing_was_kept_counts_as_open(review, events):
    review.ready_for_approval()
    assert review.approve().is_success
    determined = events.change_determined(ChangeAspect.AMOUNT, new_budget_yuan="1500000.00")
    filed = events.change_filed("1500000.00")
    review.tell(determined, filed.model_copy(update={"change_id": determined.change_id}))
    with review.runtime.db.write() as session:
        change = session.get_one(DeterminedChange, determined.change_id)
        change.filed_at, change.new_budget_yuan = None, None
    assert review.evaluate("1500000.00", "亭财评〔2026〕30号").is_success


@pytest.mark.parametrize(("amount", "required"), [("499999.99", False), ("500000.00", True)])
def test_the_amount_after_the_change_decides(review, events, problem, amount, required):
    review.ready_for_approval()
    review.tell(events.change_filed("400000.00").model_copy(update={"track": Track.FULL_PROCESS}))
    review.pre_reviewed()
    review.jointly_reviewed()
    review.expertly_reviewed()
    assert review.approve("400000.00").is_success
    review.tell(events.change_determined(ChangeAspect.AMOUNT, new_budget_yuan=amount))
    answer = review.evaluate(amount, "亭财评〔2026〕30号")
    if required:
        assert answer.is_success
    else:
        problem(answer, 409, "evaluation_not_required")
