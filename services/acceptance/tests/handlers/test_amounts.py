"""What is spent stays within what was approved, filed or changed (Art 28)."""

from datetime import datetime

from govproject.clock import SHANGHAI
from govproject.terms import ChangeAspect

MAY = datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)


def overrun(problem):
    (found,) = [f for f in problem["findings"] if f["rule"] == "no_overrun_without_change_filing"]
    return found


def test_contracts_beyond_the_budget_of_a_small_project(small, events, bodies):
    """Declared and filed at 99万, contracted for 599万, accepted: nobody asked of the overrun."""
    small.tell(events.contract(amount_yuan="5000000.00"))
    body = bodies.final(settled_yuan="900000.00")
    finding = overrun(small.refused("final-rounds", body))
    assert (finding["article"], finding["clause"]) == ("28", "2")
    assert "5999999.99元" in finding["message"]
    assert "变更报备" in finding["remedy"]


def test_of_a_terminated_contract_only_what_was_settled_counts(small, events, bodies):
    lost = events.contract(amount_yuan="5000000.00")
    small.tell(lost, events.terminated(lost.contract_id, settled_yuan=1), events.archived())
    body = bodies.final(settled_yuan="900000.00")
    finding = overrun(small.refused("final-rounds", body))
    assert finding["fact"] == {"amount_yuan": "1000000.99", "funds_yuan": "999999.99"}


def test_what_was_paid_beyond_the_approval(before_final, events, bodies):
    body = bodies.final(settled_yuan="1200000.00")
    finding = overrun(before_final.refused("final-rounds", body))
    assert finding["fact"] == {"amount_yuan": "1200000.00", "funds_yuan": "1150000.00"}
    before_final.tell(
        events.change(at=MAY, aspects=(ChangeAspect.AMOUNT,)),
        events.change_approved(at=MAY),
        events.change_filed(at=MAY, budget_yuan=1200000),
    )
    payment = {"amount_yuan": "50000.00", "reason": "评审费", "file_id": before_final.handed_in()}
    before_final.do("uncontracted-payments", payment)
    assert before_final.do("final-rounds", body)["passed"] is True


def test_a_change_that_the_bureau_did_not_approve_raises_nothing(before_final, events, bodies):
    """Filed before intake had heard of the approval, or on its day: nobody approved the amount."""
    before_final.tell(
        events.change(at=MAY, aspects=(ChangeAspect.AMOUNT,)),
        events.change_filed(at=MAY, budget_yuan=1200000),
    )
    finding = overrun(before_final.refused("final-rounds", bodies.final(settled_yuan="1200000.00")))
    assert finding["fact"]["funds_yuan"] == "1150000.00"


def test_a_change_filed_after_the_meeting_does_not_raise_its_amount(small, events, bodies, clock):
    clock.set(2026, 8, 4)
    for number, amount in ((1, 999000), (2, 2000000)):
        small.tell(
            events.change(number, at=clock(), aspects=(ChangeAspect.AMOUNT,)),
            events.change_filed(number, at=clock(), budget_yuan=amount),
        )
    facts = {"held_on": "2026-08-03", "settled_yuan": "1000000.00"}
    finding = overrun(small.refused("final-rounds", bodies.final(**facts)))
    assert finding["fact"]["funds_yuan"] == "999999.99"
