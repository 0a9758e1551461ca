"""第15条 项目单位应根据合同工期要求，对项目实行严格的项目计划管理。

若项目因故需延期，承建方应提出延期申请和进度修正方案，由……三方协商或组织专家评审确认合理性，并予以签字确认。

Extensions are confirmed in intake, which tells the last day that counts. What the delay costs, the
article leaves to the contract, so it is pointed out to those who meet and refuses nothing.
"""

from datetime import date

from govproject import AcceptanceFacts, Citation, Findings, rule, warn
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject.terms import AcceptanceStage
from govproject_acceptance.rules.requirements import judged_on

_OF_THE_WHOLE = (
    AcceptanceStage.COMPLETION,
    AcceptanceStage.PRELIMINARY,
    AcceptanceStage.FINAL,
)
"""A lot's own acceptance only fixes the day by which that lot was completed."""

TERM = "schedule_management"
"""What intake asks of a schedule by rule, and of completion this duty."""

MANAGED = Citation("15", "1", "实行严格的项目计划管理")


def complete_within_term(contractor: str, ends_on: date) -> Duty:
    """What a contract builds is completed by its last day, as confirmed extensions moved it.

    >>> duty = complete_within_term("盐城软件公司", date(2026, 10, 1))
    >>> duty.task, duty.due().day.isoformat()
    ('在与盐城软件公司的合同工期内完成建设并登记', '2026-10-01')
    """
    task = f"在与{contractor}的合同工期内完成建设并登记"
    return Duty(TERM, MANAGED, task, period=term_until(ends_on))


def term_until(ends_on: date) -> Period:
    """A contract names a day and no period, so a day off does not move it."""
    return Period.of_months(ends_on, 0, rolls=False)


@rule("acceptance", article="15", clause="1", quote="根据合同工期要求")
def completed_within_contract_term(facts: AcceptanceFacts) -> Findings:
    """Who completes after a contract's last day, as confirmed extensions moved it, is told so.

    >>> term = {"contractor": "盐城软件公司", "ends_on": "2026-08-01"}
    >>> facts = AcceptanceFacts.example(stage="preliminary", contract_terms=[term])
    >>> [finding.message for finding in completed_within_contract_term(facts)]
    ['与盐城软件公司的合同工期截止日为2026-08-01，截至2026-08-03已逾期2天，延期未经确认。']
    """
    if facts.stage not in _OF_THE_WHOLE:
        return
    for term in facts.contract_terms:
        day = term.completed_on or judged_on(facts)
        if day <= term.ends_on:
            continue
        late = (day - term.ends_on).days
        done = f"截至{day}已" if term.completed_on is None else f"于{day}完成，"
        yield warn(
            f"与{term.contractor}的合同工期截止日为{term.ends_on}，{done}逾期{late}天，延期未经确认。",
            remedy="请由承建单位提出延期申请和进度修正方案，经三方签字或专家评审确认；"
            "未经确认的，请在验收时核实逾期原因并按合同约定处理。",
            contractor=term.contractor,
            ends_on=term.ends_on.isoformat(),
            days_late=late,
        )
