"""第31条 区政务信息化项目免费运维期从项目终验合格之日起计算……免费运维期不低于2年。"""

from govproject import AcceptanceFacts, Citation, Findings, RulePack, rule, warn
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject.terms import AcceptanceStage
from govproject_acceptance.rules.accepted import Accepted
from govproject_acceptance.rules.requirements import ON_NEED

CITATION = Citation("31", "1", "免费运维期从项目终验合格之日起计算")


def free_ops_start(accepted: Accepted, pack: RulePack) -> Duty | None:
    """Free maintenance runs from the pass day, two years at least, longer if the contract says so.

    The minimum is for construction; an operation or service contract has what it agreed on. The
    pass day is not counted (民法典第201条), and a period that runs out is not rolled. The duty runs
    as long as the longest; of several contracts it names what each is bound to.

    >>> from datetime import date
    >>> from govproject.regulation.pack import pack
    >>> from govproject.facts import FreeOperations
    >>> lots = [FreeOperations(contractor="甲公司", months=12)]
    >>> lots += [FreeOperations(contractor="乙公司", months=36)]
    >>> accepted = Accepted.example(date(2026, 3, 15), free_ops=lots)
    >>> duty = free_ops_start(accepted, pack("tinghu-2025"))
    >>> duty.due().day
    datetime.date(2029, 3, 15)
    >>> duty.task
    '免费运维期内由承建单位免费运维：甲公司共24个月，乙公司共36个月'
    """
    minimum = 0 if accepted.kind in ON_NEED else pack.free_ops_min_months
    bound = [(each.contractor, max(minimum, each.months)) for each in accepted.free_ops]
    months = max((months for _, months in bound), default=minimum)
    if not months:
        return None
    if len({of_one for _, of_one in bound}) > 1:
        each = "，".join(f"{contractor}共{of_one}个月" for contractor, of_one in bound if of_one)
        task = f"免费运维期内由承建单位免费运维：{each}"
    else:
        task = f"免费运维期{months}个月，期满前由承建单位免费运维"
    return Duty(
        "free_ops_start",
        CITATION,
        task,
        period=Period.of_months(accepted.passed_on, months, rolls=False),
        runs_until_due=True,
    )


@rule("acceptance", article="31", clause="3", quote="免费运维期不低于2年")
def free_ops_of_goods(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """What is called goods was not held to two years when it was recorded: the experts see it.

    >>> from govproject.regulation.pack import pack
    >>> goods = [{"contractor": "盐城设备公司", "months": 12}]
    >>> facts = AcceptanceFacts.example(goods_free_ops=goods)
    >>> [finding.message for finding in free_ops_of_goods(facts, pack("tinghu-2025"))]
    ['盐城设备公司的合同标的登记为货物，约定的免费运维期为12个月，低于24个月。']
    """
    if facts.stage is not AcceptanceStage.FINAL or facts.kind in ON_NEED:
        return
    least = pack.free_ops_min_months
    for goods in facts.goods_free_ops:
        if goods.months < least:
            yield warn(
                f"{goods.contractor}的合同标的登记为货物，约定的免费运维期为{goods.months}个月，"
                f"低于{least}个月。",
                remedy="请核对该合同是否含系统建设内容；属于项目建设合同的，须约定不少于"
                f"{least}个月的免费运维期。",
                months=goods.months,
                least_months=least,
            )
