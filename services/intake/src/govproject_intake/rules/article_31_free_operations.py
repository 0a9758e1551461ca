"""第31条 项目单位应在项目建设合同中明确运维范围、运维期限和运维责任等，免费运维期不低于2年。

The words speak of construction contracts: what is agreed on for operation or services is not asked,
nor who supervises, tests, delivers or serves within a project that is built. What builds is no
service for being called one: services that take a good part of what was approved say why they build
nothing.
"""

from datetime import date
from decimal import Decimal

from govproject import ContractFacts, DeclarationFacts, Findings, RulePack, block, rule, warn
from govproject.terms import ContractSubject, MaintenanceItem, ProjectKind, Track

_WHOLE = Decimal(100)


@rule("contract", article="31", clause="2", quote="明确运维范围、运维期限和运维责任等")
def free_ops_in_contract(facts: ContractFacts) -> Findings:
    """A construction contract says what is maintained, how long, and who answers for it.

    >>> facts = ContractFacts.example(maintenance={"scope": "第5页", "period": "第5页"})
    >>> [finding.message for finding in free_ops_in_contract(facts)]
    ['建设合同未明确：运维责任。']
    """
    missing = [item for item in MaintenanceItem if item not in facts.maintenance]
    if missing and _builds(facts):
        yield block(
            f"建设合同未明确：{'、'.join(item.zh for item in missing)}。",
            remedy="请在建设合同中补充运维范围、运维期限和运维责任，并填写所在页码。",
            missing=[item.value for item in missing],
        )


@rule("contract", article="31", clause="3", quote="免费运维期不低于2年")
def free_ops_min_2_years(facts: ContractFacts, pack: RulePack) -> Findings:
    """Free maintenance by a construction contract lasts two years or longer.

    >>> from govproject.regulation.pack import pack
    >>> facts = ContractFacts.example(free_ops_months=23)
    >>> [finding.message for finding in free_ops_min_2_years(facts, pack("tinghu-2025"))]
    ['建设合同约定的免费运维期为23个月，低于24个月。']
    """
    least = pack.free_ops_min_months
    if _builds(facts) and facts.free_ops_months < least:
        yield block(
            f"建设合同约定的免费运维期为{facts.free_ops_months}个月，低于{least}个月。",
            remedy=f"请与承建单位约定不少于{least}个月的免费运维期后重新登记。",
            free_ops_months=facts.free_ops_months,
            least_months=least,
        )


@rule(
    "contract", article="31", clause="2", quote="在项目建设合同中明确运维范围、运维期限和运维责任等"
)
def service_builds_nothing(facts: ContractFacts, pack: RulePack) -> Findings:
    """Services beyond the share of what prepares and attends say why they are no construction.

    Before approval or review Art 6 refuses them, and after the final Art 18 speaks of them.

    >>> from govproject.regulation.pack import pack
    >>> facts = ContractFacts.example(subject="service", amount_yuan="240000.01")
    >>> [finding.severity for finding in service_builds_nothing(facts, pack("tinghu-2025"))]
    ['block']
    >>> said = facts.supposing({"service_note": "云资源租用，不开发软件"})
    >>> [finding.severity for finding in service_builds_nothing(said, pack("tinghu-2025"))]
    ['warn']
    """
    if facts.kind.serves or facts.subject is not ContractSubject.SERVICE:
        return
    filed = facts.track is Track.FILING
    admitted = facts.internal_review_on if filed else facts.approval_number
    if facts.approved_yuan is None or facts.accepted_on is not None or admitted is None:
        return
    total = facts.services_yuan + facts.amount_yuan
    limit = facts.approved_yuan * pack.preparing_max_percent / _WHOLE
    if total <= limit:
        return
    why = (
        f"登记为服务的合同（含本合同）合计{total}元，超过批复、报备或变更后金额"
        f"{facts.approved_yuan}元的{pack.preparing_max_percent}%（{limit:.2f}元）"
    )
    told = {"total_yuan": str(total), "limit_yuan": f"{limit:.2f}"}
    if facts.service_note is None:
        yield block(
            f"{why}，没有说明为何不属于建设。",
            remedy="含软件开发、系统集成等建设内容的，请登记为建设合同，并约定运维范围、期限、责任和"
            "免费运维期；确属服务的，请填写服务内容和不属于建设的理由。",
            **told,
        )
    else:
        yield warn(
            f"{why}，项目单位说明：{facts.service_note}",
            remedy="请区数据局核实合同内容；含建设内容的，项目单位应当终止该记录，重新登记为建设合同。",
            **told,
        )


@rule("declaration", article="31", clause="3", quote="免费运维期不低于2年")
def ops_during_free_maintenance(facts: DeclarationFacts) -> Findings:
    """What the contractor still maintains for nothing in the plan year is pointed out.

    >>> related = [{"project_name": "智慧校园", "free_until": "2028-03-15"}]
    >>> facts = DeclarationFacts.example(kind="ops", related=related)
    >>> [finding.severity for finding in ops_during_free_maintenance(facts)]
    ['warn']
    """
    if facts.kind is not ProjectKind.OPS:
        return
    for project in facts.related:
        if project.free_until is not None and project.free_until >= date(facts.plan_year, 1, 1):
            yield warn(
                f"系统“{project.project_name}”的免费运维期至{project.free_until}，"
                f"{facts.plan_year}年度内由承建单位免费运维。",
                remedy="请核实运维内容和期限，免费运维范围内的事项不得重复安排资金。",
                project_name=project.project_name,
                free_until=project.free_until.isoformat(),
            )


def _builds(facts: ContractFacts) -> bool:
    return not facts.kind.serves and facts.subject is ContractSubject.CONSTRUCTION
