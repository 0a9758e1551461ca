import pytest

from govproject import ChangeFacts
from govproject.regulation.pack import pack
from govproject_intake.rules.article_28_changes import (
    change_approved_before_filing,
    change_crosses_threshold,
    needs_approval,
    no_change_after_final,
)

PACK = pack("tinghu-2025")
UNAPPROVED = {"change_document": None}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {**UNAPPROVED, "track": "filing"},
        {**UNAPPROVED, "approval_number": None},
        {**UNAPPROVED, "aspects": ["responsibility"]},
    ],
)
def test_approved_or_nothing_that_was_approved(changes):
    assert change_approved_before_filing(ChangeFacts.example(**changes)) == ()


@pytest.mark.parametrize(
    "aspects", [["content"], ["scale"], ["amount"], ["responsibility", "scale"]]
)
def test_of_what_was_approved(aspects):
    facts = ChangeFacts.example(**UNAPPROVED, aspects=aspects)
    (finding,) = change_approved_before_filing(facts)
    assert needs_approval(facts)
    assert (finding.rule, finding.article, finding.clause, finding.severity, finding.relief) == (
        "change_approved_before_filing",
        "28",
        "1",
        "block",
        "none",
    )
    assert finding.fact == {
        "aspects": [each for each in aspects if each != "responsibility"],
        "change_document": None,
    }


@pytest.mark.parametrize(
    ("before", "after", "warned"),
    [
        ("9999999.99", "10000000", 1),
        ("10000000", "10000001", 0),
        ("9999999.98", "9999999.99", 0),
        ("1200000", None, 0),
    ],
)
def test_beyond_1000_wan_the_design_is_pointed_out(before, after, warned):
    facts = ChangeFacts.example(approving=True, amount_yuan=before, new_amount_yuan=after)
    found = change_crosses_threshold(facts, PACK)
    assert [finding.severity for finding in found] == ["warn"] * warned


@pytest.mark.parametrize(
    ("aspects", "found"),
    [
        (["content"], [("block", ["content"])]),
        (["amount"], [("block", ["amount"])]),
        (["scale", "amount", "content"], [("block", ["amount", "content"])]),
        (["responsibility", "content"], [("block", ["content"])]),
        (["scale"], [("warn", None)]),
        (["scale", "responsibility"], [("warn", None)]),
        (["responsibility"], []),
    ],
)
def test_after_the_final_nothing_is_under_construction(aspects, found):
    facts = ChangeFacts.example(aspects=aspects, accepted_on="2026-08-03")
    findings = no_change_after_final(facts)
    assert [(f.severity, f.fact.get("aspects")) for f in findings] == found
    assert no_change_after_final(ChangeFacts.example(aspects=aspects)) == ()


def test_what_is_determined_is_approved_later():
    assert change_approved_before_filing(ChangeFacts.example(**UNAPPROVED, determining=True)) == ()


FILED = {"track": "filing", "approval_number": None, "begun": False, "planned": False}
EVALUATION = "须报区财政局进行财政评审（第10条）。"
DESIGN = "项目须编制初步设计方案（第8条）。"
REVIEWED = "项目预审（第7、8条）、部门会审（第9条）、5人及以上单数的专家联合评审（第10条）"


@pytest.mark.parametrize("step", [{}, {"determining": True}, {"approving": True}])
@pytest.mark.parametrize(
    ("changes", "before", "after", "told"),
    [
        ({"fiscal_report": None}, "499999.99", "500000", [EVALUATION]),
        ({"fiscal_report": None}, "450000", "499999.99", []),
        ({"fiscal_report": None}, "500000", "600000", []),
        ({"evaluated_yuan": "600000"}, "450000", "600000", []),
        # A report of which no amount is known is one.
        ({"evaluated_yuan": None}, "450000", "600000", []),
        (
            {"evaluated_yuan": "599999.99"},
            "450000",
            "600000",
            [EVALUATION],
        ),
        (
            {"fiscal_report": None},
            "450000",
            "1000000",
            [
                f"尚缺：列入年度计划（第5、6条）、{REVIEWED}、财政评审（第10条）、立项批复（第11条）。"
            ],
        ),
        (
            {"planned": True},
            "999999.99",
            "1000000",
            [f"尚缺：{REVIEWED}、立项批复（第11条）。"],
        ),
        (
            {"planned": True},
            "450000",
            "11000000",
            [
                f"尚缺：{REVIEWED}、财政评审（第10条）、立项批复（第11条）。",
                "项目须编制初步设计方案（第8条）。",
            ],
        ),
        (
            {"track": "full_process"},
            "1000000",
            "400000",
            ["尚缺：单位内部技术审查及论证，报备并经认定规范（第26、27条）。"],
        ),
        (
            {"track": "full_process", "fiscal_report": None},
            "1000000",
            "499999.99",
            ["尚缺：单位内部技术审查及论证，报备并经认定规范（第26、27条）。"],
        ),
        ({"track": "full_process", "begun": True}, "1000000", "400000", []),
        ({}, "450000", None, []),
    ],
)
def test_what_is_missing_now_is_pointed_out(step, changes, before, after, told):
    amounts = {"amount_yuan": before, "new_amount_yuan": after}
    found = change_crosses_threshold(ChangeFacts.example(**FILED | changes | step, **amounts), PACK)
    assert [finding.severity for finding in found] == ["warn"] * len(told)
    assert all(f.message.endswith(words) for f, words in zip(found, told, strict=True))
