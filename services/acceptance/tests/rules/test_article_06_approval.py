import pytest

from govproject.terms import AcceptanceStage, FilingStatus, Track
from govproject_acceptance.rules.article_06_approval import (
    no_build_before_approval,
    no_start_before_filing,
)


@pytest.mark.parametrize("stage", AcceptanceStage)
@pytest.mark.parametrize(
    ("track", "approved", "found"),
    [
        (Track.FULL_PROCESS, False, ["block"]),
        (Track.FULL_PROCESS, True, []),
        (Track.FILING, False, []),
    ],
)
def test_no_build_before_approval(severities, stage, track, approved, found):
    facts = {"stage": stage, "track": track, "approved": approved}
    assert severities(no_build_before_approval, **facts) == found


def test_an_approval_of_a_later_day_is_named(findings):
    facts = {"approved": False, "approved_on": "2026-08-04", "held_on": "2026-08-03"}
    (finding,) = findings(no_build_before_approval, **facts)
    assert "2026-08-04" in finding.message
    assert "2026-08-03" in finding.message


@pytest.mark.parametrize(
    ("track", "stage", "status", "found"),
    [
        (Track.FILING, AcceptanceStage.KICK_OFF, FilingStatus.NONE, ["block"]),
        (Track.FILING, AcceptanceStage.KICK_OFF, FilingStatus.IRREGULAR, ["block"]),
        (Track.FILING, AcceptanceStage.KICK_OFF, FilingStatus.SUBMITTED, []),
        (Track.FILING, AcceptanceStage.KICK_OFF, FilingStatus.ACCEPTED, []),
        (Track.FULL_PROCESS, AcceptanceStage.KICK_OFF, FilingStatus.NONE, []),
        (Track.FILING, AcceptanceStage.COMPLETION, FilingStatus.NONE, []),
    ],
)
def test_no_start_before_filing(severities, track, stage, status, found):
    facts = {"track": track, "stage": stage, "filing_status": status}
    assert severities(no_start_before_filing, **facts) == found
