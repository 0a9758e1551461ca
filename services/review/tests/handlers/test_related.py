"""Art 25: a poor result on a related project, told by intake, bars the approval."""

from uuid import UUID

import pytest

from govproject.terms import LinkState
from govproject_review.tables import Project

SYSTEM = UUID(int=8)
RULE = "poor_no_related_approval"


@pytest.fixture
def ready(review, events):
    """A project that is ready to be approved, and an earlier one of its unit."""
    review.tell(events.declared(SYSTEM, "900000.00"))
    review.ready_for_approval()
    return review


def test_a_poor_result_after_the_plan_bars_the_approval(ready, events, refusal):
    ready.tell(events.linked(SYSTEM), events.evaluated(SYSTEM, "poor", "2026-08-01"))
    answer = ready.approve()
    assert refusal(answer) == [RULE]
    [finding] = answer.json()["findings"]
    assert (finding["article"], finding["clause"]) == ("25", "3")
    assert finding["message"] == "关联项目“智慧校园”2026年度评估结果为差，2027年度不予立项。"
    assert "2028年度起可以重新申报" in finding["remedy"]
    steps = ready.get(f"/projects/{ready.project}/next-step").json()["steps"]
    (step,) = [step for step in steps if step["step"] == "立项审批"]
    assert [f["rule"] for f in step["decision"]["findings"]] == [RULE]
    # The last result of the year counts.
    ready.tell(events.evaluated(SYSTEM, "qualified", "2026-08-02"))
    assert ready.approve().is_success


def test_a_link_that_comes_after_the_plan_brings_its_results(ready, events, refusal):
    ready.tell(events.linked(SYSTEM, LinkState.CONFIRMED, poor="2026-06-30"))
    assert refusal(ready.approve()) == [RULE]


def test_a_proposal_holds_the_approval_up_until_the_bureau_decides(ready, events, refusal):
    ready.tell(events.linked(SYSTEM, LinkState.PROPOSED, poor="2026-06-30"))
    answer = ready.approve()
    assert refusal(answer) == [RULE]
    assert "待区数据局确认" in answer.json()["findings"][0]["message"]
    ready.tell(events.linked(SYSTEM, LinkState.CONFIRMED, poor="2026-06-30"))
    assert "不予立项" in ready.approve().json()["findings"][0]["message"]


def test_what_the_bureau_dismissed_bars_nothing(ready, events):
    ready.tell(events.linked(SYSTEM, LinkState.PROPOSED, poor="2026-06-30"))
    ready.tell(events.linked(SYSTEM, LinkState.DISMISSED, poor="2026-06-30"))
    assert ready.approve().is_success


def test_a_poor_result_of_another_year_or_project_bars_nothing(ready, events):
    ready.tell(events.linked(SYSTEM, LinkState.NAMED, poor="2025-06-30"))
    ready.tell(events.evaluated(ready.project, "poor", "2026-08-01"))
    assert ready.approve().is_success


def late(ready, events):
    """An event about the system waits: the one before it is still on its way."""
    ready.sent["intake", str(SYSTEM)] += 1
    ready.tell(events.evaluated(SYSTEM, "poor", "2026-08-01"))


@pytest.mark.parametrize("state", [LinkState.NAMED, LinkState.PROPOSED, LinkState.CONFIRMED])
def test_a_result_that_has_not_taken_effect_holds_the_approval_up(ready, events, refusal, state):
    ready.tell(events.linked(SYSTEM, state))
    late(ready, events)
    answer = ready.approve()
    assert refusal(answer) == ["related_knowledge_is_complete"]
    [finding] = answer.json()["findings"]
    assert (finding["article"], finding["fact"]) == ("25", {"related_backlog": 1})
    assert "有1条管理信息尚未处理" in finding["message"]
    assert "处理搁置的事件" in finding["remedy"]


def test_one_about_an_unrelated_project_does_not(ready, events):
    ready.tell(events.linked(SYSTEM, LinkState.DISMISSED))
    late(ready, events)
    assert ready.approve().is_success


def test_what_was_declared_before_links_were_told_is_approved_with_a_warning(ready):
    with ready.runtime.db.write() as session:
        session.get_one(Project, ready.project).plan_year = None
    decision = ready.approve().json()["decision"]
    assert [(f["rule"], f["severity"]) for f in decision["findings"]] == [(RULE, "warn")]
