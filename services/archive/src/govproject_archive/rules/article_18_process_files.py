"""第18条 按照项目建设进度，及时将招标文件、中标文件、工程开竣工资料等相关材料完整归集并上传。

“及时” has no number: until the archive check what is missing is a reminder (in the project's view).
Final acceptance needs the check (第19条(六)), so there it must be complete.
"""

from govproject import ArchiveFacts, Findings, block, rule


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
