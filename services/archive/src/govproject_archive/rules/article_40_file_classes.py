"""第40条 项目文件应及时归档。

立项文件在取得批复意见后归档，采购文件在签发中标通知书后归档，合同文件在合同备案后归档。
实施文件应在项目终验后归档，建设周期长的项目可分阶段归档。
监理文件应在监理项目终验后归档，测评文件应在测评结束时归档，最终验收文件在最终验收通过后归档。

The article names no number of days: a class is due from its trigger on (`triggers`), and an archive
check refuses while a class that is due has no volume in the archive, or none that came there since
the last contract, report or approval that made it due. Final acceptance needs the
check (第19条(六)) while three classes fall due only after it, so a check covers what is due on its
day and a supplementary one follows final acceptance.

For “及时” the rule pack sets the working days from the trigger on, after which a class that is not
archived yet is pointed out. That refuses nothing; the archive check does.
"""

from datetime import date

from govproject import ArchiveFacts, Findings, RulePack, block, rule
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject.terms import FileClass


@rule("archive", article="40", clause="0", quote="项目文件应及时归档")
def file_in_time(facts: ArchiveFacts) -> Findings:
    """Before anything was archived there is nothing that a check could find in order.

    A project that its unit builds itself may have neither approval nor contract before its final:
    a first phase of its implementation files can be checked.

    >>> [f.rule for f in file_in_time(ArchiveFacts.example(due=(), handed_over=()))]
    ['file_in_time']
    >>> file_in_time(ArchiveFacts.example(due=(), handed_over=(), phased=True))
    ()
    """
    if not facts.due and not facts.phased:
        yield block(
            "项目尚无文件到归档时点，没有可供验收的档案。",
            remedy="请在取得批复意见、签发中标通知书、合同备案或测评结束并归档后，再申请档案验收；"
            "自行开发、没有合同的项目可将实施文件分阶段归档。",
            due=[],
        )


@rule("archive", article="40", clause="1", quote="立项文件在取得批复意见后归档")
def archive_approval_files(facts: ArchiveFacts) -> Findings:
    """Approval files, once the approval reply is there.

    >>> facts = ArchiveFacts.example(due=["approval", "contract"], handed_over=["contract"])
    >>> [finding.message for finding in archive_approval_files(facts)]
    ['立项文件已到归档时点，尚未交接归档。']
    """
    yield from _missing(facts, FileClass.APPROVAL)


@rule("archive", article="40", clause="2", quote="采购文件在签发中标通知书后归档")
def archive_procurement_files(facts: ArchiveFacts) -> Findings:
    """Procurement files, once the award notice is issued.

    >>> archive_procurement_files(ArchiveFacts.example())
    ()
    """
    yield from _missing(facts, FileClass.PROCUREMENT)


@rule("archive", article="40", clause="3", quote="合同文件在合同备案后归档")
def archive_contract_files(facts: ArchiveFacts) -> Findings:
    """Contract files, once the contract is filed; none is older than the last contract.

    >>> facts = ArchiveFacts.example(outstanding={"contract": ["2026-06-01合同备案（承建单位乙）"]})
    >>> [finding.message for finding in archive_contract_files(facts)]
    ['合同文件还有1项已到归档时点而没有案卷：2026-06-01合同备案（承建单位乙）。']
    >>> [f.clause for f in archive_contract_files(ArchiveFacts.example(handed_over=["approval"]))]
    ['3']
    """
    yield from _missing(facts, FileClass.CONTRACT)


@rule(
    "archive",
    article="40",
    clause="4",
    quote="实施文件应在项目终验后归档，建设周期长的项目可分阶段归档",
)
def archive_implementation_files(facts: ArchiveFacts) -> Findings:
    """Implementation files, once final acceptance passed; earlier phases alone are not enough.

    >>> facts = ArchiveFacts.example(due=["implementation"], handed_over=[])
    >>> [finding.fact["file_class"] for finding in archive_implementation_files(facts)]
    ['implementation']
    """
    yield from _missing(facts, FileClass.IMPLEMENTATION)


@rule("archive", article="40", clause="5", quote="监理文件应在监理项目终验后归档")
def archive_supervision_files(facts: ArchiveFacts) -> Findings:
    """Supervision files, once the supervised project's final acceptance passed.

    >>> archive_supervision_files(ArchiveFacts.example())
    ()
    """
    yield from _missing(facts, FileClass.SUPERVISION)


@rule("archive", article="40", clause="6", quote="测评文件应在测评结束时归档")
def archive_test_files(facts: ArchiveFacts) -> Findings:
    """Test and assessment files, once the assessment ended.

    >>> archive_test_files(ArchiveFacts.example(due=["test"], handed_over=["test"]))
    ()
    """
    yield from _missing(facts, FileClass.TEST)


@rule("archive", article="40", clause="7", quote="最终验收文件在最终验收通过后归档")
def archive_final_files(facts: ArchiveFacts) -> Findings:
    """Final acceptance files, once final acceptance passed.

    >>> facts = ArchiveFacts.example(due=["final_acceptance"], handed_over=[])
    >>> [finding.rule for finding in archive_final_files(facts)]
    ['archive_final_files']
    """
    yield from _missing(facts, FileClass.FINAL_ACCEPTANCE)


RULES = {
    FileClass.APPROVAL: archive_approval_files,
    FileClass.PROCUREMENT: archive_procurement_files,
    FileClass.CONTRACT: archive_contract_files,
    FileClass.IMPLEMENTATION: archive_implementation_files,
    FileClass.SUPERVISION: archive_supervision_files,
    FileClass.TEST: archive_test_files,
    FileClass.FINAL_ACCEPTANCE: archive_final_files,
}


def archive_in_time(file_class: FileClass, *, since: date, basis: str, pack: RulePack) -> Duty:
    """The files of a class are archived within the pack's working days.

    Args:
        file_class: which class fell due.
        since: the day of the trigger, or the later one on which it was recorded.
        basis: the trigger in words.
        pack: the rules under which the project started.

    >>> from govproject.regulation.pack import pack
    >>> duty = archive_in_time(
    ...     FileClass.TEST, since=date(2026, 7, 1), basis="测评结束", pack=pack("tinghu-2025")
    ... )
    >>> duty.rule, duty.citation.clause, duty.due().day
    ('archive_test_files', '6', datetime.date(2026, 7, 29))
    """
    # What is asked for in time is what the check refuses for: the same clause.
    clause = vars(RULES[file_class])["__rule__"]
    return Duty(
        rule=clause.id,
        citation=clause.citation,
        task=f"将{file_class.zh}组卷、审查并交接归档：{basis}。",
        period=Period.of_working_days(since, pack.archiving_working_days),
    )


def _missing(facts: ArchiveFacts, file_class: FileClass) -> Findings:
    if file_class not in facts.due:
        return
    if file_class not in facts.handed_over:
        yield block(
            f"{file_class.zh}已到归档时点，尚未交接归档。",
            remedy=f"请将{file_class.zh}组卷，经部门负责人审查合格后，与档案管理部门清点交接。",
            file_class=file_class.value,
        )
    elif left := facts.outstanding.get(file_class, ()):
        yield block(
            f"{file_class.zh}还有{len(left)}项已到归档时点而没有案卷：{'；'.join(left)}。",
            remedy="请将其文件组卷（可合并组卷），在到归档时点之后与档案管理部门清点交接。",
            file_class=file_class.value,
            outstanding=list(left),
        )
