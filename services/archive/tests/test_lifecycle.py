import pytest

from govproject.errors import Conflict
from govproject.steps import after
from govproject_archive.lifecycle import (
    STEPS,
    VolumeState,
    VolumeStep,
    same_person,
)

UNIT, ARCHIVE = VolumeStep.COUNT_BY_UNIT, VolumeStep.COUNT_BY_ARCHIVE


@pytest.mark.parametrize("counts", [(UNIT, ARCHIVE), (ARCHIVE, UNIT)])
def test_the_two_sides_count_in_either_order(counts):
    state = VolumeState.COMPOSED
    for step in (VolumeStep.REVIEW, VolumeStep.PREPARE_LIST, *counts):
        assert state is not VolumeState.HANDED_OVER
        state = after(STEPS, state, step)
    assert state is VolumeState.HANDED_OVER


@pytest.mark.parametrize(
    "state",
    [
        state
        for state in VolumeState
        if state not in {VolumeState.HANDED_OVER, VolumeState.WITHDRAWN}
    ],
)
def test_a_volume_can_be_withdrawn_until_it_is_handed_over(state):
    assert after(STEPS, state, VolumeStep.WITHDRAW) is VolumeState.WITHDRAWN


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (state, step)
        for state in VolumeState
        for step in VolumeStep
        if (state, step) not in STEPS.following
    ],
)
def test_no_other_step_is_possible(state, step):
    with pytest.raises(Conflict) as refused:
        after(STEPS, state, step)
    assert refused.value.code == "step_not_possible"
    assert refused.value.extra == {"state": state, "step": step}
    assert "第41条" in refused.value.detail


def test_nothing_leaves_the_archive():
    ends = {VolumeState.HANDED_OVER, VolumeState.WITHDRAWN}
    assert not [state for state, _ in STEPS.following if state in ends]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("张三", "张三", True),
        ("张三", "张　三", True),
        ("Zhang San", "ＺＨＡＮＧ  san", True),
        ("张三", "张三丰", False),
        ("张三（办公室）", "张三", True),
        ("张三（2）", "张三", False),
    ],
)
def test_spelling_does_not_make_two_people(one, other, same):
    assert same_person(one, other) is same
