"""The states a review goes through, and the only steps between them. Pure."""

from enum import StrEnum
from typing import TypeVar

from govproject.errors import Conflict


class PreReviewState(StrEnum):
    """One round of pre-review (Art 7); a returned one is followed by another round."""

    SUBMITTED = "submitted"
    PASSED = "passed"
    RETURNED = "returned"


class PanelState(StrEnum):
    """An expert panel (Art 10); `DISSOLVED` when the pool has no alternate left."""

    DRAWN = "drawn"
    PASSED = "passed"
    FAILED = "failed"
    DISSOLVED = "dissolved"


class ApplicationState(StrEnum):
    """An application for approval (Art 11); a rejected one may be made again."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"


class Stage(StrEnum):
    """What a project waits for, in the order of Arts 7-11."""

    NOT_REVIEWED = "not_reviewed"
    PRE_REVIEW = "pre_review"
    JOINT_REVIEW = "joint_review"
    EXPERT_REVIEW = "expert_review"
    FISCAL_EVALUATION = "fiscal_evaluation"
    APPROVAL = "approval"
    APPROVED = "approved"


S = TypeVar("S", PreReviewState, PanelState, ApplicationState)

PRE_REVIEW_STEPS: dict[tuple[PreReviewState, str], PreReviewState] = {
    (PreReviewState.SUBMITTED, "pass"): PreReviewState.PASSED,
    (PreReviewState.SUBMITTED, "return"): PreReviewState.RETURNED,
}

PANEL_STEPS: dict[tuple[PanelState, str], PanelState] = {
    (PanelState.DRAWN, "pass"): PanelState.PASSED,
    (PanelState.DRAWN, "fail"): PanelState.FAILED,
    (PanelState.DRAWN, "replace"): PanelState.DRAWN,
    (PanelState.DRAWN, "dissolve"): PanelState.DISSOLVED,
    (PanelState.DRAWN, "sign"): PanelState.DRAWN,
}

APPLICATION_STEPS: dict[tuple[ApplicationState, str], ApplicationState] = {
    (ApplicationState.SUBMITTED, "approve"): ApplicationState.APPROVED,
    (ApplicationState.SUBMITTED, "reject"): ApplicationState.REJECTED,
    (ApplicationState.REJECTED, "apply"): ApplicationState.SUBMITTED,
}


def after(steps: dict[tuple[S, str], S], state: S, step: str) -> S:
    """The state after a step.

    Raises:
        Conflict: the step is not possible from this state.

    >>> after(PANEL_STEPS, PanelState.DRAWN, "pass").value
    'passed'
    """
    try:
        return steps[state, step]
    except KeyError:
        raise Conflict(
            "step_not_possible", "当前状态不允许此操作。", state=state, step=step
        ) from None
