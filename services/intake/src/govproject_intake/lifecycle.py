"""The states an intake record goes through, and the only steps between them. Pure."""

from enum import StrEnum
from typing import TypeVar

from govproject.errors import Conflict
from govproject.terms import FilingStatus, LinkState


class OrderState(StrEnum):
    """A rectification order (Art 29)."""

    ORDERED = "ordered"
    FAILED = "failed"
    CLEARED = "cleared"


class ConfirmationSubject(StrEnum):
    """What the parties to a contract confirm (Arts 15, 17)."""

    EXTENSION = "extension"
    PERSONNEL = "personnel"


class ConfirmationState(StrEnum):
    """Something that the parties to a contract confirm together (Arts 15, 17)."""

    OPEN = "open"
    EFFECTIVE = "effective"
    WITHDRAWN = "withdrawn"


class PlanState(StrEnum):
    """A version of an annual plan (Art 5)."""

    DRAFT = "draft"
    CONSOLIDATED = "consolidated"
    PUBLISHED = "published"


S = TypeVar("S", FilingStatus, OrderState, ConfirmationState, PlanState, LinkState)

FILING_STEPS: dict[tuple[FilingStatus, str], FilingStatus] = {
    (FilingStatus.NONE, "submit"): FilingStatus.SUBMITTED,
    (FilingStatus.SUBMITTED, "accept"): FilingStatus.ACCEPTED,
    (FilingStatus.SUBMITTED, "find_irregular"): FilingStatus.IRREGULAR,
    (FilingStatus.ACCEPTED, "find_irregular"): FilingStatus.IRREGULAR,
    (FilingStatus.ACCEPTED, "reopen"): FilingStatus.SUBMITTED,
    (FilingStatus.SUBMITTED, "correct"): FilingStatus.SUBMITTED,
    (FilingStatus.IRREGULAR, "correct"): FilingStatus.SUBMITTED,
}

ORDER_STEPS: dict[tuple[OrderState, str], OrderState] = {
    (OrderState.ORDERED, "fail"): OrderState.FAILED,
    (OrderState.ORDERED, "clear"): OrderState.CLEARED,
    (OrderState.FAILED, "clear"): OrderState.CLEARED,
}

CONFIRMATION_STEPS: dict[tuple[ConfirmationState, str], ConfirmationState] = {
    (ConfirmationState.OPEN, "sign"): ConfirmationState.OPEN,
    (ConfirmationState.OPEN, "review"): ConfirmationState.OPEN,
    (ConfirmationState.OPEN, "complete"): ConfirmationState.EFFECTIVE,
    (ConfirmationState.OPEN, "withdraw"): ConfirmationState.WITHDRAWN,
}

PLAN_STEPS: dict[tuple[PlanState, str], PlanState] = {
    (PlanState.DRAFT, "draft"): PlanState.DRAFT,
    (PlanState.DRAFT, "consolidate"): PlanState.CONSOLIDATED,
    (PlanState.CONSOLIDATED, "draft"): PlanState.DRAFT,
    (PlanState.CONSOLIDATED, "publish"): PlanState.PUBLISHED,
}

LINK_STEPS: dict[tuple[LinkState, str], LinkState] = {
    (LinkState.PROPOSED, "confirm"): LinkState.CONFIRMED,
    (LinkState.PROPOSED, "dismiss"): LinkState.DISMISSED,
}


def after(steps: dict[tuple[S, str], S], state: S, step: str) -> S:
    """The state after a step.

    Raises:
        Conflict: the step is not possible from this state.

    >>> after(FILING_STEPS, FilingStatus.SUBMITTED, "accept").zh
    '报备规范'
    """
    try:
        return steps[state, step]
    except KeyError:
        raise Conflict(
            "step_not_possible", "当前状态不允许此操作。", state=state, step=step
        ) from None
