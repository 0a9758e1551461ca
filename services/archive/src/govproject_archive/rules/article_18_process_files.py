"""第18条 按照项目建设进度，及时将招标文件、中标文件、工程开竣工资料等相关材料完整归集并上传。

“及时” has no number: the rule pack sets the days from a milestone on, after which what it asks for
and nobody uploaded is pointed out. That refuses nothing until the archive check; final acceptance
needs the check (第19条(六)), so there it must be complete.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from govproject import ArchiveFacts, Findings, RulePack, block, rule
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject.terms import ProcessFileKind


@rule(
    "archive",
    article="18",
    clause="2",
    quote="完整归集并上传至政务信息化项目管理系统",
)
def upload_process_files(facts: ArchiveFacts) -> Findings:
    """Every kind whose milestone is reached has a file, and each contract has its own.

    >>> facts = ArchiveFacts.example(process_files_due=["tender", "award"], process_files=["award"])
    >>> [finding.message for finding in upload_process_files(facts)]
    ['以下过程材料已到上传节点而未上传：招标文件。']
    """
    missing = [kind for kind in facts.process_files_due if kind not in facts.process_files]
    if missing:
        yield block(
            f"以下过程材料已到上传节点而未上传：{'、'.join(kind.zh for kind in missing)}。",
            remedy="请上传相应材料后再申请档案验收；档案验收合格是终验的前提（第19条）。",
            missing=[kind.value for kind in missing],
        )
    for kind, left in facts.process_files_outstanding.items():
        yield block(
            f"{kind.zh}还有{len(left)}项已到上传节点而没有材料：{'；'.join(left)}。",
            remedy="请按合同逐份上传，并注明所属的合同。",
            kind=kind.value,
            outstanding=list(left),
        )


def upload_by(reached_on: date, pack: RulePack) -> Period:
    """The pack's days from a milestone on; a last day off stays, for the system is always there.

    >>> from govproject.regulation.pack import pack
    >>> upload_by(date(2026, 9, 1), pack("tinghu-2025")).due().day  # a day off
    datetime.date(2026, 10, 1)
    """
    last = reached_on + timedelta(days=pack.process_file_reminder_days)
    return Period.of_months(last, 0, rolls=False)


def upload_in_time(
    kinds: Sequence[ProcessFileKind], *, reached_on: date, basis: str, pack: RulePack
) -> Duty:
    """What a milestone asks for is one duty: its material is there together, and late together.

    Args:
        kinds: what it asks for, in the order of the article.
        reached_on: the day of the milestone.
        basis: the milestone in words.
        pack: the rules under which the project started.

    >>> from govproject.regulation.pack import pack
    >>> kinds = [ProcessFileKind.TENDER, ProcessFileKind.AWARD]
    >>> march = {"reached_on": date(2026, 3, 2), "basis": "2026-03-02签发中标通知书"}
    >>> duty = upload_in_time(kinds, **march, pack=pack("tinghu-2025"))
    >>> duty.task, duty.due().day
    ('上传招标文件、中标文件：2026-03-02签发中标通知书。', datetime.date(2026, 4, 1))
    """
    # What is asked for in time is what the check refuses for: the same clause.
    clause = vars(upload_process_files)["__rule__"]
    return Duty(
        rule=clause.id,
        citation=clause.citation,
        task=f"上传{'、'.join(kind.zh for kind in kinds)}：{basis}。",
        period=upload_by(reached_on, pack),
    )
