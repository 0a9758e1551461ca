from datetime import date, timedelta

import pytest

from govproject import ApprovalFacts, TenderFacts
from govproject.regulation.pack import pack
from govproject.regulation.text import quotes
from govproject_review.rules.article_11_approval import (
    approval_after_its_steps,
    approval_on_complete_knowledge,
    approval_on_current_knowledge,
    filing_form_10_workdays,
    project_code,
    submit_approval_documents,
    tender_documents_basis,
)


@pytest.mark.parametrize(("code", "blocks"), [("2608-320902-04-01-123456", False), (None, True)])
def test_project_code(finds, code, blocks):
    found = finds(project_code, ApprovalFacts.example(project_code=code))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks


@pytest.mark.parametrize(("documents", "blocks"), [(("项目审批请示",), False), ((), True)])
def test_submit_approval_documents(finds, documents, blocks):
    found = finds(submit_approval_documents, ApprovalFacts.example(approval_documents=documents))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks


@pytest.mark.parametrize(
    ("approved_on", "later"),
    [(None, []), (date(2026, 8, 3), []), (date(2026, 8, 2), []), (date(2026, 8, 1), ["财政评审"])],
)
def test_approval_after_its_steps(finds, approved_on, later):
    steps = {"专家评审": date(2026, 8, 1), "财政评审": date(2026, 8, 2)}
    facts = ApprovalFacts.example(approved_on=approved_on, steps_on=steps)
    found = finds(approval_after_its_steps, facts)
    assert [list(f.fact["later"]) for f in found] == [later] * bool(later)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * bool(later)


ALL = ("feasibility_report", "cost_assessment", "expert_opinion", "fiscal_report")


@pytest.mark.parametrize(
    ("track", "amount", "on_record", "based_on", "found"),
    [
        ("full_process", "1000000.00", ALL, ALL, []),
        ("full_process", "1000000.00", ALL, ALL[:3], [{"ignored": ["fiscal_report"]}]),
        ("full_process", "1000000.00", ALL, (), [{"ignored": list(ALL)}]),
        ("full_process", "1000000.00", ALL[:2], ALL, [{"absent": list(ALL[2:])}]),
        ("full_process", "499999.99", ALL[:3], ALL[:3], []),
        ("full_process", "499999.99", ALL, ALL[:3], [{"ignored": ["fiscal_report"]}]),
        ("filing", "499999.99", (), (), []),
        ("filing", "499999.99", ALL[2:3], (), [{"ignored": ["expert_opinion"]}]),
        ("filing", "500000.00", (), (), [{"absent": ["fiscal_report"]}]),
        ("filing", "500000.00", ALL[3:], ALL[3:], []),
    ],
)
def test_tender_documents_basis(finds, track, amount, on_record, based_on, found):
    facts = TenderFacts.example(
        track=track, amount_yuan=amount, on_record=on_record, based_on=based_on
    )
    assert [finding.fact for finding in finds(tender_documents_basis, facts)] == found


def test_papers_of_an_approval_of_before_the_service_cannot_be_compared(finds):
    (absent, ignored) = finds(
        tender_documents_basis,
        TenderFacts.example(approved_before_service=True, on_record=ALL[3:], based_on=()),
    )
    assert (absent.severity, absent.fact) == ("warn", {"absent": list(ALL[:3])})
    assert (ignored.severity, ignored.fact) == ("block", {"ignored": ["fiscal_report"]})


@pytest.mark.parametrize("before", [True, False])
def test_nothing_is_said_of_papers_that_are_all_here(finds, before):
    facts = TenderFacts.example(approved_before_service=before, on_record=ALL, based_on=ALL)
    assert finds(tender_documents_basis, facts) == ()


@pytest.mark.parametrize(("evaluated", "absent"), [(True, [["fiscal_report"]]), (False, [])])
def test_a_district_may_leave_the_filing_track_without_a_report(tinghu, evaluated, absent):
    rules = tinghu.model_copy(update={"fiscal_evaluation_on_filing_track": evaluated})
    facts = TenderFacts.example(track="filing", amount_yuan="500000.00", on_record=(), based_on=())
    found = tender_documents_basis(facts, rules)
    assert [finding.fact["absent"] for finding in found] == absent


@pytest.mark.parametrize(
    ("approved_on", "due_on", "provisional"),
    [
        (date(2026, 8, 3), date(2026, 8, 17), False),
        # The Spring Festival, with two Saturdays worked in exchange.
        (date(2026, 2, 10), date(2026, 3, 2), False),
        # Into a year whose notice is not out.
        (date(2026, 12, 25), date(2027, 1, 8), True),
    ],
)
def test_filing_form_10_workdays(approved_on, due_on, provisional):
    duty = filing_form_10_workdays(approved_on, pack("tinghu-2025"))
    assert duty.due() == (due_on, provisional)
    assert quotes(duty.citation.article, duty.citation.quote)


def test_the_filing_form_waits_for_new_years_day_once_the_notice_is_out():
    duty = filing_form_10_workdays(date(2026, 12, 25), pack("tinghu-2025"))
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(31)]
    table = {day: day.isoweekday() <= 5 and day.day > 1 for day in year}
    assert duty.due(table) == (date(2027, 1, 11), False)


@pytest.mark.parametrize(("backlog", "blocks"), [(0, False), (1, True), (12, True)])
def test_approval_on_complete_knowledge(finds, backlog, blocks):
    found = finds(approval_on_complete_knowledge, ApprovalFacts.example(backlog=backlog))
    assert [(f.severity, f.fact) for f in found] == [("block", {"backlog": backlog})] * blocks


@pytest.mark.parametrize(
    ("age", "limit", "blocks"),
    [(0, 1440, False), (1440, 1440, False), (1441, 1440, True), (61, 60, True), (None, 1440, True)],
)
def test_approval_on_current_knowledge(finds, age, limit, blocks):
    facts = ApprovalFacts.example(knowledge_age_minutes=age, knowledge_max_age_minutes=limit)
    found = finds(approval_on_current_knowledge, facts)
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks
