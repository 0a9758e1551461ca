"""第12条 项目单位……严格执行招标投标、政府采购、工程监理、合同管理等制度要求。

What Arts 13, 19, 31, 33 and 40 ask of contracts can be asked only of those on record.
"""

from govproject import AcceptanceFacts, Findings, block, rule, warn
from govproject.terms import AcceptanceStage
from govproject_acceptance.rules.requirements import MEETINGS, judged_on

_RECORDED_DAYS = (AcceptanceStage.COMPLETION, AcceptanceStage.TRIAL)
"""The steps of which a day is recorded and nobody meets."""


@rule(
    "acceptance",
    article="12",
    clause="2",
    quote="严格执行招标投标、政府采购、工程监理、合同管理等制度要求",
)
def contract_on_record(facts: AcceptanceFacts) -> Findings:
    """No meeting while no contract that carries the project out is on record; without any, say why.

    >>> facts = AcceptanceFacts.example(contracts=0)
    >>> [finding.severity for finding in contract_on_record(facts)]
    ['block']
    >>> facts = AcceptanceFacts.example(contracts=0, no_contract_reason="本单位自行开发")
    >>> [finding.severity for finding in contract_on_record(facts)]
    ['warn']
    """
    if facts.stage not in MEETINGS or facts.contracts:
        return
    if facts.no_contract_reason is None:
        yield block(
            f"项目尚无合同备案记录，不能组织{facts.stage.zh}。",
            remedy="请登记已备案的项目合同（监理、测评、咨询合同不计）；确无合同（如本单位自行建设）的，请登记理由。",
            contracts=0,
        )
    else:
        yield warn(
            f"项目没有合同：{facts.no_contract_reason}",
            remedy="请在验收时核实该理由。",
            reason=facts.no_contract_reason,
        )


@rule(
    "acceptance",
    article="12",
    clause="2",
    quote="严格执行招标投标、政府采购、工程监理、合同管理等制度要求",
)
def carried_out_after_award(facts: AcceptanceFacts) -> Findings:
    """Nothing that the project's contracts are about was completed or tried before the first award.

    A unit that builds a part by itself has said so, and those who meet look at it.

    >>> days = {"held_on": "2026-03-01", "awarded_on": "2026-03-02"}
    >>> facts = AcceptanceFacts.example(stage="completion", **days)
    >>> [finding.message for finding in carried_out_after_award(facts)]
    ['建设完成登记日期2026-03-01早于最早的中标通知书日期2026-03-02，当时尚未确定承建单位。']
    """
    awarded_on = facts.awarded_on
    if awarded_on is None:
        return
    if facts.stage in _RECORDED_DAYS and judged_on(facts) < awarded_on:
        finding = block if facts.no_contract_reason is None else warn
        yield finding(
            f"{facts.stage.zh}日期{judged_on(facts)}早于最早的中标通知书日期{awarded_on}，"
            "当时尚未确定承建单位。",
            remedy="请核对日期；中标通知书日期登记有误的，请终止该合同记录后重新登记。",
            awarded_on=awarded_on.isoformat(),
        )
    elif (
        facts.stage in MEETINGS
        and facts.completed_on is not None
        and facts.completed_on < awarded_on
    ):
        yield warn(
            f"登记的建设完成日期{facts.completed_on}早于最早的中标通知书日期{awarded_on}。",
            remedy="请在验收时核实建设完成的实际日期。",
            completed_on=facts.completed_on.isoformat(),
            awarded_on=awarded_on.isoformat(),
        )


@rule(
    "acceptance",
    article="12",
    clause="2",
    quote="严格执行招标投标、政府采购、工程监理、合同管理等制度要求",
)
def paid_under_contract(facts: AcceptanceFacts) -> Findings:
    """What is paid beyond all contracts, whatever they are about, says for what and why.

    Who has said so is not refused: every meeting is shown the reasons.

    >>> from decimal import Decimal
    >>> facts = AcceptanceFacts.example(contracted_yuan=Decimal(1), settled_yuan=Decimal(900000))
    >>> [finding.severity for finding in paid_under_contract(facts)]
    ['block']
    """
    if facts.stage not in MEETINGS:
        return
    if facts.uncontracted_reasons:
        yield warn(
            f"项目有{facts.uncontracted_yuan}元支付没有合同：{'；'.join(facts.uncontracted_reasons)}",
            remedy="请在验收时核实支付依据和理由。",
            uncontracted_yuan=str(facts.uncontracted_yuan),
            reasons=list(facts.uncontracted_reasons),
        )
    covered = facts.contracted_yuan + facts.uncontracted_yuan
    if facts.settled_yuan is None or facts.settled_yuan <= covered:
        return
    finding = warn if facts.contracts_without_amount else block
    yield finding(
        f"实际支付（结算）金额{facts.settled_yuan}元超出已登记合同金额合计{facts.contracted_yuan}元，"
        f"超出部分没有合同，已说明理由的为{facts.uncontracted_yuan}元。",
        remedy="请登记所缺的合同（监理、测评等合同也计入）；确无合同的，请逐笔登记支付内容、理由和依据。",
        settled_yuan=str(facts.settled_yuan),
        contracted_yuan=str(facts.contracted_yuan),
        uncontracted_yuan=str(facts.uncontracted_yuan),
    )
