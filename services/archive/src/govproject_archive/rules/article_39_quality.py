"""第39条 项目档案应真实、完整、准确、系统、规范和安全。

Complete against what is due: which classes are due is known from other services' events, so a check
waits while an event about the project has not taken effect here.
"""

from govproject import ArchiveFacts, Findings, block, rule


@rule("archive", article="39", clause="1", quote="项目档案应真实、完整、准确、系统、规范和安全")
def archive_quality(facts: ArchiveFacts) -> Findings:
    """Nobody can say that an archive is complete while it is not known what is due.

    >>> [finding.fact for finding in archive_quality(ArchiveFacts.example(backlog=1))]
    [{'backlog': 1}]
    """
    if facts.backlog:
        yield block(
            f"该项目有{facts.backlog}条管理信息尚未处理，无法确认应归档的文件是否完整。",
            remedy="请稍后重试；如持续出现，请联系区数据局运维人员处理搁置的事件。",
            backlog=facts.backlog,
        )
