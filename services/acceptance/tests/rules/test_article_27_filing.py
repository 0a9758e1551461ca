import pytest

from govproject.terms import AcceptanceStage
from govproject_acceptance.rules.article_27_filing import filed_before_meetings


@pytest.mark.parametrize("stage", AcceptanceStage)
@pytest.mark.parametrize(
    ("track", "status", "may_meet"),
    [
        ("filing", "none", False),
        ("filing", "irregular", False),
        ("filing", "submitted", True),
        ("filing", "accepted", True),
        ("full_process", "none", True),
        ("full_process", "irregular", True),
    ],
)
def test_filed_before_meetings(severities, stage, track, status, may_meet):
    facts = {"stage": stage, "track": track, "filing_status": status}
    asked = stage in ("preliminary", "lot") and not may_meet
    assert severities(filed_before_meetings, **facts) == ["block"] * asked
