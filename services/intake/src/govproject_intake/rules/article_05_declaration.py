"""第5条 每年第三季度，项目单位提前做好下一年度政务信息化项目规划并编制好申报材料，报送至区数据局。

项目申报材料包括：
（一）项目申报表；
（二）项目实施方案（新建、续建、升级改造类项目），主要内容包括项目建设依据、建设目标、建设内容、资金估算等；
运维或服务类项目应包含上一期合同和服务需求；
（三）与项目有关的上级规划、批示、批复、会议纪要等文件依据。
"""

from datetime import date

from govproject import AnnualPlanFacts, DeclarationFacts, Findings, block, rule, warn
from govproject.terms import DeploymentTarget, DocumentVerdict, MaterialKind, PlanSection

_APART = (DeploymentTarget.ELSEWHERE, DeploymentTarget.NATIONAL_STANDALONE)
_THIRD_QUARTER = (7, 8, 9)

PLAN_HEADINGS = {
    PlanSection.BASIS: ("建设 依据", "立项依据", "编制依据"),
    PlanSection.OBJECTIVES: ("建设 目标", "总体目标", "项目目标"),
    PlanSection.CONTENT: ("建设 内容", "建设方案", "项目内容"),
    PlanSection.COST_ESTIMATE: ("资金 估算", "投资估算", "经费估算", "经费 测算", "项目预算"),
}
"""How the four parts are headed; the words of one wording may stand apart."""


@rule(
    "declaration",
    article="5",
    clause="1",
    quote="每年第三季度，项目单位提前做好下一年度政务信息化项目规划",
)
def plan_submission_q3(facts: DeclarationFacts) -> Findings:
    """The window for plan year Y+1 is 1 July to 30 September of Y; later is late, not refused.

    >>> from datetime import date
    >>> late = DeclarationFacts.example(today=date(2026, 10, 1))
    >>> [finding.severity for finding in plan_submission_q3(late)]
    ['warn']
    """
    if is_late(facts.today, facts.plan_year):
        yield warn(
            f"{facts.plan_year}年度项目计划应在{facts.plan_year - 1}年第三季度申报，"
            "本次申报不在规定时间内。",
            remedy="请向区数据局说明逾期或年中追加的理由；区数据局填写受理理由后方可列入计划。",
            plan_year=facts.plan_year,
            declared_on=facts.today.isoformat(),
        )


@rule(
    "annual_plan",
    article="5",
    clause="1",
    quote="每年第三季度，项目单位提前做好下一年度政务信息化项目规划",
)
def late_declaration_accepted(facts: AnnualPlanFacts) -> Findings:
    """What was declared at another time comes into the plan with the bureau's reason.

    >>> late = {"declared_on": "2026-10-01", "plan_year": 2027}
    >>> [finding.rule for finding in late_declaration_accepted(AnnualPlanFacts.example(**late))]
    ['late_declaration_accepted']
    >>> late_declaration_accepted(AnnualPlanFacts.example(**late, reason="上级新任务"))
    ()
    """
    if facts.declared_on is None or facts.reason is not None:
        return
    if is_late(facts.declared_on, facts.plan_year):
        yield block(
            f"“{facts.project_name}”于{facts.declared_on}申报，"
            f"不在{facts.plan_year - 1}年第三季度，受理须有理由。",
            remedy="请区数据局填写受理理由后列入，用表格列入的填写“受理理由”列；已在草案中的，"
            "请用表格补填理由，或者移出并连同理由重新列入。",
            plan_year=facts.plan_year,
            declared_on=facts.declared_on.isoformat(),
        )


def is_late(day: date, plan_year: int) -> bool:
    """Whether what is declared on a day is not declared in the window of its plan year.

    >>> [is_late(date(2026, month, 1), 2027) for month in (6, 7, 9, 10)]
    [True, False, False, True]
    """
    return day.month not in _THIRD_QUARTER or plan_year != day.year + 1


@rule("declaration", article="5", clause="(一)", quote="项目申报表")
def material_application_form(facts: DeclarationFacts) -> Findings:
    """Every declaration has its form.

    >>> facts = DeclarationFacts.example(materials=(MaterialKind.IMPLEMENTATION_PLAN,))
    >>> [finding.rule for finding in material_application_form(facts)]
    ['material_application_form']
    """
    if MaterialKind.APPLICATION_FORM not in facts.materials:
        yield block("申报材料缺少项目申报表。", remedy="请上传项目申报表后重新申报。")


@rule(
    "declaration",
    article="5",
    clause="(二)",
    quote="主要内容包括项目建设依据、建设目标、建设内容、资金估算等",
)
def material_implementation_plan(facts: DeclarationFacts) -> Findings:
    """What is built has a plan with four parts; a part that cannot be told is for people to judge.

    >>> seen = {**DeclarationFacts.example().plan_sections, "cost_estimate": "missing"}
    >>> facts = DeclarationFacts.example(plan_sections=seen)
    >>> [finding.message for finding in material_implementation_plan(facts)]
    ['项目实施方案缺少以下内容：资金估算。']
    """
    if facts.kind.serves:
        return
    if MaterialKind.IMPLEMENTATION_PLAN not in facts.materials:
        yield block(
            f"{facts.kind.zh}类项目的申报材料缺少项目实施方案。",
            remedy="请上传项目实施方案，内容包括建设依据、建设目标、建设内容和资金估算。",
        )
        return
    missing = _sections(facts, DocumentVerdict.MISSING)
    if missing:
        yield block(
            f"项目实施方案缺少以下内容：{_names(missing)}。",
            remedy="请在项目实施方案中以标题分章写明后重新上传。",
            missing=[section.value for section in missing],
        )
    doubtful = _sections(facts, DocumentVerdict.DOUBT)
    if doubtful:
        yield warn(
            f"项目实施方案的以下内容未能自动核对：{_names(doubtful)}。",
            remedy="请区数据局受理时人工核对；使用带文字的文件并分章编写可以自动核对。",
            doubtful=[section.value for section in doubtful],
        )


@rule(
    "declaration",
    article="5",
    clause="(二)",
    quote="项目实施方案（新建、续建、升级改造类项目）",
)
def kind_fits_what_is_built(facts: DeclarationFacts) -> Findings:
    """Who builds declares building; what is only operated or served builds no system.

    >>> facts = DeclarationFacts.example(kind="service", builds_system=True)
    >>> [finding.message for finding in kind_fits_what_is_built(facts)]
    ['服务类项目声明新建或改造政务系统，类型与内容不符。']
    """
    serves = facts.kind.serves
    if serves and facts.builds_system:
        yield block(
            f"{_of_kind(facts)}项目声明新建或改造政务系统，类型与内容不符。",
            remedy="新建或改造系统的，请按新建、续建或升级改造类项目申报；"
            "运维中的小规模优化，请按第8条填写。",
            kind=facts.kind.value,
            builds_system=True,
        )
    if not serves and not facts.builds_system and facts.deployment_target in _APART:
        yield block(
            f"{_of_kind(facts)}项目声明不新建或改造政务系统，"
            f"但部署位置为“{facts.deployment_target.zh}”，前后矛盾。",
            remedy="有系统的，请声明新建或改造政务系统；没有系统的，部署位置请填写“不部署系统”。",
            builds_system=False,
            deployment_target=facts.deployment_target.value,
        )


@rule(
    "declaration",
    article="5",
    clause="(二)",
    quote="运维或服务类项目应包含上一期合同和服务需求",
)
def material_prior_contract(facts: DeclarationFacts) -> Findings:
    """Operation and services rest on the contract before; the first period says why there is none.

    >>> first = DeclarationFacts.example(
    ...     kind="ops", materials=["application_form", "service_requirements"],
    ...     first_period_note="系统2026年验收，首次运维",
    ... )
    >>> material_prior_contract(first)
    ()
    """
    if not facts.kind.serves:
        return
    if MaterialKind.SERVICE_REQUIREMENTS not in facts.materials:
        yield block(
            f"{facts.kind.zh}类项目的申报材料缺少服务需求。", remedy="请上传服务需求后重新申报。"
        )
    if MaterialKind.PRIOR_CONTRACT not in facts.materials and facts.first_period_note is None:
        yield block(
            f"{facts.kind.zh}类项目的申报材料缺少上一期合同。",
            remedy="请上传上一期合同；首次运维或服务的，请填写情况说明。",
        )


@rule(
    "declaration",
    article="5",
    clause="(三)",
    quote="与项目有关的上级规划、批示、批复、会议纪要等文件依据",
)
def material_policy_basis(facts: DeclarationFacts) -> Findings:
    """At least one document on which the project rests: named, and handed in as a file.

    >>> facts = DeclarationFacts.example(policy_basis=())
    >>> [finding.rule for finding in material_policy_basis(facts)]
    ['material_policy_basis']
    >>> named = DeclarationFacts.example(materials=["application_form", "implementation_plan"])
    >>> [finding.message for finding in material_policy_basis(named)]
    ['申报材料列出了项目依据文件的名称，但没有上传文件。']
    """
    if not facts.policy_basis:
        yield block(
            "申报材料缺少项目依据文件。",
            remedy="请至少提供一份与项目有关的上级规划、批示、批复或会议纪要。",
            policy_basis=[],
        )
    elif MaterialKind.POLICY_BASIS not in facts.materials:
        yield block(
            "申报材料列出了项目依据文件的名称，但没有上传文件。",
            remedy="请至少上传一份依据文件：与项目有关的上级规划、批示、批复或会议纪要。",
            policy_basis=list(facts.policy_basis),
        )


def _of_kind(facts: DeclarationFacts) -> str:
    return f"{facts.kind.zh.removesuffix('类')}类"


def _sections(facts: DeclarationFacts, verdict: DocumentVerdict) -> list[PlanSection]:
    # What nobody looked for is missing.
    return [
        section
        for section in PlanSection
        if facts.plan_sections.get(section, DocumentVerdict.MISSING) is verdict
    ]


def _names(sections: list[PlanSection]) -> str:
    return "、".join(section.zh for section in sections)
