import pytest

from govproject.terms import AcceptanceStage, Track
from govproject_acceptance.rules.article_06_approval import no_build_before_approval


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
