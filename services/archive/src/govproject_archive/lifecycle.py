"""The states a volume goes through, and the only steps between them (Art 41). Pure."""

from govproject.names import person
from govproject.steps import Steps
from govproject.terms import Term


class VolumeState(Term):
    """Where a volume stands on its way from the desk to the archive."""

    COMPOSED = "composed", "已组卷"
    REVIEWED = "reviewed", "审查合格"
    LISTED = "listed", "已编制交接清册"
    UNIT_COUNTED = "unit_counted", "移交方已清点"
    ARCHIVE_COUNTED = "archive_counted", "接收方已清点"
    HANDED_OVER = "handed_over", "已交接归档"
    WITHDRAWN = "withdrawn", "已撤回"


class VolumeStep(Term):
    """What somebody does with a volume; each step is an act on record."""

    COMPOSE = "compose", "组卷"
    REVIEW = "review", "部门负责人审查"
    PREPARE_LIST = "prepare_list", "编制交接清册"
    COUNT_BY_UNIT = "count_by_unit", "移交方清点"
    COUNT_BY_ARCHIVE = "count_by_archive", "接收方清点"
    WITHDRAW = "withdraw", "撤回"


class CheckOutcome(Term):
    """How an archive check ended (Art 19 veto 6)."""

    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"


# The two sides count in whichever order they like; the second count completes the handover.
STEPS = Steps(
    thing="案卷",
    article="41",
    following={
        (VolumeState.COMPOSED, VolumeStep.REVIEW): VolumeState.REVIEWED,
        (VolumeState.REVIEWED, VolumeStep.PREPARE_LIST): VolumeState.LISTED,
        (VolumeState.LISTED, VolumeStep.COUNT_BY_UNIT): VolumeState.UNIT_COUNTED,
        (VolumeState.LISTED, VolumeStep.COUNT_BY_ARCHIVE): VolumeState.ARCHIVE_COUNTED,
        (VolumeState.UNIT_COUNTED, VolumeStep.COUNT_BY_ARCHIVE): VolumeState.HANDED_OVER,
        (VolumeState.ARCHIVE_COUNTED, VolumeStep.COUNT_BY_UNIT): VolumeState.HANDED_OVER,
        (VolumeState.COMPOSED, VolumeStep.WITHDRAW): VolumeState.WITHDRAWN,
        (VolumeState.REVIEWED, VolumeStep.WITHDRAW): VolumeState.WITHDRAWN,
        (VolumeState.LISTED, VolumeStep.WITHDRAW): VolumeState.WITHDRAWN,
        (VolumeState.UNIT_COUNTED, VolumeStep.WITHDRAW): VolumeState.WITHDRAWN,
        (VolumeState.ARCHIVE_COUNTED, VolumeStep.WITHDRAW): VolumeState.WITHDRAWN,
    },
    named={step: step.zh for step in VolumeStep},
    instead={
        VolumeState.HANDED_OVER: "案卷已归档；需要补充文件的，请另行组卷。",
        VolumeState.WITHDRAWN: "请用其中的文件重新组卷。",
    },
)


AT_REST = (VolumeState.HANDED_OVER, VolumeState.WITHDRAWN)
"""What no step leads on from."""


def same_person(one: str, other: str) -> bool:
    """Whether two recorded names are one person's; spelling and a bracketed office make no two.

    >>> same_person("张 三（办公室）", "张三"), same_person("张三", "李四")
    (True, False)
    """
    return person(one) == person(other)
