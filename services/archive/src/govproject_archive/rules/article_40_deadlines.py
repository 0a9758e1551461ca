"""第40条 项目文件应及时归档。

“及时” has no number: the rule pack sets the working days from the trigger on, after which it is
pointed out that a class is not archived yet. That refuses nothing; the archive check does.
"""

from datetime import date

from govproject.regulation.duty import Duty
from govproject.regulation.pack import RulePack
from govproject.regulation.periods import Period
from govproject.terms import FileClass
from govproject_archive.rules import article_40_file_classes as gate

RULES = {
    FileClass.APPROVAL: gate.archive_approval_files,
    FileClass.PROCUREMENT: gate.archive_procurement_files,
    FileClass.CONTRACT: gate.archive_contract_files,
    FileClass.IMPLEMENTATION: gate.archive_implementation_files,
    FileClass.SUPERVISION: gate.archive_supervision_files,
    FileClass.TEST: gate.archive_test_files,
    FileClass.FINAL_ACCEPTANCE: gate.archive_final_files,
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
