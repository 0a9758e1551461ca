from decimal import Decimal

import pytest

from govproject import ContractFacts
from govproject.regulation.pack import pack
from govproject_intake.rules.article_12_procurement import follow_procurement_rules

PACK = pack("tinghu-2025")


@pytest.mark.parametrize(
    ("amount", "method", "reason", "asked"),
    [
        ("3999999.99", None, None, False),
        ("3999999.99", "single_source", None, False),
        ("4000000.00", None, None, True),
        ("4000000.00", None, "只有一家能做。", True),
        ("4000000.01", "open_tender", None, False),
        ("4000000.00", "invited_tender", None, True),
        ("4000000.00", "competitive_consultation", None, True),
        ("4000000.00", "framework_agreement", "省级框架协议。", False),
        ("9000000.00", "single_source", "盐财购〔2026〕3号", False),
    ],
)
def test_who_tenders_not_openly_says_why(amount, method, reason, asked):
    facts = ContractFacts.example(
        amount_yuan=amount, procurement_method=method, procurement_reason=reason
    )
    found = follow_procurement_rules(facts, PACK)
    assert [(each.article, each.severity) for each in found] == [("12", "warn")] * asked


def test_the_amount_is_the_packs():
    facts = ContractFacts.example(amount_yuan="2000000", procurement_method="inquiry")
    assert follow_procurement_rules(facts, PACK) == ()
    other = PACK.model_copy(update={"open_tender_from_yuan": Decimal(2_000_000)})
    (found,) = follow_procurement_rules(facts, other)
    assert found.message == (
        "合同金额2000000.00元达到公开招标数额标准2000000元，采用询价，未说明理由。"
    )
