"""Completion after a contract's last day is pointed out (Art 15)."""

from uuid import UUID

import pytest

CONTRACT = UUID(int=15)
RULE = "completed_within_contract_term"
COMPLETED = {"completed_on": "2026-02-27"}


@pytest.fixture
def late(acceptance, events):
    """A project whose only contract ends on 25 February 2026."""
    contract = events.contract(contract_id=CONTRACT, amount_yuan="1149999.00", ends_on="2026-02-25")
    acceptance.tell(events.declared(), events.pre_reviewed(), events.approved(), contract)
    acceptance.plan()
    acceptance.fix_indicators()
    return acceptance


def said(findings):
    return [finding["message"] for finding in findings if finding["rule"] == RULE]


def test_completion_after_the_last_day_is_pointed_out_from_then_on(late, bodies):
    view = late.do("completion", COMPLETED)
    (finding,) = view["warnings"]
    assert (finding["severity"], finding["article"], finding["clause"]) == ("warn", "15", "1")
    assert "盐城软件公司的合同工期截止日为2026-02-25，截至2026-02-27已逾期2天" in finding["message"]
    assert "三方签字或专家评审确认" in finding["remedy"]
    meeting = late.do("preliminary-rounds", bodies.preliminary())
    (message,) = said(meeting["decision"]["findings"])
    assert "于2026-02-27完成，逾期2天" in message
    assert meeting["passed"] is True


def test_what_is_not_completed_shows_before_anybody_meets(late):
    steps = late.get(f"/projects/{late.project}/next-step").json()["steps"]
    (message,) = said(steps[0]["decision"]["findings"])
    assert "截至2026-08-03已逾期159天" in message


def test_a_confirmed_extension_moves_the_day(late, events):
    late.tell(events.scheduled(CONTRACT, "2026-02-27"))
    assert late.do("completion", COMPLETED)["warnings"] == []


def test_one_that_is_too_short_does_not_help(late, events):
    late.tell(events.scheduled(CONTRACT, "2026-02-26"))
    assert "已逾期1天" in said(late.do("completion", COMPLETED)["warnings"])[0]


def test_an_unknown_day_says_nothing_until_it_is_told(acceptance, events, bodies):
    contract = events.contract(contract_id=CONTRACT, amount_yuan="1150000.00")
    acceptance.tell(events.declared(), events.pre_reviewed(), events.approved(), contract)
    acceptance.plan()
    acceptance.fix_indicators()
    assert acceptance.do("completion", COMPLETED)["warnings"] == []
    acceptance.tell(events.scheduled(CONTRACT, "2026-02-26"))
    meeting = acceptance.do("preliminary-rounds", bodies.preliminary())
    assert len(said(meeting["decision"]["findings"])) == 1


@pytest.mark.parametrize(
    ("subject", "terminated", "found"),
    [("construction", False, 1), ("construction", True, 0), ("supervision", False, 0)],
)
def test_only_contracts_count_that_carry_the_project_out(
    acceptance, events, subject, terminated, found
):
    acceptance.tell(
        events.declared(),
        events.approved(),
        events.contract(ends_on="2026-12-31"),
        events.contract(contract_id=CONTRACT, subject=subject, ends_on="2026-02-01"),
    )
    if terminated:
        acceptance.tell(events.terminated(CONTRACT))
    assert len(acceptance.do("completion", COMPLETED)["warnings"]) == found


def test_a_lot_that_was_accepted_in_time_is_not_late(late, events, bodies):
    first = events.contract(ends_on="2026-03-15", contractor="另一公司", amount_yuan="1.00")
    late.tell(events.scheduled(CONTRACT, "2026-12-31"), first)
    paper = late.handed_in()
    late.do("lot-acceptances", bodies.lot(str(first.contract_id), paper, held_on="2026-03-15"))
    assert late.do("completion", {"completed_on": "2026-07-01"})["warnings"] == []
