"""第41条 项目单位项目管理部门形成的文件组卷完成经部门负责人审查合格后，向项目单位档案管理部门归档。

项目单位项目管理部门应按项目单位档案管理机构要求，编制交接清册（含交接手续、档案数量及目录），双方清点无误后交接归档。

Each step of a single volume is enforced where it is taken (`lifecycle`); these rules find, at an
archive check, the volumes of due classes that stopped half-way.
"""

from govproject import ArchiveFacts, Findings, block, rule


@rule("archive", article="41", clause="1", quote="组卷完成经部门负责人审查合格后")
def volume_review(facts: ArchiveFacts) -> Findings:
    """No volume waits for the department head's review.

    >>> facts = ArchiveFacts.example(unreviewed_volumes=["立项卷"])
    >>> [finding.message for finding in volume_review(facts)]
    ['案卷“立项卷”未经部门负责人审查合格。']
    """
    for title in facts.unreviewed_volumes:
        yield block(
            f"案卷“{title}”未经部门负责人审查合格。",
            remedy="请由部门负责人审查该案卷；不合格的，撤回后重新组卷。",
            volume=title,
        )


@rule("archive", article="41", clause="2", quote="编制交接清册（含交接手续、档案数量及目录）")
def handover_list(facts: ArchiveFacts) -> Findings:
    """Every reviewed volume has its handover list.

    >>> [f.clause for f in handover_list(ArchiveFacts.example(unlisted_volumes=["合同卷"]))]
    ['2']
    """
    for title in facts.unlisted_volumes:
        yield block(
            f"案卷“{title}”未编制交接清册。",
            remedy="请编制交接清册，载明交接手续、档案数量及目录。",
            volume=title,
        )


@rule("archive", article="41", clause="3", quote="双方清点无误后交接归档")
def both_sides_count(facts: ArchiveFacts) -> Findings:
    """Both sides have counted every volume that has a list, and agree with it.

    >>> [f.rule for f in both_sides_count(ArchiveFacts.example(uncounted_volumes=["合同卷"]))]
    ['both_sides_count']
    """
    for title in facts.uncounted_volumes:
        yield block(
            f"案卷“{title}”未经双方清点无误。",
            remedy="请项目单位、档案管理人员分别清点该案卷并确认数量。",
            volume=title,
        )
