"""第12条 项目单位作为政务信息化项目的建设主体……严格执行……工程监理、合同管理等制度要求。

Arts 15-17 let three parties confirm and watch over quality; who builds and supervises is one.
"""

from collections.abc import Iterable

from govproject import ContractFacts, Finding, Findings, block, rule
from govproject.names import plain
from govproject.organisations import within
from govproject.terms import ContractSubject


@rule(
    "contract",
    article="12",
    clause="2",
    quote="严格执行招标投标、政府采购、工程监理、合同管理等制度要求",
)
def supervisor_does_not_build(facts: ContractFacts) -> Findings:
    """Who supervises a project neither builds it nor is the unit itself.

    A branch or an office of theirs is not another. What other contracts on record say of each
    other holds up no further one.

    >>> facts = ContractFacts.example(contractor="甲公司", supervisor="甲公司")
    >>> [finding.message for finding in supervisor_does_not_build(facts)]
    ['“甲公司”既承建又监理本项目，监理不独立。']
    >>> supervisor_does_not_build(facts.supposing({"supervisor": "乙监理公司"}))
    ()
    """
    engages = facts.subject is ContractSubject.SUPERVISION
    builds = [facts.contractor] if facts.subject.carries_out(facts.kind) else []
    supervises = [facts.supervisor, *([facts.contractor] if engages else [])]
    for name in filter(None, dict.fromkeys(supervises)):
        if _one_with(name, (facts.unit,)):
            yield _block(name, f"“{name}”是项目单位或者属于同一单位，不能监理本项目。")
        elif same := _one_with(name, (*facts.building, *builds)):
            yield _block(name, f"{_both(name, same)}既承建又监理本项目，监理不独立。")
    for name in filter(None, builds):
        if same := _one_with(name, facts.supervising):
            yield _block(name, f"{_both(name, same)}已监理本项目，又承建本项目，监理不独立。")


def _one_with(name: str, others: Iterable[str | None]) -> str | None:
    return next(
        (other for other in others if other and (within(name, other) or within(other, name))), None
    )


def _both(name: str, same: str) -> str:
    return f"“{name}”" if plain(name) == plain(same) else f"同一单位（“{same}”“{name}”）"


def _block(name: str, why: str) -> Finding:
    return block(
        why,
        remedy="请另行委托与项目单位、承建单位无关的监理单位；名称登记有误的，请更正后重新登记，"
        "已登记的合同有误的，先登记解除。",
        supervisor=name,
    )
