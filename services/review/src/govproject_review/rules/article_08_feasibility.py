"""第8条 项目可行性研究报告应参考《可研报告编制指引》进行编制，必要时……对有关章节进行适当调整。

可行性研究报告、初步设计方案须包含数据资源篇（章）……初步设计方案（1000万元及以上项目需编制）……
初步设计应当明确项目的建设内容及规模、建设工期，主要材料、设备的规格和技术参数等。

The guideline's chapters are data of the rule pack. The amount that asks for a preliminary design is
the present one: it is asked again when the bureau passes the materials, and at the approval, there
of the amount that is to be approved as well.
"""

from govproject import ApprovalFacts, Findings, MaterialsFacts, RulePack, block, rule, warn
from govproject.terms import DocumentVerdict, PreReviewMaterial, Term
from govproject.wording import is_reason
from govproject_review.rules.whole import in_doubt, lacking, verdict, whole

REPORT = PreReviewMaterial.FEASIBILITY_REPORT
DESIGN = PreReviewMaterial.PRELIMINARY_DESIGN

DATA_RESOURCES = "data_resources"
DATA_RESOURCE_HEADINGS: dict[str, tuple[str, ...]] = {DATA_RESOURCES: ("数据资源",)}


class DesignSection(Term):
    """What a preliminary design lays down."""

    SCALE = "scale", "建设内容及规模"
    DURATION = "duration", "建设工期"
    MATERIALS = "materials", "主要材料"
    EQUIPMENT = "equipment", "设备的规格和技术参数"


DESIGN_HEADINGS: dict[str, tuple[str, ...]] = {
    DesignSection.SCALE: ("建设 内容", "建设 规模"),
    DesignSection.DURATION: ("工期", "建设 周期", "实施 进度", "进度 计划"),
    DesignSection.MATERIALS: ("主要 材料", "材料 清单", "材料 规格"),
    DesignSection.EQUIPMENT: ("设备 规格", "设备 参数", "设备 配置", "设备 选型", "设备 清单"),
}


@rule("materials", article="8", clause="1", quote="项目预审材料要求如下")
def materials_are_files_of_their_own(facts: MaterialsFacts) -> Findings:
    """One content handed in as several materials is pointed out; one file may hold three lists.

    >>> facts = MaterialsFacts.example(same_content=[["crypto_plan", "ops_plan"]])
    >>> [finding.message for finding in materials_are_files_of_their_own(facts)]
    ['以下材料的文件内容完全相同：密码应用方案、运维方案。']
    """
    for kinds in facts.same_content:
        yield warn(
            f"以下材料的文件内容完全相同：{'、'.join(kind.zh for kind in kinds)}。",
            remedy="请项目单位确认是否合并编制或上传有误，请区数据局预审时人工核对。",
            materials=[kind.value for kind in kinds],
        )


@rule(
    "materials",
    article="8",
    clause="1",
    quote="项目可行性研究报告应参考《可研报告编制指引》进行编制",
)
def feasibility_report_guideline(facts: MaterialsFacts, pack: RulePack) -> Findings:
    """The report has the guideline's chapters; one that is left out or adapted has its reason.

    >>> from govproject.regulation.pack import pack
    >>> documents = {**MaterialsFacts.example().documents, "feasibility_report": {}}
    >>> facts = MaterialsFacts.example(documents=documents)
    >>> found = feasibility_report_guideline(facts, pack("tinghu-2025"))
    >>> [finding.message[:25] for finding in found]
    ['项目可行性研究报告缺少以下内容：项目概述、项目建设']
    """
    adapted = facts.statements.adapted_chapters
    titles = {chapter.id: chapter.title for chapter in pack.feasibility_chapters}
    kept = {chapter: title for chapter, title in titles.items() if chapter not in adapted}
    yield from whole(facts, REPORT, kept)
    changed = [titles[chapter] for chapter in titles if chapter in adapted]
    unexplained = [
        titles[each] for each in titles if each in adapted and not is_reason(adapted[each])
    ]
    if unexplained:
        yield block(
            f"可行性研究报告调整了以下章节，所写理由没有说明原因：{'、'.join(unexplained)}。",
            remedy="请写明这些章节为何调整，或并入了哪一章；也可以补充这些章节后重新上传。",
            adapted=dict(adapted),
        )
    elif changed:
        yield warn(
            f"可行性研究报告对以下章节作了调整：{'、'.join(changed)}。",
            remedy="请区数据局预审时核对调整的理由。",
            adapted=dict(adapted),
        )


@rule(
    "materials",
    article="8",
    clause="2",
    quote="可行性研究报告、初步设计方案须包含数据资源篇（章）",
)
def data_resource_chapter(facts: MaterialsFacts) -> Findings:
    """Whichever of the two is handed in has a chapter on data resources.

    >>> documents = {**MaterialsFacts.example().documents, "preliminary_design": {}}
    >>> facts = MaterialsFacts.example(documents=documents)
    >>> [finding.message for finding in data_resource_chapter(facts)]
    ['初步设计方案缺少数据资源篇（章）。']
    """
    for material in (REPORT, DESIGN):
        if material not in facts.documents:
            continue
        if verdict(facts, material, DATA_RESOURCES) is DocumentVerdict.MISSING:
            yield block(
                f"{material.zh}缺少数据资源篇（章）。",
                remedy=f"请在{material.zh}中编写数据资源篇（章）后重新上传。",
                material=material.value,
            )
        yield from in_doubt(facts, material, {DATA_RESOURCES: "数据资源篇（章）"})


@rule("materials", article="8", clause="6", quote="初步设计方案（1000万元及以上项目需编制）")
def preliminary_design_ge_1000(facts: MaterialsFacts, pack: RulePack) -> Findings:
    """From 1000万 on, the boundary included, there is a preliminary design.

    >>> from govproject.regulation.pack import pack
    >>> facts = MaterialsFacts.example(budget_yuan="10000000.00", documents={})
    >>> [f.message for f in preliminary_design_ge_1000(facts, pack("tinghu-2025"))]
    ['预审材料缺少初步设计方案。']
    """
    if pack.needs_preliminary_design(facts.budget_yuan):
        yield from lacking(facts, DESIGN)


@rule("approval", article="8", clause="6", quote="初步设计方案（1000万元及以上项目需编制）")
def preliminary_design_after_change(facts: ApprovalFacts, pack: RulePack) -> Findings:
    """An amount that has risen since the pre-review asks for the design that it lacked.

    >>> from govproject.regulation.pack import pack
    >>> facts = ApprovalFacts.example(budget_yuan="10000000.00")
    >>> [f.rule for f in preliminary_design_after_change(facts, pack("tinghu-2025"))]
    ['preliminary_design_after_change']
    """
    amount = max(facts.budget_yuan, facts.amount_yuan)
    if pack.needs_preliminary_design(amount) and not facts.has_preliminary_design:
        yield block(
            f"项目投资额现为{amount}元，预审材料中没有初步设计方案。",
            remedy="请编制初步设计方案，重新提交预审材料并通过预审后再办理立项。",
            amount_yuan=str(amount),
        )


@rule(
    "materials",
    article="8",
    clause="7",
    quote="初步设计应当明确项目的建设内容及规模、建设工期，主要材料、设备的规格和技术参数等",
)
def preliminary_design_content(facts: MaterialsFacts) -> Findings:
    """A preliminary design that is handed in lays down four things.

    >>> documents = {"preliminary_design": {"scale": "pass", "duration": "pass"}}
    >>> facts = MaterialsFacts.example(documents=documents)
    >>> [finding.message for finding in preliminary_design_content(facts)]
    ['初步设计方案缺少以下内容：主要材料、设备的规格和技术参数。']
    """
    if DESIGN in facts.documents:
        yield from whole(facts, DESIGN, {each.value: each.zh for each in DesignSection})
