import pytest

from govproject.errors import Conflict
from govproject.steps import after
from govproject_acceptance.lifecycle import STEPS, AcceptanceState

ALL_STEPS = {step for _, step in STEPS.following}


@pytest.mark.parametrize(("state", "step"), STEPS.following)
def test_a_step_leads_where_the_table_says(state, step):
    assert after(STEPS, state, step) is STEPS.following[state, step]


@pytest.mark.parametrize("step", sorted(ALL_STEPS))
def test_nothing_follows_final_acceptance(step):
    with pytest.raises(Conflict) as refused:
        after(STEPS, AcceptanceState.ACCEPTED, step)
    assert refused.value.code == "step_not_possible"
    assert "项目目前为“终验合格”" in refused.value.detail
    assert f"不能办理“{STEPS.named[step]}”（第19条）" in refused.value.detail


def test_a_running_trial_must_end_before_anything_else():
    possible = [step for state, step in STEPS.following if state is AcceptanceState.IN_TRIAL]
    assert possible == ["end_trial"]
    with pytest.raises(Conflict) as refused:
        after(STEPS, AcceptanceState.IN_TRIAL, "start_trial")
    assert refused.value.detail == (
        "项目目前为“试运行中”，不能办理“开始试运行”（第19条）。目前可以办理：结束试运行。"
    )


def test_a_failed_meeting_changes_no_state():
    steps = STEPS.following.items()
    failing = {state: to for (state, step), to in steps if step.startswith("fail_")}
    assert all(state is to for state, to in failing.items())


def test_every_state_but_the_first_is_reached_by_a_step():
    reached = {to for (state, _), to in STEPS.following.items() if to is not state}
    assert reached == set(AcceptanceState) - {AcceptanceState.BUILDING}
