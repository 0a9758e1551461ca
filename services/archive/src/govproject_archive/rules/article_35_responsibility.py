"""第35条 项目单位对项目档案工作负总责，实行统一管理、统一制度、统一标准。

The article names no consequence: what is not organised shows at every archive check.
"""

from govproject import ArchiveFacts, Findings, rule, warn


@rule(
    "archive",
    article="35",
    clause="1",
    quote="项目单位对项目档案工作负总责，实行统一管理、统一制度、统一标准",
)
def archive_responsibility(facts: ArchiveFacts) -> Findings:
    """The unit has said who answers for its archives, by which rules and standards.

    >>> [f.severity for f in archive_responsibility(ArchiveFacts.example(unit_is_organised=False))]
    ['warn']
    """
    if not facts.unit_is_organised:
        yield warn(
            "项目单位尚未登记档案工作的总负责人、管理部门、统一制度和统一标准。",
            remedy="请项目单位登记本单位的项目档案工作安排。",
            unit_is_organised=False,
        )
