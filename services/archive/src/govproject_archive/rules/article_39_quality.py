"""第39条 项目档案应真实、完整、准确、系统、规范和安全。

Complete: the volumes of a class hold each paper that the project has by what other services tell
(`papers`), or the unit says why there is none, which whoever checks sees. That there is none at all
is more than who composes can say: the head of the unit's archives stands for it.

True and safe: an electronic file that its last audit found changed, missing or unreadable is not.
Complete against what is due: which classes are due is known from other services' events, so a check
waits while an event about the project has not taken effect here, or nothing was heard for long.
"""

from govproject import ArchiveFacts, Findings, block, rule, warn
from govproject.regulation.told import incomplete, outdated

_UNSURE = "无法确认应归档的文件是否完整"


@rule("archive", article="39", clause="1", quote="项目档案应真实、完整、准确、系统、规范和安全")
def archive_quality(facts: ArchiveFacts) -> Findings:
    """Nobody can say that an archive is complete while it is not known what is due.

    >>> [finding.fact for finding in archive_quality(ArchiveFacts.example(backlog=1))]
    [{'backlog': 1}]
    """
    yield from incomplete(facts.backlog, _UNSURE)


@rule("archive", article="39", clause="1", quote="项目档案应真实、完整、准确、系统、规范和安全")
def archive_knowledge_is_current(facts: ArchiveFacts) -> Findings:
    """Nor while what intake, review and acceptance have told is too old to say what is due (0004).

    >>> facts = ArchiveFacts.example(knowledge_age_minutes=1441)
    >>> [finding.rule for finding in archive_knowledge_is_current(facts)]
    ['archive_knowledge_is_current']
    """
    yield from outdated(facts, _UNSURE)


@rule("archive", article="39", clause="1", quote="项目档案应真实、完整、准确、系统、规范和安全")
def archived_files_intact(facts: ArchiveFacts) -> Findings:
    """What is known to be damaged is put right before a check passes.

    >>> [finding.fact for finding in archived_files_intact(ArchiveFacts.example(lost_files=2))]
    [{'lost_files': 2}]
    """
    if facts.lost_files:
        yield block(
            f"该项目已归档的电子文件有{facts.lost_files}件经核验不完好（内容改变、缺失或无法读取）。",
            remedy="请档案管理人员按“不完好的电子文件”清单所列，从备份恢复原文件，经重新核验完好后再验收。",
            lost_files=facts.lost_files,
        )


@rule("archive", article="39", clause="1", quote="项目档案应真实、完整、准确、系统、规范和安全")
def archive_papers_complete(facts: ArchiveFacts) -> Findings:
    """Each paper of a class that is due is in one of its volumes, or there is a reason for none.

    A class without any volume is refused as such (第40条) and not once more for its papers.

    >>> missing = {"approval": ["2026-02-03取得批复意见的批复文件"]}
    >>> facts = ArchiveFacts.example(papers_missing=missing)
    >>> [finding.message for finding in archive_papers_complete(facts)]
    ['立项文件的案卷中还缺1份材料：2026-02-03取得批复意见的批复文件。']
    """
    for file_class, missing in facts.papers_missing.items():
        if file_class in facts.due and file_class in facts.handed_over:
            yield block(
                f"{file_class.zh}的案卷中还缺{len(missing)}份材料：{'；'.join(missing)}。",
                remedy="请将所缺材料另行组卷，在卷内文件目录中注明材料种类，审查后交接归档；"
                "确无该材料的，请登记没有的理由。",
                file_class=file_class.value,
                missing=list(missing),
            )


@rule("archive", article="39", clause="1", quote="项目档案应真实、完整、准确、系统、规范和安全")
def archive_papers_explained(facts: ArchiveFacts) -> Findings:
    """Whoever checks sees which papers are said not to exist, and judges the reason.

    >>> absent = {"approval": ["预审通过的可行性研究报告：原件已毁"]}
    >>> [finding] = archive_papers_explained(ArchiveFacts.example(papers_absent=absent))
    >>> finding.severity, finding.message
    ('warn', '立项文件中有1份材料，项目单位说明没有：预审通过的可行性研究报告：原件已毁。')
    """
    for file_class, absent in facts.papers_absent.items():
        if file_class in facts.due:
            yield warn(
                f"{file_class.zh}中有{len(absent)}份材料，项目单位说明没有：{'；'.join(absent)}。",
                remedy="请验收人审看理由；理由不成立的，登记档案验收不合格并写明原因。",
                file_class=file_class.value,
                absent=list(absent),
            )


@rule("archive", article="39", clause="1", quote="项目档案应真实、完整、准确、系统、规范和安全")
def archive_absences_confirmed(facts: ArchiveFacts) -> Findings:
    """A class of which no paper is there at all is complete only on its unit's head's word.

    >>> left = {"contract": ["合同文本"]}
    >>> [finding] = archive_absences_confirmed(ArchiveFacts.example(papers_unconfirmed=left))
    >>> finding.severity, finding.message
    ('block', '合同文件应有的材料一份也没有归档，其中1份的说明未经确认：合同文本。')
    """
    for file_class, left in facts.papers_unconfirmed.items():
        if file_class in facts.due and file_class in facts.handed_over:
            yield block(
                f"{file_class.zh}应有的材料一份也没有归档，其中{len(left)}份的说明未经确认："
                f"{'；'.join(left)}。",
                remedy="请将找到的材料组卷归档；确无的，由说明人以外的档案工作总负责人逐份确认，"
                "写明情况并附签署的确认文件。",
                file_class=file_class.value,
                unconfirmed=list(left),
            )
