from itertools import product

import pytest

from govproject.errors import Conflict
from govproject.steps import after
from govproject_cloud_alloc.lifecycle import (
    ALLOCATION_STEPS,
    HELD,
    SUSPENSION_STEPS,
    AllocationState,
    SuspensionState,
)

ALLOCATION = {
    ("refused", "grant"): "granted",
    ("refused", "refuse"): "refused",
    ("granted", "activate"): "active",
    ("granted", "suspend"): "suspended",
    ("active", "suspend"): "suspended",
    ("suspended", "resume"): "active",
    ("granted", "release"): "released",
    ("active", "release"): "released",
    ("suspended", "release"): "released",
}
SUSPENSION = {
    ("proposed", "confirm"): "confirmed",
    ("proposed", "clear"): "withdrawn",
    ("confirmed", "clear"): "cleared",
    ("cleared", "resume"): "lifted",
}


@pytest.mark.parametrize(
    ("state", "step"),
    list(
        product(
            AllocationState,
            ("grant", "refuse", "activate", "suspend", "resume", "release", "destroy"),
        )
    ),
)
def test_the_steps_of_an_allocation(state, step):
    if (state.value, step) in ALLOCATION:
        assert after(ALLOCATION_STEPS, state, step).value == ALLOCATION[state.value, step]
        return
    with pytest.raises(Conflict) as caught:
        after(ALLOCATION_STEPS, state, step)
    assert caught.value.code == "step_not_possible"
    assert caught.value.extra == {"state": state, "step": step}


@pytest.mark.parametrize(
    ("state", "step"), list(product(SuspensionState, ("confirm", "clear", "resume", "propose")))
)
def test_the_steps_of_a_suspension(state, step):
    if (state.value, step) in SUSPENSION:
        assert after(SUSPENSION_STEPS, state, step).value == SUSPENSION[state.value, step]
        return
    with pytest.raises(Conflict):
        after(SUSPENSION_STEPS, state, step)


def test_what_is_held_is_neither_refused_nor_released():
    assert set(AllocationState) - set(HELD) == {AllocationState.REFUSED, AllocationState.RELEASED}
