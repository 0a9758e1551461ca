"""第25条 评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项。

Related is what runs on the same system, as the unit named it or the bureau confirmed it; nothing
else of the unit is barred, and only the plan of the year after the result is. While the bureau has
not decided on a link that was found by the system's name, a poor result on it holds the project up.
What was admitted before, by the approval or by a filing found regular, stays so.
"""

from govproject import AnnualPlanFacts, ContractFacts, FilingFacts, Findings, rule
from govproject.regulation.related import poor_before


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
    yield from poor_before(facts.plan_year, facts.related, facts.project_name)


@rule(
    "filing",
    article="25",
    clause="3",
    quote="评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项",
)
def poor_no_related_filing(facts: FilingFacts) -> Findings:
    """Nor is such a project filed as regular: the filing track has no other approval.

    One that was found regular before is admitted already; what comes back by a change or a
    correction is not refused for a result on another project.

    >>> poor = {"grade": "poor", "evaluated_on": "2026-06-30"}
    >>> related = [{"project_name": "智慧校园", "results": [poor], "confirmed": False}]
    >>> facts = FilingFacts.example(project_name="二期", plan_year=2027, related=related)
    >>> [finding.rule for finding in poor_no_related_filing(facts)]
    ['poor_no_related_filing']
    >>> poor_no_related_filing(facts.model_copy(update={"accepted_before": True}))
    ()
    """
    if facts.plan_year is not None and not facts.accepted_before:
        yield from poor_before(facts.plan_year, facts.related, facts.project_name)


@rule(
    "contract",
    article="25",
    clause="3",
    quote="评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项",
)
def poor_no_related_contract(facts: ContractFacts) -> Findings:
    """Nor is a contract signed that carries such a project out, unless it was admitted before.

    >>> poor = {"grade": "poor", "evaluated_on": "2026-06-30"}
    >>> related = [{"project_name": "智慧校园", "results": [poor]}]
    >>> filed = {"track": "filing", "approval_number": None, "plan_year": 2027, "related": related}
    >>> facts = ContractFacts.example(**filed)
    >>> [finding.message for finding in poor_no_related_contract(facts)]
    ['关联项目“智慧校园”2026年度评估结果为差，2027年度不予立项。']
    >>> poor_no_related_contract(facts.model_copy(update={"accepted_before": True}))
    ()
    """
    admitted = facts.accepted_before or facts.approval_number is not None
    if facts.plan_year is not None and not admitted and facts.subject.carries_out(facts.kind):
        yield from poor_before(facts.plan_year, facts.related, facts.project_name)
