"""第25条 评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项。

Related is what runs on the same system, as the unit named it or the bureau confirmed it; nothing
else of the unit is barred, and only the plan of the year after the result is.
"""

from govproject import AnnualPlanFacts, Findings, block, rule
from govproject.terms import EvaluationGrade


@rule(
    "annual_plan",
    article="25",
    clause="3",
    quote="评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项",
)
def poor_no_related_project(facts: AnnualPlanFacts) -> Findings:
    """No project enters the plan of the year after one on its system was found poor.

    >>> poor = {"grade": "poor", "evaluated_on": "2026-06-30"}
    >>> related = [{"project_name": "智慧校园", "results": [poor]}]
    >>> facts = AnnualPlanFacts.example(plan_year=2027, related=related)
    >>> [finding.rule for finding in poor_no_related_project(facts)]
    ['poor_no_related_project']
    >>> poor_no_related_project(AnnualPlanFacts.example(plan_year=2028, related=related))
    ()
    """
    for project in facts.related:
        of_the_year = [
            result for result in project.results if result.evaluated_on.year == facts.plan_year - 1
        ]
        last = max(of_the_year, key=lambda result: result.evaluated_on, default=None)
        if last is not None and last.grade is EvaluationGrade.POOR:
            yield block(
                f"“{facts.project_name}”的关联项目“{project.project_name}”"
                f"{last.evaluated_on.year}年度评估结果为差，{facts.plan_year}年度不予立项。",
                remedy=f"请先完成关联项目的整改；{facts.plan_year + 1}年度起可以重新申报。",
                related=project.project_name,
                evaluated_on=last.evaluated_on.isoformat(),
            )
