from itertools import product

import pytest

from govproject.errors import Conflict
from govproject.steps import after
from govproject.terms import FilingStatus, LinkState
from govproject_intake.lifecycle import (
    CONFIRMATION_STEPS,
    FILING_STEPS,
    LINK_STEPS,
    ORDER_STEPS,
    PLAN_STEPS,
    ConfirmationState,
    OrderState,
    PlanState,
)

FILING = {
    ("none", "submit"): "submitted",
    ("submitted", "accept"): "accepted",
    ("submitted", "find_irregular"): "irregular",
    ("accepted", "find_irregular"): "irregular",
    ("accepted", "reopen"): "submitted",
    ("submitted", "correct"): "submitted",
    ("irregular", "correct"): "submitted",
}
ORDER = {
    ("ordered", "report"): "reported",
    ("reported", "report"): "reported",
    ("failed", "report"): "reported",
    ("ordered", "fail"): "failed",
    ("reported", "fail"): "failed",
    ("reported", "clear"): "cleared",
}

PLAN = {
    ("draft", "draft"): "draft",
    ("draft", "consolidate"): "consolidated",
    ("consolidated", "draft"): "draft",
    ("consolidated", "publish"): "published",
}
CONFIRMATION = {
    ("open", "sign"): "open",
    ("open", "review"): "open",
    ("open", "complete"): "effective",
    ("open", "withdraw"): "withdrawn",
}


@pytest.mark.parametrize(
    ("state", "step"),
    list(
        product(FilingStatus, ("submit", "accept", "find_irregular", "correct", "reopen", "revoke"))
    ),
)
def test_the_steps_of_a_filing(state, step):
    if (state.value, step) in FILING:
        assert after(FILING_STEPS, state, step).value == FILING[state.value, step]
        return
    with pytest.raises(Conflict) as caught:
        after(FILING_STEPS, state, step)
    assert caught.value.code == "step_not_possible"
    assert caught.value.extra == {"state": state, "step": step}


@pytest.mark.parametrize(
    ("state", "step"), list(product(OrderState, ("report", "fail", "clear", "order")))
)
def test_the_steps_of_a_rectification_order(state, step):
    if (state.value, step) in ORDER:
        assert after(ORDER_STEPS, state, step).value == ORDER[state.value, step]
        return
    with pytest.raises(Conflict):
        after(ORDER_STEPS, state, step)


@pytest.mark.parametrize(
    ("state", "step"),
    list(product(ConfirmationState, ("sign", "review", "complete", "withdraw", "reopen"))),
)
def test_the_steps_of_a_confirmation(state, step):
    if (state.value, step) in CONFIRMATION:
        assert after(CONFIRMATION_STEPS, state, step).value == CONFIRMATION[state.value, step]
        return
    with pytest.raises(Conflict):
        after(CONFIRMATION_STEPS, state, step)


@pytest.mark.parametrize(
    ("state", "step"), list(product(PlanState, ("draft", "consolidate", "publish", "reopen")))
)
def test_the_steps_of_a_plan(state, step):
    if (state.value, step) in PLAN:
        assert after(PLAN_STEPS, state, step).value == PLAN[state.value, step]
        return
    with pytest.raises(Conflict):
        after(PLAN_STEPS, state, step)


@pytest.mark.parametrize(
    ("state", "step"), list(product(LinkState, ("confirm", "dismiss", "propose")))
)
def test_the_steps_of_a_link(state, step):
    decided = {"confirm": "confirmed", "dismiss": "dismissed"}
    if state is LinkState.PROPOSED and step in decided:
        assert after(LINK_STEPS, state, step).value == decided[step]
        return
    with pytest.raises(Conflict):
        after(LINK_STEPS, state, step)
