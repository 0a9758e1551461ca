from datetime import date

import pytest

from govproject import DeclarationFacts
from govproject_intake.rules.article_05_declaration import material_policy_basis, plan_submission_q3


@pytest.mark.parametrize("today", [date(2026, 7, 1), date(2026, 8, 15), date(2026, 9, 30)])
def test_the_third_quarter_is_the_time_for_the_next_year(today):
    assert plan_submission_q3(DeclarationFacts.example(today=today, plan_year=2027)) == ()


@pytest.mark.parametrize(
    ("today", "plan_year"),
    [
        (date(2026, 6, 30), 2027),
        (date(2026, 10, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2026, 8, 3), 2026),
        (date(2026, 8, 3), 2028),
        (date(2027, 7, 1), 2027),
    ],
)
def test_another_time_is_late_and_not_refused(today, plan_year):
    facts = DeclarationFacts.example(today=today, plan_year=plan_year)
    (finding,) = plan_submission_q3(facts)
    assert (finding.rule, finding.article, finding.severity) == ("plan_submission_q3", "5", "warn")
    assert finding.fact == {"plan_year": plan_year, "declared_on": today.isoformat()}
    assert f"{plan_year - 1}年第三季度" in finding.message


def test_at_least_one_document_is_needed():
    assert material_policy_basis(DeclarationFacts.example(policy_basis=("区政府批示",))) == ()
    (finding,) = material_policy_basis(DeclarationFacts.example(policy_basis=()))
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "material_policy_basis",
        "5",
        "block",
        "none",
    )
