import pytest

from govproject import ContractFacts
from govproject.regulation.pack import pack
from govproject_intake.rules.article_06_approval import no_build_before_approval

PACK = pack("tinghu-2025")
FILED = {"track": "filing", "approval_number": None, "approved_on": None}


@pytest.mark.parametrize(
    "changes",
    [
        {"approved_on": "2026-07-15", "award_notice_on": "2026-07-15"},
        {"approved_on": "2026-07-14", "award_notice_on": "2026-07-15"},
        {**FILED, "internal_review_on": "2026-07-15", "award_notice_on": "2026-07-15"},
        {**FILED, "internal_review_on": "2026-07-14", "award_notice_on": "2026-07-15"},
        {**FILED, "internal_review_on": "2026-07-14", "award_notice_on": None},
        {"award_notice_on": None},
    ],
)
def test_awarded_after_approval_or_review(changes):
    assert no_build_before_approval(ContractFacts.example(**changes), PACK) == ()


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ({"approval_number": None, "approved_on": None}, {"approval_number": None}),
        (
            # An internal review is no approval.
            {"approval_number": None, "approved_on": None, "internal_review_on": "2026-07-01"},
            {"approval_number": None},
        ),
        (
            {"approved_on": "2026-07-15", "award_notice_on": "2026-07-14"},
            {"award_notice_on": "2026-07-14", "approved_on": "2026-07-15"},
        ),
        (FILED, {"internal_review_on": None}),
        (
            {**FILED, "internal_review_on": "2026-07-15", "award_notice_on": "2026-07-14"},
            {"award_notice_on": "2026-07-14", "internal_review_on": "2026-07-15"},
        ),
    ],
)
def test_awarded_before_it(changes, fact):
    (finding,) = no_build_before_approval(ContractFacts.example(**changes), PACK)
    assert (finding.rule, finding.article, finding.clause, finding.severity, finding.relief) == (
        "no_build_before_approval",
        "6",
        "2",
        "block",
        "none",
    )
    assert (finding.fact, bool(finding.remedy)) == (fact, True)


EARLY = (
    {"approval_number": None, "approved_on": None},
    {"approved_on": "2026-07-16"},
    FILED,
    {**FILED, "internal_review_on": "2026-07-16"},
)


@pytest.mark.parametrize("early", EARLY)
@pytest.mark.parametrize(
    ("kind", "subject", "severity"),
    [
        ("new", "construction", "block"),
        ("new", "goods", "block"),
        ("new", "service", "warn"),
        ("new", "test", "warn"),
        ("new", "supervision", "warn"),
        ("renewal", "service", "warn"),
        ("service", "service", "block"),
        ("ops", "service", "block"),
        ("ops", "test", "warn"),
    ],
)
def test_what_prepares_or_attends_is_pointed_out(early, kind, subject, severity):
    study = {"kind": kind, "subject": subject, "amount_yuan": "50000"}
    facts = ContractFacts.example(**early, **study)
    (finding,) = no_build_before_approval(facts, PACK)
    assert finding.severity == severity
    assert ("核对合同标的" in finding.remedy) == (severity == "warn")


@pytest.mark.parametrize("early", EARLY)
@pytest.mark.parametrize("subject", ["service", "test", "supervision"])
@pytest.mark.parametrize(
    ("before", "amount", "budget", "severity"),
    [
        ("0", "240000", "1200000", "warn"),
        ("0", "240000.01", "1200000", "block"),
        ("0", "1200000", "1200000", "block"),
        ("100000", "140000", "1200000", "warn"),
        ("100000", "140000.01", "1200000", "block"),
        ("0", "60000", "300000", "warn"),
        ("0", "60000.01", "300000", "block"),
        # Asked without a budget, nothing can be compared.
        ("0", "1200000", None, "warn"),
    ],
)
def test_what_takes_a_good_part_of_the_budget_prepares_nothing(
    early, subject, before, amount, budget, severity
):
    money = {"prepared_yuan": before, "amount_yuan": amount, "budget_yuan": budget}
    facts = ContractFacts.example(**early, subject=subject, **money)
    (finding,) = no_build_before_approval(facts, PACK)
    assert (finding.severity, "limit_yuan" in finding.fact) == (severity, severity == "block")


@pytest.mark.parametrize("subject", ["service", "test", "supervision"])
def test_after_the_approval_nothing_is_said_of_it(subject):
    assert no_build_before_approval(ContractFacts.example(subject=subject), PACK) == ()


def test_an_approval_whose_day_nobody_kept_is_pointed_out():
    (finding,) = no_build_before_approval(ContractFacts.example(approved_on=None), PACK)
    assert (finding.severity, finding.fact) == (
        "warn",
        {"approval_number": "亭数批〔2026〕12号"},
    )
