from datetime import UTC, datetime

from govproject.errors import NotFound, Refused, Unauthorized
from govproject.regulation.findings import Decision, block, warn


def test_an_error_reads_as_its_code_and_its_sentence():
    error = NotFound("project_not_found", "没有这个项目。", project="x")
    assert str(error) == "project_not_found: 没有这个项目。"
    assert (error.status, error.extra, error.findings) == (404, {"project": "x"}, ())


def test_unauthorized_says_how_to_authenticate():
    assert (
        Unauthorized("token_missing", "请先登录。").headers["WWW-Authenticate"].startswith("Bearer")
    )


def test_a_refusal_carries_every_finding_and_says_what_blocks():
    blocking = block("尚未在市级系统登记。", remedy="请先登记。")
    warning = warn("计划年度将过。", remedy="请留意。")
    decision = Decision(
        gate="allocation",
        outcome="refused",
        findings=(blocking, warning),
        rule_pack="tinghu-2025",
        evaluated_at=datetime(2026, 8, 3, tzinfo=UTC),
        facts_digest="sm3:00",
    )
    error = Refused(decision)
    assert error.status == 409
    assert error.detail == "尚未在市级系统登记。"
    assert error.findings == (blocking, warning)
    assert error.extra["decision"]["facts_digest"] == "sm3:00"
    assert "findings" not in error.extra["decision"]
