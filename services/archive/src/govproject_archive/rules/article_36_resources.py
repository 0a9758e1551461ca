"""第36条 项目单位与参建单位应加强项目档案管理，配备项目档案工作所需……各项管理资源。

How much is enough rests on the project's need, which the unit judges; that it has provided shows by
a record. The article names no consequence: what is not on record shows at every archive check.
"""

from govproject import ArchiveFacts, Findings, rule, warn
from govproject.terms import ArchiveProvision

NEEDED = (ArchiveProvision.STAFF, ArchiveProvision.FUNDS, ArchiveProvision.FACILITIES)


@rule(
    "archive",
    article="36",
    clause="1",
    quote="根据项目实际需求配备项目档案工作所需人员、经费、设施设备等各项管理资源",
)
def archive_resources(facts: ArchiveFacts) -> Findings:
    """People, money and facilities are provided, and it is on record which.

    >>> facts = ArchiveFacts.example(provided=["staff", "safekeeping"])
    >>> [finding.message for finding in archive_resources(facts)]
    ['项目单位尚未登记配备：档案工作经费、档案工作设施设备。']
    """
    missing = [each for each in NEEDED if each not in facts.provided]
    if missing:
        yield warn(
            f"项目单位尚未登记配备：{'、'.join(each.zh for each in missing)}。",
            remedy="请配备所需的管理资源，并在本单位的项目档案工作安排中逐项登记。",
            missing=[each.value for each in missing],
        )
