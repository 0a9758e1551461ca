import pytest

from govproject import TenderFacts
from govproject_review.rules.article_26_filing import no_tender_in_an_excluded_case


@pytest.mark.parametrize(
    ("track", "excluded", "filing_status", "found"),
    [
        ("filing", (), "submitted", []),
        ("filing", (), "accepted", []),
        ("filing", ("duplicate",), "submitted", ["block"]),
        ("filing", ("duplicate", "security"), "irregular", ["block"]),
        ("filing", None, "submitted", ["warn"]),
        ("filing", None, "irregular", ["warn"]),
        # Their filing itself is what is asked for (Art 6).
        ("filing", None, "none", []),
        ("filing", None, None, []),
        ("full_process", ("duplicate",), "submitted", []),
        ("full_process", None, "submitted", []),
    ],
)
def test_no_tender_in_an_excluded_case(finds, track, excluded, filing_status, found):
    facts = TenderFacts.example(track=track, excluded=excluded, filing_status=filing_status)
    assert [f.severity for f in finds(no_tender_in_an_excluded_case, facts)] == found


def test_each_condition_is_named(finds):
    facts = TenderFacts.example(track="filing", excluded=["duplicate", "crypto_xinchuang"])
    (finding,) = finds(no_tender_in_an_excluded_case, facts)
    assert "“不符合统一规划或重复建设；不符合密码及信创政策及要求”" in finding.message
    assert finding.fact == {"conditions": ["duplicate", "crypto_xinchuang"]}
    assert ("更正报备" in finding.remedy, "例外" in finding.remedy) == (True, True)
