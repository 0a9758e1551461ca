"""The states of an allocation and of a suspension order, and the only steps between them. Pure."""

from enum import StrEnum
from typing import TypeVar

from govproject.errors import Conflict
from govproject.terms import Term


class AllocationState(StrEnum):
    """From the request to the return of the resources."""

    REFUSED = "refused"
    GRANTED = "granted"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    RELEASED = "released"


HELD = (AllocationState.GRANTED, AllocationState.ACTIVE, AllocationState.SUSPENDED)
"""The states in which an allocation counts against the plan."""


class SuspensionState(StrEnum):
    """A proposed suspension (Art 29); `CLEARED` waits for the bureau to resume."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"
    LIFTED = "lifted"


class IncidentSource(Term):
    """Who found a network-security hazard or incident (Art 32)."""

    SUPERIOR = "superior", "上级部门"
    DISTRICT = "district", "区网络安全主管部门"
    SELF = "self", "自主发现"


class DisposalItem(Term):
    """What is taken care of when a system is stopped or migrated (Art 34)."""

    DATA_HANDED_OVER = "data_handed_over", "业务数据导出或移交"
    DATA_WIPED = "data_wiped", "数据清除"
    ASSET_LEDGER_UPDATED = "asset_ledger_updated", "国有资产台账变更"
    SECURITY_CONTROLLED = "security_controlled", "全过程安全管控"


S = TypeVar("S", AllocationState, SuspensionState)

ALLOCATION_STEPS: dict[tuple[AllocationState, str], AllocationState] = {
    (AllocationState.REFUSED, "grant"): AllocationState.GRANTED,
    (AllocationState.REFUSED, "refuse"): AllocationState.REFUSED,
    (AllocationState.GRANTED, "activate"): AllocationState.ACTIVE,
    (AllocationState.GRANTED, "suspend"): AllocationState.SUSPENDED,
    (AllocationState.ACTIVE, "suspend"): AllocationState.SUSPENDED,
    (AllocationState.SUSPENDED, "resume"): AllocationState.ACTIVE,
    (AllocationState.GRANTED, "release"): AllocationState.RELEASED,
    (AllocationState.ACTIVE, "release"): AllocationState.RELEASED,
    (AllocationState.SUSPENDED, "release"): AllocationState.RELEASED,
}

SUSPENSION_STEPS: dict[tuple[SuspensionState, str], SuspensionState] = {
    (SuspensionState.PROPOSED, "confirm"): SuspensionState.CONFIRMED,
    (SuspensionState.PROPOSED, "clear"): SuspensionState.WITHDRAWN,
    (SuspensionState.CONFIRMED, "clear"): SuspensionState.CLEARED,
    (SuspensionState.CLEARED, "resume"): SuspensionState.LIFTED,
}


def after(steps: dict[tuple[S, str], S], state: S, step: str) -> S:
    """The state after a step.

    Raises:
        Conflict: the step is not possible from this state.

    >>> after(ALLOCATION_STEPS, AllocationState.ACTIVE, "suspend").value
    'suspended'
    """
    try:
        return steps[state, step]
    except KeyError:
        raise Conflict(
            "step_not_possible", "当前状态不允许此操作。", state=state, step=step
        ) from None
