import pytest

from govproject_acceptance.rules.article_28_changes import no_change_filing_no_acceptance


@pytest.mark.parametrize(
    ("stage", "unfiled", "found"),
    [
        ("preliminary", 0, []),
        ("preliminary", 1, ["block"]),
        ("final", 0, []),
        ("final", 1, ["block"]),
        ("final", 2, ["block"]),
        ("lot", 1, ["block"]),
        ("trial", 1, []),
        ("kick_off", 1, []),
    ],
)
def test_no_change_filing_no_acceptance(severities, stage, unfiled, found):
    facts = {"stage": stage, "unfiled_changes": unfiled}
    assert severities(no_change_filing_no_acceptance, **facts) == found


def test_no_exception_lifts_it(findings):
    (finding,) = findings(no_change_filing_no_acceptance, unfiled_changes=1)
    assert finding.relief == "none"
    assert "终验" in finding.message
