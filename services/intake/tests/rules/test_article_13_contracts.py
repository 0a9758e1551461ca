import pytest

from govproject import ContractFacts
from govproject.terms import ContractClause
from govproject_intake.rules.article_13_contracts import (
    contract_mandatory_clauses,
    contract_text_on_file,
    nda_with_contractor,
)

ALL = dict.fromkeys(ContractClause, "第3页")


def test_all_five_are_settled():
    assert contract_mandatory_clauses(ContractFacts.example()) == ()


@pytest.mark.parametrize("clause", list(ContractClause))
def test_each_of_the_five_is_asked_for(clause):
    clauses = {key: page for key, page in ALL.items() if key is not clause}
    (finding,) = contract_mandatory_clauses(ContractFacts.example(clauses=clauses))
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "contract_mandatory_clauses",
        "13",
        "block",
        "none",
    )
    assert finding.fact == {"missing": [clause.value]}
    assert finding.message == f"合同必备条款5项，已明确4项，缺少：{clause.zh}。"


def test_none_of_the_five_is_settled():
    (finding,) = contract_mandatory_clauses(ContractFacts.example(clauses={}))
    assert finding.fact == {"missing": [clause.value for clause in ContractClause]}
    assert "已明确0项" in finding.message


@pytest.mark.parametrize(
    ("need", "signed_on"),
    [
        ("needed", "2026-07-20"),
        (None, "2026-07-20"),
        ("none", None),
        ("none", "2026-07-20"),
    ],
)
def test_an_agreement_is_signed_or_nothing_is_confidential(need, signed_on):
    facts = ContractFacts.example(confidentiality_need=need, nda_signed_on=signed_on)
    assert nda_with_contractor(facts) == ()


@pytest.mark.parametrize("need", ["needed", None])
def test_without_an_agreement_the_need_has_to_be_denied(need):
    facts = ContractFacts.example(confidentiality_need=need, nda_signed_on=None)
    (finding,) = nda_with_contractor(facts)
    assert (finding.rule, finding.article, finding.clause, finding.severity) == (
        "nda_with_contractor",
        "13",
        "2",
        "block",
    )
    assert finding.fact == {"confidentiality_need": need, "nda_signed_on": None}


@pytest.mark.parametrize(("track", "severity"), [("full_process", "block"), ("filing", "warn")])
@pytest.mark.parametrize(
    ("text", "notice", "missing"),
    [
        (True, True, None),
        (False, True, "合同文本"),
        (True, False, "中标（成交）通知书"),
        (False, False, "合同文本、中标（成交）通知书"),
    ],
)
def test_text_and_notice_are_on_file(track, severity, text, notice, missing):
    facts = ContractFacts.example(track=track, contract_text=text, award_notice=notice)
    found = [(f.severity, f.article, f.message) for f in contract_text_on_file(facts)]
    assert found == ([] if missing is None else [(severity, "13", f"未附：{missing}。")])
