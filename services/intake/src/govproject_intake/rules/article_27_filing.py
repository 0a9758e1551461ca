"""第27条 项目验收前，项目单位应在市级政务信息化项目管理系统报备有关信息，实现统一管理。"""

from govproject import FilingFacts, Findings, block, rule


@rule(
    "filing",
    article="27",
    clause="1",
    quote="项目单位应在市级政务信息化项目管理系统报备有关信息",
)
def file_before_acceptance(facts: FilingFacts) -> Findings:
    """A filing is made in the municipal system, so the project must be registered there.

    >>> facts = FilingFacts.example(city_system_ref=None)
    >>> [finding.article for finding in file_before_acceptance(facts)]
    ['27']
    """
    if facts.city_system_ref is None:
        yield block(
            "项目尚未纳入市级政务信息化项目管理系统，无法完成报备。",
            remedy="请项目单位在市级政务信息化项目管理系统登记项目，区数据局登记取得的编号后再报备。",
            city_system_ref=None,
        )
