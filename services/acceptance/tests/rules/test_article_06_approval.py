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
    assert finding.remedy.startswith("请核对日期：终验日期应不早于立项批复日期2026-08-04；")


def test_without_an_approval_there_is_no_day_to_check(findings):
    (finding,) = findings(no_build_before_approval, approved=False)
    assert finding.remedy == "请先完成立项审批，取得立项批复后再办理终验。"


@pytest.mark.parametrize(
    ("track", "stage", "status", "found"),
    [
        (Track.FILING, AcceptanceStage.KICK_OFF, FilingStatus.NONE, ["block"]),
        (Track.FILING, AcceptanceStage.KICK_OFF, FilingStatus.IRREGULAR, ["block"]),
        (Track.FILING, AcceptanceStage.KICK_OFF, FilingStatus.SUBMITTED, []),
        (Track.FILING, AcceptanceStage.KICK_OFF, FilingStatus.ACCEPTED, []),
        (Track.FULL_PROCESS, AcceptanceStage.KICK_OFF, FilingStatus.NONE, []),
        (Track.FILING, AcceptanceStage.COMPLETION, FilingStatus.NONE, ["block"]),
        (Track.FILING, AcceptanceStage.TRIAL, FilingStatus.NONE, ["block"]),
        (Track.FILING, AcceptanceStage.TRIAL, FilingStatus.IRREGULAR, ["block"]),
        (Track.FILING, AcceptanceStage.TRIAL, FilingStatus.ACCEPTED, []),
        (Track.FILING, AcceptanceStage.FINAL, FilingStatus.NONE, []),
        (Track.FULL_PROCESS, AcceptanceStage.COMPLETION, FilingStatus.NONE, []),
    ],
)
def test_no_start_before_filing(severities, track, stage, status, found):
    facts = {"track": track, "stage": stage, "filing_status": status}
    reviewed = {"internal_review_on": "2026-08-03"}
    assert severities(no_start_before_filing, **facts, **reviewed) == found


@pytest.mark.parametrize("stage", [s for s in AcceptanceStage if s is not AcceptanceStage.KICK_OFF])
@pytest.mark.parametrize(
    ("reviewed_on", "held_on", "found"),
    [
        ("2026-08-03", "2026-08-02", ["block"]),
        ("2026-08-03", "2026-08-03", []),
        ("2026-08-03", None, []),
    ],
)
def test_nothing_is_dated_before_the_internal_review(
    severities, stage, reviewed_on, held_on, found
):
    facts = {"track": Track.FILING, "filing_status": FilingStatus.SUBMITTED, "stage": stage}
    days = {"internal_review_on": reviewed_on, "held_on": held_on}
    assert severities(no_start_before_filing, **facts, **days) == found


@pytest.mark.parametrize(
    ("stage", "reviewed_on", "declared_on", "found"),
    [
        (AcceptanceStage.COMPLETION, None, None, ["warn"]),
        (AcceptanceStage.TRIAL, None, "2026-08-03", ["warn", "warn"]),
        (AcceptanceStage.TRIAL, "2026-08-01", "2026-08-03", ["warn"]),
        (AcceptanceStage.TRIAL, "2026-08-01", "2026-08-02", []),
        (AcceptanceStage.PRELIMINARY, None, "2026-08-03", []),
    ],
)
def test_what_is_not_known_and_what_was_before_the_declaration_is_pointed_out(
    severities, stage, reviewed_on, declared_on, found
):
    facts = {"track": Track.FILING, "filing_status": FilingStatus.SUBMITTED, "stage": stage}
    days = {
        "internal_review_on": reviewed_on,
        "declared_on": declared_on,
        "held_on": "2026-08-02",
    }
    assert severities(no_start_before_filing, **facts, **days) == found
