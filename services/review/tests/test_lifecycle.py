import pytest

from govproject.errors import Conflict
from govproject.steps import after
from govproject_review.lifecycle import (
    APPLICATION_STEPS,
    PANEL_STEPS,
    PRE_REVIEW_STEPS,
    ApplicationState,
    PanelState,
    PreReviewState,
)

ALLOWED = {
    ("submitted", "pass", "passed"),
    ("submitted", "return", "returned"),
    ("drawn", "pass", "passed"),
    ("drawn", "fail", "failed"),
    ("drawn", "replace", "drawn"),
    ("drawn", "sign", "drawn"),
    ("drawn", "dissolve", "dissolved"),
    ("submitted", "approve", "approved"),
    ("submitted", "reject", "rejected"),
    ("rejected", "apply", "submitted"),
}
MACHINES = [
    (PRE_REVIEW_STEPS, PreReviewState),
    (PANEL_STEPS, PanelState),
    (APPLICATION_STEPS, ApplicationState),
]


@pytest.mark.parametrize(("steps", "states"), MACHINES)
def test_a_step_leads_where_it_should_or_is_refused(steps, states):
    for state in states:
        for step in sorted({name for _, name in steps.following}):
            expected = {to for start, name, to in ALLOWED if (start, name) == (state, step)}
            if expected:
                assert {after(steps, state, step).value} == expected
            else:
                with pytest.raises(Conflict, match="step_not_possible") as caught:
                    after(steps, state, step)
                assert caught.value.extra == {"state": state, "step": step}


def test_every_step_is_wanted():
    built = {
        (state.value, step, to.value)
        for steps, _ in MACHINES
        for (state, step), to in steps.following.items()
    }
    assert built == ALLOWED
