"""第42条 项目单位和参建单位应为项目档案的安全保管提供必要的设施设备，确保档案安全。

The article names no consequence: what is not on record shows at every archive check. Electronic
files are kept, and audited, by the service itself.
"""

from govproject import ArchiveFacts, Findings, rule, warn
from govproject.terms import ArchiveProvision


@rule(
    "archive",
    article="42",
    clause="1",
    quote="项目单位和参建单位应为项目档案的安全保管提供必要的设施设备，确保档案安全",
)
def archive_safekeeping(facts: ArchiveFacts) -> Findings:
    """The unit has said in what its archives are kept safe.

    >>> facts = ArchiveFacts.example(provided=["staff", "funds", "facilities"])
    >>> [finding.severity for finding in archive_safekeeping(facts)]
    ['warn']
    """
    if ArchiveProvision.SAFEKEEPING not in facts.provided:
        yield warn(
            "项目单位尚未登记安全保管项目档案的设施设备。",
            remedy="请会同参建单位提供库房、柜架、防火防潮等必要的设施设备，"
            "并在本单位的项目档案工作安排中登记各自提供的内容。",
            missing=[ArchiveProvision.SAFEKEEPING.value],
        )
