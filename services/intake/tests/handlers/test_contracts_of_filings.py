"""What a contract on the filing track waits for: its filing, with a review (Arts 6, 10, 26)."""

from decimal import Decimal
from uuid import UUID

import pytest

from govproject.contracts.review import FiscalEvaluationRecorded


def test_a_project_on_the_filing_track_costs_what_was_filed(intake, problem):
    project = intake.registered(budget_yuan="490000")
    intake.done(f"/filings/{intake.filed(project)}/acceptance", as_="bureau")
    path = f"/projects/{project}/contracts"
    answer = problem(intake.post(path, intake.contract(amount_yuan="3000000")), 409, "refused")
    assert [finding["rule"] for finding in answer["findings"]] == ["implement_as_approved"]
    change = {"aspects": ["amount"], "description": "增加模块。", "new_budget_yuan": "495000"}
    determined = intake.done(f"/projects/{project}/changes", change)["id"]
    dearer = intake.contract(amount_yuan="495000")
    problem(intake.post(path, dearer), 409, "refused")
    intake.done(f"/changes/{determined}/filing")
    intake.done(path, dearer)


def test_nothing_is_awarded_before_the_filing_records_a_review(intake, problem):
    project = intake.registered()
    path = f"/projects/{project}/contracts"
    answer = problem(intake.post(path, intake.contract()), 409, "refused")
    assert [(f["rule"], f["article"]) for f in answer["findings"]] == [
        ("no_build_before_approval", "6")
    ]
    filing = intake.filed(project, internal_review_on="2026-07-02")
    answer = problem(intake.post(path, intake.contract()), 409, "refused")
    assert answer["findings"][0]["fact"] == {
        "award_notice_on": "2026-07-01",
        "internal_review_on": "2026-07-02",
    }
    body = {"reasons": ["论证材料缺失"]}
    intake.done(f"/filings/{filing}/irregularity", body, "bureau")
    later = intake.contract(award_notice_on="2026-07-02")
    problem(intake.post(path, later), 409, "refused")
    intake.done(f"/filings/{filing}/correction", intake.filing(internal_review_on="2026-07-02"))
    intake.done(path, later)


def test_nothing_is_signed_on_a_filing_that_declares_what_must_not_be_built(intake, problem):
    """It was handed in, and nobody has looked at it."""
    project = intake.registered()
    conditions = intake.filing()["conditions"]
    intake.filed(project, conditions=conditions | {"duplicate": True})
    path = f"/projects/{project}/contracts"
    answer = problem(intake.post(path, intake.contract()), 409, "refused")
    assert [(f["rule"], f["article"]) for f in answer["findings"]] == [
        ("no_contract_in_an_excluded_case", "26")
    ]
    exception = {
        "rule": "filing_duplicate",
        "reason": "国家部署的试点任务。",
        "document": "亭数〔2026〕9号",
        "expires_on": "2027-12-31",
    }
    intake.done(f"/projects/{project}/exceptions", exception, "bureau")
    intake.done(path, intake.contract())


@pytest.mark.parametrize("corrected", ["2026-07-25", "2026-06-01"])
def test_a_further_review_leaves_what_was_awarded_after_the_first(intake, problem, corrected):
    project = intake.registered()
    filing = intake.filed(project, internal_review_on="2026-06-20")
    intake.done(f"/filings/{filing}/irregularity", {"reasons": ["论证材料缺失"]}, "bureau")
    again = intake.filing(internal_review_on=corrected, reviewed_again=True)
    intake.done(f"/filings/{filing}/correction", again)
    earlier = intake.contract(award_notice_on="2026-05-31")
    answer = problem(intake.post(f"/projects/{project}/contracts", earlier), 409, "refused")
    first = min(corrected, "2026-06-20")
    assert answer["findings"][0]["fact"]["internal_review_on"] == first
    (filed,), (mended,) = map(intake.published, ("filing.submitted", "filing.corrected"))
    assert str(filed.internal_review_on) == "2026-06-20"
    assert str(mended.internal_review_on) == first
    intake.contracted(project, award_notice_on="2026-06-20")


def test_a_review_day_that_was_wrong_counts_no_more_once_it_is_corrected(intake, problem):
    project = intake.registered()
    filing = intake.filed(project, internal_review_on="2026-06-20")
    true = intake.filing(internal_review_on="2026-07-02")
    view = intake.done(f"/filings/{filing}/correction", true)
    assert (view["internal_review_on"], view["first_internal_review_on"]) == ("2026-07-02",) * 2
    # What is corrected otherwise says nothing new of the day.
    intake.done(f"/filings/{filing}/correction", true)
    earlier = intake.contract(award_notice_on="2026-07-01")
    answer = problem(intake.post(f"/projects/{project}/contracts", earlier), 409, "refused")
    assert answer["findings"][0]["fact"]["internal_review_on"] == "2026-07-02"
    told = intake.published("filing.corrected")
    assert [str(each.internal_review_on) for each in told] == ["2026-07-02"] * 2
    intake.contracted(project, award_notice_on="2026-07-02")


def test_a_correction_of_something_else_keeps_the_first_of_two_reviews(intake):
    project = intake.registered()
    filing = intake.filed(project, internal_review_on="2026-06-20")
    again = intake.filing(internal_review_on="2026-07-25", reviewed_again=True)
    intake.done(f"/filings/{filing}/correction", again)
    same = intake.filing(internal_review_on="2026-07-25")
    view = intake.done(f"/filings/{filing}/correction", same)
    assert view["first_internal_review_on"] == "2026-06-20"
    intake.contracted(project, award_notice_on="2026-06-20")


def test_a_filed_project_is_evaluated_first_and_costs_no_more(intake, problem):
    project = intake.buildable(budget_yuan="600000")
    path = f"/projects/{project}/contracts"
    body = intake.contract(amount_yuan="600000")
    answer = problem(intake.post(path, body), 409, "refused")
    assert [(f["rule"], f["article"]) for f in answer["findings"]] == [
        ("contracts_after_evaluation", "10")
    ]
    intake.tell(
        FiscalEvaluationRecorded(
            project_id=UUID(project),
            report_number="亭财评〔2026〕7号",
            evaluated_yuan=Decimal(550000),
            recorded_at=intake.clock(),
        )
    )
    answer = problem(intake.post(path, body), 409, "refused")
    assert [finding["rule"] for finding in answer["findings"]] == ["contracts_within_evaluation"]
    intake.contracted(project, amount_yuan="550000")
