import pytest

from govproject.errors import Conflict
from govproject_acceptance.lifecycle import STEPS, AcceptanceState, after

ALL_STEPS = {step for _, step in STEPS}


@pytest.mark.parametrize(("state", "step"), STEPS)
def test_a_step_leads_where_the_table_says(state, step):
    assert after(state, step) is STEPS[state, step]


@pytest.mark.parametrize("step", sorted(ALL_STEPS))
def test_nothing_follows_final_acceptance(step):
    with pytest.raises(Conflict) as refused:
        after(AcceptanceState.ACCEPTED, step)
    assert refused.value.code == "step_not_possible"
    assert "终验合格" in refused.value.detail


def test_a_running_trial_must_end_before_anything_else():
    possible = [step for state, step in STEPS if state is AcceptanceState.IN_TRIAL]
    assert possible == ["end_trial"]


def test_a_failed_meeting_changes_no_state():
    failing = {state: to for (state, step), to in STEPS.items() if step.startswith("fail_")}
    assert all(state is to for state, to in failing.items())


def test_every_state_but_the_first_is_reached_by_a_step():
    reached = {to for (state, _), to in STEPS.items() if to is not state}
    assert reached == set(AcceptanceState) - {AcceptanceState.BUILDING}
