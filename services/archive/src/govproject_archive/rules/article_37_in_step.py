"""第37条 项目档案工作应与项目建设管理同步。

纳入项目建设计划、质量保证体系、项目管理程序、合同管理和岗位责任制。

The article names no consequence: what is not written down shows at every archive check.
"""

from govproject import ArchiveFacts, Findings, rule, warn
from govproject.terms import ArchivePlace


@rule("archive", article="37", clause="1", quote="项目档案工作应与项目建设管理同步")
def archive_in_step(facts: ArchiveFacts) -> Findings:
    """The work on the archive is written down in all five places.

    >>> facts = ArchiveFacts.example(in_step=[p for p in ArchivePlace if p != "contract"])
    >>> [finding.message for finding in archive_in_step(facts)]
    ['档案工作尚未纳入：合同管理。']
    """
    missing = [place for place in ArchivePlace if place not in facts.in_step]
    if missing:
        yield warn(
            f"档案工作尚未纳入：{'、'.join(place.zh for place in missing)}。",
            remedy="请在相应文件中写明档案工作要求，并登记文件名称和章节、条款。",
            missing=[place.value for place in missing],
        )
