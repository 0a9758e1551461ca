"""第39条 项目档案应真实、完整、准确、系统、规范和安全。

True and safe: an electronic file that its last audit found changed, missing or unreadable is not.
Complete against what is due: which classes are due is known from other services' events, so a check
waits while an event about the project has not taken effect here.
"""

from govproject import ArchiveFacts, Findings, block, rule
from govproject.regulation.told import incomplete


@rule("archive", article="39", clause="1", quote="项目档案应真实、完整、准确、系统、规范和安全")
def archive_quality(facts: ArchiveFacts) -> Findings:
    """Nobody can say that an archive is complete while it is not known what is due.

    >>> [finding.fact for finding in archive_quality(ArchiveFacts.example(backlog=1))]
    [{'backlog': 1}]
    """
    yield from incomplete(facts.backlog, "无法确认应归档的文件是否完整")


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
