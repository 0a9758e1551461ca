"""The states a review goes through, and the only steps between them. Pure."""

from enum import StrEnum

from govproject.steps import Steps
from govproject.terms import Term


class PreReviewState(Term):
    """One round of pre-review (Art 7); a returned one is followed by another round."""

    SUBMITTED = "submitted", "待预审"
    PASSED = "passed", "预审通过"
    RETURNED = "returned", "已退回"


class PanelState(Term):
    """An expert panel (Art 10); `DISSOLVED` when the pool has no alternate left."""

    DRAWN = "drawn", "已抽取专家"
    PASSED = "passed", "评审通过"
    FAILED = "failed", "评审未通过"
    DISSOLVED = "dissolved", "已解散"


class ApplicationState(Term):
    """An application for approval (Art 11); a rejected one may be made again."""

    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已批复"
    REJECTED = "rejected", "未予批复"


class Stage(StrEnum):
    """What a project waits for, in the order of Arts 7-11."""

    NOT_REVIEWED = "not_reviewed"
    PRE_REVIEW = "pre_review"
    JOINT_REVIEW = "joint_review"
    EXPERT_REVIEW = "expert_review"
    FISCAL_EVALUATION = "fiscal_evaluation"
    APPROVAL = "approval"
    APPROVED = "approved"


PRE_REVIEW_STEPS = Steps(
    thing="本轮预审",
    article="7",
    following={
        (PreReviewState.SUBMITTED, "pass"): PreReviewState.PASSED,
        (PreReviewState.SUBMITTED, "return"): PreReviewState.RETURNED,
    },
    named={
        "pass": "认定预审通过（区数据局）",
        "return": "退回材料（区数据局）",
    },
    instead={
        PreReviewState.RETURNED: "请项目单位补正材料后重新提交预审。",
        PreReviewState.PASSED: "预审材料或项目如有变化，请项目单位重新提交预审。",
    },
)

PANEL_STEPS = Steps(
    thing="专家组",
    article="10",
    following={
        (PanelState.DRAWN, "pass"): PanelState.PASSED,
        (PanelState.DRAWN, "fail"): PanelState.FAILED,
        (PanelState.DRAWN, "replace"): PanelState.DRAWN,
        (PanelState.DRAWN, "dissolve"): PanelState.DISSOLVED,
        (PanelState.DRAWN, "sign"): PanelState.DRAWN,
    },
    named={
        "pass": "形成论证结论",
        "fail": "形成论证结论",
        "replace": "替换专家（区数据局）",
        "dissolve": "解散专家组（区数据局）",
        "sign": "签署论证意见（专家）",
    },
    instead={
        PanelState.FAILED: "请项目单位修改材料，重新提交并通过预审后，由区数据局重新抽取专家组。",
        PanelState.DISSOLVED: "请区数据局重新抽取专家组。",
    },
)

APPLICATION_STEPS = Steps(
    thing="报批申请",
    article="11",
    following={
        (ApplicationState.SUBMITTED, "approve"): ApplicationState.APPROVED,
        (ApplicationState.SUBMITTED, "reject"): ApplicationState.REJECTED,
        (ApplicationState.REJECTED, "apply"): ApplicationState.SUBMITTED,
    },
    named={
        "approve": "批复（区数据局）",
        "reject": "不予批复（区数据局）",
        "apply": "重新报批",
    },
    instead={
        ApplicationState.APPROVED: "批复后的调整请按变更办理（第28条）。",
    },
)
