"""What every service's steps have, and what is said of one that is not possible."""

from importlib import import_module

import pytest

from govproject.errors import Conflict
from govproject.steps import Steps, after
from govproject.terms import FilingStatus
from govproject_local.suite import SERVICES, module

ALL = [
    pytest.param(value, id=f"{service}.{name}")
    for service in SERVICES
    for name, value in vars(import_module(f"{module(service)}.lifecycle")).items()
    if isinstance(value, Steps)
]


@pytest.mark.parametrize("steps", ALL)
def test_every_step_and_every_state_has_a_chinese_name(steps):
    assert {step for _, step in steps.following} <= set(steps.named)
    states = type(next(iter(steps.following))[0])
    names = [*steps.named.values(), *steps.instead.values(), *(state.zh for state in states)]
    assert all(name and not name.isascii() for name in names)


@pytest.mark.parametrize("steps", ALL)
def test_what_to_do_instead_is_said_where_no_step_leads_on(steps):
    assert not set(steps.instead) & {state for state, _ in steps.following}
    assert all(sentence.endswith("。") for sentence in steps.instead.values())


def test_what_is_possible_is_said_once_however_it_ends():
    steps = Steps(
        thing="报备",
        article="27",
        following={
            (FilingStatus.SUBMITTED, "accept"): FilingStatus.ACCEPTED,
            (FilingStatus.SUBMITTED, "find_irregular"): FilingStatus.IRREGULAR,
        },
        named={"accept": "认定", "find_irregular": "认定", "correct": "更正"},
        instead={FilingStatus.ACCEPTED: "请办理变更报备。"},
    )
    said = {
        FilingStatus.SUBMITTED: "目前可以办理：认定。",
        FilingStatus.ACCEPTED: "请办理变更报备。",
        FilingStatus.IRREGULAR: "此后没有可以继续办理的环节。",
    }
    for state, then in said.items():
        with pytest.raises(Conflict) as refused:
            after(steps, state, "correct")
        assert refused.value.code == "step_not_possible"
        expected = f"报备目前为“{state.zh}”，不能办理“更正”（第27条）。{then}"
        assert refused.value.detail == expected
        assert refused.value.extra == {"state": state, "step": "correct"}
