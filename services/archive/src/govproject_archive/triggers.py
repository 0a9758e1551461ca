"""第18条, 第40条: which event makes which files fall due. Pure.

监理文件应在监理项目终验后归档: the suite records no acceptance of the supervision contract itself.
It ends with the project it supervises, so a project whose contract names a supervisor reaches
监理项目终验 with its own final acceptance; without a supervisor the class never falls due.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime

from govproject.regulation.periods import add_months
from govproject.terms import FileClass, ProcessFileKind, Term


class Trigger(Term):
    """What must have happened before a class is archived; the words are the article's own."""

    APPROVAL_REPLY = "approval_reply", "取得批复意见"
    AWARD_NOTICE = "award_notice", "签发中标通知书"
    CONTRACT_FILING = "contract_filing", "合同备案"
    ASSESSMENT_END = "assessment_end", "测评结束"
    FINAL_ACCEPTANCE = "final_acceptance", "最终验收通过"
    SUPERVISION_ACCEPTANCE = "supervision_acceptance", "监理项目终验"
    COMPLETION = "completion", "建设完成"
    PRELIMINARY_ACCEPTANCE = "preliminary_acceptance", "初验合格"
    # These open no class; a paper of one is there from then on.
    PRE_REVIEW = "pre_review", "预审通过"
    EXPERT_REVIEW = "expert_review", "专家评审通过"
    FISCAL_EVALUATION = "fiscal_evaluation", "财政评审"
    CONSTRUCTION_CONTRACT = "construction_contract", "建设合同备案"
    CHANGE_FILING = "change_filing", "变更报备"
    TRIAL_END = "trial_end", "试运行结束"


CLASSES: dict[Trigger, tuple[FileClass, ...]] = {
    Trigger.APPROVAL_REPLY: (FileClass.APPROVAL,),
    Trigger.AWARD_NOTICE: (FileClass.PROCUREMENT,),
    Trigger.CONTRACT_FILING: (FileClass.CONTRACT,),
    Trigger.ASSESSMENT_END: (FileClass.TEST,),
    Trigger.FINAL_ACCEPTANCE: (FileClass.IMPLEMENTATION, FileClass.FINAL_ACCEPTANCE),
    Trigger.SUPERVISION_ACCEPTANCE: (FileClass.SUPERVISION,),
}

_AS_BUILT = (ProcessFileKind.COMPLETION, ProcessFileKind.PROGRESS)

PROCESS_FILES: dict[Trigger, tuple[ProcessFileKind, ...]] = {
    Trigger.AWARD_NOTICE: (ProcessFileKind.TENDER, ProcessFileKind.AWARD),
    Trigger.CONTRACT_FILING: (ProcessFileKind.COMMENCEMENT,),
    Trigger.COMPLETION: _AS_BUILT,
    # What an older build of acceptance tells of no completion, and what has no preliminary.
    Trigger.PRELIMINARY_ACCEPTANCE: _AS_BUILT,
    Trigger.FINAL_ACCEPTANCE: _AS_BUILT,
}
"""按照项目建设进度，及时…: the milestones from which a kind of material is there to be uploaded."""

PHASED = FileClass.IMPLEMENTATION
"""建设周期长的项目可分阶段归档: the one class that may be handed over, in part, before it is due.

“长” has no number. The rule pack says from how many months on it is pointed out (`takes_long`); who
archives in phases before is judged by the archive department, which takes part in the handover.
"""


def takes_long(started_on: date, until: date, months: int) -> bool:
    """Whether what is built from one day until another takes more than so many months.

    >>> [takes_long(date(2026, 3, 20), date(2027, 3, day), 12) for day in (20, 21)]
    [False, True]
    """
    return until > add_months(started_on, months)


def without_volume(due: Mapping[str, datetime], handed_over: Collection[datetime]) -> list[str]:
    """Which of the records that made a class due are younger than each of its volumes.

    The article fixes no number of volumes: one may hold the files of several records.

    Args:
        due: since when the files of each record are to be handed over.
        handed_over: when each volume of the class came to the archive.

    >>> march, april, may = (datetime(2026, month, 20, tzinfo=UTC) for month in (3, 4, 5))
    >>> without_volume({"甲合同": march, "乙合同": may}, [march, april])
    ['乙合同']
    >>> without_volume({"甲合同": march, "乙合同": may}, [may])
    []
    """
    newest = max(handed_over, default=datetime.min.replace(tzinfo=UTC))
    return [record for record, since in due.items() if since > newest]


def without_upload(due: Sequence[str], uploaded: Collection[str]) -> list[str]:
    """Which of the records that ask for a kind of process material have no file of it.

    A file that names its record is about that one; each other file counts for one record that no
    file names, in order. Material may be uploaded before its record is known.

    Args:
        due: the records, first to last.
        uploaded: the record that each file names; empty where it names none.

    >>> without_upload(["甲合同", "乙合同"], [""])
    ['乙合同']
    >>> without_upload(["甲合同", "乙合同"], ["乙合同"])
    ['甲合同']
    >>> without_upload(["", "乙合同"], [""])  # of the two, the project's own
    ['乙合同']
    """
    left = [record for record in due if not record or record not in uploaded]
    return left[sum(not record for record in uploaded) :]
