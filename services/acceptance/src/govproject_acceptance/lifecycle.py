"""The states a project's acceptance goes through, and the only steps between them. Pure.

Whether a step is *allowed* is for the rules; whether it is *possible* is decided here.
"""

from govproject.steps import Steps
from govproject.terms import Term


class AcceptanceState(Term):
    """Where a project stands between construction and final acceptance (Art 19)."""

    BUILDING = "building", "未初验"
    PRELIMINARY_PASSED = "preliminary_passed", "初验合格"
    IN_TRIAL = "in_trial", "试运行中"
    TRIAL_ENDED = "trial_ended", "试运行结束"
    ACCEPTED = "accepted", "终验合格"


class Standing(Term):
    """What a unit's yearly report calls a project (Art 22)."""

    BUILT = "built", "已建"
    BUILDING = "building", "在建"
    OPERATIONS = "operations", "运维"


STEPS = Steps(
    thing="项目",
    article="19",
    following={
        (AcceptanceState.BUILDING, "pass_preliminary"): AcceptanceState.PRELIMINARY_PASSED,
        (AcceptanceState.BUILDING, "fail_preliminary"): AcceptanceState.BUILDING,
        # A small project, or a service project with a reason, has a trial without preliminary.
        (AcceptanceState.BUILDING, "start_trial"): AcceptanceState.IN_TRIAL,
        (AcceptanceState.BUILDING, "pass_final"): AcceptanceState.ACCEPTED,
        (AcceptanceState.BUILDING, "fail_final"): AcceptanceState.BUILDING,
        (AcceptanceState.PRELIMINARY_PASSED, "start_trial"): AcceptanceState.IN_TRIAL,
        (AcceptanceState.PRELIMINARY_PASSED, "pass_final"): AcceptanceState.ACCEPTED,
        (AcceptanceState.PRELIMINARY_PASSED, "fail_final"): AcceptanceState.PRELIMINARY_PASSED,
        (AcceptanceState.IN_TRIAL, "end_trial"): AcceptanceState.TRIAL_ENDED,
        # A trial that ended too early is followed by another; the last one counts.
        (AcceptanceState.TRIAL_ENDED, "start_trial"): AcceptanceState.IN_TRIAL,
        # An amount raised after the trial makes both steps needed: the meeting, then a trial.
        (AcceptanceState.TRIAL_ENDED, "pass_preliminary"): AcceptanceState.PRELIMINARY_PASSED,
        (AcceptanceState.TRIAL_ENDED, "fail_preliminary"): AcceptanceState.TRIAL_ENDED,
        (AcceptanceState.TRIAL_ENDED, "pass_final"): AcceptanceState.ACCEPTED,
        (AcceptanceState.TRIAL_ENDED, "fail_final"): AcceptanceState.TRIAL_ENDED,
    },
    named={
        "pass_preliminary": "组织初验",
        "fail_preliminary": "组织初验",
        "start_trial": "开始试运行",
        "end_trial": "结束试运行",
        "pass_final": "组织终验",
        "fail_final": "组织终验",
    },
)
