"""第9条 项目预审通过后由区数据局牵头组织区委办、区委网信办、区财政局、区审计局开展会审工作。

Three departments review, each its own matter, and each must have said yes: silence is not consent
and one no returns the project to its unit. The audit bureau supervises: it need not speak, but
what it observed must be answered before approval. 预审通过后: an opinion is one on the materials
that passed, so one that precedes them, or a filed change of what they describe, is asked for again.
"""

from govproject import ApprovalFacts, Findings, block, rule, warn
from govproject.terms import Department, PreReviewMaterial, Verdict

_OWN = {
    Department.PARTY_OFFICE: (PreReviewMaterial.CRYPTO_PLAN,),
    Department.CYBERSPACE: (
        PreReviewMaterial.NETWORK_SECURITY_PLAN,
        PreReviewMaterial.DATA_RESOURCE_CATALOGUE,
        PreReviewMaterial.SHARING_LIST,
        PreReviewMaterial.OPENING_LIST,
        PreReviewMaterial.AUTHORIZED_OPERATION_LIST,
        PreReviewMaterial.DIGITAL_ASSET_CATALOGUE,
    ),
    Department.FINANCE: (PreReviewMaterial.COST_ASSESSMENT_REPORT, PreReviewMaterial.OPS_PLAN),
}
"""What only one department reviews, by its matter in clauses 2 to 4."""

REVIEWING = (Department.PARTY_OFFICE, Department.CYBERSPACE, Department.FINANCE)


@rule(
    "approval",
    article="9",
    clause="1",
    quote="由区数据局牵头组织区委办、区委网信办、区财政局、区审计局开展会审工作",
)
def joint_department_review(facts: ApprovalFacts) -> Findings:
    """Every reviewing department has given its opinion.

    >>> facts = ApprovalFacts.example(opinions={"finance": "pass", "cyberspace": "pass"})
    >>> [finding.message for finding in joint_department_review(facts)]
    ['部门会审尚缺区委办的意见，未出具意见不视为同意。']
    """
    silent = [department for department in REVIEWING if department not in facts.opinions]
    if silent:
        names = "、".join(department.zh for department in silent)
        yield block(
            f"部门会审尚缺{names}的意见，未出具意见不视为同意。",
            remedy=f"请{names}出具会审意见后再办理立项。",
            missing=[department.value for department in silent],
        )


@rule(
    "approval",
    article="9",
    clause="1",
    quote="项目预审通过后由区数据局牵头组织区委办、区委网信办、区财政局、区审计局开展会审工作",
)
def opinions_on_present_materials(facts: ApprovalFacts) -> Findings:
    """What a department said before the last pre-review or change was said of another project.

    >>> facts = ApprovalFacts.example(outdated_opinions=("finance",))
    >>> [finding.message for finding in opinions_on_present_materials(facts)]
    ['区财政局的会审意见早于最近一次预审通过或变更报备，不能作为现方案的会审意见。']
    """
    outdated = [department for department in REVIEWING if department in facts.outdated_opinions]
    if outdated:
        names = "、".join(department.zh for department in outdated)
        yield block(
            f"{names}的会审意见早于最近一次预审通过或变更报备，不能作为现方案的会审意见。",
            remedy=f"请{names}按现有材料和金额重新出具会审意见后再办理立项。",
            outdated=[department.value for department in outdated],
        )


@rule(
    "approval",
    article="9",
    clause="2",
    quote="区委办负责对项目密码应用方案和信创要求等情况进行评审",
)
def review_party_office(facts: ApprovalFacts) -> Findings:
    """Cryptography plan and Xinchuang.

    >>> facts = ApprovalFacts.example(opinions={"party_office": "fail"})
    >>> [finding.clause for finding in review_party_office(facts)]
    ['2']
    """
    yield from _failed(facts, Department.PARTY_OFFICE, "密码应用方案和信创要求")


@rule(
    "approval",
    article="9",
    clause="3",
    quote="区委网信办负责对项目网络和数据安全建设内容进行评审",
)
def review_cyberspace(facts: ApprovalFacts) -> Findings:
    """Network and data security.

    >>> review_cyberspace(ApprovalFacts.example(opinions={"cyberspace": "pass_with_conditions"}))
    ()
    """
    yield from _failed(facts, Department.CYBERSPACE, "网络和数据安全建设内容")


@rule(
    "approval",
    article="9",
    clause="4",
    quote="区财政局围绕事前绩效评价、预算安排、政府采购方式和资金管理等进行评审",
)
def review_finance(facts: ApprovalFacts) -> Findings:
    """Ex-ante performance, budget, procurement and funds; the fiscal evaluation is another record.

    >>> facts = ApprovalFacts.example(opinions={"finance": "fail"})
    >>> [finding.clause for finding in review_finance(facts)]
    ['4']
    """
    yield from _failed(facts, Department.FINANCE, "事前绩效评价、预算安排、政府采购方式和资金管理")


@rule(
    "approval",
    article="9",
    clause="1",
    quote="由区数据局牵头组织区委办、区委网信办、区财政局、区审计局开展会审工作",
)
def conditions_of_departments(facts: ApprovalFacts) -> Findings:
    """A yes with conditions is a yes; that the unit has not answered them is said.

    >>> facts = ApprovalFacts.example(conditions_unanswered=("finance",))
    >>> [(finding.severity, finding.message) for finding in conditions_of_departments(facts)]
    [('warn', '区财政局的会审意见为附条件通过，项目单位尚未答复。')]
    """
    named = [each for each in REVIEWING if each in facts.conditions_unanswered]
    if named:
        names = "、".join(department.zh for department in named)
        yield warn(
            f"{names}的会审意见为附条件通过，项目单位尚未答复。",
            remedy="请项目单位逐条答复所附条件；请区数据局在立项前核对条件的落实情况。",
            conditions_unanswered=[department.value for department in named],
        )


@rule("approval", article="9", clause="5", quote="区审计局对项目进行审计监督")
def review_audit(facts: ApprovalFacts) -> Findings:
    """An observation of the audit bureau does not refuse by itself; leaving it unanswered does.

    Silence of the audit bureau refuses nothing either, and is said.

    >>> facts = ApprovalFacts.example(audit_observation_unanswered=True)
    >>> [finding.clause for finding in review_audit(facts)]
    ['5']
    """
    if facts.audit_observation_unanswered:
        yield block(
            "区审计局提出的审计意见尚未答复。",
            remedy="请项目单位书面答复审计意见后再办理立项。",
            audit_observation_unanswered=True,
        )
    elif Department.AUDIT not in facts.opinions:
        yield warn(
            "区审计局尚未就项目出具审计监督意见。",
            remedy="请区数据局确认已组织区审计局参加会审；区审计局如有意见，请在立项前提出。",
            opinions=[department.value for department in facts.opinions],
        )


def reviewed_by(department: Department) -> frozenset[PreReviewMaterial]:
    """What a department reviews: what Art 9 gives it, and what the whole project is told by.

    The audit bureau supervises the whole.

    >>> PreReviewMaterial.CRYPTO_PLAN in reviewed_by(Department.FINANCE)
    False
    """
    everything = frozenset(PreReviewMaterial)
    if department not in _OWN:
        return everything
    return everything - {
        kind for other, own in _OWN.items() if other is not department for kind in own
    }


def _failed(facts: ApprovalFacts, department: Department, matter: str) -> Findings:
    if facts.opinions.get(department) is Verdict.FAIL:
        yield block(
            f"{department.zh}对{matter}的会审意见为不通过。",
            remedy=f"请按{department.zh}意见整改并答复，由{department.zh}重新出具意见；"
            "须修改材料的，请重新提交预审材料，材料未涉及的部门意见予以保留。",
            department=department.value,
        )
