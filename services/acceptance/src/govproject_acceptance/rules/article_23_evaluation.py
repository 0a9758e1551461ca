"""第23条 项目绩效评价包括项目单位自评和区财政局评价。

项目单位开展自评并整改后，区财政局组织由专家与第三方机构组成的工作组对项目进行评价。
"""

from govproject import EvaluationFacts, Findings, block, rule, warn
from govproject.terms import EvaluationPart


@rule("evaluation", article="23", clause="1", quote="项目绩效评价包括项目单位自评和区财政局评价")
def evaluation_two_parts(facts: EvaluationFacts) -> Findings:
    """The unit evaluates itself first.

    >>> facts = EvaluationFacts.example(self_evaluated_on=None)
    >>> [finding.message for finding in evaluation_two_parts(facts)]
    ['项目单位尚未自评，不能开展财政评价。']
    """
    if facts.part is not EvaluationPart.FINANCE:
        return
    day, evaluated_on = facts.evaluated_on or facts.today, facts.self_evaluated_on
    if evaluated_on is None:
        yield block(
            "项目单位尚未自评，不能开展财政评价。",
            remedy="请通知项目单位先开展自评并登记自评报告。",
            self_evaluated_on=None,
        )
    elif evaluated_on > day:
        yield block(
            f"财政评价日期早于项目单位自评日期{evaluated_on.isoformat()}。",
            remedy="请区财政局核对财政评价日期。",
            self_evaluated_on=evaluated_on.isoformat(),
        )


@rule(
    "evaluation",
    article="23",
    clause="2",
    quote="项目单位开展自评并整改后，区财政局组织由专家与第三方机构组成的工作组对项目进行评价",
)
def finance_evaluation_group(facts: EvaluationFacts) -> Findings:
    """After rectification, by a group that has an expert and an agency at least.

    >>> facts = EvaluationFacts.example(experts=2, agencies=0)
    >>> [finding.message for finding in finance_evaluation_group(facts)]
    ['评价工作组应由专家与第三方机构组成，现有专家2人、第三方机构0家。']
    """
    if facts.part is not EvaluationPart.FINANCE:
        return
    day, rectified_on = facts.evaluated_on or facts.today, facts.rectified_on
    if facts.self_evaluated_on is not None and (rectified_on is None or rectified_on > day):
        yield block(
            "项目单位自评后的整改尚未完成，不能开展财政评价。",
            remedy="请项目单位完成整改并登记整改情况；无需整改的，也请登记说明。",
            rectified_on=rectified_on and rectified_on.isoformat(),
        )
    if facts.evaluated_on is not None and not (facts.experts and facts.agencies):
        left_out = "、".join(facts.members_not_counted)
        yield block(
            f"评价工作组应由专家与第三方机构组成，现有专家{facts.experts}人、"
            f"第三方机构{facts.agencies}家。" + (f"{left_out}不计入。" if left_out else ""),
            remedy="请区财政局在工作组中至少安排1名项目单位以外的专家和1家项目单位、承建和监理单位"
            "以外的第三方机构。",
            experts=facts.experts,
            agencies=facts.agencies,
        )


@rule("evaluation", article="23", clause="2", quote="由专家与第三方机构组成的工作组")
def evaluation_group_apart(facts: EvaluationFacts) -> Findings:
    """Who is named twice, or close to the project, is pointed out: the text asks for no more.

    >>> facts = EvaluationFacts.example(members_involved=("李四（终验专家）",))
    >>> [finding.message for finding in evaluation_group_apart(facts)]
    ['工作组成员参与过本项目或者有双重身份：李四（终验专家）。']
    """
    if facts.part is not EvaluationPart.FINANCE:
        return
    if facts.repeated_members:
        yield warn(
            f"工作组成员重复，只计一次：{'、'.join(facts.repeated_members)}。",
            remedy="请核对工作组名单；确系同名的不同人员，请在姓名后加注区别。",
            repeated_members=list(facts.repeated_members),
        )
    if facts.members_not_counted:
        yield warn(
            "工作组中的项目单位人员、项目单位或者承建、监理单位不计入："
            f"{'、'.join(facts.members_not_counted)}。",
            remedy="请区财政局核实，必要时更换后重新评价。",
            members_not_counted=list(facts.members_not_counted),
        )
    if facts.members_involved:
        yield warn(
            f"工作组成员参与过本项目或者有双重身份：{'、'.join(facts.members_involved)}。",
            remedy="请区财政局核实该成员是否宜参加评价，必要时更换。",
            members_involved=list(facts.members_involved),
        )
