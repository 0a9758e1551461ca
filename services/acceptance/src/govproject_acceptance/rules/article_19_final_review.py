"""第19条（二）……重点对初验整改清单落实情况和试运行问题记录进行检查，结合项目终验自评报告、项目运行介绍演示、

验收材料文档等，对项目建设任务和成果进行必要的检查抽查复核，形成终验意见。对涉及多个标段的项目，在整体验收环节，
对各标段的验收材料以及项目整体自评报告进行核查。
"""

from govproject import AcceptanceFacts, Findings, RulePack, block, rule, warn
from govproject.terms import AcceptanceStage, FinalMaterial
from govproject_acceptance.rules.requirements import named, on_need


@rule(
    "acceptance",
    article="19",
    clause="(二)3",
    quote="重点对初验整改清单落实情况和试运行问题记录进行检查",
)
def final_check_fixes(facts: AcceptanceFacts) -> Findings:
    """Every entry of both lists is done, or explained; explanations are pointed out.

    >>> facts = AcceptanceFacts.example(trial_problems_open=2, trial_problems_explained=1)
    >>> [finding.message for finding in final_check_fixes(facts)]
    ['试运行问题记录尚有1项既未解决也未说明。', '试运行问题记录有1项以说明代替解决。']
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    for record, done, open_, explained in (
        ("初验整改清单", "完成", facts.must_fix_open, facts.must_fix_explained),
        ("试运行问题记录", "解决", facts.trial_problems_open, facts.trial_problems_explained),
    ):
        left = open_ - explained
        if left > 0:
            yield block(
                f"{record}尚有{left}项既未{done}也未说明。",
                remedy=f"请逐项{done}并填写证明，或书面说明。",
                open=open_,
                explained=explained,
            )
        if explained:
            yield warn(
                f"{record}有{explained}项以说明代替{done}。",
                remedy="请专家组在终验时逐项核实。",
                explained=explained,
            )


@rule(
    "acceptance",
    article="19",
    clause="(二)4",
    quote="结合项目终验自评报告、项目运行介绍演示、验收材料文档等",
)
def final_materials(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """What the experts look at is on record; a service has not always something to demonstrate.

    >>> from govproject.regulation.pack import pack
    >>> facts = AcceptanceFacts.example(final_materials=("documents",))
    >>> [finding.fact["missing"] for finding in final_materials(facts, pack("tinghu-2025"))]
    [['self_evaluation', 'presentation']]
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    missing = [material for material in FinalMaterial if material not in facts.final_materials]
    if on_need(facts, pack) and FinalMaterial.PRESENTATION in missing:
        missing.remove(FinalMaterial.PRESENTATION)
        yield warn(
            f"{named(facts)}项目未登记项目运行介绍演示。",
            remedy="请专家组根据实际需求决定是否需要演示。",
            missing=[FinalMaterial.PRESENTATION.value],
        )
    if missing:
        yield block(
            f"终验材料缺少：{'、'.join(material.zh for material in missing)}。",
            remedy="请上传上述材料后再登记终验会。",
            missing=[material.value for material in missing],
        )


@rule(
    "acceptance",
    article="19",
    clause="(二)4",
    quote="结合项目终验自评报告、项目运行介绍演示、验收材料文档等",
)
def final_materials_in_time(facts: AcceptanceFacts) -> Findings:
    """What came on record after the meeting's day was perhaps not before the experts.

    >>> facts = AcceptanceFacts.example(late_materials=("验收材料文档（竣工图.pdf）",))
    >>> [finding.message for finding in final_materials_in_time(facts)]
    ['有1份终验材料在终验会日期之后才登记：验收材料文档（竣工图.pdf）。']
    """
    if facts.stage is AcceptanceStage.FINAL and facts.late_materials:
        yield warn(
            f"有{len(facts.late_materials)}份终验材料在终验会日期之后才登记："
            f"{'、'.join(facts.late_materials)}。",
            remedy="请核实专家组在终验会上看到的是这些材料；未看到的，请专家组重新核查。",
            late=list(facts.late_materials),
        )


@rule("acceptance", article="19", clause="(二)5", quote="形成终验意见")
def final_opinion(facts: AcceptanceFacts) -> Findings:
    """All sign, and who is against says why. Without a majority the eighth veto holds.

    >>> facts = AcceptanceFacts.example(unsigned_experts=("王工",))
    >>> [finding.message for finding in final_opinion(facts)]
    ['终验意见尚有1名专家未签字：王工。']
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    if facts.unsigned_experts:
        yield block(
            f"终验意见尚有{len(facts.unsigned_experts)}名专家未签字："
            f"{'、'.join(facts.unsigned_experts)}。",
            remedy="请专家组全体成员在终验意见上签字；不赞成的专家也须签字。",
            unsigned=list(facts.unsigned_experts),
        )
    if facts.silent_dissent:
        yield block(
            f"终验意见未载明不赞成的专家的不同意见：{'、'.join(facts.silent_dissent)}。",
            remedy="请在终验意见中写明其不同意见。",
            silent=list(facts.silent_dissent),
        )


@rule("acceptance", article="19", clause="(二)5", quote="形成终验意见")
def final_opinion_on_file(facts: AcceptanceFacts) -> Findings:
    """The opinion is a paper with the experts' signatures, whether the project passes or not.

    >>> facts = AcceptanceFacts.example(opinion_on_file=False)
    >>> [finding.message for finding in final_opinion_on_file(facts)]
    ['未附专家组全体成员签字的终验意见。']
    """
    if facts.stage is AcceptanceStage.FINAL and not facts.opinion_on_file:
        yield block(
            "未附专家组全体成员签字的终验意见。",
            remedy="请由专家组全体成员在终验意见上签字，上传该文件后再登记终验会。",
            opinion_on_file=False,
        )


@rule(
    "acceptance",
    article="19",
    clause="(二)6",
    quote="对涉及多个标段的项目，在整体验收环节，对各标段的验收材料以及项目整体自评报告进行核查",
)
def multi_lot_overall(facts: AcceptanceFacts) -> Findings:
    """Lots may be accepted one by one; the project passes only as a whole, after all of them.

    >>> facts = AcceptanceFacts.example(lots=2, lots_not_accepted=("盐城软件公司",))
    >>> [finding.message for finding in multi_lot_overall(facts)]
    ['项目共2个标段，尚有1个标段未验收合格：盐城软件公司。']
    """
    if facts.stage is not AcceptanceStage.FINAL or facts.lots <= 1:
        return
    if facts.lots_not_accepted:
        yield block(
            f"项目共{facts.lots}个标段，尚有{len(facts.lots_not_accepted)}个标段未验收合格："
            f"{'、'.join(facts.lots_not_accepted)}。",
            remedy="请先完成各标段验收并上传验收材料，再组织整体终验。",
            lots=facts.lots,
            not_accepted=list(facts.lots_not_accepted),
        )
    if FinalMaterial.SELF_EVALUATION not in facts.final_materials:
        yield block(
            f"项目共{facts.lots}个标段，缺少项目整体自评报告。",
            remedy="请编制并上传涵盖全部标段的项目整体自评报告。",
            lots=facts.lots,
        )
